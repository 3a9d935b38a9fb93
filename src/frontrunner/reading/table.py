"""Delimited text cut into rows; a row stands on its own as a JSON object, column -> cell text.

A row that does not fit its header comes out as a JSON array of its cells, one that is not UTF-8 as its bytes: readers
refuse both, and the rows around them are read.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import BinaryIO, NamedTuple

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import RECORD_BYTES, Container, split

_BOM = b"\xef\xbb\xbf"
#: the line that a row begins on (or its number in a sheet), and its cells
Line = tuple[int, list[str]]


class Gathered(NamedTuple):
    """All rows below a header, for what only all of them tell; `broken` is why they end before the file does."""

    columns: list[str]
    rows: list[Line]
    broken: UnreadableInput | None

    def newest(self, wanted: Sequence[str], day: Callable[[str, str], str]) -> str | None:
        """The newest day in the wanted columns, cells that `day` refuses left out; null when there is none."""
        days = []
        for _, row in self.rows:
            cells = dict(zip(self.columns, row, strict=False))
            for column in wanted:
                try:
                    days.append(day(cells.get(column, ""), column))
                except BadRecord:
                    continue
        return max(days, default=None)

    def records(self, beside: Mapping[str, str], unit: str = "line") -> Iterator[Raw]:
        """Each row as a JSON object of its cells and of what stands beside them. Raises `broken` after the last."""
        for number, row in self.rows:
            yield Raw(f"{unit} {number}", as_object(self.columns, row, beside))
        if self.broken:
            raise self.broken


def records(container: Container, delimiter: str = ",") -> Iterator[Raw | UnreadableInput]:
    """The rows of every stream of a container of delimited text with a header."""
    return split(container, lambda where, stream: cut(where, stream, delimiter))


def delimiter_of(head: bytes) -> str:
    """The delimiter that the header uses most: comma, tab, bar or semicolon."""
    line = head.partition(b"\n")[0]
    return max(",\t|;", key=lambda mark: line.count(mark.encode()))


def header(head: bytes) -> list[str]:
    """The column names in the first line of a file; empty when it is not UTF-8 text."""
    line = head.removeprefix(_BOM).partition(b"\n")[0].rstrip(b"\r")
    try:
        return next(csv.reader([line.decode("utf-8")], delimiter=delimiter_of(line)), [])
    except (UnicodeDecodeError, csv.Error):
        return []


def cut(where: str, stream: BinaryIO, delimiter: str) -> Iterator[Raw]:
    """The rows of one stream of UTF-8 text; the place is the line a row begins on. Raises UnreadableInput."""
    found = rows(where, stream, delimiter)
    _, columns = next(found, (1, []))
    return (Raw(f"line {line}", as_object(columns, row)) for line, row in found)


def gathered(columns: list[str], lines: Iterable[Line]) -> Gathered:
    """The rows, up to where they break off."""
    found: list[Line] = []
    try:
        found.extend(lines)
    except UnreadableInput as error:
        return Gathered(columns, found, error)
    return Gathered(columns, found, None)


def below(lines: Iterator[Line], start: list[str], within: int) -> tuple[list[str], list[list[str]]] | None:
    """The header, told by the columns it starts with, and the rows above it; null when none of so many rows is it.

    `lines` is left at the first row below the header.
    """
    above: list[list[str]] = []
    for _, row in islice(lines, within):
        if row[: len(start)] == start:
            return row, above
        above.append(row)
    return None


def rows(where: str, stream: BinaryIO, delimiter: str) -> Iterator[Line]:
    """The line each row begins on and its cells, the header first, blank lines left out. Raises UnreadableInput."""
    return of_lines(where, _text_lines(where, stream), delimiter)


def of_lines(where: str, lines: Iterable[str], delimiter: str) -> Iterator[Line]:
    """The same of lines that are text already."""
    csv.field_size_limit(RECORD_BYTES)
    found = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in found:
            if row:
                yield begins, row
            begins = found.line_num + 1
    except csv.Error as error:
        raise UnreadableInput(f"{where}, line {begins}", f"{error}; the rows before it were read") from error


def _text_lines(where: str, stream: BinaryIO) -> Iterator[str]:
    number, line = 1, stream.readline(RECORD_BYTES + 1).removeprefix(_BOM)
    while line:
        if len(line) > RECORD_BYTES:
            raise UnreadableInput(f"{where}, line {number}", f"a line of over {RECORD_BYTES >> 20} MiB")
        yield line.decode("utf-8", "surrogateescape")
        number, line = number + 1, stream.readline(RECORD_BYTES + 1)


def as_object(columns: list[str], row: list[str], beside: Mapping[str, str] | None = None) -> bytes:
    """A row as JSON: an object of its cells and of what stands beside them (column -> text).

    An array of its cells if they do not fit the columns, bytes if not UTF-8.
    """
    try:
        fits = len(columns) == len(row)
        return msgspec.json.encode({**dict(zip(columns, row, strict=True)), **(beside or {})} if fits else row)
    except UnicodeEncodeError:
        return ",".join(row).encode("utf-8", "surrogateescape")
