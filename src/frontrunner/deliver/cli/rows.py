"""A user's own table or list, row by row: read strictly, written with columns added; never held whole."""

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import click
import msgspec

from frontrunner.deliver.render import disarmed
from frontrunner.errors import UnreadableInput, UsageError
from frontrunner.reading import sheet, table
from frontrunner.reading.containers import RECORD_BYTES, Container

Row = dict[str, object]


class Given(NamedTuple):
    """What a user gave: the column names, the one whose cells are resolved, and the rows."""

    header: list[str]
    column: str
    rows: Iterator[Row]


#: how the cells of a list without a header come back
_OF_A_LIST = "text"
#: the byte order mark as a character
_MARK = "\ufeff"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def opened(file: Path, column: str | None, encoding: str | None = None) -> Iterator[Given]:
    """The column names of a table, the one asked for, and its rows.

    `-` is the standard input, `.jsonl` one object a line. A file whose first line is the column's name has that column
    alone, and each line is a cell; without a column every line of a `.txt` file is one.
    Raises UsageError for a column that is not there, UnreadableInput where the rows do not fit the header.
    """
    if str(file) == "-":
        with _decoded(io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer)), encoding) as text:
            yield _delimited("standard input", text, column)
        return
    if column is None and file.suffix != ".txt":
        raise UsageError(f"{file}: --column is missing: which column holds the names? Only a .txt list needs none")
    try:
        stream = file.open("rb")
    except OSError as error:
        raise UnreadableInput(str(file), f"cannot be opened ({error.strerror})") from error
    with stream:
        if file.suffix == ".jsonl":
            yield _objects(str(file), stream, column or "")
        elif file.suffix == ".xlsx":
            yield _sheet(file, column or "")
        else:
            with _decoded(stream, encoding) as text:
                yield _delimited(str(file), text, column)


def _decoded(stream: io.BufferedReader, encoding: str | None) -> io.TextIOWrapper:
    """A file as text: UTF-16 where its byte order mark says so, else UTF-8 unless told. Raises UsageError.

    What is not of the encoding is kept as surrogates where it can be, to be refused with its line.
    """
    told = encoding or ("utf-16" if stream.peek(2)[:2] in _UTF_16 else "utf-8")
    try:
        return io.TextIOWrapper(stream, told, errors="surrogateescape", newline="\n")
    except LookupError as error:
        raise UsageError(f"--encoding {told}: is not known; a Chinese file is often gb18030") from error


def _delimited(where: str, text: io.TextIOWrapper, column: str | None) -> Given:
    """The rows of delimited text, or of a list."""
    lines, told = _lines(where, text), text.encoding
    if column is None:
        return Given([_OF_A_LIST], _OF_A_LIST, _cells(where, lines, told, _OF_A_LIST, 1))
    blank, first = next(((at, line) for at, line in enumerate(lines) if line.strip()), (0, ""))
    if _cell(first) == column:
        return Given([column], column, _cells(where, lines, told, column, blank + 2))
    rows = table.of_lines(where, chain([first], lines), table.delimiter_of(first.encode(errors="replace")))
    header = _header(where, rows, column)
    return Given(header, column, _fitting(where, header, ((line + blank, cells) for line, cells in rows), told))


def _lines(where: str, text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a text as they stand, without its byte order mark."""
    number = 0
    try:
        while line := text.readline(RECORD_BYTES + 1):
            number += 1
            if len(line) > RECORD_BYTES:
                raise UnreadableInput(f"{where}, line {number}", f"a line of over {RECORD_BYTES >> 20} MiB")
            yield line.removeprefix(_MARK) if number == 1 else line
    except UnicodeError as error:
        raise UnreadableInput(f"{where}, behind line {number}", f"is not {text.encoding}") from error


def _cells(where: str, lines: Iterable[str], encoding: str, column: str, begins: int) -> Iterator[Row]:
    """Each line as the one cell of a row, so that a comma in a name parts nothing; an empty line is an empty cell."""
    for number, line in enumerate(lines, begins):
        cell = _cell(line)
        _must_be(encoding, f"{where}, line {number}", cell)
        if cell[:1] == '"' and cell.count('"') % 2:
            raise UnreadableInput(f"{where}, line {number}", "a quote is opened that its line does not close")
        yield {column: cell}


def _cell(line: str) -> str:
    """A line without its end and, where it is quoted as a whole, its quotes."""
    bare = line.rstrip("\r\n")
    inner = bare[1:-1].replace('""', "")
    return bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' and '"' not in inner else bare


def _sheet(file: Path, column: str) -> Given:
    """The first sheet of a workbook, its first filled row as the header; cells that end a row empty are there."""
    rows = sheet.rows(Container(file, str(file)))
    header = _header(str(file), rows, column)
    whole = ((line, cells + [""] * (len(header) - len(cells))) for line, cells in rows)
    return Given(header, column, _fitting(str(file), header, whole))


def _header(where: str, rows: Iterator[table.Line], column: str) -> list[str]:
    _, header = next(rows, (1, []))
    _must_hold(where, header, column)
    if len(set(header)) < len(header):
        raise UsageError(f"{where}: two of its columns have one name; rename one of {', '.join(header)}")
    return header


def _fitting(where: str, header: Sequence[str], rows: Iterable[table.Line], encoding: str = "utf-8") -> Iterator[Row]:
    for line, cells in rows:
        if len(cells) != len(header):
            why = f"{len(cells)} cells under a header of {len(header)}; a cell with a delimiter in it needs quotes"
            raise UnreadableInput(f"{where}, line {line}", why)
        for cell in cells:
            _must_be(encoding, f"{where}, line {line}", cell)
        yield dict(zip(header, cells, strict=True))


def _must_be(encoding: str, where: str, cell: str) -> None:
    """Refuse a cell that holds what its encoding does not know. Raises UnreadableInput."""
    if not cell.isascii() and any("\udc80" <= char <= "\udcff" for char in cell):
        raise UnreadableInput(where, f"is not {encoding}; name its own with --encoding (a Chinese file: often gb18030)")


def _objects(where: str, stream: BinaryIO, column: str) -> Given:
    found = (_object(f"{where}, line {number}", line) for number, line in enumerate(stream, 1) if line.strip())
    first = next(found, None)
    header = list(first or {})
    _must_hold(where, header, column)

    def rows() -> Iterator[Row]:
        if first is not None:
            yield first
        yield from found

    return Given(header, column, rows())


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
