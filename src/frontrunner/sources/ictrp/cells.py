"""The cells of an ICTRP record, alike in both forms: `Public_title` in XML is the column `Public title` in CSV."""

from functools import lru_cache

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading import json, xml

XML = "application/xml"
CSV = "text/csv"
#: the element of a record
TAG = "Trial"

#: every field that a record can have; the contacts stand in XML only and are not read
KNOWN = frozenset(
    (
        *("TrialID", "Last_Refreshed_on", "Public_title", "Scientific_title", "Acronym", "Primary_sponsor"),
        *("Date_registration", "Date_registration3", "Export_date", "Source_Register", "web_address"),
        *("Recruitment_Status", "other_records", "Inclusion_agemin", "Inclusion_agemax", "Inclusion_gender"),
        *("Date_enrollement", "Target_size", "Study_type", "Study_design", "Phase", "Countries"),
        *("Contact_Firstname", "Contact_Lastname", "Contact_Address", "Contact_Email", "Contact_Tel"),
        *("Contact_Affiliation", "Inclusion_Criteria", "Exclusion_Criteria", "Condition", "Intervention"),
        *("Primary_outcome", "results_date_posted", "results_date_completed", "results_url_link"),
        *("Retrospective_flag", "Bridging_flag_truefalse", "Bridged_type", "results_yes_no"),
    )
)
_CONTACT = "Contact_"
_VOLATILE = frozenset({"Export_date", "Last_Refreshed_on"})

_row = msgspec.json.Decoder(dict[str, str])
_encode = msgspec.json.Encoder(order="deterministic").encode


def column(field: str) -> str:
    """The CSV column of a field."""
    return field.replace("_", " ")


#: media type -> field -> where it stands
_AT = {XML: {field: f"/{TAG}/{field}" for field in KNOWN}, CSV: {field: column(field) for field in KNOWN}}


@lru_cache(maxsize=64)
def _fields(columns: tuple[str, ...]) -> list[str | None]:
    """The field of each CSV column, null for contacts. Raises BadRecord for an unknown column."""
    found: list[str | None] = []
    for name in columns:
        field = name.replace(" ", "_")
        if field not in KNOWN:
            raise BadRecord(name, "is a column that this reader does not know")
        found.append(None if field.startswith(_CONTACT) else field)
    return found


class Cells:
    """The filled fields of a record, trimmed; `media_type` says of which form it is."""

    def __init__(self, found: dict[str, str], media_type: str) -> None:
        self.found, self.media_type, self._at = found, media_type, _AT[media_type]

    def place(self, field: str) -> str:
        """Where the field stands in this form."""
        return self._at[field]

    def get(self, field: str) -> str | None:
        """The words of a field, white space collapsed; null when empty."""
        words = self.found.get(field)
        return words and _collapsed(words)

    def need(self, field: str) -> str:
        """The words of a field that no record lacks. Raises BadRecord."""
        words = self.found.get(field)
        if words is None:
            raise BadRecord(self.place(field), "is missing or empty")
        return _collapsed(words)

    def canonical(self) -> bytes:
        """The content in one form for both: without the day of the export, that of the last look, and contacts."""
        said = self.found.copy()
        for field in _VOLATILE:
            said.pop(field, None)
        return _encode(said)


def _collapsed(words: str) -> str:
    """White space as single blanks; most words have nothing else, which is quicker to see than to do."""
    return words if "  " not in words and words.isprintable() else " ".join(words.split())


def cells(raw: bytes) -> Cells:
    """The cells of a record of either form. Raises BadRecord with the place of what is unknown or broken."""
    return Cells(_of_xml(raw), XML) if raw.startswith(b"<") else Cells(_of_row(raw), CSV)


def _of_xml(raw: bytes) -> dict[str, str]:
    root = xml.parse(raw)
    if root.tag != TAG:
        raise BadRecord("/", f"is <{root.tag}>, not <{TAG}>")
    found: dict[str, str] = {}
    for element in root:
        name = str(element.tag)
        if name not in KNOWN or name in found:
            raise BadRecord(f"/{TAG}/{name}", "stands twice" if name in found else "is an element not known here")
        words = element.text
        if words and not name.startswith(_CONTACT) and (words := words.strip()):
            found[name] = words
    return found


def _of_row(raw: bytes) -> dict[str, str]:
    try:
        row = _row.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        json.parse(raw)  # says where it is broken, or that it is a row of the wrong width
        raise BadRecord("row", "has a cell that is no text") from None
    return {
        field: words
        for field, cell in zip(_fields(tuple(row)), row.values(), strict=True)
        if cell and field and (words := cell.strip())
    }
