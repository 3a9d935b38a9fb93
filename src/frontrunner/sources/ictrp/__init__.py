"""WHO International Clinical Trials Registry Platform: one XML or CSV for many registers, each record a copy.

A record says what its register said when the platform last looked at it, and `known_on` is that day (`posted`). It
carries the register's id, so that it meets the register's own record under one trial id; the European register has a
record a country, of which the trial id is the EudraCT number, and the Japanese ones have the prefix of their network
(`JPRN-`), which is taken off. Its rank is below that of a register's own record.

What is not taken from it, because it says less than it seems to:

- `Not recruiting` may mean not yet, no longer or never: the status is then unknown.
- `Date_enrollement` of the European register is the day of the authorisation, not of an enrolment.
- ChiCTR writes phase `0` for a pilot study, which is no phase 0: it has no phase.
- Ages without a unit, and design in free text.

`Date_registration` is the day of submission for ClinicalTrials.gov, and of the registration for the others.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Source, Trial
from frontrunner.reading import elements, table
from frontrunner.reading.containers import Container, peek, split
from frontrunner.reading.registry import countries, total, untold, values
from frontrunner.sources.ictrp import days, texts
from frontrunner.sources.ictrp.cells import CSV, TAG, XML, Cells, cells, column

SOURCE = Source(
    id="ictrp",
    title="WHO International Clinical Trials Registry Platform",
    publisher="World Health Organization",
    homepage="https://www.who.int/tools/clinical-trials-registry-platform",
    licence="terms of use of the search portal: https://www.who.int/tools/clinical-trials-registry-platform/"
    "the-ictrp-search-portal; the records stay under the terms of their registers",
    attribution="Source: WHO International Clinical Trials Registry Platform, and the register of each record",
    authority="registry_copy",
    records=(700_000, 2_500_000),
    filled={
        "trial_version.brief_title": 0.99,
        "trial_version.lead_sponsor_name": 0.9,
        "trial_version.study_first_post_date": 0.9,
    },
)

_ROOT = "Trials_downloaded_from_ICTRP"
_HEADER = ["TrialID", "Last Refreshed on"]
_FIELDS = {
    "trialId": "TrialID",
    "briefTitle": "Public_title",
    "officialTitle": "Scientific_title",
    "acronym": "Acronym",
    "overallStatus": "Recruitment_Status",
    "startDate": "Date_enrollement",
    "completionDate": "results_date_completed",
    "studyFirstSubmitDate": "Date_registration",
    "studyFirstPostDate": "Date_registration",
    "resultsFirstPostDate": "results_date_posted",
    "leadSponsorName": "Primary_sponsor",
    "conditions": "Condition",
    "studyType": "Study_type",
    "phases": "Phase",
    "enrollmentCount": "Target_size",
    "armGroups": "Intervention",
    "interventions": "Intervention",
    "primaryOutcomes": "Primary_outcome",
    "sex": "Inclusion_gender",
    "minimumAge": "Inclusion_agemin",
    "maximumAge": "Inclusion_agemax",
    "countries": "Countries",
    "hasResults": "results_yes_no",
}
#: column -> place in a record of the main form
PLACES = {told: f"/{TAG}/{field}" for told, field in _FIELDS.items()}
#: media type of a document -> column -> place in it
FORMS = {XML: PLACES, CSV: {told: column(field) for told, field in _FIELDS.items()}}

_VALUES = values(__name__)
_ID = re.compile(r"[A-Za-z]{2,}-?[\w-]*\d[\w-]*", re.ASCII)
_EUROPEAN = re.compile(r"EUCTR(\d{4}-\d{6}-\d{2})(?:-[A-Z]{2,3}|-Outside-EU/EEA)?", re.ASCII)
_AGE = re.compile(r"\d{1,3} (?:Year|Month|Week|Day|Hour)s?", re.ASCII)
_PHASE = re.compile(r"\(Phase (I{1,3}|IV)\): ?(yes|no)?", re.ASCII)
_ROMAN = {"I": "PHASE1", "II": "PHASE2", "III": "PHASE3", "IV": "PHASE4"}


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is an export of the platform; its name does not matter."""
    return f"<{_ROOT}".encode() in head or table.header(head)[:2] == _HEADER


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The records as their own XML elements, or as JSON objects of their cells."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    head = peek(stream)
    if table.header(head)[:2] == _HEADER:
        return table.cut(where, stream, ",")
    return elements.cut(where, stream, _ROOT, TAG)


def read(raw: bytes) -> Reading:
    """One record, of either form. Raises BadRecord with the element or column that is wrong."""
    found = cells(raw)
    exported = found.get("Export_date")
    return Reading(
        key=found.need("TrialID"),
        known_on=days.refreshed(found.need("Last_Refreshed_on"), found.place("Last_Refreshed_on")),
        known_basis="posted",
        as_of=days.exported(exported, found.place("Export_date")) if exported else None,
        whole=True,
        canonical=found.canonical(),
        statements=[_trial(found)],
        media_type=found.media_type,
    )


def _trial(found: Cells) -> Trial:
    register = found.need("Source_Register")
    _VALUES.find("register", register, found.place("Source_Register"))
    status, kind = _coded(found, "overallStatus"), _coded(found, "studyType")
    ages = {"minimumAge": _age(found, "minimumAge"), "maximumAge": _age(found, "maximumAge")}
    interventions, groups = texts.given(found.get("Intervention"), register, _VALUES)
    days_told = _days(found, register)
    size = total(found.get("Target_size"), found.place("Target_size"))
    unsure = {"overallStatus": status, "studyType": kind, "armGroups": groups, "enrollmentCount": size}
    return Trial(
        trial_id=_id(found),
        brief_title=found.get("Public_title"),
        official_title=found.get("Scientific_title"),
        acronym=found.get("Acronym"),
        overall_status=status,
        start_date=days_told["startDate"],
        completion_date=days_told["completionDate"],
        study_first_submit_date=days_told["studyFirstSubmitDate"],
        study_first_post_date=days_told["studyFirstPostDate"],
        results_first_post_date=days_told["resultsFirstPostDate"],
        lead_sponsor_name=found.get("Primary_sponsor"),
        conditions=texts.conditions(found.get("Condition"), register),
        study_type=kind,
        phases=_phases(found),
        enrollment_count=size,
        arm_groups=groups,
        interventions=interventions,
        primary_outcomes=texts.outcomes(found.get("Primary_outcome"), register),
        sex=_sex(found),
        minimum_age=ages["minimumAge"],
        maximum_age=ages["maximumAge"],
        countries=_countries(found.get("Countries")),
        has_results=_has_results(found),
        not_read=untold(PLACES, {**unsure, **ages, **days_told}),
    )


def _coded(found: Cells, column: str) -> str | None:
    field = _FIELDS[column]
    return _VALUES.find(column, found.get(field), found.place(field))


def _id(found: Cells) -> str:
    said = found.need("TrialID").removeprefix("JPRN-")
    european = _EUROPEAN.fullmatch(said)
    if european:
        return european[1]
    if not _ID.fullmatch(said):
        raise BadRecord(found.place("TrialID"), f"{said!r} is not the id of a trial")
    return said


def _days(found: Cells, register: str) -> dict[str, str | None]:
    """The days by column; null is unknown, never absent."""
    registration = found.place("Date_registration")
    day = days.registered(found.need("Date_registration"), found.get("Date_registration3"), registration)
    told: dict[str, str | None] = {
        "studyFirstSubmitDate": day if register == texts.US else None,
        "studyFirstPostDate": None if register == texts.US else day,
    }
    for day_of in ("startDate", "completionDate", "resultsFirstPostDate"):
        said = found.get(_FIELDS[day_of])
        told[day_of] = days.any_spelling(said, found.place(_FIELDS[day_of])) if said else None
    if register == texts.EU:
        told["startDate"] = None
    return told


def _phases(found: Cells) -> list[str]:
    """The phases of a label, or those that a European record answers with yes."""
    said = found.get("Phase")
    answers = _PHASE.findall(said) if said else []
    if len(answers) == len(_ROMAN):
        return [_ROMAN[phase] for phase, answer in answers if answer == "yes"]
    return _VALUES.several("phases", said, found.place("Phase"))


def _sex(found: Cells) -> str | None:
    said = found.get("Inclusion_gender")
    plain = said.replace("<br>", " ").strip() if said else None
    return _VALUES.find("sex", plain, found.place("Inclusion_gender"))


def _age(found: Cells, column: str) -> str | None:
    said = found.get(_FIELDS[column])
    return said if said and _AGE.fullmatch(said) else None


@lru_cache(maxsize=1 << 14)
def _countries(said: str | None) -> list[str]:
    names = [name.strip().rstrip("?") for name in (said or "").split(";")]
    return countries(_VALUES.get("country", name) or name for name in names)


def _has_results(found: Cells) -> bool | None:
    said = _VALUES.find("flag", found.get("results_yes_no"), found.place("results_yes_no"))
    return None if said is None else said == "yes"
