"""The columns of the list, each once, and how they are checked."""

import re

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading import cells

#: field -> column, in the order of the list
COLUMNS = {
    "medicines": "Medicine name",
    "products": "Related EMA product number",
    "substance": "Active substance",
    "decided_on": "Date of designation / refusal",
    "use": "Intended use",
    "number": "EU designation number",
    "status": "Status",
    "first_published_on": "First published date",
    "updated_on": "Last updated date",
    "url": "Orphan designation URL",
}

_DATES = tuple(field for field in COLUMNS if field.endswith("_on"))
_NUMBER = re.compile(r"EU/3/\d\d/\d{1,4}", re.ASCII)
_PRODUCT = re.compile(r"EMEA/H/[CW]/\d{6}", re.ASCII)
_URL = re.compile(r"https://www\.ema\.europa\.eu/en/medicines/human/orphan-designations/[\w.%-]+")
#: what stands in the place of a number where there is none
_NONE = ("-", "N/A")


class Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    """The cells of a row, white space collapsed, days as ISO days; `newest` is the newest update in the list."""

    medicines: str
    products: str
    substance: str
    decided_on: str
    use: str
    number: str
    status: str
    first_published_on: str
    updated_on: str
    url: str
    newest: str | None = None


_row = msgspec.json.Decoder(Row)


def decode(raw: bytes) -> Row:
    """A row whose columns are all known and all there. Raises BadRecord with the column as its place."""
    row = cells.tidy(cells.strict(_row, raw, "the EMA's list"), COLUMNS, _DATES, cells.day_first)
    _check(row)
    return row


def parts(cell: str) -> list[str]:
    """The values of a cell that lists several (`EMEA/H/C/004193; EMEA/H/C/004793`), each once."""
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _check(row: Row) -> None:
    if row.number in _NONE and row.status == "Negative":
        row.number = ""
    elif not _NUMBER.fullmatch(row.number):
        raise BadRecord(COLUMNS["number"], f"{row.number!r} is not a number such as EU/3/16/1609")
    for product in parts(row.products):
        if not _PRODUCT.fullmatch(product):
            raise BadRecord(COLUMNS["products"], f"{product!r} is not a number such as EMEA/H/C/005776")
    if not _URL.fullmatch(row.url):
        raise BadRecord(COLUMNS["url"], f"{row.url!r} is not the address of a designation")
    if not row.use:
        raise BadRecord(COLUMNS["use"], "is empty")
