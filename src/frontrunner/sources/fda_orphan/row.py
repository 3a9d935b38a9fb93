"""The columns of the list, each once, and how its days and names are read."""

import re

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.model import Called
from frontrunner.reading import cells
from frontrunner.reading.dates import full_date

#: field -> column, in the order of the list
COLUMNS = {
    "generic": "Generic Name",
    "trade": "Trade Name",
    "designated_on": "Date Designated",
    "designation": "Orphan Designation",
    "status": "Orphan Designation Status",
    "withdrawn_on": "Date Designation Withdrawn or Revoked",
    "approval": "FDA Orphan Approval Status",
    "indication": "Approved Labeled Indication",
    "approved_on": "Marketing Approval Date",
    "exclusive_until": "Exclusivity End Date",
    "exclusive_for": "Exclusivity Protected Indication",
    "sponsor": "Sponsor Company",
    "address_1": "Sponsor Address 1",
    "address_2": "Sponsor Address 2",
    "city": "Sponsor City",
    "state": "Sponsor State",
    "zip": "Sponsor Zip",
    "country": "Sponsor Country",
    "number": "CF Grid Key",
}

_DATES = tuple(field for field in COLUMNS if field.endswith(("_on", "_until")))
_STATUSES = ("Designated", "Approved", "Designation Withdrawn or Revoked")
_NOT_APPROVED = "Not FDA Approved for Orphan Indication"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_NUMBER = re.compile(r"(\d+)(?:\.0)?", re.ASCII)
_MARKS = re.compile(r"[®™¿]|\(r\)", re.IGNORECASE)
_FORMER = re.compile(r"(.+?) \(formerly (.+)\)")
_BRACKETS_AFTER = re.compile(r"(.+?) \([^()]+\)")
#: between brands: `A; B`, `1. A 2. B`
_BETWEEN_BRANDS = re.compile(r"[;,]|(?:^|\s)\d\.\s")
_BRACKETS_BEFORE = re.compile(r"\(([^()]+)\) (.+)")


class Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    """The cells of a row, white space collapsed, days as ISO days. `newest`: the newest day of an act in the list."""

    generic: str
    trade: str
    designated_on: str
    designation: str
    status: str
    withdrawn_on: str
    approval: str
    indication: str
    approved_on: str
    exclusive_until: str
    exclusive_for: str
    sponsor: str
    address_1: str
    address_2: str
    city: str
    state: str
    zip: str
    country: str
    number: str
    newest: str | None = None


_row = msgspec.json.Decoder(Row)


def decode(raw: bytes) -> Row:
    """A row whose columns are all known and all there. Raises BadRecord with the column as its place."""
    row = cells.tidy(cells.strict(_row, raw, "the orphan list"), COLUMNS, _DATES, day)
    _check(row)
    return row


def day(text: str, place: str) -> str:
    """`2024-04-25` or, as the publisher's page shows it, `04/25/2024`, as an ISO day. Raises BadRecord at `place`."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise BadRecord(place, f"{text!r} is not a day (2024-04-25 or 04/25/2024)")
    return full_date(text if match[1] else f"{match[6]}-{match[4]}-{match[5]}", place)


def _check(row: Row) -> None:
    for part in row.status.split("/"):
        if part not in _STATUSES:
            raise BadRecord(COLUMNS["status"], f"{row.status!r}: {part!r} is none of {', '.join(_STATUSES)}")
    if row.approval not in ("", _NOT_APPROVED):
        raise BadRecord(COLUMNS["approval"], f"{row.approval!r} is not known here")
    if ("Approved" in row.status.split("/")) != bool(row.approved_on):
        raise BadRecord(COLUMNS["approved_on"], f"{row.approved_on!r} does not fit the status {row.status!r}")
    for field in ("generic", "designated_on", "designation", "sponsor"):
        if not getattr(row, field):
            raise BadRecord(COLUMNS[field], "is empty")
    match = _NUMBER.fullmatch(row.number)
    if match is None:
        raise BadRecord(COLUMNS["number"], f"{row.number!r} is not a number")
    row.number = match[1]


def names(row: Row) -> list[Called]:
    """The brands, which share a cell, then what the substance is called.

    Several different substances in one cell stay one name: none of them is what the product is called.
    """
    found = [Called(brand, "brand") for cell in _BETWEEN_BRANDS.split(row.trade) for brand in _brands(cell)]
    generics = {part.strip().casefold(): part.strip() for part in row.generic.split(";")}
    before = _BRACKETS_BEFORE.fullmatch(row.generic)
    if len(generics) > 1:
        found.append(Called(row.generic, "variant"))
    elif before:
        found += [Called(before[1], "inn"), Called(before[2], "variant")]
    else:
        found.append(Called(next(iter(generics.values())), "inn"))
    return list({(name.value.casefold(), name.kind): name for name in reversed(found)}.values())[::-1]


def _brands(cell: str) -> list[str]:
    """`Totect(r)` as Totect, `A (formerly B)` as both, `Kymriah (tisagenlecleucel)` as Kymriah."""
    plain = " ".join(_MARKS.sub("", cell).split())
    former = _FORMER.fullmatch(plain)
    if former:
        return [former[1], former[2]]
    after = _BRACKETS_AFTER.fullmatch(plain)
    return [after[1] if after else plain] if plain else []
