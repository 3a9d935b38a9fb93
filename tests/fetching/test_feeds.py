"""How each source is fetched, against a publisher that answers as its documentation says, on loopback."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from frontrunner import sources
from frontrunner.store.home import Home
from frontrunner.syncing import Fetched, sync

from .conftest import Time
from .publisher import Reply, Script, as_json, publishing

PAGES = Path(__file__).parent.parent / "sources"
SINCE = date(2026, 3, 15)
FEEDS = sources.feeds()


def fetched(
    home: Home, time: Time, source: str, script: Script, since: date | None = SINCE
) -> tuple[Fetched, list[str]]:
    """One visit to this source, and the addresses that it asked for."""
    with publishing(script) as publisher:
        report = sync(home, [source], since=SINCE, through=publisher.origin, clock=time.clock())
        return report.visits[0], publisher.asked


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_begins_within_its_hosts_and_over_https(name: str) -> None:
    feed = FEEDS[name]
    first = next(feed.steps(None))
    assert first.url.startswith("https://") and urlsplit(first.url).hostname in feed.hosts
    assert feed.terms.startswith("https://")
    low, high = sources.named(name).SOURCE.records or (0, 0)
    assert 0 < low < high, "a visit for everything must know how much that is"


def test_a_purple_book_gives_its_newest_table_and_those_since(home: Home, time: Time) -> None:
    links = [
        f"https://www.accessdata.fda.gov/drugsatfda_docs/PurpleBook/{at}-data-download.csv"
        for at in ("2025/purplebook-search-may", "2026/purplebook-search-March", "2026/purplebook-search-april")
    ]
    page = "".join(f'<a class="x" href="{link}">CSV</a>' for link in links).encode()
    table = next(PAGES.glob("fda_purple_book/pages/*.csv")).read_bytes()

    def script(address: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        if address.endswith("/robots.txt"):
            return Reply(404)
        html = address.endswith("/downloads")
        return Reply(200, page if html else table, {"Content-Type": "text/html" if html else "text/csv"})

    told, asked = fetched(home, time, "fda_purple_book", script)
    assert told.complete and told.documents == 2
    assert [url for url in asked if url.endswith(".csv")] == links[1:]


def test_the_federal_register_is_paged_and_its_counts_are_added(home: Home, time: Time) -> None:
    def script(address: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        term, page = query["conditions[term]"], int(query.get("page", "1"))
        found = [
            {
                "document_number": f"{term[1]}-{page}{at}",
                "publication_date": "2026-04-01",
                "title": "A notice",
                "abstract": "Of a meeting.",
                "html_url": "https://www.federalregister.gov/d/1",
            }
            for at in range(3)
        ]
        following = f"{address}?conditions%5Bterm%5D=%22{term[1]}%22&page=2" if page == 1 else None
        return as_json({"count": 6, "results": found, **({"next_page_url": following} if following else {})})

    told, asked = fetched(home, time, "federal_register", script)
    assert (told.said, told.met, told.complete) == (12, 12, True)
    assert parse_qs(urlsplit(asked[0]).query)["conditions[publication_date][gte]"] == ["2026-03-15"]
    assert told.ingested and told.ingested.read == 12


def _openfda(listed: int, total: int) -> Script:
    records = json.loads((PAGES / "drugsatfda/pages/drug-drugsfda-0001-of-0001.json").read_bytes())
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("drug-drugsfda-0001-of-0001.json", json.dumps(records))
    part = {
        "file": "https://download.open.fda.gov/drug/drugsfda/drug-drugsfda-0001-of-0001.json.zip",
        "records": listed,
    }

    def script(address: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        if address == "https://api.fda.gov/download.json":
            return as_json({"results": {"drug": {"drugsfda": {"total_records": total, "partitions": [part]}}}})
        return Reply(200, zipped.getvalue(), {"Content-Type": "application/zip"})

    return script


def test_openfda_gives_its_parts_and_as_many_records_as_it_says(home: Home, time: Time) -> None:
    told, _ = fetched(home, time, "drugsatfda", _openfda(5, 5))
    assert (told.since, told.said, told.met) == (None, 5, 5)
    assert told.problem == "drugsatfda: 5 records came where 20000 to 60000 were expected"


def test_openfda_with_fewer_records_than_it_says_is_not_complete(home: Home, time: Time) -> None:
    told, _ = fetched(home, time, "drugsatfda", _openfda(7, 7))
    assert told.problem == "drugsatfda: the publisher says that there are 7 records, 5 came"


def test_openfda_whose_parts_do_not_add_up_is_asked_no_further(home: Home, time: Time) -> None:
    told, asked = fetched(home, time, "drugsatfda", _openfda(5, 6))
    assert told.problem and "its parts have 5 records, it says that there are 6" in told.problem
    assert asked == ["https://api.fda.gov/download.json"]
