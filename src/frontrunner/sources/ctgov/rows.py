"""Tables of studies, one row a study, as partial records: the official CSV and TSV downloads, and lines of states.

Two layouts of the download are known, and mixtures of them (`NAMES` has both names of a column): the one of today
(codes, ISO dates) and the one of until 2023 (labels, long dates). A download has the columns that its user chose; those
that it lacks are unknown. A table never says the type of a date or of an enrolment, the arms, or the other names of an
intervention; what it says of outcomes cannot be taken apart again, and is not read.

Lines of states (`nct_id`, `overall_status`, ...) are another's daily extract of the API. There a null date means that
the registry has none, or only a month: unknown.

The identity leaves out the rank in a search, the day of the export and the ticker that a line was found under.
"""

import re

from frontrunner.errors import BadRecord
from frontrunner.model import Id, Intervention, Reading, Sponsor, Trial
from frontrunner.reading import json
from frontrunner.reading.dates import any_date, full_date
from frontrunner.sources.ctgov.nct import nct_id
from frontrunner.sources.ctgov.values import count, from_label, phases

MEDIA_TYPE = "text/csv"

#: column -> the names of the cell that tells it: today's, until 2023, in lines of states
NAMES: dict[str, tuple[str, ...]] = {
    "trialId": ("NCT Number", "nct_id"),
    "secondaryIds": ("Other IDs",),
    "briefTitle": ("Study Title", "Title"),
    "acronym": ("Acronym",),
    "overallStatus": ("Study Status", "Status", "overall_status"),
    "startDate": ("Start Date",),
    "primaryCompletionDate": ("Primary Completion Date", "primary_completion_date"),
    "completionDate": ("Completion Date", "completion_date"),
    "studyFirstPostDate": ("First Posted",),
    "resultsFirstPostDate": ("Results First Posted", "results_first_posted"),
    "lastUpdatePostDate": ("Last Update Posted", "last_update_posted"),
    "leadSponsorName": ("Sponsor", "Sponsor/Collaborators"),
    "leadSponsorClass": ("Funder Type",),
    "collaborators": ("Collaborators", "Sponsor/Collaborators"),
    "conditions": ("Conditions",),
    "studyType": ("Study Type",),
    "phases": ("Phases",),
    "allocation": ("Study Design", "Study Designs"),
    "interventionModel": ("Study Design", "Study Designs"),
    "primaryPurpose": ("Study Design", "Study Designs"),
    "masking": ("Study Design", "Study Designs"),
    "enrollmentCount": ("Enrollment",),
    "interventions": ("Interventions",),
    "sex": ("Sex", "Gender"),
    "minimumAge": ("Age",),
    "maximumAge": ("Age",),
    "countries": ("Locations",),
    "hasResults": ("Study Results",),
}
#: column -> place in the record
PLACES = {column: " | ".join(names) for column, names in NAMES.items()}

_ID_NAMES = NAMES["trialId"]
_AS_OF = "snapshot_date"
_VOLATILE = (("Rank",), (_AS_OF,), ("ticker",))
_NULL_IS_UNKNOWN = frozenset({"completion_date", "primary_completion_date"})
_RESULTS = {"yes": True, "has results": True, "no": False, "no results available": False}
_AGES = re.compile(r"(?:(?P<low>\d+ \w+)(?: to (?P<high>\d+ \w+)| and older)|up to (?P<most>\d+ \w+))?\s*(?:\(.*\))?\Z")
_GROUPS = re.compile(r"(?:child|adult|older[_ ]adult)(?:, (?:adult|older[_ ]adult))*\Z", re.IGNORECASE)
#: the end of a name that a list of countries puts behind a comma (`Korea, Republic of`)
_INVERTED = re.compile(r".*\bof(?: the)?|occupied", re.IGNORECASE)


def recognise(columns: list[str]) -> bool:
    """Whether a table with these columns is one of studies."""
    return "NCT Number" in columns or {"nct_id", "overall_status", "last_update_posted"} <= set(columns)


class _Row:
    """The cells of a record by the columns of a trial."""

    def __init__(self, cells: dict[str, object]) -> None:
        for name, value in cells.items():
            if value is not None and not isinstance(value, str):
                raise BadRecord(name, "is not text")
        self.cells = cells
        self.unread = {column for column in Trial.__struct_encode_fields__ if not self.tells(column)} - {"notRead"}

    def tells(self, column: str) -> bool:
        """Whether the record says something of the column, be it that there is none."""
        name = self.name(column)
        unknown = name is None or (name in _NULL_IS_UNKNOWN and self.cells[name] is None)
        return not unknown and not (column in ("minimumAge", "maximumAge") and self._groups())

    def _groups(self) -> bool:
        """Whether the cell of the age has only groups, which bound it without saying the limits."""
        return _GROUPS.match(self.text("minimumAge")) is not None

    def name(self, column: str) -> str | None:
        """The cell that tells the column, if the record has one."""
        return next((name for name in NAMES.get(column, ()) if name in self.cells), None)

    def place(self, column: str) -> str:
        """Where the column is told."""
        return self.name(column) or PLACES[column]

    def text(self, column: str) -> str:
        """What the cell says; empty when it says nothing."""
        name = self.name(column)
        value = self.cells[name] if name else None
        return value.strip() if isinstance(value, str) else ""

    def parts(self, column: str) -> list[str]:
        """The values of a cell that lists several."""
        return [part.strip() for part in self.text(column).split("|") if part.strip()]

    def date(self, column: str) -> str | None:
        """The date in a cell. Raises BadRecord at the cell."""
        text = self.text(column)
        return any_date(text, self.place(column)) if text else None

    def code(self, column: str, field: str, label: str | None = None) -> str | None:
        """The value that the cell (or a label in it) means. Raises BadRecord at the cell."""
        return from_label(field, self.text(column) if label is None else label, self.place(column))


def read(cells: dict[str, object]) -> Reading:
    """One row; `cells` is its JSON, and is changed. Raises BadRecord with the name of the cell that is wrong."""
    row = _Row(cells)
    trial = _trial(row)
    posted, as_of = trial.last_update_post_date, cells.get(_AS_OF)
    return Reading(
        key=trial.trial_id,
        known_on=full_date(posted, row.place("lastUpdatePostDate")) if posted else None,
        known_basis="posted" if posted else "fetched",
        as_of=full_date(as_of, _AS_OF) if isinstance(as_of, str) else None,
        whole=False,
        canonical=json.canonical(cells, _VOLATILE),
        statements=[trial],
        media_type=MEDIA_TYPE,
    )


def _trial(row: _Row) -> Trial:
    design, ages = _design(row), _ages(row)
    sponsor, collaborators = _sponsors(row)
    return Trial(
        trial_id=nct_id(row.text("trialId"), row.place("trialId")),
        secondary_ids=[Id(value) for value in row.parts("secondaryIds")],
        brief_title=row.text("briefTitle") or None,
        acronym=row.text("acronym") or None,
        overall_status=row.code("overallStatus", "overallStatus"),
        start_date=row.date("startDate"),
        primary_completion_date=row.date("primaryCompletionDate"),
        completion_date=row.date("completionDate"),
        study_first_post_date=row.date("studyFirstPostDate"),
        results_first_post_date=row.date("resultsFirstPostDate"),
        last_update_post_date=row.date("lastUpdatePostDate"),
        lead_sponsor_name=sponsor,
        lead_sponsor_class=row.code("leadSponsorClass", "sponsorClass"),
        collaborators=collaborators,
        conditions=row.parts("conditions"),
        study_type=row.code("studyType", "studyType", row.text("studyType").partition(":")[0]),
        phases=phases(row.text("phases"), row.place("phases")),
        allocation=row.code("allocation", "allocation", design.get("Allocation", "")),
        intervention_model=row.code("interventionModel", "interventionModel", design.get("Intervention Model", "")),
        primary_purpose=row.code("primaryPurpose", "primaryPurpose", design.get("Primary Purpose", "")),
        masking=row.code("masking", "masking", design.get("Masking", "")),
        enrollment_count=count(row.text("enrollmentCount"), row.place("enrollmentCount")),
        interventions=_interventions(row),
        sex=row.code("sex", "sex"),
        minimum_age=ages[0],
        maximum_age=ages[1],
        countries=_countries(row),
        has_results=_results(row),
        not_read=sorted(row.unread),
    )


def _sponsors(row: _Row) -> tuple[str | None, list[Sponsor]]:
    """The lead sponsor and the others; the older layout lists them in one cell, the lead first."""
    if row.name("leadSponsorName") == row.name("collaborators"):
        lead, *others = row.parts("collaborators") or [""]
    else:
        lead, others = row.text("leadSponsorName"), row.parts("collaborators")
    return lead or None, [Sponsor(name) for name in others]


def _design(row: _Row) -> dict[str, str]:
    """The cell `Allocation: RANDOMIZED|Masking: NONE|...` taken apart."""
    pairs = (part.partition(":") for part in row.parts("masking"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _interventions(row: _Row) -> list[Intervention]:
    """The cell `DRUG: a|BIOLOGICAL: b` taken apart; a part without a type is the rest of a name with a bar."""
    found: list[tuple[str | None, str]] = []
    for part in row.text("interventions").split("|"):
        label, colon, name = part.partition(":")
        if found and not (colon and (label.isupper() or _is_type(label, row))):
            kind, begun = found.pop()
            found.append((kind, f"{begun}|{part}"))
        else:
            found.append((row.code("interventions", "interventionType", label.strip()), name))
    return [Intervention(name.strip(), kind) for kind, name in found if name.strip()]


def _is_type(label: str, row: _Row) -> bool:
    try:
        return row.code("interventions", "interventionType", label) is not None
    except BadRecord:
        return False


def _ages(row: _Row) -> tuple[str | None, str | None]:
    """The limits in `18 Years to 65 Years (Adult)`, `12 Years and older`, `up to 17 Years`; none in groups alone."""
    said = " ".join(row.text("minimumAge").split())
    match = _AGES.match(said)
    if match is None and not _GROUPS.match(said):
        raise BadRecord(row.place("minimumAge"), f"{said!r} is not a range of ages")
    return (match["low"], match["high"] or match["most"]) if match else (None, None)


def _countries(row: _Row) -> list[str]:
    """The last part of each `Facility, City, State, Zip, Country`, each country once."""
    found: dict[str, None] = {}
    for site in row.parts("countries"):
        *before, country = site.split(", ")
        if before and _INVERTED.fullmatch(country):
            country = f"{before[-1]}, {country}"
        found[country] = None
    return list(found)


def _results(row: _Row) -> bool | None:
    said = row.text("hasResults").lower()
    if said and said not in _RESULTS:
        raise BadRecord(row.place("hasResults"), f"{said!r} is none of {', '.join(_RESULTS)}")
    return _RESULTS.get(said)
