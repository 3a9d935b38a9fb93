"""The registry of the tests: studies behind an API of pages, as ClinicalTrials.gov has it."""

from typing import Any

from tests.fetching.publisher import Reply, as_json
from tests.studies import study

STUDIES = "https://clinicaltrials.gov/api/v2/studies"


def records(number: int, **values: Any) -> list[dict[str, Any]]:
    """So many different studies."""
    return [study(nct=f"NCT{90000001 + at}", title=f"Gene therapy {at}", **values) for at in range(number)]


class Registry:
    """Answers with `held` studies, `size` a page. `spoil(page, reply)` may change the reply of a page (from 1)."""

    def __init__(self, held: list[dict[str, Any]], size: int = 4) -> None:
        self.held, self.size = held, size
        self.spoil = lambda page, answer: as_json(answer, zipped=page % 2 == 0)
        self.sinces: list[str | None] = []

    def __call__(self, address: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        assert address == STUDIES and query["countTotal"] == "true", address
        self.sinces.append(query.get("filter.advanced"))
        at = int(query.get("pageToken", "0"))
        answer: dict[str, Any] = {"studies": self.held[at : at + self.size], "totalCount": len(self.held)}
        if at + self.size < len(self.held):
            answer["nextPageToken"] = str(at + self.size)
        reply: Reply = self.spoil(at // self.size + 1, answer)
        return reply
