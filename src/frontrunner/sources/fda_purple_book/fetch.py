"""The monthly tables that the Purple Book's page of downloads links to.

Without a day the newest table is asked for, which holds every licence; since a day, all from that month on.
"""

import re
from datetime import date
from urllib.parse import urljoin

from frontrunner.errors import BadAnswer
from frontrunner.model import Answer, Ask, Feed, Steps, Tally

_DOWNLOADS = "https://purplebooksearch.fda.gov/downloads"
_LINK = re.compile(
    r"""href\s*=\s*["']([^"'<>]*/(\d{4})/purplebook-search-([a-z]+)-data-download\.csv)["']""", re.IGNORECASE
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def _steps(since: date | None) -> Steps:
    page = yield Ask(url=_DOWNLOADS, types=("text/html",), page=True)
    tables = _tables(page)
    newest = max(tables)
    for month in sorted(month for month in tables if month == newest or (since and month >= (since.year, since.month))):
        yield Ask(
            url=tables[month],
            types=("text/csv", "application/octet-stream", "application/vnd.ms-excel"),
            name=f"purplebook-{month[0]}-{month[1]:02d}.csv",
            page=True,
        )
    return Tally()


def _tables(page: Answer) -> dict[tuple[int, int], str]:
    """(year, month) -> address of the table."""
    found = {}
    for link, year, month in _LINK.findall(page.body.decode("utf-8", "replace")):
        if month.lower() in _MONTHS:
            found[int(year), _MONTHS.index(month.lower()) + 1] = urljoin(page.url, link)
    if not found:
        raise BadAnswer(page.url, "links to no monthly table: save one by hand and ingest it")
    return found


FEED = Feed(
    hosts=("purplebooksearch.fda.gov", "www.accessdata.fda.gov"),
    terms="https://www.fda.gov/about-fda/about-website/website-policies",
    steps=_steps,
    pause=5.0,
)
