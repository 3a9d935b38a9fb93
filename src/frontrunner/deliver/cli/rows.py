"""A user's own table, row by row: read strictly, written with columns added; never held whole."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from frontrunner.deliver.render import disarmed
from frontrunner.errors import UnreadableInput, UsageError
from frontrunner.reading import sheet, table
from frontrunner.reading.containers import Container

Row = dict[str, object]

#: how much of a file is looked at for its delimiter
_HEAD = 65536


@contextmanager
def opened(file: Path, column: str) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """The column names of a table and its rows; `-` is the standard input, `.jsonl` one object a line.

    Raises UsageError for a column that is not there, UnreadableInput where the rows do not fit the header.
    """
    if str(file) == "-":
        yield _table("standard input", sys.stdin.buffer, ",", column)
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UnreadableInput(str(file), f"cannot be opened ({error.strerror})") from error
    with stream:
        if file.suffix == ".jsonl":
            yield _objects(str(file), stream, column)
        elif file.suffix == ".xlsx":
            yield _sheet(file, column)
        else:
            delimiter = table.delimiter_of(stream.peek(_HEAD))
            yield _table(str(file), stream, delimiter, column)


def _table(where: str, stream: BinaryIO, delimiter: str, column: str) -> tuple[list[str], Iterator[Row]]:
    rows = table.rows(where, stream, delimiter)
    header = _header(where, rows, column)
    return header, _fitting(where, header, rows)


def _sheet(file: Path, column: str) -> tuple[list[str], Iterator[Row]]:
    """The first sheet of a workbook, its first filled row as the header; cells that end a row empty are there."""
    rows = sheet.rows(Container(file, str(file)))
    header = _header(str(file), rows, column)
    whole = ((line, cells + [""] * (len(header) - len(cells))) for line, cells in rows)
    return header, _fitting(str(file), header, whole)


def _header(where: str, rows: Iterator[table.Line], column: str) -> list[str]:
    _, header = next(rows, (1, []))
    _must_hold(where, header, column)
    if len(set(header)) < len(header):
        raise UsageError(f"{where}: two of its columns have one name; rename one of {', '.join(header)}")
    return header


def _fitting(where: str, header: Sequence[str], rows: Iterable[table.Line]) -> Iterator[Row]:
    for line, cells in rows:
        if len(cells) != len(header):
            raise UnreadableInput(f"{where}, line {line}", f"{len(cells)} cells under a header of {len(header)}")
        if any("\udc80" <= char <= "\udcff" for cell in cells for char in cell if not cell.isascii()):
            raise UnreadableInput(f"{where}, line {line}", "is not UTF-8; save the file as UTF-8")
        yield dict(zip(header, cells, strict=True))


def _objects(where: str, stream: BinaryIO, column: str) -> tuple[list[str], Iterator[Row]]:
    found = (_object(f"{where}, line {number}", line) for number, line in enumerate(stream, 1) if line.strip())
    first = next(found, None)
    header = list(first or {})
    _must_hold(where, header, column)

    def rows() -> Iterator[Row]:
        if first is not None:
            yield first
        yield from found

    return header, rows()


def _object(where: str, line: bytes) -> Row:
    try:
        return msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableInput(where, f"no JSON object ({error})") from error


def _must_hold(where: str, header: Sequence[str], column: str) -> None:
    if column not in header:
        raise UsageError(f"{where}: has no column {column!r}; its columns are {', '.join(header) or 'none'}")


def text(row: Row, column: str) -> str:
    """The cell of a column as text; empty for one that a JSON object leaves out or has as null."""
    value = row.get(column)
    return value if isinstance(value, str) else "" if value is None else str(value)


def write(form: str, header: Sequence[str], added: Sequence[str], rows: Iterable[tuple[Row, Row]]) -> None:
    """Print rows with what is added to each; a column of the input that is called like an added one is `input_...`.

    In CSV, cells that a spreadsheet would run as formulas get an apostrophe in front.
    """
    renamed = {name: f"input_{name}" if name in added else name for name in header}
    out = csv.writer(sys.stdout, lineterminator="\r\n")
    if form == "csv":
        out.writerow([*renamed.values(), *added])
    for row, more in rows:
        if form == "csv":
            cells = [*(text(row, name) for name in header), *(text(more, name) for name in added)]
            out.writerow([disarmed(cell) for cell in cells])
        else:
            given = {renamed.get(name, f"input_{name}" if name in added else name): cell for name, cell in row.items()}
            click.echo(msgspec.json.encode({**given, **more}))
