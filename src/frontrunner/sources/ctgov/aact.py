"""The tables of AACT (Aggregate Analysis of ClinicalTrials.gov), its zip of files delimited by bars, as trial versions.

A record is put together: the row of `studies` and the rows of the other tables that have its NCT number, with the
columns of `TABLES` (no descriptions, no contacts), as one JSON object. Tables and columns are those of
https://aact.ctti-clinicaltrials.org/data_dictionary; exports of before 2024 have labels and long dates where later ones
have codes and ISO dates, both are read. A table that the zip lacks leaves its columns unread, and the record partial.

The tables are not in the order of the studies, so they are gone through once for every GROUP studies. The identity
leaves out the row numbers, which are new in every export.
"""

from collections.abc import Iterator
from itertools import islice

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Arm, Id, Intervention, Outcome, Raw, Reading, Sponsor, Trial
from frontrunner.reading import json, table
from frontrunner.reading.containers import Container, Member, first, peek
from frontrunner.reading.dates import any_date, full_date
from frontrunner.sources.ctgov.nct import nct_id
from frontrunner.sources.ctgov.values import count, from_label, phases

MEDIA_TYPE = "application/vnd.aact+json"

#: Studies put together at a time; a million rows of their tables take some 400 MB.
GROUP = 50_000

_DATES = ("start", "primary_completion", "completion")
#: table -> the columns that are kept of it
TABLES: dict[str, tuple[str, ...]] = {
    "studies": (
        *("nct_id", "brief_title", "official_title", "acronym", "overall_status", "why_stopped"),
        *(
            "verification_month_year",
            *(f"{name}_month_year" for name in _DATES),
            *(f"{name}_date_type" for name in _DATES),
        ),
        *("study_first_submitted_date", "study_first_posted_date", "results_first_posted_date"),
        *("last_update_posted_date", "study_type", "phase", "enrollment", "enrollment_type"),
    ),
    "sponsors": ("name", "agency_class", "lead_or_collaborator"),
    "conditions": ("name",),
    "keywords": ("name",),
    "countries": ("name", "removed"),
    "designs": ("allocation", "intervention_model", "primary_purpose", "masking"),
    "design_groups": ("id", "title", "group_type"),
    "design_group_interventions": ("design_group_id", "intervention_id"),
    "design_outcomes": ("outcome_type", "measure", "time_frame"),
    "eligibilities": ("gender", "minimum_age", "maximum_age", "healthy_volunteers"),
    "id_information": ("id_source", "id_type", "id_value"),
    "interventions": ("id", "intervention_type", "name"),
    "intervention_other_names": ("intervention_id", "name"),
}

#: column -> place in the record
PLACES = {
    "trialId": "studies.nct_id",
    "secondaryIds": "id_information[].id_value",
    "briefTitle": "studies.brief_title",
    "officialTitle": "studies.official_title",
    "acronym": "studies.acronym",
    "overallStatus": "studies.overall_status",
    "whyStopped": "studies.why_stopped",
    "statusVerifiedDate": "studies.verification_month_year",
    "startDate": "studies.start_month_year",
    "startDateType": "studies.start_date_type",
    "primaryCompletionDate": "studies.primary_completion_month_year",
    "primaryCompletionDateType": "studies.primary_completion_date_type",
    "completionDate": "studies.completion_month_year",
    "completionDateType": "studies.completion_date_type",
    "studyFirstSubmitDate": "studies.study_first_submitted_date",
    "studyFirstPostDate": "studies.study_first_posted_date",
    "resultsFirstPostDate": "studies.results_first_posted_date",
    "lastUpdatePostDate": "studies.last_update_posted_date",
    "leadSponsorName": "sponsors[].name",
    "leadSponsorClass": "sponsors[].agency_class",
    "collaborators": "sponsors[].name",
    "conditions": "conditions[].name",
    "keywords": "keywords[].name",
    "studyType": "studies.study_type",
    "phases": "studies.phase",
    "allocation": "designs[].allocation",
    "interventionModel": "designs[].intervention_model",
    "primaryPurpose": "designs[].primary_purpose",
    "masking": "designs[].masking",
    "enrollmentCount": "studies.enrollment",
    "enrollmentType": "studies.enrollment_type",
    "armGroups": "design_groups[].title",
    "interventions": "interventions[].name",
    "primaryOutcomes": "design_outcomes[].measure",
    "secondaryOutcomes": "design_outcomes[].measure",
    "sex": "eligibilities[].gender",
    "minimumAge": "eligibilities[].minimum_age",
    "maximumAge": "eligibilities[].maximum_age",
    "healthyVolunteers": "eligibilities[].healthy_volunteers",
    "countries": "countries[].name",
    "hasResults": "studies.results_first_posted_date",
}

_VOLATILE = (
    *((name, "*", "id") for name in ("design_groups", "interventions")),
    *(("design_group_interventions", "*", name) for name in TABLES["design_group_interventions"]),
    ("intervention_other_names", "*", "intervention_id"),
)
_YES_NO = {
    "t": True,
    "true": True,
    "yes": True,
    "accepts healthy volunteers": True,
    "f": False,
    "false": False,
    "no": False,
}


def recognise(columns: list[str], delimiter: str) -> bool:
    """Whether a table with these columns is one of AACT."""
    return delimiter == "|" and "nct_id" in columns


def is_part(container: Container) -> bool:
    """Whether what a container begins with is a table of AACT. Raises UnreadableInput."""
    member = first(container)
    if not (member.name or container.name).endswith(".txt"):
        return False
    with member.open() as stream:
        head = peek(stream)
    return recognise(table.header(head), table.delimiter_of(head))


def records(container: Container) -> Iterator[Raw]:
    """The studies of an export. Of the slices of a zip, the one with the table of studies gives them all.

    Raises UnreadableInput.
    """
    own, all_tables = _tables(container), _tables(Container(container.path, container.name))
    if "studies" not in all_tables:
        raise UnreadableInput(container.name, "is of AACT, but without studies.txt: give the whole zip")
    if "studies" in own:
        numbers = (cells["nct_id"] for cells in _rows(container.name, "studies", all_tables["studies"]))
        while group := dict.fromkeys(islice(numbers, GROUP)):
            yield from _put_together(container.name, group, all_tables)


def _tables(container: Container) -> dict[str, Member]:
    found = {}
    for member in container.members():
        if isinstance(member, Member):
            name = (member.name or container.name).rpartition("/")[2].removesuffix(".txt")
            if name in TABLES:
                found[name] = member
    return found


def _rows(archive: str, name: str, member: Member) -> Iterator[dict[str, str]]:
    """The kept cells of each row of a table, with its NCT number. Raises UnreadableInput."""
    where = f"{archive}!{member.name}" if member.name else archive
    with member.open() as stream:
        found = table.rows(where, stream, "|")
        _, header = next(found, (1, []))
        kept = [(i, column) for i, column in enumerate(header) if column == "nct_id" or column in TABLES[name]]
        if "nct_id" not in header:
            raise UnreadableInput(where, "has no column nct_id")
        for line, cells in found:
            if len(cells) != len(header):
                raise UnreadableInput(f"{where}, line {line}", f"has {len(cells)} cells, its header {len(header)}")
            yield {column: cells[i] for i, column in kept}


def _put_together(archive: str, group: dict[str, None], tables: dict[str, Member]) -> Iterator[Raw]:
    parts: dict[str, dict[str, list[bytes]]] = {number: {name: [] for name in tables} for number in group}
    for name, member in tables.items():
        for cells in _rows(archive, name, member):
            mine = parts.get(cells["nct_id"])
            if mine is not None:
                mine[name].append(table.as_object(*_split(name, cells)))
    for number, rows in parts.items():
        lists = (b'"%s":[%s]' % (name.encode(), b",".join(found)) for name, found in rows.items() if name != "studies")
        study = b'"studies":' + rows["studies"][0]
        yield Raw(number, b"{" + b",".join([study, *lists]) + b"}")


def _split(name: str, cells: dict[str, str]) -> tuple[list[str], list[str]]:
    """The columns and cells of a row; the NCT number stays in the table of studies alone."""
    kept = {column: cell for column, cell in cells.items() if column != "nct_id" or name == "studies"}
    return list(kept), list(kept.values())


class _Record:
    """The rows of a record by table, all of them checked to be objects of text."""

    def __init__(self, obj: dict[str, object]) -> None:
        self.study: dict[str, str] = _row(obj.get("studies"), "studies")
        self.tables: dict[str, list[dict[str, str]]] = {}
        for name in TABLES:
            rows = obj.get(name)
            if name != "studies" and rows is not None:
                if not isinstance(rows, list):
                    raise BadRecord(name, "is not a list of rows")
                self.tables[name] = [_row(row, f"{name}[{i}]") for i, row in enumerate(rows)]

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table; none where the export lacks it."""
        return self.tables.get(name, [])

    def text(self, column: str) -> str | None:
        """The cell of `studies` or of the one row of another table that tells a column; null when it is empty."""
        name, _, cell = PLACES[column].replace("[]", "").rpartition(".")
        row = self.study if name == "studies" else next(iter(self.rows(name)), {})
        return row.get(cell) or None

    def date(self, column: str) -> str | None:
        """The date in a cell. Raises BadRecord."""
        text = self.text(column)
        return any_date(text, PLACES[column]) if text else None

    def code(self, column: str, field: str) -> str | None:
        """The value that a cell means. Raises BadRecord."""
        return from_label(field, self.text(column), PLACES[column])

    def tells(self, column: str) -> bool:
        """Whether the export has the table and the cell of a column."""
        name, _, cell = PLACES[column].replace("[]", "").rpartition(".")
        return cell in self.study if name == "studies" else name in self.tables


def _row(row: object, place: str) -> dict[str, str]:
    if not isinstance(row, dict) or not all(isinstance(cell, str) for cell in row.values()):
        raise BadRecord(place, "is not a row of text")
    return row


def is_record(obj: dict[str, object]) -> bool:
    """Whether a JSON object is a record put together here."""
    return isinstance(obj.get("studies"), dict)


def read(obj: dict[str, object]) -> Reading:
    """One study; `obj` is its JSON, and is changed. Raises BadRecord with the place of what is wrong."""
    trial = _trial(_Record(obj))
    posted = trial.last_update_post_date
    return Reading(
        key=trial.trial_id,
        known_on=full_date(posted, PLACES["lastUpdatePostDate"]) if posted else None,
        known_basis="posted" if posted else "fetched",
        as_of=None,
        whole=not trial.not_read,
        canonical=json.canonical(obj, _VOLATILE),
        statements=[trial],
        media_type=MEDIA_TYPE,
    )


def _trial(record: _Record) -> Trial:
    lead, collaborators = _sponsors(record)
    return Trial(
        trial_id=nct_id(record.text("trialId") or "", PLACES["trialId"]),
        secondary_ids=_ids(record),
        brief_title=record.text("briefTitle"),
        official_title=record.text("officialTitle"),
        acronym=record.text("acronym"),
        overall_status=record.code("overallStatus", "overallStatus"),
        why_stopped=record.text("whyStopped"),
        status_verified_date=record.date("statusVerifiedDate"),
        start_date=record.date("startDate"),
        start_date_type=record.code("startDateType", "dateType"),
        primary_completion_date=record.date("primaryCompletionDate"),
        primary_completion_date_type=record.code("primaryCompletionDateType", "dateType"),
        completion_date=record.date("completionDate"),
        completion_date_type=record.code("completionDateType", "dateType"),
        study_first_submit_date=record.date("studyFirstSubmitDate"),
        study_first_post_date=record.date("studyFirstPostDate"),
        results_first_post_date=record.date("resultsFirstPostDate"),
        last_update_post_date=record.date("lastUpdatePostDate"),
        lead_sponsor_name=lead.name or None if lead else None,
        lead_sponsor_class=lead.class_ if lead else None,
        collaborators=collaborators,
        conditions=_names(record, "conditions"),
        keywords=_names(record, "keywords"),
        study_type=record.code("studyType", "studyType"),
        phases=phases(record.text("phases"), PLACES["phases"]),
        allocation=record.code("allocation", "allocation"),
        intervention_model=record.code("interventionModel", "interventionModel"),
        primary_purpose=record.code("primaryPurpose", "primaryPurpose"),
        masking=record.code("masking", "masking"),
        enrollment_count=count(record.text("enrollmentCount"), PLACES["enrollmentCount"]),
        enrollment_type=record.code("enrollmentType", "dateType"),
        arm_groups=_arms(record),
        interventions=_interventions(record),
        primary_outcomes=_outcomes(record, "primary"),
        secondary_outcomes=_outcomes(record, "secondary"),
        sex=record.code("sex", "sex"),
        minimum_age=_age(record, "minimumAge"),
        maximum_age=_age(record, "maximumAge"),
        healthy_volunteers=_healthy(record),
        countries=[row["name"] for row in record.rows("countries") if row.get("removed") != "t" and row.get("name")],
        has_results=record.text("hasResults") is not None if record.tells("hasResults") else None,
        not_read=sorted(column for column in PLACES if not record.tells(column)),
    )


def _names(record: _Record, name: str) -> list[str]:
    return [row["name"] for row in record.rows(name) if row.get("name")]


def _sponsors(record: _Record) -> tuple[Sponsor | None, list[Sponsor]]:
    lead, others = None, []
    for i, row in enumerate(record.rows("sponsors")):
        kind = from_label("sponsorClass", row.get("agency_class"), f"sponsors[{i}].agency_class")
        if row.get("lead_or_collaborator") == "lead":
            lead = Sponsor(row.get("name", ""), kind)
        elif row.get("name"):
            others.append(Sponsor(row["name"], kind))
    return lead, others


def _ids(record: _Record) -> list[Id]:
    rows = [row for row in record.rows("id_information") if row.get("id_value")]
    own = [Id(row["id_value"], "orgStudyId") for row in rows if row.get("id_source") == "org_study_id"]
    others = [Id(row["id_value"], row.get("id_type") or None) for row in rows if row.get("id_source") == "secondary_id"]
    return own + others


def _interventions(record: _Record) -> list[Intervention]:
    others: dict[str, list[str]] = {}
    for row in record.rows("intervention_other_names"):
        if row.get("name"):
            others.setdefault(row.get("intervention_id", ""), []).append(row["name"])
    found = []
    for i, row in enumerate(record.rows("interventions")):
        kind = from_label("interventionType", row.get("intervention_type"), f"interventions[{i}].intervention_type")
        if row.get("name"):
            found.append(Intervention(row["name"], kind, others.get(row.get("id", ""), [])))
    return found


def _arms(record: _Record) -> list[Arm]:
    """The arms, each with its interventions as the publisher names them: `Drug: nusinersen`."""
    names = {
        row.get("id", ""): f"{row.get('intervention_type', '').replace('_', ' ').title()}: {row.get('name', '')}"
        for row in record.rows("interventions")
    }
    given: dict[str, list[str]] = {}
    for row in record.rows("design_group_interventions"):
        name = names.get(row.get("intervention_id", ""))
        if name:
            given.setdefault(row.get("design_group_id", ""), []).append(name)
    return [
        Arm(
            row.get("title") or None,
            from_label("armType", row.get("group_type"), f"design_groups[{i}].group_type"),
            given.get(row.get("id", ""), []),
        )
        for i, row in enumerate(record.rows("design_groups"))
    ]


def _outcomes(record: _Record, kind: str) -> list[Outcome]:
    rows = (row for row in record.rows("design_outcomes") if row.get("outcome_type") == kind and row.get("measure"))
    return [Outcome(row["measure"], row.get("time_frame") or None) for row in rows]


def _age(record: _Record, column: str) -> str | None:
    said = record.text(column)
    return None if said == "N/A" else said


def _healthy(record: _Record) -> bool | None:
    said = record.text("healthyVolunteers")
    if said is not None and said.lower() not in _YES_NO:
        raise BadRecord(PLACES["healthyVolunteers"], f"{said!r} is none of {', '.join(_YES_NO)}")
    return None if said is None else _YES_NO[said.lower()]
