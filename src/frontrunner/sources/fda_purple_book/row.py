"""The columns of the tables, each once, and what the few coded ones may say."""

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading import cells

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
_NONE = "N/A"


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
    row = cells.tidy(cells.strict(_row, raw, "the Purple Book's"), COLUMNS)
    for field in COLUMNS:
        if getattr(row, field) == _NONE:
            setattr(row, field, "")
    _check(row)
    return row


def _check(row: Row) -> None:
    said = {column: getattr(row, field) for field, column in COLUMNS.items()}
    for column, allowed in _VALUES.items():
        if said[column] not in allowed:
            known = ", ".join(value or "nothing" for value in allowed)
            raise BadRecord(column, f"{said[column]!r} is none of the values known here ({known})")
    for column in _NUMBERS:
        if not (said[column].isascii() and said[column].isdigit()):
            raise BadRecord(column, f"{said[column]!r} is not a number")
    for column in _FILLED:
        if not said[column]:
            raise BadRecord(column, "is empty")
