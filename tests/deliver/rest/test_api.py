"""The REST API answers as Python does, and says what is wrong with a question."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

pytest.importorskip("fastapi")

import pyarrow.parquet as pq
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import etree
from pyarrow import BufferReader

from frontrunner.api import QUESTIONS, HomeHandle
from frontrunner.deliver import rest
from frontrunner.deliver.rest import feeds, paging
from frontrunner.deliver.serving import Desk, Front

ARENA = {"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN", "on": "2022-01-12"}


@pytest.fixture(scope="module")
def client(starter_home: HomeHandle) -> Iterator[TestClient]:
    """The API over the starter ledger."""
    app, desk = FastAPI(openapi_url=None), Desk(starter_home)
    rest.add_to(app, desk)
    with TestClient(Front(app, desk)) as made:
        yield made
    desk.close()


def test_an_answer_is_that_of_python(client: TestClient, starter_home: HomeHandle) -> None:
    assert client.get("/api/race", params=ARENA).content == msgspec.json.encode(starter_home.race(**ARENA))
    ids = ["prog:bbm-h901/haemophilia-b"]
    dossiers = starter_home.programmes(ids, on="2022-01-12")
    answer = client.get("/api/programmes", params={"ids": ids, "on": "2022-01-12"})
    assert answer.content == msgspec.json.encode(dossiers)


def test_two_targets_at_once_are_one_arena(client: TestClient, starter_home: HomeHandle) -> None:
    told = client.get("/api/race", params={"target": "GIP/GLP-1"})
    assert told.content == msgspec.json.encode(starter_home.race(target="GLP-1/GIP"))
    assert [row["product"]["name"] for row in told.json()["standings"]] == ["tirzepatide"]


def test_an_etag_saves_the_answer_and_changes_with_the_question(client: TestClient) -> None:
    first = client.get("/api/race", params=ARENA)
    again = client.get("/api/race", params=ARENA, headers={"If-None-Match": first.headers["etag"]})
    other = client.get("/api/race", params=ARENA | {"clock": "then"})
    assert (again.status_code, again.content) == (304, b"")
    assert other.headers["etag"] != first.headers["etag"]


def test_an_unknown_name_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/api/race", params={"indication": "hemofilia B"})
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["title"], told["candidates"][0]) == (400, "UnknownName", "hemophilia B")


def test_an_unknown_value_is_told_with_those_allowed(client: TestClient) -> None:
    told = client.get("/api/race", params={"indication": "hemophilia B", "clock": "later"}).json()
    assert (told["option"], told["allowed"]) == ("--clock", ["now", "then"])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/race?nonsense=1", 400),
        ("/api/race", 400),
        ("/api/race?indication=hemophilia%20B&on=tomorrow", 400),
        ("/api/race?indication=%00", 400),
        ("/api/race?indication=a&indication=b", 400),
        ("/api/trial?id=NCT00000000", 404),
        ("/api/trial?id=NCT00000000&history=maybe", 400),
        ("/api/why?id=ev:zz@x", 404),
        ("/api/why", 400),
        ("/api/search?text=x&limit=0", 400),
        ("/api/race?indication=hemophilia%20B&cursor=!!", 400),
        ("/api/race?indication=hemophilia%20B&view=fat", 400),
        ("/api/marts/secrets.parquet", 400),
        ("/api/vocab?name=../model", 400),
        ("/api/nothing", 404),
        ("/api/race?indication=" + "x" * 5000, 414),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_pages_of_a_list_join_to_the_whole(client: TestClient) -> None:
    whole = client.get("/api/race", params={"indication": "hemophilia B"}).json()["standings"]
    address, seen = "/api/race?indication=hemophilia+B&limit=3", []
    while address:
        page = client.get(address)
        seen += page.json()["standings"]
        address = page.links.get("next", {}).get("url", "")
    assert seen == whole and len(whole) > 3


@pytest.mark.parametrize("question", ["newest", "recruiting"])
def test_every_answer_with_a_limit_keeps_to_it_and_goes_on(client: TestClient, question: str) -> None:
    asked = {"indication": "hemophilia B"} if question == "recruiting" else {}
    field = paging.PAGED[question]
    page = client.get(f"/api/{question}", params=asked | {"limit": 1})
    rest_of_it = client.get(page.links["next"]["url"]) if "next" in page.links else page
    assert len(page.json()[field]) <= 1 and rest_of_it.status_code == 200
    if question == "newest":
        assert rest_of_it.json()[field] and rest_of_it.json()[field] != page.json()[field]
        assert len(client.get("/api/newest").json()[field]) == 20


def test_slim_leaves_out_names_and_evidence_only(client: TestClient) -> None:
    slim = client.get("/api/race", params=ARENA | {"view": "slim"}).json()["standings"][0]
    full = client.get("/api/race", params=ARENA).json()["standings"][0]
    assert {*full} - {*slim} == {"names", "also", "evidence", "because", "trials"} & {*full}
    assert slim["rung"] == full["rung"]


def test_a_mart_comes_whole_as_parquet_and_as_lines(client: TestClient) -> None:
    table = pq.read_table(BufferReader(client.get("/api/marts/programme.parquet").content))
    rows = [msgspec.json.decode(line) for line in client.get("/api/marts/programme.jsonl").content.splitlines()]
    assert rows == table.to_pylist() and rows


def test_the_description_names_every_question(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert {f"/api/{name}" for name in QUESTIONS} <= set(told["paths"])
    parameters = {one["name"] for one in told["paths"]["/api/race"]["get"]["parameters"]}
    assert {"indication", "on", "clock", "view", "cursor", "limit"} <= parameters


def test_every_answer_is_guarded(client: TestClient) -> None:
    for address in ("/api/race?indication=hemophilia+B", "/api/marts/coverage.jsonl", "/api/nothing"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_nothing_can_be_written(client: TestClient) -> None:
    assert client.post("/api/race").status_code == 405
    assert client.delete("/api/marts").status_code == 405


def test_feeds_lead_to_the_words_and_to_the_order(client: TestClient) -> None:
    items = client.get("/feed.json").json()["items"]
    atom = etree.fromstring(client.get("/feed.atom").content)
    name = {"a": "http://www.w3.org/2005/Atom"}
    assert [item["id"] for item in items] == atom.xpath("a:entry/a:id/text()", namespaces=name)
    told = [item for item in items if item["tags"] == ["milestone"]]
    assert len(told) > 10 and all("/en/why?id=ev%3A" in item["url"] for item in told)
    days = [item["date_published"] for item in items]
    assert days == sorted(days, reverse=True) and len({item["id"] for item in items}) == len(items)


def test_the_feed_of_a_race_tells_who_overtook_whom(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_BACK", date.today() - date(2023, 10, 1))
    arena = {"indication": "sickle cell disease", "modality": "gene_therapy", "jurisdiction": "US"}
    items = client.get("/feed.json", params=arena).json()["items"]
    assert any("overtook" in item["title"] and item["tags"] == ["order"] for item in items)
    assert all("/en/changes?indication=sickle+cell+disease" in item["url"] for item in items)
    assert client.get("/feed.json", params={"colour": "red"}).status_code == 400
