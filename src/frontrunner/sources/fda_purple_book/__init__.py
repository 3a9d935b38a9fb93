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
    records=(1_000, 20_000),
    filled={"approval.applicant": 0.99, "approval.decided_on": 0.98},
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
#: rows up to the header: a title, a blank one, the name of the section
_PREAMBLE = 11
_BETWEEN_NAMES = re.compile(r"[,;]|(?<=[A-Za-z]{5})\s*/\s*(?=[A-Za-z]{5})")
_UNDECIDED = "Date TBD"


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the table or a monthly report; its name does not matter."""
    return head.removeprefix(_BOM).startswith(_TITLE_START) or table.header(head)[:5] == _HEADER[:5]


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of every section, each as a JSON object of its cells with the table's `as_of`."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, ",")
    columns, title = _header(where, rows)
    # each section may repeat the header
    found = table.gathered(columns, (line for line in rows if any(line[1]) and line[1] != columns))
    as_of = _month(where, title) if title else found.newest([COLUMNS["approved_on"]], _approved)
    yield from found.records({"as_of": as_of} if as_of else {})


def _approved(text: str, place: str) -> str:
    """A day in the column of approvals, read without its row."""
    return years.past(text, place, 0, None)


def _header(where: str, rows: Iterator[table.Line]) -> tuple[list[str], str | None]:
    """The columns and, where the rows above them have one, the title. Raises UnreadableInput when there are none."""
    found = table.below(rows, _HEADER[:5], _PREAMBLE)
    if found is None:
        raise UnreadableInput(where, "has no header of the Purple Book (N/R/U, Applicant, BLA Number, ...)")
    columns, above = found
    return columns, next((row[0] for row in above if row[0]), None)


def _month(where: str, title: str) -> str:
    match = _TITLE.search(title)
    try:
        return long_date(match[1] if match else title, where)
    except BadRecord as error:
        raise UnreadableInput(where, f"its title names no month ({title!r})") from error


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
    """The brands, which share a cell, and the proper name, which of a biosimilar is that of its reference."""
    brands = [brand.strip() for brand in _BETWEEN_NAMES.split(row.brands) if brand.strip()]
    kind = "inn" if row.kind == "351(a)" else "reference"
    return [*(Called(brand, "brand") for brand in dict.fromkeys(brands)), Called(row.proper_name, kind)]
