"""The first sheet of an .xlsx workbook as rows of text. No macros, no links, no formulas: only what is stored.

A number is the text that the file has for it (`21`); a day that a spreadsheet keeps as a number stays that number, so
that a reader who wants a day refuses it. Format: ECMA-376 part 1, 12 and 18 (https://ecma-international.org/
publications-and-standards/standards/ecma-376/).
"""

import re
from collections.abc import Iterator

from lxml import etree

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.reading import xml, zips
from frontrunner.reading.containers import RECORD_BYTES, Container

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TARGET = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+\Z", re.ASCII)
#: columns that a sheet can have
_MOST_COLUMNS = 16384
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows(container: Container) -> Iterator[tuple[int, list[str]]]:
    """The number of each row and its cells, empty ones as empty text, up to the last filled one.

    Raises UnreadableInput for a file that is no workbook, is damaged, or expands beyond RECORD_BYTES a part.
    """
    book = _Book(container)
    strings = [_text(item) for item in book.part(_STRINGS)] if _STRINGS in book.parts else []
    for number, row in enumerate(book.part(book.first_sheet()).iterfind(f"{_MAIN}sheetData/{_MAIN}row"), start=1):
        cells = _cells(row, strings, f"{container.name}, row {row.get('r') or number}")
        if cells:
            yield int(row.get("r") or number), cells


class _Book:
    """The parts of a workbook, each parsed when asked for."""

    def __init__(self, container: Container) -> None:
        self.name = container.name
        self.archive = zips.opened(container.path, container.name)
        self.parts = {entry.name: entry for entry in zips.entries(self.archive)}

    def part(self, name: str) -> etree._Element:
        """The root of a part. Raises UnreadableInput."""
        where, entry = f"{self.name}!{name}", self.parts.get(name)
        if entry is None:
            raise UnreadableInput(where, "is missing: this is no workbook")
        refused = zips.refused(entry) or (
            f"a part of over {RECORD_BYTES >> 20} MiB" if entry.size > RECORD_BYTES else ""
        )
        if refused:
            raise UnreadableInput(where, refused)
        with zips.read(self.archive, entry, where, RECORD_BYTES) as stream:
            body = stream.read()
        try:
            return xml.parse(body)
        except BadRecord as error:
            raise UnreadableInput(where, error.why) from error

    def first_sheet(self) -> str:
        """The name of the part that holds the first sheet. Raises UnreadableInput."""
        sheet = self.part(_WORKBOOK).find(f"{_MAIN}sheets/{_MAIN}sheet")
        target = sheet.get(_TARGET) if sheet is not None else None
        for relation in self.part(_RELATIONS):
            if relation.get("Id") == target:
                path = str(relation.get("Target"))
                return path[1:] if path.startswith("/") else f"xl/{path}"
        raise UnreadableInput(self.name, "is a workbook without sheets")


def _cells(row: etree._Element, strings: list[str], where: str) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind(f"{_MAIN}c"):
        column = _column(cell.get("r"), len(cells), where)
        said = _said(cell, strings, where)
        if said:
            cells.extend([""] * (column - len(cells)))
            cells.append(said)
    return cells


def _column(reference: str | None, next_one: int, where: str) -> int:
    """The index of a cell from its reference (`AB12`), or the next one's where it has none."""
    if reference is None:
        return next_one
    match, column = _REFERENCE.match(reference), 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if not next_one < column <= _MOST_COLUMNS:
        raise UnreadableInput(where, f"its cells are out of order at {reference!r}")
    return column - 1


def _said(cell: etree._Element, strings: list[str], where: str) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind != "s":
        return _unescaped(value)
    if not (value.isascii() and value.isdigit() and int(value) < len(strings)):
        raise UnreadableInput(where, f"refers to text {value!r}, which is not in the workbook")
    return strings[int(value)]


def _text(item: etree._Element) -> str:
    """The words of a string, runs together, without the readings (phonetic guides) beside them."""
    words = (part.text or "" for part in item.iter(f"{_MAIN}t") if not _is_reading(part))
    return _unescaped("".join(words))


def _is_reading(part: etree._Element) -> bool:
    parent = part.getparent()
    return parent is not None and parent.tag == f"{_MAIN}rPh"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
