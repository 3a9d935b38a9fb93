"""The columns of the tables, each once, and what the few coded ones may say."""

import re

import msgspec

from frontrunner.errors import BadRecord

#: field -> column, in the order of the table
COLUMNS = {
    "change": "N/R/U",
    "applicant": "Applicant",
    "licence": "BLA Number",
    "brands": "Proprietary Name",
    "proper_name": "Proper Name",
    "kind": "BLA Type",
    "strength": "Strength",
    "form": "Dosage Form",
    "route": "Route of Administration",
    "presentation": "Product Presentation",
    "marketing": "Marketing Status",
    "licensure": "Licensure",
    "approved_on": "Approval Date",
    "reference_name": "Ref. Product Proper Name",
    "reference_brand": "Ref. Product Proprietary Name",
    "supplement": "Supplement Number",
    "submission": "Submission Type",
    "holder": "License Number",
    "product": "Product Number",
    "center": "Center",
    "first_licensed_on": "Date of First Licensure",
    "exclusive_until": "Exclusivity Expiration Date",
    "interchangeable_until": "First Interchangeable Exclusivity Exp. Date",
    "reference_until": "Ref. Product Exclusivity Exp. Date",
    "orphan_until": "Orphan Exclusivity Exp. Date",
}

#: column -> what it may say
_VALUES = {
    "N/R/U": ("", "N", "R", "U"),
    "BLA Type": ("351(a)", "351(k) Biosimilar", "351(k) Interchangeable"),
    "Marketing Status": ("Rx", "OTC", "Disc", "Disc*"),
    "Licensure": ("Licensed", "Voluntarily Revoked", "Revoked"),
    "Submission Type": ("Original", "Supplement", ""),
    "Center": ("CBER", "CDER"),
}
_NUMBERS = ("BLA Number", "Product Number")
_FILLED = ("Applicant", "Proper Name")
_COLUMN = re.compile(r"`(.+)`", re.DOTALL)


class Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    """The cells of a row, stripped; `N/A` is empty. `as_of` is the table's month or day, beside the cells."""

    change: str
    applicant: str
    licence: str
    brands: str
    proper_name: str
    kind: str
    strength: str
    form: str
    route: str
    presentation: str
    marketing: str
    licensure: str
    approved_on: str
    reference_name: str
    reference_brand: str
    supplement: str
    submission: str
    holder: str
    product: str
    center: str
    first_licensed_on: str
    exclusive_until: str
    interchangeable_until: str
    reference_until: str
    orphan_until: str
    as_of: str | None = None


_row = msgspec.json.Decoder(Row)


def decode(raw: bytes) -> Row:
    """A row whose columns are all known and all there. Raises BadRecord with the column as its place."""
    try:
        row = _row.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        column = _COLUMN.search(str(error)) if str(error).startswith("Object") else None
        place = column[1] if column else "row"
        raise BadRecord(place, f"the row is not one of the Purple Book's ({error})") from error
    for field in COLUMNS:
        setattr(row, field, _plain(getattr(row, field)))
    _check(row)
    return row


def _plain(cell: str) -> str:
    stripped = " ".join(cell.split())
    return "" if stripped == "N/A" else stripped


def _check(row: Row) -> None:
    cells = {column: getattr(row, field) for field, column in COLUMNS.items()}
    for column, allowed in _VALUES.items():
        if cells[column] not in allowed:
            known = ", ".join(value or "nothing" for value in allowed)
            raise BadRecord(column, f"{cells[column]!r} is none of the values known here ({known})")
    for column in _NUMBERS:
        if not (cells[column].isascii() and cells[column].isdigit()):
            raise BadRecord(column, f"{cells[column]!r} is not a number")
    for column in _FILLED:
        if not cells[column]:
            raise BadRecord(column, "is empty")
