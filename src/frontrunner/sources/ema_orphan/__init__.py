"""EMA list of orphan designations: every designation that the European Commission has granted or refused.

A record is one row; its key is the last part of its address, because refused applications have no number and a few
numbers stand twice. Three things about its days:

- The day of the decision is sometimes that of a later one (a transfer to another sponsor). A number carries the year in
  which it was given (`EU/3/16/1609`), the decision follows in that year or early in the next, and the page is put up
  after it; a day that does not fit is not taken for the day of the designation. What is then known is the year, where
  the page was first put up in the year of the number, and else nothing.
- The list does not say when a designation was withdrawn or expired, only that it was.
- `Last updated date` is the day on which this content was put up (`posted`). Without one, a row is known from our own
  day on: the page's first day proves only that it was there. `as_of` is the newest update in the list, the day that it
  cannot be older than.

A refusal is no designation: it has `refusedOn` and no `designatedOn`.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Called, Designation, Raw, Reading, Source
from frontrunner.reading import cells, table
from frontrunner.reading.containers import Container, split
from frontrunner.sources.ema_orphan.row import COLUMNS, Row, decode, parts

SOURCE = Source(
    id="ema_orphan",
    title="EMA list of orphan designations",
    publisher="European Medicines Agency",
    homepage="https://www.ema.europa.eu/en/medicines/download-medicine-data",
    licence="reuse allowed where the source is acknowledged: https://www.ema.europa.eu/en/about-us/about-website/"
    "legal-notice",
    attribution="Source: European Medicines Agency, orphan designations",
    authority="regulator_list",
    records=(2_500, 8_000),
    filled={"designation.designated_on": 0.9},
    record_url="https://www.ema.europa.eu/en/medicines/human/orphan-designations/{key}",
)

#: statement column -> column of the list
PLACES = {
    "names": f"{COLUMNS['medicines']} | {COLUMNS['substance']}",
    "indication": COLUMNS["use"],
    "designatedOn": f"{COLUMNS['decided_on']} | {COLUMNS['number']}",
    "refusedOn": COLUMNS["decided_on"],
    "number": COLUMNS["number"],
    "productNumbers": COLUMNS["products"],
    "status": COLUMNS["status"],
}

#: status in the list -> what has become of the designation
_STATUS = {"Positive": None, "Withdrawn": "withdrawn", "Expired": "expired", "Negative": "refused"}
_HEADER = list(COLUMNS.values())


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the list; its name does not matter."""
    return table.header(head)[:6] == _HEADER[:6]


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows, each as a JSON object of its cells with the newest update in the list."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, ",")
    columns = next(rows, (1, []))[1]
    if columns[:6] != _HEADER[:6]:
        raise UnreadableInput(where, "has no header of the EMA's list (Medicine name, Related EMA product number, ...)")
    found = table.gathered(columns, rows)
    yield from found.records({"newest": found.newest([COLUMNS["updated_on"]], cells.day_first) or ""})


def read(raw: bytes) -> Reading:
    """One designation or refusal. Raises BadRecord with the column as its place."""
    row = decode(raw)
    return Reading(
        key=row.url.rpartition("/")[2],
        known_on=row.updated_on or None,
        known_basis="posted" if row.updated_on else "fetched",
        as_of=row.newest or None,
        whole=True,
        canonical=msgspec.json.encode(msgspec.structs.replace(row, updated_on="", newest=None)),
        statements=[_designation(row)],
    )


def _designation(row: Row) -> Designation:
    if row.status not in _STATUS:
        raise BadRecord(COLUMNS["status"], f"{row.status!r} is none of {', '.join(_STATUS)}")
    refused = row.status == "Negative"
    return Designation(
        jurisdiction="EU",
        designation="orphan_designation",
        names=_names(row),
        designated_on=None if refused else _designated_on(row),
        indication=row.use,
        number=row.number or None,
        product_numbers=parts(row.products),
        status=_STATUS[row.status],
        refused_on=(row.decided_on or None) if refused else None,
    )


def _designated_on(row: Row) -> str | None:
    """The day of the decision where it can be that of the designation, else the year if it is known."""
    year = 2000 + int(row.number.split("/")[2])
    published = row.first_published_on
    if row.decided_on and 0 <= int(row.decided_on[:4]) - year <= 1 and not ("" < published < row.decided_on):
        return row.decided_on
    return str(year) if published.startswith(str(year)) else None


def _names(row: Row) -> list[Called]:
    """The medicines, where there are any, and the substance as the list describes it."""
    named = [Called(name, "brand") for name in parts(row.medicines)]
    return [*named, Called(row.substance, "variant")] if row.substance else named
