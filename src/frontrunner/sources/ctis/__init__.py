"""EU Clinical Trials Information System: a trial as the public API gives it, in today's form and in that of until 2024.

- Today's form says when it was published (`publishDate`): `posted`. The older one is known from its fetching
  (`record_last_import`, which a tool adds).
- `startDateEU` is a start that the sponsor has notified: it is actual. The older form has only the day planned.
- `Ended` may be completion or early termination, `Expired`, `Revoked`, `Not authorised`, `Cancelled` and `Under
  evaluation` have no counterpart: the status is then unknown.
- A product's role (test, comparator, placebo, auxiliary) is given as an arm of that kind.
"""

import re
from collections.abc import Iterator

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Arm, Id, Intervention, Outcome, Raw, Reading, Source, Sponsor, Trial
from frontrunner.reading import json
from frontrunner.reading.cells import day_first
from frontrunner.reading.containers import Container
from frontrunner.reading.dates import full_date
from frontrunner.reading.registry import countries, typed, untold, values
from frontrunner.sources.ctis.study import EndPoint, Identifiers, PartOne, Product, Study, Subjects

SOURCE = Source(
    id="ctis",
    title="EU Clinical Trials Information System",
    publisher="European Medicines Agency",
    homepage="https://euclinicaltrials.eu",
    licence="reuse allowed where the source is acknowledged: https://www.ema.europa.eu/en/about-us/about-website/"
    "legal-notice",
    attribution="Source: European Medicines Agency, Clinical Trials Information System",
    authority="registry",
    records=(8_000, 100_000),
    filled={"trial_version.brief_title": 0.99, "trial_version.overall_status": 0.9},
    record_url="https://euclinicaltrials.eu/ctis-public/view/{key}",
)

NEW = "application/json"
#: today's form of a trial that has not begun
PLANNED = "application/json; start=planned"
OLD = "application/json; form=until-2024"
_DETAILS, _FACTS = "trialDetails.clinicalTrialIdentifiers.", "trialDetails.trialInformation."
_NUMBERS = _DETAILS + "secondaryIdentifyingNumbers."
_PRODUCT = "productRoleGroupInfos[].products[]."
#: column -> place below the first part of an application
_PART_ONE = {
    "secondaryIds": f"{_DETAILS}shortTitle | {_NUMBERS}nctNumber.number | {_NUMBERS}isrctnNumber.number"
    f" | {_NUMBERS}additionalRegistries[].number",
    "briefTitle": _DETAILS + "publicTitle",
    "officialTitle": _DETAILS + "fullTitle",
    "startDate": _FACTS + "trialDuration.estimatedRecruitmentStartDate",
    "startDateType": _FACTS + "trialDuration.estimatedRecruitmentStartDate",
    "completionDate": _FACTS + "trialDuration.estimatedGlobalEndDate",
    "completionDateType": _FACTS + "trialDuration.estimatedGlobalEndDate",
    "leadSponsorName": "sponsors[].organisation.name",
    "leadSponsorClass": "sponsors[].organisation.type",
    "collaborators": "sponsors[].organisation.name",
    "conditions": _FACTS + "medicalCondition.partIMedicalConditions[].medicalCondition",
    "armGroups": "productRoleGroupInfos[].productRoleName",
    "interventions": f"{_PRODUCT}productName | {_PRODUCT}productDictionaryInfo.prodName"
    f" | {_PRODUCT}productDictionaryInfo.activeSubstanceName",
    "primaryOutcomes": _FACTS + "endPoint.primaryEndPoints[].endPoint",
    "secondaryOutcomes": _FACTS + "endPoint.secondaryEndPoints[].endPoint",
    "sex": f"{_FACTS}populationOfTrialSubjects.isFemaleSubjects | {_FACTS}populationOfTrialSubjects.isMaleSubjects",
    "countries": "rowCountriesInfo[].name",
}
_ALIKE = {"trialId": "ctNumber", "phases": "trialPhase", "overallStatus": "ctStatus"}


def _places(prefix: str, more: dict[str, str]) -> dict[str, str]:
    below = {column: " | ".join(prefix + path for path in paths.split(" | ")) for column, paths in _PART_ONE.items()}
    both = {column: f"{more[column]} | {below[column]}" for column in ("secondaryIds", "countries") if column in more}
    return below | _ALIKE | more | both


_TODAY = {
    "secondaryIds": "authorizedApplication.eudraCt.eudraCtCode",
    "lastUpdatePostDate": "publishDate",
    "countries": "authorizedApplication.memberStatesConcerned[].mscName",
    "hasResults": "resultsFirstReceived",
}
_AUTHORISED = "authorizedApplication.authorizedPartI."
#: column -> place in a record of the main form
PLACES = _places(_AUTHORISED, _TODAY | {"startDate": "startDateEU", "startDateType": "startDateEU"})
#: media type of a document -> column -> place in it
FORMS = {
    NEW: PLACES,
    PLANNED: _places(_AUTHORISED, _TODAY),
    OLD: _places("applications[].partI.", {"countries": "trialCountries | trialCountries[]"}),
}

_VALUES = values(__name__)
_ID = re.compile(r"\d{4}-5\d{5}-\d{2}-\d{2}", re.ASCII)
_STATE = re.compile(r"([A-Z]{2}):")
_VOLATILE = (("record_last_import",),)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so holds CTIS records; its name does not matter."""
    return b'"ctStatus"' in head and (b'"ctNumber"' in head or b'"trialCountries"' in head)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The records of a file of one, an array, or JSON Lines."""
    return json.records(container)


def read(raw: bytes) -> Reading:
    """One record, of either form. Raises BadRecord with the dotted path of what is wrong."""
    obj = json.parse(raw)
    study = typed(obj, Study)
    trial = _trial(study)
    fetched = study.record_last_import
    posted = trial.last_update_post_date
    day = full_date(fetched[:10], "record_last_import") if fetched else None
    return Reading(
        key=trial.trial_id,
        known_on=posted or day,
        known_basis="posted" if posted else "fetched",
        as_of=day,
        whole=True,
        canonical=json.canonical(obj, _VOLATILE),
        statements=[trial],
        media_type=_form(study),
    )


def _form(study: Study) -> str:
    """The media type, by which the places of its columns are known."""
    if study.authorized_application is None:
        return OLD
    return NEW if study.start_date_eu else PLANNED


def _part_one(study: Study) -> PartOne:
    """The first part of what is authorised; in the older form, that of the last application that has one."""
    if study.authorized_application:
        return study.authorized_application.authorized_part_i
    parts = [one.part_i for one in study.applications if one.part_i]
    if not parts:
        raise BadRecord("applications[].partI", "is missing: the record is of no known form")
    return parts[-1]


def _trial(study: Study) -> Trial:
    if not _ID.fullmatch(study.ct_number):
        raise BadRecord("ctNumber", f"{study.ct_number!r} is not a number such as 2023-505613-24-00")
    part = _part_one(study)
    names, facts = part.trial_details.clinical_trial_identifiers, part.trial_details.trial_information
    places = FORMS[_form(study)]
    status = _VALUES.find("overallStatus", str(study.ct_status or ""), places["overallStatus"])
    start, start_type = _start(study, facts.trial_duration.estimated_recruitment_start_date)
    end = _day(facts.trial_duration.estimated_global_end_date, places["completionDate"])
    lead, others = _sponsors(part)
    arms, given = _products(part)
    return Trial(
        trial_id=study.ct_number,
        secondary_ids=_ids(study, names),
        brief_title=names.public_title,
        official_title=names.full_title,
        overall_status=status,
        start_date=start,
        start_date_type=start_type,
        completion_date=end,
        completion_date_type="ESTIMATED" if end else None,
        last_update_post_date=_day(study.publish_date, "publishDate"),
        lead_sponsor_name=lead.name if lead else None,
        lead_sponsor_class=lead.class_ if lead else None,
        collaborators=others,
        conditions=[one.medical_condition for one in facts.medical_condition.conditions if one.medical_condition],
        phases=_VALUES.several("phases", study.trial_phase, places["phases"]),
        arm_groups=arms,
        interventions=given,
        primary_outcomes=_outcomes(facts.end_point.primary_end_points),
        secondary_outcomes=_outcomes(facts.end_point.secondary_end_points),
        sex=_sex(facts.population_of_trial_subjects),
        countries=_countries(study, part),
        has_results=_has_results(study),
        not_read=untold(places, {"overallStatus": status}),
    )


def _start(study: Study, planned: str | None) -> tuple[str | None, str | None]:
    if study.start_date_eu:
        return day_first(study.start_date_eu, "startDateEU"), "ACTUAL"
    day = _day(planned, "estimatedRecruitmentStartDate")
    return day, "ESTIMATED" if day else None


def _ids(study: Study, names: Identifiers) -> list[Id]:
    numbers = names.secondary_identifying_numbers
    eudract = study.authorized_application.eudra_ct.eudra_ct_code if study.authorized_application else None
    given = [
        Id(names.short_title or "", "orgStudyId"),
        Id(eudract or "", "EUDRACT_NUMBER"),
        Id(numbers.nct_number.number or "", "NCT"),
        Id(numbers.isrctn_number.number or "", "ISRCTN"),
        *(Id(one.number or "", None, one.other_registry_name) for one in numbers.additional_registries),
    ]
    return [one for one in given if one.id]


def _sponsors(part: PartOne) -> tuple[Sponsor | None, list[Sponsor]]:
    """The primary sponsor and the others."""
    place = PLACES["leadSponsorClass"]
    found = [
        (one.primary, Sponsor(one.organisation.name, _VALUES.find("sponsorClass", one.organisation.type, place)))
        for one in part.sponsors
        if one.organisation.name
    ]
    leads = [sponsor for primary, sponsor in found if primary]
    return (leads[0] if leads else None), [sponsor for primary, sponsor in found if not primary]


def _products(part: PartOne) -> tuple[list[Arm], list[Intervention]]:
    """The roles as arms, and the products, each once, under the first of their names."""
    found: dict[str, Intervention] = {}
    arms: dict[str, dict[str, None]] = {}
    for group in part.product_role_group_infos:
        label = group.product_role_name or ""
        _VALUES.find("role", label, PLACES["armGroups"])
        for product in group.products:
            names = _names(product)
            if names:
                found.setdefault(names[0], Intervention(names[0], None, names[1:]))
                arms.setdefault(label, {})[names[0]] = None
    kinds = [(label, _VALUES.find("role", label, PLACES["armGroups"]), list(names)) for label, names in arms.items()]
    return [Arm(label or None, kind, names) for label, kind, names in kinds], list(found.values())


def _names(product: Product) -> list[str]:
    known = product.product_dictionary_info
    given = (product.product_name, known.prod_name, known.active_substance_name, known.sponsor_product_code)
    return list(dict.fromkeys(name for name in given if name and _VALUES.get("nothing", name) is None))


def _countries(study: Study, part: PartOne) -> list[str]:
    """Member states, then the rest of the world."""
    if study.authorized_application:
        states = [one.msc_name or "" for one in study.authorized_application.member_states_concerned]
    else:
        said = study.trial_countries or []
        states = _STATE.findall(said if isinstance(said, str) else " ".join(said))
    return countries([*states, *(one.name or "" for one in part.row_countries_info)])


def _sex(who: Subjects) -> str | None:
    told = (bool(who.is_female_subjects), bool(who.is_male_subjects))
    return {(True, True): "ALL", (True, False): "FEMALE", (False, True): "MALE"}.get(told)


def _outcomes(given: list[EndPoint]) -> list[Outcome]:
    return [Outcome(one.end_point) for one in given if one.end_point]


def _has_results(study: Study) -> bool | None:
    said = _VALUES.find("hasResults", study.results_first_received, "resultsFirstReceived")
    return None if said is None else said == "yes"


def _day(text: str | None, place: str) -> str | None:
    return full_date(text[:10], place) if text else None
