"""FDA's notices on priority review vouchers and review periods, through the API of the Federal Register.

https://www.federalregister.gov/developers/documentation/api/v1: pages that say how many there are and lead to the next.
"""

from datetime import date
from functools import partial
from urllib.parse import urlencode

import msgspec

from frontrunner.model import Answer, Ask, Feed, Steps, Tally
from frontrunner.reading.paging import Page, pages, typed

_DOCUMENTS = "https://www.federalregister.gov/api/v1/documents.json"
_FIELDS = ("document_number", "publication_date", "title", "abstract", "html_url")
#: what the notices that are read have in common; one search each
_TERMS = ('"Priority Review Voucher"', '"Regulatory Review Period"')


class _Document(msgspec.Struct):
    document_number: str


class _Documents(msgspec.Struct):
    count: int
    results: list[_Document] = []
    next_page_url: str | None = None


_documents = msgspec.json.Decoder(_Documents)


def _steps(since: date | None) -> Steps:
    said = met = 0
    for at, term in enumerate(_TERMS, 1):
        tally = yield from pages(partial(_ask, since, term, at), _look)
        said, met = said + (tally.said or 0), met + (tally.met or 0)
    return Tally(said, met)


def _ask(since: date | None, term: str, search: int, number: int, after: str | None) -> Ask:
    query = [
        ("conditions[agencies][]", "food-and-drug-administration"),
        ("conditions[type][]", "NOTICE"),
        ("conditions[term]", term),
        *([("conditions[publication_date][gte]", since.isoformat())] if since else []),
        *(("fields[]", field) for field in _FIELDS),
        ("order", "oldest"),
        ("per_page", "1000"),
    ]
    return Ask(
        url=after or f"{_DOCUMENTS}?{urlencode(query)}",
        types=("application/json",),
        name=f"notices-{search}-{number:03d}.json",
    )


def _look(answer: Answer) -> Page:
    found = typed(_documents, answer)
    return Page([one.document_number for one in found.results], found.count, found.next_page_url)


FEED = Feed(
    hosts=("www.federalregister.gov",),
    terms="https://www.federalregister.gov/reader-aids/developer-resources/rest-api",
    steps=_steps,
    pause=2.0,
)
