"""One country's part of a European trial, from the full text or from JSON, under the same keys."""

import re
from collections.abc import Mapping

from frontrunner.errors import BadRecord
from frontrunner.model import Arm, Id, Intervention, Outcome, Trial
from frontrunner.reading.dates import full_date
from frontrunner.reading.registry import count, country, untold, values

MEDIA_TYPE = "application/json"
#: what stands where there is no member state
_OUTSIDE = "Outside EU/EEA"
_NAME, _STATUS_OF = "b11_name_of_sponsor", "b31_and_b32_status_of_the_sponsor"
_SPONSOR = "b1_sponsor[]."
_INN, _CODE = "d38_inn__proposed_inn", "d392_current_sponsor_code"
_DETAILS = "d38_imp_identification_details"
_RESULTS = "trialInformation."
_SEVERAL = "e85_the_trial_involves_multiple_member_states"
_PRODUCT_NAMES = (
    "d31_product_name",
    "d2111_trade_name",
    _INN,
    "d32_product_code",
    _CODE,
    "d393_other_descriptive_name",
)
_PHASES = {
    "e71_human_pharmacology_phase_i": "PHASE1",
    "e72_therapeutic_exploratory_phase_ii": "PHASE2",
    "e73_therapeutic_confirmatory_phase_iii": "PHASE3",
    "e74_therapeutic_use_phase_iv": "PHASE4",
}
#: type of another registry's number -> where it can stand
_NUMBERS = {
    "ISRCTN": ("a51_isrctn_international_standard_randomised_controlled_trial_number", "isrctnIdentifier"),
    "NCT": ("a52_us_nct_clinicaltrialsgov_registry_number", "usctnIdentifier"),
    "UTRN": ("a53_who_universal_trial_reference_number_utrn", "whoIdentifier"),
}
_KEYS = {
    "trialId": "a2_eudract_number",
    "briefTitle": "a31_title_of_the_trial_for_lay_people_in_easily_understood_ie_nontechnical_language",
    "officialTitle": "a3_full_title_of_the_trial",
    "acronym": "a32_name_or_abbreviated_title_of_the_trial_where_available",
    "overallStatus": "x5_trial_status",
    "completionDate": "p_date_of_the_global_end_of_the_trial",
    "completionDateType": "p_date_of_the_global_end_of_the_trial",
    "studyFirstSubmitDate": "x6_date_on_which_this_record_was_first_entered_in_the_eudract_database",
    "conditions": "e11_medical_conditions_being_investigated",
    "enrollmentCount": "f422_in_the_whole_clinical_trial",
    "enrollmentType": "f422_in_the_whole_clinical_trial",
    "primaryOutcomes": "e51_primary_end_points",
    "secondaryOutcomes": "e52_secondary_end_points",
    "countries": "a1_member_state_concerned",
}
#: column -> place in the record
PLACES = _KEYS | {
    "secondaryIds": " | ".join(
        ("a41_sponsors_protocol_code_number", *(f"{key} | {_RESULTS}{result}" for key, result in _NUMBERS.values()))
    ),
    "startDate": _RESULTS + "recruitmentStartDate",
    "startDateType": _RESULTS + "recruitmentStartDate",
    "leadSponsorName": f"{_NAME} | {_SPONSOR}{_NAME}",
    "leadSponsorClass": f"{_STATUS_OF} | {_SPONSOR}{_STATUS_OF}",
    "phases": " | ".join(_PHASES),
    "armGroups": "dimp[].d12_and_d13_imp_role",
    "interventions": " | ".join(f"dimp[].{key} | dimp[].{key}[] | dimp[].{_DETAILS}[].{key}" for key in _PRODUCT_NAMES),
    "sex": "f21_female | f22_male",
}
_VALUES = values(__package__)
_NUMBER = re.compile(r"\d{4}-\d{6}-\d{2}", re.ASCII)


def is_part(obj: Mapping[str, object]) -> bool:
    """Whether it is a country's part."""
    return _KEYS["trialId"] in obj


def trial(obj: Mapping[str, object]) -> tuple[str, Trial]:
    """The key of the part, and what it says. Raises BadRecord with the key of what is wrong."""
    number = _text(obj, _KEYS["trialId"]) or ""
    if not _NUMBER.fullmatch(number):
        raise BadRecord(_KEYS["trialId"], f"{number!r} is not a number such as 2013-000615-24")
    state = _state(obj)
    status, sponsor = _status(obj), _sponsor(obj)
    arms, given = _products(obj)
    end = _day(_text(obj, _KEYS["completionDate"]), "completionDate")
    start = _day(_text(_results(obj), "recruitmentStartDate"), "startDate")
    size = count(_text(obj, _KEYS["enrollmentCount"]), _KEYS["enrollmentCount"])
    return f"{number} {state}", Trial(
        trial_id=number,
        secondary_ids=_ids(obj),
        brief_title=_text(obj, _KEYS["briefTitle"]),
        official_title=_text(obj, _KEYS["officialTitle"]),
        acronym=_text(obj, _KEYS["acronym"]),
        overall_status=status,
        start_date=start,
        start_date_type="ACTUAL" if start else None,
        completion_date=end,
        completion_date_type="ACTUAL" if end else None,
        study_first_submit_date=_day(_text(obj, _KEYS["studyFirstSubmitDate"]), "studyFirstSubmitDate"),
        lead_sponsor_name=_text(sponsor, _NAME),
        lead_sponsor_class=_VALUES.find("sponsorClass", _text(sponsor, _STATUS_OF), PLACES["leadSponsorClass"]),
        conditions=[words] if (words := _text(obj, _KEYS["conditions"])) else [],
        phases=[phase for key, phase in _PHASES.items() if _flag(obj, key)],
        enrollment_count=size,
        enrollment_type=None if size is None else "ESTIMATED",
        arm_groups=arms,
        interventions=given,
        primary_outcomes=_outcomes(obj, "primaryOutcomes"),
        secondary_outcomes=_outcomes(obj, "secondaryOutcomes"),
        sex={(True, True): "ALL", (True, False): "FEMALE", (False, True): "MALE"}.get(
            (_flag(obj, "f21_female"), _flag(obj, "f22_male"))
        ),
        countries=[] if state == _OUTSIDE else [state],
        not_read=untold(PLACES, {"overallStatus": status, "startDate": start, "startDateType": start}),
    )


def _text(obj: Mapping[str, object], key: str) -> str | None:
    """The words under a key, the first of several; null when empty or no text."""
    found = obj.get(key)
    first = next(iter(found), None) if isinstance(found, list) else found
    return " ".join(first.split()) or None if isinstance(first, str) else None


def _coded(obj: Mapping[str, object], column: str) -> str | None:
    return _VALUES.find(column, _text(obj, _KEYS[column]), _KEYS[column])


def _status(obj: Mapping[str, object]) -> str | None:
    """The status; null where a trial in several countries stopped or paused in this one, which says it of no other."""
    status = _coded(obj, "overallStatus")
    return None if status in ("TERMINATED", "SUSPENDED") and _flag(obj, _SEVERAL) else status


def _flag(obj: Mapping[str, object], key: str) -> bool:
    return _VALUES.find("flag", _text(obj, key), key) == "yes"


def _day(text: str | None, column: str) -> str | None:
    return full_date(text[:10], PLACES[column]) if text else None


def _state(obj: Mapping[str, object]) -> str:
    """The country of `Belgium - FPS Health-DGM`. Raises BadRecord for one that the vocabulary does not find."""
    said = (_text(obj, _KEYS["countries"]) or "").partition(" - ")[0]
    if said == _OUTSIDE:
        return said
    found = country(said)
    if found is None:
        raise BadRecord(_KEYS["countries"], f"{said!r} is no country that the vocabulary finds")
    return found


def _results(obj: Mapping[str, object]) -> Mapping[str, object]:
    """What the results say of the trial, where there are any."""
    found = obj.get("trialInformation")
    return found if isinstance(found, dict) else {}


def _sponsor(obj: Mapping[str, object]) -> Mapping[str, object]:
    """The first sponsor."""
    found = obj.get("b1_sponsor")
    first = found[0] if isinstance(found, list) and found else found
    return first if isinstance(first, dict) else obj


def _ids(obj: Mapping[str, object]) -> list[Id]:
    own = _text(obj, "a41_sponsors_protocol_code_number")
    found = [Id(own, "orgStudyId")] if own else []
    for kind, (key, result) in _NUMBERS.items():
        number = _text(obj, key) or _text(_results(obj), result)
        if number:
            found.append(Id(number, kind))
    return found


def _products(obj: Mapping[str, object]) -> tuple[list[Arm], list[Intervention]]:
    """The roles as arms, and the products, each once, under the first of their names."""
    given: dict[str, Intervention] = {}
    roles: dict[str, dict[str, None]] = {}
    products = obj.get("dimp")
    for product in products if isinstance(products, list) else []:
        names = _names(product) if isinstance(product, dict) else []
        if names:
            given.setdefault(names[0], Intervention(names[0], None, names[1:]))
            roles.setdefault(_text(product, "d12_and_d13_imp_role") or "", {})[names[0]] = None
    place = PLACES["armGroups"]
    return [Arm(role or None, _VALUES.find("role", role, place), list(names)) for role, names in roles.items()], list(
        given.values()
    )


def _names(product: dict[str, object]) -> list[str]:
    """The names of a product and of its substances, in the order of `_PRODUCT_NAMES`, each once."""
    details = product.get(_DETAILS)
    parts = [product, *(one for one in (details if isinstance(details, list) else []) if isinstance(one, dict))]
    found = [name for key in _PRODUCT_NAMES for part in parts for name in _all(part.get(key))]
    return list(dict.fromkeys(found))


def _all(value: object) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text]


def _outcomes(obj: Mapping[str, object], column: str) -> list[Outcome]:
    words = _text(obj, _KEYS[column])
    return [Outcome(words)] if words else []
