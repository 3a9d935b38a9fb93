"""ClinicalTrials.gov through its API, version 2 (https://clinicaltrials.gov/data-api/api): pages of whole studies.

A page leads to the next by a token; the first says how many there are in all. Since a day means: studies whose last
update was posted on that day or later.
"""

from datetime import date
from urllib.parse import urlencode

import msgspec

from frontrunner.model import Answer, Ask, Feed, Steps
from frontrunner.reading.paging import Page, pages, typed

_STUDIES = "https://clinicaltrials.gov/api/v2/studies"
#: the most that the API gives at once
_PAGE_SIZE = 1000


class _Identification(msgspec.Struct, rename="camel"):
    nct_id: str


class _Protocol(msgspec.Struct, rename="camel"):
    identification_module: _Identification


class _Study(msgspec.Struct, rename="camel"):
    protocol_section: _Protocol


class _Studies(msgspec.Struct, rename="camel"):
    studies: list[_Study]
    total_count: int | None = None
    next_page_token: str | None = None


_studies = msgspec.json.Decoder(_Studies)


def _steps(since: date | None) -> Steps:
    def ask(number: int, token: str | None) -> Ask:
        query = {"format": "json", "pageSize": str(_PAGE_SIZE), "countTotal": "true"}
        if since:
            query["filter.advanced"] = f"AREA[LastUpdatePostDate]RANGE[{since.isoformat()},MAX]"
        if token:
            query["pageToken"] = token
        return Ask(url=f"{_STUDIES}?{urlencode(query)}", types=("application/json",), name=f"studies-{number:04d}.json")

    return pages(ask, _look)


def _look(answer: Answer) -> Page:
    found = typed(_studies, answer)
    keys = [study.protocol_section.identification_module.nct_id for study in found.studies]
    return Page(keys, found.total_count, found.next_page_token)


FEED = Feed(
    hosts=("clinicaltrials.gov",),
    terms="https://clinicaltrials.gov/about-site/terms-conditions",
    steps=_steps,
    pause=1.5,
)
