"""What a partial v2 record does not tell: the columns where null or empty means unknown instead of absent.

A **whole** record carries `hasResults`, `statusModule.lastUpdatePostDateStruct` and `designModule.studyType`, which the
registry gives every study; there a missing field is absent. Of a **light** record (a selection of fields) it cannot be
known what was asked for, so every missing field is unknown.

A **transcription** (`transcribedFrom`) was made by hand from an older form, with flags:

- columns that were never transcribed (`_NEVER`) are unknown unless given;
- read on page one only (`pageOneOnly: true` or `wholeRecordRead: false`, or neither flag given): every missing field is
  unknown, because what stood further down was not seen;
- read whole (`wholeRecordRead: true`, `pageOneOnly: false`): a missing field is absent, but for `fieldsNotReached`;
- `countriesComplete: false`, `locationsComplete: false` and `interventionsComplete: false` mark a list that was not
  read to its end: it is given as far as it was read, and listed. So is a list of countries on page one that no flag
  calls complete.

In every record a list with an element that has no name (an intervention of NCT07040332) is listed: that element is
left out.
"""

from collections.abc import Iterable

from frontrunner.reading.places import there
from frontrunner.sources.ctgov.study import Study

#: columns of a trial that the transcriptions leave out
_NEVER = frozenset(
    {
        *("primaryPurpose", "armGroups", "primaryOutcomes", "secondaryOutcomes"),
        *("sex", "minimumAge", "maximumAge", "healthyVolunteers", "hasResults"),
    }
)
_COUNTRY_FLAGS = ("countriesComplete", "locationsComplete")


def is_whole(study: Study) -> bool:
    """Whether a record carries everything that the registry has of the study."""
    posted = study.protocol_section.status_module.last_update_post_date_struct.date
    given = (study.has_results, posted, study.protocol_section.design_module.study_type)
    return study.transcribed_from is None and None not in given


def not_read(obj: dict[str, object], places: dict[str, str]) -> set[str]:
    """The columns that a partial record does not tell."""
    missing = {column for column, place in places.items() if not there(obj, place)}
    if "transcribedFrom" not in obj:
        return missing
    page_one = _page_one(obj)
    unread = missing if page_one else missing & _NEVER
    return unread | _not_reached(obj, places) | _incomplete(obj, page_one)


def _page_one(obj: dict[str, object]) -> bool:
    if "wholeRecordRead" in obj:
        return obj["wholeRecordRead"] is not True
    return obj.get("pageOneOnly") is not False


def _not_reached(obj: dict[str, object], places: dict[str, str]) -> set[str]:
    listed = obj.get("fieldsNotReached")
    prefixes = [f"protocolSection.{field}" for field in listed] if isinstance(listed, list) else []
    return {column for column, place in places.items() if _below(place, prefixes)}


def _below(place: str, prefixes: Iterable[str]) -> bool:
    return any(place == prefix or place.startswith((f"{prefix}.", f"{prefix}[")) for prefix in prefixes)


def _incomplete(obj: dict[str, object], page_one: bool) -> set[str]:
    said = [obj[flag] for flag in _COUNTRY_FLAGS if flag in obj]
    cut = {"countries"} if False in said or (page_one and not said) else set[str]()
    return cut | {"interventions"} if obj.get("interventionsComplete") is False else cut
