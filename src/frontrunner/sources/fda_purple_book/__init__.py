"""FDA Purple Book: every licence of a biological product, of both centers; gene and cell therapies are CBER's.

Two forms are read, both the regulator's own columns:

- the monthly report (`Purple Book Monthly Historical Data Changes Report - March 2026`): a section with the changes of
  the month and, below it, the whole table; its month is the `as_of` of every row;
- the plain table, also several months of it one below the other, without a title: `as_of` is then the newest approval
  in it, the day that the table cannot be older than.

What others have re-keyed (JSON with ISO dates, `schema: purple_book...`) are not the regulator's words and are not
recognised.

A record is one presentation of a licence (`125786/1`). Its day is the licence's where the submission is an original
one, else that of a supplement. The table has no indications and does not tell accelerated approvals; of a revoked
licence it does not say the day, only that it was revoked when the table was made. `Disc` is a product that is no longer
marketed; its licence stands. Of the two exclusivities `exclusivityUntil` is the orphan one, which the table gives once
a licence, for its last indication. How two digits become a year: `years`.

The table says nowhere on which day it was put up: what it tells is known from our own day (`fetched`) on.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Approval, Called, Raw, Reading, Source
from frontrunner.reading import table
from frontrunner.reading.containers import Container, split
from frontrunner.reading.dates import long_date
from frontrunner.sources.fda_purple_book import years
from frontrunner.sources.fda_purple_book.row import COLUMNS, Row, decode

SOURCE = Source(
    id="fda_purple_book",
    title="Purple Book",
    publisher="U.S. Food and Drug Administration",
    homepage="https://purplebooksearch.fda.gov",
    licence="public domain, as a work of the United States government",
    attribution="Source: U.S. Food and Drug Administration, Purple Book",
    authority="regulator_table",
)

#: statement column -> column of the table
PLACES = {
    "names": "Proprietary Name | Proper Name",
    "status": "Licensure",
    "number": "BLA Number",
    "applicant": "Applicant",
    "decidedOn": "Approval Date",
    "supplement": "Submission Type",
    "ended": "Licensure",
    "endedByTable": "Licensure",
    "marketed": "Marketing Status",
    "orphan": "Orphan Exclusivity Exp. Date",
    "exclusivityUntil": "Orphan Exclusivity Exp. Date",
    "referenceExclusivityUntil": "Ref. Product Exclusivity Exp. Date",
}

_HEADER = list(COLUMNS.values())
_TITLE = re.compile(r"Purple Book Monthly Historical Data Changes Report - (\w+ \d{4})")
_TITLE_START = b"Purple Book Monthly Historical Data Changes Report"
_BOM = b"\xef\xbb\xbf"
#: rows above the header: a title, a blank one, the name of the section
_PREAMBLE = 10
_BETWEEN_NAMES = re.compile(r"[,;]|(?<=[A-Za-z]{5})\s*/\s*(?=[A-Za-z]{5})")
_UNDECIDED = "Date TBD"
#: the line that a row begins on, and its cells
_Line = tuple[int, list[str]]


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the table or a monthly report; its name does not matter."""
    return head.removeprefix(_BOM).startswith(_TITLE_START) or table.header(head)[:5] == _HEADER[:5]


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of every section, each as a JSON object of its cells with the table's `as_of`."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, ",")
    columns, title = _header(where, rows)
    found, broken = _gathered(columns, rows)
    as_of = _month(where, title) if title else _newest(columns, found)
    for line, row in found:
        dated = len(row) == len(columns) and as_of
        body = table.as_object([*columns, "as_of"], [*row, str(as_of)]) if dated else table.as_object(columns, row)
        yield Raw(f"line {line}", body)
    if broken:
        raise broken


def _gathered(columns: list[str], rows: Iterator[_Line]) -> tuple[list[_Line], UnreadableInput | None]:
    """The rows of all sections, without blank ones and repeated headers, and why they end before the file does."""
    found: list[_Line] = []
    try:
        found.extend(item for item in rows if any(item[1]) and item[1] != columns)
    except UnreadableInput as error:
        return found, error
    return found, None


def _header(where: str, rows: Iterator[_Line]) -> tuple[list[str], str | None]:
    """The columns and, where the rows above them have one, the title. Raises UnreadableInput when there are none."""
    title = None
    for number, (_, row) in enumerate(rows):
        if row[:5] == _HEADER[:5]:
            return row, title
        title = title or row[0] or None
        if number == _PREAMBLE:
            break
    raise UnreadableInput(where, "has no header of the Purple Book (N/R/U, Applicant, BLA Number, ...)")


def _month(where: str, title: str) -> str:
    match = _TITLE.search(title)
    try:
        return long_date(match[1] if match else title, where)
    except BadRecord as error:
        raise UnreadableInput(where, f"its title names no month ({title!r})") from error


def _newest(columns: list[str], rows: list[_Line]) -> str | None:
    """The newest day in the column of approvals; null when there is none."""
    days = []
    for _, row in rows:
        cells = dict(zip(columns, row, strict=False))
        try:
            days.append(years.past(cells.get(COLUMNS["approved_on"], ""), "", 0, None))
        except BadRecord:
            continue
    return max(days, default=None)


def read(raw: bytes) -> Reading:
    """One presentation of a licence. Raises BadRecord with the column as its place."""
    row = decode(raw)
    return Reading(
        key=f"{row.licence}/{row.product}",
        known_on=None,
        known_basis="fetched",
        as_of=row.as_of,
        whole=True,
        canonical=msgspec.json.encode(msgspec.structs.replace(row, change="", as_of=None)),
        statements=[_approval(row)],
    )


def _approval(row: Row) -> Approval:
    number = int(row.licence)
    for field in ("first_licensed_on", "exclusive_until", "interchangeable_until"):
        _day(row, field, number)
    orphan_until = _day(row, "orphan_until", number)
    return Approval(
        jurisdiction="US",
        names=_names(row),
        status="approved",
        number=row.licence,
        applicant=row.applicant,
        decided_on=_day(row, "approved_on", number),
        supplement=row.submission == "Supplement",
        ended=None if row.licensure == "Licensed" else "revoked",
        ended_by_table=row.licensure != "Licensed",
        marketed=row.marketing in ("Rx", "OTC"),
        orphan=True if orphan_until else None,
        exclusivity_until=orphan_until,
        reference_exclusivity_until=_day(row, "reference_until", number),
    )


def _day(row: Row, field: str, licence: int) -> str | None:
    text, place = getattr(row, field), COLUMNS[field]
    if not text or (field == "interchangeable_until" and text == _UNDECIDED):
        return None
    return years.expiry(text, place) if field.endswith("_until") else years.past(text, place, licence, row.as_of)


def _names(row: Row) -> list[Called]:
    """The brands, which share a cell, and the proper name, which is that of the substance."""
    brands = [brand.strip() for brand in _BETWEEN_NAMES.split(row.brands) if brand.strip()]
    return [*(Called(brand, "brand") for brand in dict.fromkeys(brands)), Called(row.proper_name, "inn")]
