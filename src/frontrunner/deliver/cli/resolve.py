"""`frontrunner resolve`."""

from itertools import tee
from pathlib import Path

import click

from frontrunner.deliver.cli import options

KINDS = ("company", "product", "indication", "modality", "target")
#: what is written behind the columns of the input
ADDED = ("id", "label", "confidence", "reason")


@click.command(epilog="Example: frontrunner resolve company sponsors.csv --column sponsor > resolved.csv")
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--column", metavar="NAME", help="The column that holds the names or texts; none for a plain list.")
@click.option("--encoding", metavar="NAME", help="Of a text file that is neither UTF-8 nor UTF-16, such as gb18030.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "jsonl"), case_sensitive=False),
    default="csv",
    show_default=True,
    help="csv for spreadsheets, jsonl for programs.",
)
@options.home
def resolve(kind: str, file: Path, column: str | None, encoding: str | None, form: str, home: str | None) -> None:
    """Say what each text of a column names: the rows of FILE with id, label, confidence and reason.

    KIND is company, product, indication, modality or target. FILE is a table with commas, tabs, bars or semicolons,
    JSON Lines (.jsonl), or a workbook (.xlsx), whose first sheet is read; - reads the standard input. Where the first
    line is the column's name alone, each line below is one cell, commas and all; a .txt file without a header needs no
    --column. Rows keep their order. Where nothing is named safely id is empty. A company has its owner at the top
    beside it, as parent. A column that is called like one of the answer becomes input_NAME.
    """
    from frontrunner import api
    from frontrunner.deliver.cli import rows

    added = (*ADDED, "parent") if kind == "company" else ADDED
    with rows.opened(file, column, encoding) as given:
        kept, asked = tee(given.rows)
        answers = api.open(home).resolve(kind, (rows.text(row, given.column) for row in asked))
        wanted = ({name: getattr(answer, name) for name in added} for answer in answers)
        rows.write(form, given.header, added, zip(kept, wanted, strict=True))
