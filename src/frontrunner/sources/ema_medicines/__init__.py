"""EMA table of medicines: every centrally evaluated medicine, authorised, refused, withdrawn or under opinion.

The table is published as a spreadsheet, with the moment at which it was generated above its header, and is also found
as CSV without it. Both have the same columns; a record is one row and its key the product number, so that the rows of
several tables are versions of one medicine. A version is told apart by what the row says of the medicine, and not by
what only its form says: the day of its last update and its address, numbers and spaces as a spreadsheet writes them,
and the pharmacotherapeutic groups, which were codes in 2024 and words in 2025.

`Last updated date` is the day on which this content was put up (`posted`); where a medicine has none, the moment of the
table. Now and then a cell is corrected without a new date: of 1,213 human medicines with the same one in August 2024
and March 2025, 60 had changed in what is read here, in therapeutic areas and names of holders mostly. Such a version
seems to be known too early. In a table without its moment `as_of` is the newest update in it, the day that it cannot be
older than.

What to be careful with: the indication and the flags are today's, the day is that of the licence. The flag of a
conditional authorisation goes when it becomes a standard one, so its absence is no kind. An accelerated assessment is a
faster procedure and no accelerated approval. Withdrawn applications for advanced therapies are mostly not flagged as
such: only `Yes` says something there. The day of the opinion is now and then that of a later one, and then left out.
Most withdrawn authorisations have no day of their end. Veterinary medicines are read and say nothing here.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Approval, Called, Designation, Raw, Reading, Source
from frontrunner.reading import cells, sheet, table
from frontrunner.reading.containers import Container, split
from frontrunner.sources.ema_medicines.row import COLUMNS, Row, decode

SOURCE = Source(
    id="ema_medicines",
    title="EMA table of medicines",
    publisher="European Medicines Agency",
    homepage="https://www.ema.europa.eu/en/medicines/download-medicine-data",
    licence="reuse allowed where the source is acknowledged: https://www.ema.europa.eu/en/about-us/about-website/"
    "legal-notice",
    attribution="Source: European Medicines Agency, table of medicines",
    authority="regulator_table",
    records=(2_000, 6_000),
    filled={"approval.applicant": 0.99, "approval.decided_on": 0.95, "approval.indication": 0.9},
)

#: status in the table -> the status of the application, how the licence ended, the field with the day of the status
_STATUS: dict[str, tuple[str, str | None, str]] = {
    "Authorised": ("approved", None, "authorised_on"),
    "Withdrawn": ("approved", "withdrawn", "authorised_on"),
    "Lapsed": ("approved", "lapsed", "authorised_on"),
    "Expired": ("approved", "expired", "authorised_on"),
    "Revoked": ("approved", "revoked", "authorised_on"),
    "Suspended": ("approved", "suspended", "authorised_on"),
    "Refused": ("refused", None, "refused_on"),
    "Application withdrawn": ("application_withdrawn", None, "application_withdrawn_on"),
    "Withdrawn from rolling review": ("application_withdrawn", None, "application_withdrawn_on"),
    "Opinion": ("opinion", None, "opinion_on"),
    "Opinion under re-examination": ("opinion", None, "opinion_on"),
}
_OPINIONS = {"Positive": "positive_opinion", "Negative": "negative_opinion"}

#: statement column -> column of the table
PLACES = {
    "names": " | ".join(COLUMNS[field] for field in ("name", "inn", "substance")),
    "status": COLUMNS["status"],
    "number": COLUMNS["number"],
    "productNumbers": COLUMNS["number"],
    "applicant": COLUMNS["applicant"],
    "sponsor": COLUMNS["applicant"],
    "decidedOn": " | ".join(COLUMNS[field] for field in dict.fromkeys(field for _, _, field in _STATUS.values())),
    "reviewFrom": COLUMNS["review_from"],
    "rollingReviewFrom": COLUMNS["rolling_review_from"],
    "opinionOn": COLUMNS["opinion_on"],
    "kind": COLUMNS["conditional"],
    "indication": COLUMNS["indication"],
    "areas": COLUMNS["areas"],
    "ended": COLUMNS["status"],
    "endedOn": f"{COLUMNS['ended_on']} | {COLUMNS['suspended_on']}",
    "endedByTable": COLUMNS["status"],
    "orphan": COLUMNS["orphan"],
    "atmp": COLUMNS["atmp"],
    "exceptional": COLUMNS["exceptional"],
    "acceleratedAssessment": COLUMNS["accelerated"],
    "designation": COLUMNS["prime"],
}

_HEADER = list(COLUMNS.values())
#: rows up to the header: a line with the moment, and blank ones
_PREAMBLE = 21
#: a spreadsheet's beginning holds none of its text, so it is told by the names under which the table is offered
_SHEET_NAME = re.compile(r"(?:.*/)?medicines[-_](?:output[-_]medicines.*|\d{4}-\d\d-\d\d)\.xlsx", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_MOMENT = re.compile(r"(\d\d/\d\d/\d{4}) - \d\d:\d\d", re.ASCII)
_FORMER = re.compile(r"(?P<now>.+?) \(previously (?:known as )?(?P<former>.+)\)")


def recognise(name: str, head: bytes) -> bool:
    """Whether this is the table: CSV by its header, a spreadsheet by its name."""
    if head.startswith(_ZIP):
        return _SHEET_NAME.fullmatch(name) is not None
    start = head.removeprefix(b"\xef\xbb\xbf")
    return start.startswith((b"Category,Name of medicine,EMA product number,", b"Content type:,Medicine,"))


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows below the header, each as a JSON object of its cells with the moment or newest day of the table."""
    if container.name.lower().endswith(".xlsx"):
        return _rows(container.name, "row", sheet.rows(container))
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    return _rows(where, "line", table.rows(where, stream, ","))


def _rows(where: str, unit: str, rows: Iterator[table.Line]) -> Iterator[Raw]:
    columns, moment = _header(where, rows)
    filled = ((number, row) for number, row in rows if any(row))
    if unit == "row":
        filled = ((number, [*row, *[""] * (len(columns) - len(row))]) for number, row in filled)
    found = table.gathered(columns, filled)
    if moment:
        yield from found.records({"generated": moment}, unit)
    else:
        yield from found.records({"newest": found.newest([COLUMNS["updated_on"]], cells.day_first) or ""}, unit)


def _header(where: str, rows: Iterator[table.Line]) -> tuple[list[str], str | None]:
    """The columns, and the moment that stands above them, if there is one. Raises UnreadableInput without columns."""
    found = table.below(rows, _HEADER[:3], _PREAMBLE)
    if found is None:
        raise UnreadableInput(
            where, "has no header of the EMA's table (Category, Name of medicine, EMA product number ...)"
        )
    columns, above = found
    moment = next((cell for row in above for cell in row if _MOMENT.fullmatch(cell)), None)
    return [" ".join(column.split()) for column in columns], moment


def read(raw: bytes) -> Reading:
    """One medicine. Raises BadRecord with the column as its place."""
    row = decode(raw)
    generated = cells.day_first(row.generated[:10], "generated") if row.generated else None
    if generated and row.updated_on > generated:
        raise BadRecord(COLUMNS["updated_on"], f"{row.updated_on} is after the table itself ({generated})")
    known_on = row.updated_on or generated
    return Reading(
        key=row.number,
        known_on=known_on,
        known_basis="posted" if known_on else "fetched",
        as_of=generated or row.newest or None,
        whole=True,
        canonical=_canonical(row),
        statements=list(_statements(row)) if row.category == "Human" else [],
    )


def _canonical(row: Row) -> bytes:
    """What the row says of the medicine, whatever the form."""
    plain = msgspec.structs.replace(
        row,
        group="",
        group_veterinary="",
        procedure=row.procedure.strip("-"),
        revision=row.revision.removesuffix(".0"),
        updated_on="",
        url="",
        generated=None,
        newest=None,
    )
    return msgspec.json.encode(plain)


def _statements(row: Row) -> Iterator[Approval | Designation]:
    yield _approval(row)
    if row.prime == "Yes":
        yield Designation(
            jurisdiction="EU",
            designation="prime",
            names=_names(row),
            designated_on=None,
            sponsor=row.applicant or None,
            product_numbers=[row.number],
        )


def _approval(row: Row) -> Approval:
    status, ended, dated_by = _status(row)
    ended_on = (row.suspended_on if ended == "suspended" else row.ended_on) if ended else ""
    return Approval(
        jurisdiction="EU",
        names=_names(row),
        status=status,
        number=row.number,
        applicant=row.applicant or None,
        decided_on=getattr(row, dated_by) or None,
        review_from=row.review_from or None,
        rolling_review_from=row.rolling_review_from or None,
        opinion_on=_opinion_on(row, status),
        kind="conditional" if row.conditional == "Yes" else None,
        indication=row.indication or None,
        areas=[area.strip() for area in row.areas.split(";") if area.strip()],
        ended=ended,
        ended_on=ended_on or None,
        ended_by_table=ended is not None and not ended_on,
        orphan=row.orphan == "Yes",
        atmp=True if row.atmp == "Yes" else None,
        exceptional=row.exceptional == "Yes",
        accelerated_assessment=row.accelerated == "Yes",
    )


def _opinion_on(row: Row, status: str) -> str | None:
    """The day of the opinion; of an authorised medicine only where it is not that of a later opinion (a new use)."""
    later = status == "approved" and "" < row.authorised_on < row.opinion_on
    return None if later else row.opinion_on or None


def _status(row: Row) -> tuple[str, str | None, str]:
    """The status of the application, how a licence ended, and the field with the day of the status."""
    if row.status not in _STATUS:
        raise BadRecord(COLUMNS["status"], f"{row.status!r} is none of {', '.join(_STATUS)}")
    if row.opinion not in ("", *_OPINIONS):
        raise BadRecord(COLUMNS["opinion"], f"{row.opinion!r} is none of {', '.join(_OPINIONS)}")
    status, ended, dated_by = _STATUS[row.status]
    if status == "opinion":
        if not row.opinion:
            raise BadRecord(COLUMNS["opinion"], "is empty, although the opinion is all that there is")
        status = _OPINIONS[row.opinion]
    return status, ended, dated_by


def _names(row: Row) -> list[Called]:
    """The name, the former one in its brackets, the INN and the substance where it is called otherwise.

    A combination stays one name, as the table writes it (`a;b`): neither part is what the medicine is called.
    The INN of a biosimilar is that of its reference.
    """
    former = _FORMER.fullmatch(row.name)
    names = (
        [Called(former["now"], "brand"), Called(former["former"], "brand")] if former else [Called(row.name, "brand")]
    )
    if row.inn:
        names.append(Called(row.inn, "reference" if row.biosimilar == "Yes" else "inn"))
    if row.biosimilar == "No" and row.substance and row.substance.casefold() != row.inn.casefold():
        names.append(Called(row.substance, "variant"))
    return names
