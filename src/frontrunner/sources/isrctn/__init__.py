"""ISRCTN registry: its record as JSON, which a tool made of its XML.

The status is only told where somebody set it by hand (`Stopped`); else the registry's page computes it from the dates,
and the record does not say it. Sponsors stand in the record by number only, and the day of the registration not at
all. `record_last_import` is the day on which the record was fetched. A day of recruitment has no type.
"""

import re
from collections.abc import Iterator

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Id, Intervention, Outcome, Raw, Reading, Source, Trial
from frontrunner.reading import json
from frontrunner.reading.containers import Container
from frontrunner.reading.dates import full_date
from frontrunner.reading.registry import count, countries, typed, untold, values
from frontrunner.sources.isrctn.study import Participants, References, Study, many

SOURCE = Source(
    id="isrctn",
    title="ISRCTN registry",
    publisher="BioMed Central, for the ISRCTN charity",
    homepage="https://www.isrctn.com",
    licence="CC BY 4.0 for the records: https://www.isrctn.com/page/terms",
    attribution="Source: ISRCTN registry",
    authority="registry",
    records=(20_000, 80_000),
    filled={"trial_version.brief_title": 0.99},
    record_url="https://www.isrctn.com/{key}",
)

_DESCRIPTION, _REFS, _DESIGN = "trialDescription.", "externalRefs.", "trialDesign."
_PEOPLE, _GIVEN = "participants.", "interventions.intervention."
_OR_LIST = "interventions.intervention[]."
#: column -> place in the record
PLACES = {
    "trialId": "isrctn",
    "secondaryIds": f"{_REFS}eudraCTNumber | {_REFS}clinicalTrialsGovNumber | {_REFS}irasNumber"
    f" | {_REFS}protocolSerialNumber | {_REFS}secondaryNumbers.secondaryNumber"
    f" | {_REFS}secondaryNumbers.secondaryNumber[]",
    "briefTitle": _DESCRIPTION + "title",
    "officialTitle": _DESCRIPTION + "scientificTitle",
    "acronym": _DESCRIPTION + "acronym",
    "overallStatus": f"{_DESIGN}overallStatusOverride | {_PEOPLE}recruitmentStatusOverride",
    "whyStopped": _DESIGN + "reasonAbandoned",
    "startDate": _PEOPLE + "recruitmentStart",
    "completionDate": _DESIGN + "overallEndDate",
    "conditions": "conditions.condition.description | conditions.condition[].description",
    "studyType": _DESIGN + "primaryStudyDesign",
    "phases": f"{_GIVEN}phase | {_OR_LIST}phase",
    "enrollmentCount": _PEOPLE + "totalFinalEnrolment",
    "enrollmentType": _PEOPLE + "totalFinalEnrolment",
    "interventions": f"{_GIVEN}drugNames | {_OR_LIST}drugNames",
    "primaryOutcomes": _DESCRIPTION + "primaryOutcome",
    "secondaryOutcomes": _DESCRIPTION + "secondaryOutcome",
    "sex": _PEOPLE + "gender",
    "minimumAge": _PEOPLE + "lowerAgeLimit",
    "maximumAge": _PEOPLE + "upperAgeLimit",
    "countries": f"{_PEOPLE}recruitmentCountries.country | {_PEOPLE}recruitmentCountries.country[]",
}
_TARGET = {column: _PEOPLE + "targetEnrolment" for column in ("enrollmentCount", "enrollmentType")}
#: media type of a document -> column -> place in it; the second while the number of participants is the one sought
FORMS = {"application/json": PLACES, "application/json; enrolment=target": PLACES | _TARGET}

_VALUES = values(__name__)
_TYPES = list(FORMS)
_ID = re.compile(r"\d{8}", re.ASCII)
#: between two names; a comma in parentheses is none
_NAMES = re.compile(r",\s+(?![^(]*\))|;\s*")
_VOLATILE = (("record_last_import",),)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so holds ISRCTN records; its name does not matter."""
    return b'"isrctn"' in head and b'"trialDescription"' in head


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The records of a file of one, an array, or JSON Lines."""
    return json.records(container)


def read(raw: bytes) -> Reading:
    """One record. Raises BadRecord with the dotted path of what is wrong."""
    obj = json.parse(raw)
    study = typed(obj, Study)
    trial = _trial(study)
    fetched = study.record_last_import
    day = full_date(fetched[:10], "record_last_import") if fetched else None
    return Reading(
        key=trial.trial_id,
        known_on=day,
        known_basis="fetched",
        as_of=day,
        whole=True,
        canonical=json.canonical(obj, _VOLATILE),
        statements=[trial],
        media_type=_TYPES[trial.enrollment_type == "ESTIMATED"],
    )


def _trial(study: Study) -> Trial:
    if not _ID.fullmatch(study.isrctn):
        raise BadRecord("isrctn", f"{study.isrctn!r} is not a number of eight digits")
    about, design, people = study.trial_description, study.trial_design, study.participants
    status = _status(study)
    size, size_type = _size(people)
    labels = many(study.interventions, str, PLACES["phases"], "intervention", "phase")
    phases = [phase for label in labels for phase in _VALUES.several("phases", label, PLACES["phases"])]
    return Trial(
        trial_id="ISRCTN" + study.isrctn,
        secondary_ids=_ids(study.external_refs),
        brief_title=about.title or None,
        official_title=about.scientific_title or None,
        acronym=about.acronym or None,
        overall_status=status,
        why_stopped=design.reason_abandoned or None,
        start_date=_day(people.recruitment_start, "startDate"),
        completion_date=_day(design.overall_end_date, "completionDate"),
        conditions=many(study.conditions, str, PLACES["conditions"], "condition", "description"),
        study_type=_VALUES.find("studyType", design.primary_study_design, PLACES["studyType"]),
        phases=list(dict.fromkeys(phases)),
        enrollment_count=size,
        enrollment_type=size_type,
        interventions=_interventions(study),
        primary_outcomes=_outcome(about.primary_outcome),
        secondary_outcomes=_outcome(about.secondary_outcome),
        sex=_VALUES.find("sex", people.gender, PLACES["sex"]),
        minimum_age=people.lower_age_limit or None,
        maximum_age=people.upper_age_limit or None,
        countries=countries(many(people.recruitment_countries, str, PLACES["countries"], "country")),
        not_read=untold(PLACES, {"overallStatus": status}),
    )


def _status(study: Study) -> str | None:
    said = study.trial_design.overall_status_override or study.participants.recruitment_status_override
    return _VALUES.find("overallStatus", said, PLACES["overallStatus"])


def _ids(refs: References) -> list[Id]:
    """The sponsor's own number first, then those of other registers, then whatever else is listed."""
    given = [("orgStudyId", refs.protocol_serial_number), ("EUDRACT_NUMBER", refs.eudract), ("NCT", refs.nct)]
    given += [("IRAS", refs.iras)]
    found = {id: kind for kind, id in given if id and _VALUES.get("nothing", id) is None}
    others = many(refs.secondary_numbers, str, PLACES["secondaryIds"], "secondaryNumber")
    rest = [Id(id) for id in dict.fromkeys(others) if id not in found and _VALUES.get("nothing", id) is None]
    return [*(Id(id, kind) for id, kind in found.items()), *rest]


def _interventions(study: Study) -> list[Intervention]:
    found = {}
    for one in many(study.interventions, dict, PLACES["interventions"], "intervention"):
        kinds = many(one, str, _GIVEN + "interventionType", "interventionType")
        kind = _VALUES.find("interventionType", kinds[0] if kinds else None, _GIVEN + "interventionType")
        for names in many(one, str, PLACES["interventions"], "drugNames"):
            for name in (part.strip() for part in _NAMES.split(names)):
                if name and _VALUES.get("nothing", name) is None:
                    found[name] = Intervention(name, kind)
    return list(found.values())


def _size(people: Participants) -> tuple[int | None, str | None]:
    """The participants and whether they are those there were or those that are sought."""
    final = count(people.total_final_enrolment, _PEOPLE + "totalFinalEnrolment")
    if final is not None:
        return final, "ACTUAL"
    target = count(people.target_enrolment, _PEOPLE + "targetEnrolment")
    return target, None if target is None else "ESTIMATED"


def _outcome(text: str | None) -> list[Outcome]:
    return [Outcome(text)] if text and _VALUES.get("nothing", text) is None else []


def _day(text: str | None, column: str) -> str | None:
    return full_date(text[:10], PLACES[column]) if text else None
