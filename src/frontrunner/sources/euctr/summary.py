"""A trial in the register's list of summaries: less than a country's part, for all countries at once.

`Start Date` there is the day of the authorisation, and not that of a first patient: it is not read.
"""

import re
from collections.abc import Mapping

from frontrunner.errors import BadRecord
from frontrunner.model import Id, Trial
from frontrunner.reading.registry import countries, untold, values

MEDIA_TYPE = "text/plain; fields=json"
_OUTSIDE = "Outside EU/EEA"
#: column -> label
PLACES = {
    "trialId": "EudraCT Number",
    "secondaryIds": "Sponsor Protocol Number",
    "officialTitle": "Full Title",
    "overallStatus": "Trial protocol",
    "leadSponsorName": "Sponsor Name",
    "conditions": "Medical condition",
    "sex": "Gender",
    "countries": "Trial protocol",
}
_KNOWN = {*PLACES.values(), "Start Date", "Disease", "Population Age", "Trial results", "Link"}
_VALUES = values(__package__)
_NUMBER = re.compile(r"\d{4}-\d{6}-\d{2}", re.ASCII)
_STATE = re.compile(r"([A-Z]{2})\(([^()]+)\)|(Outside EU/EEA)")
#: how the list shortens a text
_CUT = "..."


def is_summary(obj: Mapping[str, object]) -> bool:
    """Whether it is a trial of the list."""
    return PLACES["trialId"] in obj


def trial(obj: Mapping[str, object]) -> tuple[str, Trial]:
    """The key of the trial, and what the list says. Raises BadRecord with the label of what is wrong."""
    cells = {label: " ".join(str(words).split()) for label, words in obj.items()}
    number = cells[PLACES["trialId"]]
    if not _NUMBER.fullmatch(number):
        raise BadRecord(PLACES["trialId"], f"{number!r} is not a number such as 2013-000615-24")
    for label in _KNOWN - {"Trial results"}:
        if label not in cells:
            raise BadRecord(label, "is missing")
    states = _states(cells[PLACES["countries"]])
    statuses = {_VALUES.find("overallStatus", status, PLACES["overallStatus"]) for _, status in states}
    status = statuses.pop() if len(statuses) == 1 else None
    protocol, title, condition = (cells[PLACES[column]] for column in ("secondaryIds", "officialTitle", "conditions"))
    cut = {
        "officialTitle": None if title.endswith(_CUT) else title,
        "conditions": None if condition.endswith(_CUT) else condition,
    }
    return number, Trial(
        trial_id=number,
        secondary_ids=[Id(protocol, "orgStudyId")] if protocol else [],
        official_title=title or None,
        overall_status=status,
        lead_sponsor_name=cells[PLACES["leadSponsorName"]] or None,
        conditions=[condition] if condition else [],
        sex=_VALUES.find("sex", cells[PLACES["sex"]], PLACES["sex"]),
        countries=countries(state for state, _ in states if state != _OUTSIDE),
        not_read=untold(PLACES, {"overallStatus": status, **cut}),
    )


def _states(words: str) -> list[tuple[str, str]]:
    """The countries of `GB(Completed) ES(Ongoing) Outside EU/EEA`, each with its status. Raises BadRecord."""
    if _STATE.sub("", words).strip():
        raise BadRecord(PLACES["countries"], f"{words!r} is not a list such as GB(Completed) ES(Ongoing)")
    return [(match[1] or match[3], match[2] or match[3]) for match in _STATE.finditer(words)]
