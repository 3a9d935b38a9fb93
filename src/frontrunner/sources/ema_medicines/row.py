"""The columns of the table, each once, and what the coded ones may say."""

import re

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading import cells

#: field -> column, in the order of the table; three names are broken over two lines there
COLUMNS = {
    "category": "Category",
    "name": "Name of medicine",
    "number": "EMA product number",
    "status": "Medicine status",
    "opinion": "Opinion status",
    "procedure": "Latest procedure affecting product information",
    "inn": "International non-proprietary name (INN) / common name",
    "substance": "Active substance",
    "areas": "Therapeutic area (MeSH)",
    "species": "Species (veterinary)",
    "patient_safety": "Patient safety",
    "atc": "ATC code (human)",
    "atcvet": "ATCvet code (veterinary)",
    "group": "Pharmacotherapeutic group (human)",
    "group_veterinary": "Pharmacotherapeutic group (veterinary)",
    "indication": "Therapeutic indication",
    "accelerated": "Accelerated assessment",
    "monitoring": "Additional monitoring",
    "atmp": "Advanced therapy",
    "biosimilar": "Biosimilar",
    "conditional": "Conditional approval",
    "exceptional": "Exceptional circumstances",
    "generic": "Generic or hybrid",
    "orphan": "Orphan medicine",
    "prime": "PRIME: priority medicine",
    "applicant": "Marketing authorisation developer / applicant / holder",
    "decided_last_on": "European Commission decision date",
    "rolling_review_from": "Start of rolling review date",
    "review_from": "Start of evaluation date",
    "opinion_on": "Opinion adopted date",
    "application_withdrawn_on": "Withdrawal of application date",
    "authorised_on": "Marketing authorisation date",
    "refused_on": "Refusal of marketing authorisation date",
    "ended_on": "Withdrawal / expiry / revocation / lapse of marketing authorisation date",
    "suspended_on": "Suspension of marketing authorisation date",
    "revision": "Revision number",
    "first_published_on": "First published date",
    "updated_on": "Last updated date",
    "url": "Medicine URL",
}

_DATES = tuple(field for field in COLUMNS if field.endswith(("_on", "_from")))
_FLAGS = (
    *("patient_safety", "accelerated", "monitoring", "atmp", "biosimilar"),
    *("conditional", "exceptional", "generic", "orphan", "prime"),
)
_NUMBER = re.compile(r"EMEA/([HV])/C/\d{6}", re.ASCII)
_LETTER = {"Human": "H", "Veterinary": "V"}


class Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    """The cells of a row, white space collapsed, days as ISO days.

    Beside the cells: `generated`, the moment that the table itself names, or else `newest`, the newest day of an
    update in it.
    """

    category: str
    name: str
    number: str
    status: str
    opinion: str
    procedure: str
    inn: str
    substance: str
    areas: str
    species: str
    patient_safety: str
    atc: str
    atcvet: str
    group: str
    group_veterinary: str
    indication: str
    accelerated: str
    monitoring: str
    atmp: str
    biosimilar: str
    conditional: str
    exceptional: str
    generic: str
    orphan: str
    prime: str
    applicant: str
    decided_last_on: str
    rolling_review_from: str
    review_from: str
    opinion_on: str
    application_withdrawn_on: str
    authorised_on: str
    refused_on: str
    ended_on: str
    suspended_on: str
    revision: str
    first_published_on: str
    updated_on: str
    url: str
    generated: str | None = None
    newest: str | None = None


_row = msgspec.json.Decoder(Row)


def decode(raw: bytes) -> Row:
    """A row whose columns are all known and all there. Raises BadRecord with the column as its place."""
    row = cells.tidy(cells.strict(_row, raw, "the EMA's table"), COLUMNS, _DATES, cells.day_first)
    _check(row)
    return row


def _check(row: Row) -> None:
    if row.category not in _LETTER:
        raise BadRecord(COLUMNS["category"], f"{row.category!r} is neither Human nor Veterinary")
    match = _NUMBER.fullmatch(row.number)
    if match is None or match[1] != _LETTER[row.category]:
        raise BadRecord(
            COLUMNS["number"], f"{row.number!r} is not a number such as EMEA/{_LETTER[row.category]}/C/000481"
        )
    for field in _FLAGS:
        if getattr(row, field) not in ("Yes", "No"):
            raise BadRecord(COLUMNS[field], f"{getattr(row, field)!r} is neither Yes nor No")
    if not row.name:
        raise BadRecord(COLUMNS["name"], "is empty")
