"""`frontrunner export`: any answer as a file, where the command line, the page and the proof pack meet."""

import io
import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import options
from frontrunner.deliver.page.markup import Markup
from frontrunner.deliver.views.view import View
from frontrunner.errors import FrontrunnerError, UsageError
from frontrunner.forecast.answers import Forecast
from frontrunner.race.answers import Changes
from frontrunner.race.results import Race

#: what may be exported: commands that only ask
ASKING = (
    "race",
    "changes",
    "firsts",
    "jurisdictions",
    "readouts",
    "check",
    "forecast",
    "backtest",
    "market",
    "trial",
    "programme",
    "company",
    "why",
    "status",
)


class Exported(msgspec.Struct, frozen=True):
    """An answer on its way into a file: what was asked, the typed answer, how people see it, and the home it is of."""

    command: list[str]
    answer: object
    view: View
    handle: HomeHandle


@click.command(
    epilog="Example: frontrunner export 'race \"hemophilia B\" --modality gene_therapy --in US' --to race.zip",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("result", metavar="RESULT", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--to",
    "path",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write; the ending says what: zip, html, svg, xlsx, parquet, csv, md or json.",
)
@options.home
def export(result: tuple[str, ...], path: Path, home: str | None) -> None:
    """Write any answer as a file.

    RESULT is a command line without 'frontrunner', best in quotes, or an id that 'frontrunner why' takes. A zip is a
    proof pack: the answer, the query, the quoted evidence, the documents with their hashes and terms, and a verifier
    that needs only Python's standard library and no network. An svg of 'race' has swim lanes, of 'changes' a bump
    chart, of 'forecast' chances over time, the order of entry and the dates, of 'market' the pool as it is used up.
    """
    from frontrunner import api

    ending = path.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        raise UsageError(f"--to {path}: the ending is none of {', '.join(WRITERS)}")
    written = WRITERS[ending](asked(result, api.open(home)))
    try:
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.write_bytes(written)
        os.replace(unfinished, path)
    except OSError as error:
        raise FrontrunnerError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(f"Written: {path.absolute()} ({len(written):,} bytes)")


def asked(result: str | Sequence[str], handle: HomeHandle) -> Exported:
    """The answer of a command line, whole or in words, or of an id. Raises UsageError for what does not only ask."""
    from frontrunner.deliver.cli import frontrunner as root
    from frontrunner.deliver.cli.output import caught

    words = [result] if isinstance(result, str) else list(result)
    if len(words) == 1:
        try:
            words = shlex.split(words[0])
        except ValueError as error:
            raise UsageError(f"RESULT: {error}: {words[0]}") from None
    if words[:1] == ["frontrunner"]:
        words = words[1:]
    if len(words) == 1 and words[0] not in ASKING:
        words = ["why", *words]
    if not words or words[0] not in ASKING:
        raise UsageError(f"RESULT: a command line that begins with one of {', '.join(ASKING)}; or an id")
    with caught() as answers:
        root.main([*words, "--home", str(handle.path)], prog_name="frontrunner", standalone_mode=False)
    (answer, view), *_ = answers
    return Exported(words, answer, view, handle)


def _json(exported: Exported) -> bytes:
    from frontrunner.deliver.cli.output import json_text

    return json_text(exported.answer).encode()


def _csv(exported: Exported) -> bytes:
    from frontrunner.deliver.render import comma_separated

    return comma_separated(exported.view).encode()


def _markdown(exported: Exported) -> bytes:
    from frontrunner.deliver.render import markdown

    return markdown(exported.view).encode()


def _html(exported: Exported) -> bytes:
    """The page of a race with its timeline and quotes; of any other answer its tables, and what is drawn of it."""
    from frontrunner.deliver.page import Shown, document, evidence, plain
    from frontrunner.deliver.page.markup import tag

    answer = exported.answer
    if not isinstance(answer, Race):
        drawn = _figure(answer)
        return plain(exported.view, drawn and tag("figure", drawn)).encode()
    programmes = exported.handle.programmes([row.id for row in answer.standings], on=answer.on, clock=answer.clock)
    quotes = exported.handle.quotes(evidence(answer, programmes))
    return document(Shown(answer, programmes, quotes)).encode()


def _figure(answer: object) -> Markup | None:
    """What is drawn of a forecast or a market."""
    from frontrunner.deliver.page import chances, depletion
    from frontrunner.forecast.market import MarketResult

    if isinstance(answer, Forecast):
        return chances.drawing(answer)
    return depletion.drawing(answer) if isinstance(answer, MarketResult) else None


def _svg(exported: Exported) -> bytes:
    from frontrunner.deliver.page import swim_lanes
    from frontrunner.deliver.page.bump import bump
    from frontrunner.deliver.page.plot import alone

    answer = exported.answer
    if isinstance(answer, Changes):
        return bump(answer).encode()
    if isinstance(answer, Race):
        programmes = exported.handle.programmes([row.id for row in answer.standings], on=answer.on, clock=answer.clock)
        return swim_lanes(answer, programmes).encode()
    drawn = _figure(answer)
    if drawn:
        return alone(drawn).encode()
    raise UsageError("--to: an svg is drawn of 'race', 'changes', 'forecast' and 'market'")


def _workbook(exported: Exported) -> bytes:
    from frontrunner.deliver.workbook import workbook

    return workbook(exported.view)


def _parquet(exported: Exported) -> bytes:
    """The standings with their types; of any other answer the first table, as text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if isinstance(exported.answer, Race):
        table = exported.answer.to_arrow()
    else:
        shown = next((section.table for section in exported.view.sections if section.table), None)
        if shown is None:
            raise UsageError("--to: this answer has no table")
        names = [column.title for column in shown.columns]
        table = pa.table({name: [row[at].plain for row in shown.rows] for at, name in enumerate(names)})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _pack(exported: Exported) -> bytes:
    from frontrunner.deliver.pack import evidence_ids, packed

    rests_on = [exported.answer]
    if isinstance(answer := exported.answer, Forecast):  # a chance quotes nothing; the standings that it starts from do
        asking: dict[str, Any] = {
            **answer.arena,
            "jurisdiction": answer.jurisdiction,
            "on": answer.on,
            "clock": answer.clock,
        }
        rests_on.append(exported.handle.race(**asking))
    proof = exported.handle.proof(evidence_ids(rests_on))
    return packed(_json(exported).decode(), _markdown(exported).decode(), exported.command, proof)


#: ending of the file -> what makes its bytes
WRITERS: dict[str, Callable[[Exported], bytes]] = {
    "zip": _pack,
    "html": _html,
    "svg": _svg,
    "xlsx": _workbook,
    "parquet": _parquet,
    "csv": _csv,
    "md": _markdown,
    "json": _json,
}
