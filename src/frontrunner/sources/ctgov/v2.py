"""ClinicalTrials.gov v2 studies (https://clinicaltrials.gov/data-api/about-api/study-data-structure) as trial versions.

Whole records of the API and of the bulk download, light ones (a selection of fields), and hand transcriptions under
the same names all have this form; `coverage` says what a partial one does not tell.

The identity of a version leaves out what the registry recomputes although nothing was said: the day of the data set
(`versionHolder`), the MeSH terms it derives (`conditionBrowseModule`, `interventionBrowseModule`: 61 records whose last
update was posted on one day differ between 2018 and 2023 in 264 such terms) and the coordinates it looks up for a site
(`geoPoint`: moved in NCT06825494 between 2026-02-11 and 2026-03-13 without an update). Posting dates, publications and
the status UNKNOWN that the registry itself sets are content.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.model import Arm, Id, Intervention, Outcome, Reading, Sponsor, Trial
from frontrunner.reading import json, learned
from frontrunner.reading.dates import full_date, partial_date
from frontrunner.sources.ctgov import coverage
from frontrunner.sources.ctgov.nct import nct_id
from frontrunner.sources.ctgov.study import Identification, Organisation, Protocol, Study
from frontrunner.sources.ctgov.study import Intervention as StudyIntervention
from frontrunner.sources.ctgov.study import Outcome as StudyOutcome
from frontrunner.sources.ctgov.values import ALLOWED, allocation, check

MEDIA_TYPE = "application/json"

_P = "protocolSection."
_IDENTIFICATION, _STATUS = _P + "identificationModule.", _P + "statusModule."
_SPONSORS, _CONDITIONS = _P + "sponsorCollaboratorsModule.", _P + "conditionsModule."
_DESIGN, _ARMS = _P + "designModule.", _P + "armsInterventionsModule."
_OUTCOMES, _ELIGIBILITY = _P + "outcomesModule.", _P + "eligibilityModule."

#: column -> place in the record
PLACES = {
    "trialId": _IDENTIFICATION + "nctId",
    "secondaryIds": f"{_IDENTIFICATION}orgStudyIdInfo.id | {_IDENTIFICATION}secondaryIdInfos[].id",
    "briefTitle": _IDENTIFICATION + "briefTitle",
    "officialTitle": _IDENTIFICATION + "officialTitle",
    "acronym": _IDENTIFICATION + "acronym",
    "overallStatus": _STATUS + "overallStatus",
    "whyStopped": _STATUS + "whyStopped",
    "statusVerifiedDate": _STATUS + "statusVerifiedDate",
    "startDate": _STATUS + "startDateStruct.date",
    "startDateType": _STATUS + "startDateStruct.type",
    "primaryCompletionDate": _STATUS + "primaryCompletionDateStruct.date",
    "primaryCompletionDateType": _STATUS + "primaryCompletionDateStruct.type",
    "completionDate": _STATUS + "completionDateStruct.date",
    "completionDateType": _STATUS + "completionDateStruct.type",
    "studyFirstSubmitDate": _STATUS + "studyFirstSubmitDate",
    "studyFirstPostDate": _STATUS + "studyFirstPostDateStruct.date",
    "resultsFirstPostDate": _STATUS + "resultsFirstPostDateStruct.date",
    "lastUpdatePostDate": _STATUS + "lastUpdatePostDateStruct.date",
    "leadSponsorName": _SPONSORS + "leadSponsor.name",
    "leadSponsorClass": _SPONSORS + "leadSponsor.class",
    "collaborators": _SPONSORS + "collaborators[].name",
    "conditions": _CONDITIONS + "conditions",
    "keywords": _CONDITIONS + "keywords",
    "studyType": _DESIGN + "studyType",
    "phases": _DESIGN + "phases",
    "allocation": _DESIGN + "designInfo.allocation",
    "interventionModel": _DESIGN + "designInfo.interventionModel",
    "primaryPurpose": _DESIGN + "designInfo.primaryPurpose",
    "masking": _DESIGN + "designInfo.maskingInfo.masking",
    "enrollmentCount": _DESIGN + "enrollmentInfo.count",
    "enrollmentType": _DESIGN + "enrollmentInfo.type",
    "armGroups": _ARMS + "armGroups[].label",
    "interventions": _ARMS + "interventions[].name",
    "primaryOutcomes": _OUTCOMES + "primaryOutcomes[].measure",
    "secondaryOutcomes": _OUTCOMES + "secondaryOutcomes[].measure",
    "sex": _ELIGIBILITY + "sex",
    "minimumAge": _ELIGIBILITY + "minimumAge",
    "maximumAge": _ELIGIBILITY + "maximumAge",
    "healthyVolunteers": _ELIGIBILITY + "healthyVolunteers",
    "countries": _P + "contactsLocationsModule.locations[].country",
    "hasResults": "hasResults",
}

#: fields that change although nothing was said; see the head of this file
VOLATILE = (
    ("derivedSection", "miscInfoModule", "versionHolder"),
    ("derivedSection", "conditionBrowseModule"),
    ("derivedSection", "interventionBrowseModule"),
    ("protocolSection", "contactsLocationsModule", "locations", "*", "geoPoint"),
)

#: what stands where a name was taken out: by the registry, or by whoever passed the record on
REDACTED = frozenset(("[redacted]", "[individual]"))


#: place of a coded value -> the field of `values.csv` whose values it may have
CODED = {
    PLACES["overallStatus"]: "overallStatus",
    PLACES["startDateType"]: "dateType",
    PLACES["primaryCompletionDateType"]: "dateType",
    PLACES["completionDateType"]: "dateType",
    PLACES["enrollmentType"]: "dateType",
    PLACES["studyType"]: "studyType",
    PLACES["allocation"]: "allocation",
    PLACES["interventionModel"]: "interventionModel",
    PLACES["primaryPurpose"]: "primaryPurpose",
    PLACES["masking"]: "masking",
    PLACES["sex"]: "sex",
    PLACES["leadSponsorClass"]: "sponsorClass",
    PLACES["phases"] + "[]": "phases",
    _SPONSORS + "collaborators[].class": "sponsorClass",
    _ARMS + "interventions[].type": "interventionType",
    _ARMS + "armGroups[].type": "armType",
}
_CODED = {tuple(place.replace("[]", ".*").split(".")): field for place, field in CODED.items()}

_form = learned.Form(Study, VOLATILE, {path: ALLOWED[field] for path, field in _CODED.items()})


def quick(body: bytes) -> Reading | None:
    """One whole study in the layout of those before it, read as `read` does in half the time; null for any other.

    Raises BadRecord with the dotted path of what is wrong.
    """
    study = _form.decode(body)
    if study is None or not coverage.is_whole(study):
        return None
    trial = _trial(study.protocol_section, study.has_results, set())
    held = study.derived_section.misc_info_module.version_holder
    canonical = _form.canonical(study)
    return _reading(study, trial, held, canonical) if canonical else None


def read(obj: dict[str, object]) -> Reading:
    """One study; `obj` is its JSON, and is changed. Raises BadRecord with the dotted path of what is wrong."""
    study = _typed(obj)
    for path, field in _CODED.items():
        _check(field, obj, path)
    whole = coverage.is_whole(study)
    if whole:
        _form.learn(obj)
    trial = _trial(study.protocol_section, study.has_results, set() if whole else coverage.not_read(obj, PLACES))
    held = study.derived_section.misc_info_module.version_holder
    return _reading(study, trial, held, json.canonical(obj, VOLATILE), whole)


def _reading(study: Study, trial: Trial, held: str | None, canonical: bytes, whole: bool = True) -> Reading:
    """`held` is the day of the data set as the record says it."""
    posted = trial.last_update_post_date
    return Reading(
        key=trial.trial_id,
        known_on=_day(posted, PLACES["lastUpdatePostDate"]) or _day(study.as_of, "asOf"),
        known_basis="posted" if posted else "fetched",
        as_of=_day(held, ".".join(VOLATILE[0])) or _day(study.as_of, "asOf"),
        whole=whole,
        canonical=canonical,
        statements=[trial],
        media_type=MEDIA_TYPE,
    )


def _typed(obj: dict[str, object]) -> Study:
    try:
        return msgspec.convert(obj, Study)
    except (msgspec.ValidationError, RecursionError) as error:
        what, _, where = str(error).partition(" - at `$.")
        raise BadRecord(where.rstrip("`") or "the record", what) from error


def _trial(p: Protocol, has_results: bool | None, unread: set[str]) -> Trial:
    names, status, design, info = p.identification_module, p.status_module, p.design_module, p.design_module.design_info
    sponsors, arms, who = p.sponsor_collaborators_module, p.arms_interventions_module, p.eligibility_module
    return Trial(
        trial_id=nct_id(names.nct_id, PLACES["trialId"]),
        secondary_ids=_ids(names, unread),
        brief_title=names.brief_title,
        official_title=names.official_title,
        acronym=names.acronym,
        overall_status=status.overall_status,
        why_stopped=status.why_stopped,
        status_verified_date=_date(status.status_verified_date, "statusVerifiedDate"),
        start_date=_date(status.start_date_struct.date, "startDate"),
        start_date_type=status.start_date_struct.type,
        primary_completion_date=_date(status.primary_completion_date_struct.date, "primaryCompletionDate"),
        primary_completion_date_type=status.primary_completion_date_struct.type,
        completion_date=_date(status.completion_date_struct.date, "completionDate"),
        completion_date_type=status.completion_date_struct.type,
        study_first_submit_date=_date(status.study_first_submit_date, "studyFirstSubmitDate"),
        study_first_post_date=_date(status.study_first_post_date_struct.date, "studyFirstPostDate"),
        results_first_post_date=_date(status.results_first_post_date_struct.date, "resultsFirstPostDate"),
        last_update_post_date=_date(status.last_update_post_date_struct.date, "lastUpdatePostDate"),
        lead_sponsor_name=_name(sponsors.lead_sponsor.name, unread),
        lead_sponsor_class=sponsors.lead_sponsor.class_,
        collaborators=_collaborators(sponsors.collaborators, unread),
        conditions=p.conditions_module.conditions,
        keywords=p.conditions_module.keywords,
        study_type=design.study_type,
        phases=design.phases,
        allocation=allocation(info.allocation),
        intervention_model=info.intervention_model,
        primary_purpose=info.primary_purpose,
        masking=info.masking_info.masking,
        enrollment_count=design.enrollment_info.count,
        enrollment_type=design.enrollment_info.type,
        arm_groups=[Arm(x.label, x.type, x.intervention_names) for x in arms.arm_groups],
        interventions=_interventions(arms.interventions, unread),
        primary_outcomes=_outcomes(p.outcomes_module.primary_outcomes, "primaryOutcomes", unread),
        secondary_outcomes=_outcomes(p.outcomes_module.secondary_outcomes, "secondaryOutcomes", unread),
        sex=who.sex,
        minimum_age=who.minimum_age,
        maximum_age=who.maximum_age,
        healthy_volunteers=who.healthy_volunteers,
        countries=list(dict.fromkeys(x.country for x in p.contacts_locations_module.locations if x.country)),
        has_results=has_results,
        not_read=sorted(unread),
    )


def _day(text: str | None, place: str) -> str | None:
    return None if text is None else full_date(text, place)


@lru_cache(maxsize=1 << 16)
def _date(text: str | None, column: str) -> str | None:
    return None if text is None else partial_date(text, PLACES[column])


def _ids(names: Identification, unread: set[str]) -> list[Id]:
    own = names.org_study_id_info.id
    found = [Id(x.id, x.type, x.domain) for x in names.secondary_id_infos if x.id]
    if len(found) < len(names.secondary_id_infos):
        unread.add("secondaryIds")
    return [Id(own, "orgStudyId"), *found] if own else found


def _name(name: str | None, unread: set[str]) -> str | None:
    if name is None or name.lower() not in REDACTED:
        return name
    unread.add("leadSponsorName")
    return None


def _collaborators(sponsors: list[Organisation], unread: set[str]) -> list[Sponsor]:
    found = [Sponsor(x.name, x.class_) for x in sponsors if x.name and x.name.lower() not in REDACTED]
    if len(found) < len(sponsors):
        unread.add("collaborators")
    return found


def _interventions(given: list[StudyIntervention], unread: set[str]) -> list[Intervention]:
    found = [Intervention(x.name, x.type, x.other_names) for x in given if x.name]
    if len(found) < len(given):
        unread.add("interventions")
    return found


def _outcomes(given: list[StudyOutcome], column: str, unread: set[str]) -> list[Outcome]:
    found = [Outcome(x.measure, x.time_frame) for x in given if x.measure]
    if len(found) < len(given):
        unread.add(column)
    return found


def _check(field: str, node: object, path: Sequence[str], place: str = "") -> None:
    """Every value at a path is a documented one of the field."""
    for at, name in enumerate(path):
        if name == "*" and isinstance(node, list):
            for i, element in enumerate(node):
                _check(field, element, path[at + 1 :], f"{place}[{i}]")
            return
        node = node.get(name) if isinstance(node, dict) else None
        place = f"{place}.{name}" if place else name
    check(field, node if isinstance(node, str) else None, place)
