"""A user's own tables: what a row says enters the races, and never with more weight than a citation."""

import json
from datetime import date
from pathlib import Path

import pytest

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import BadRecord
from frontrunner.model import DealClaim, MilestoneClaim
from frontrunner.reading import layout
from frontrunner.sources import named, recognise
from frontrunner.store import snapshot
from frontrunner.store.home import Home

CITED = "citation,authority,known_on,known_basis,verified,note"
ROW = "EMA ATMP list of 2024-02 (copied by hand),regulator_table,2024-02-29,published"
TABLES = {
    "firms.csv": f"company,name,kind,country,{CITED}\norg:my-firm,My Firm,company,CN,{ROW},,\n"
    f"org:big-firm,Big Firm,company,US,{ROW},,\n",
    "drugs.csv": f"product,name,modality,target,{CITED}\nprod:my-1,MY-1,aav,F9,{ROW},,\n",
    "who.csv": f"programme,product,indication,company,role,{CITED}\n"
    f"prog:my-1/haemophilia-b,prod:my-1,MONDO:0010604,org:my-firm,developer,{ROW},,\n",
    "what.csv": f"fact,programme,event,jurisdiction,happened_on,{CITED}\n"
    f"my-1/approval,prog:my-1/haemophilia-b,approval,CN,2024-01,{ROW},,\n"
    f"my-1/start,prog:my-1/haemophilia-b,first_patient,CN,2022-05-03,from memory,memory,2022-06-01,published,no,\n",
    "deals.csv": f"deal,event,giver,taker,happened_on,programme,jurisdiction,upfront,total,currency,{CITED}\n"
    f"my-big,licence_deal,org:my-firm,org:big-firm,2023-07-04,prog:my-1/haemophilia-b,US,12000000,300500000,USD,{ROW},,\n",
    "prices.csv": f"product,jurisdiction,price,currency,basis,per,valid_from,{CITED}\n"
    f"prod:my-1,CN,1290000.50,CNY,list,treatment,2024-02,{ROW},,\n",
}


@pytest.fixture
def home(tmp_path: Path) -> HomeHandle:
    (tmp_path / "tables").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "tables" / name).write_text(text)
    handle = frontrunner.open(tmp_path / "home")
    report = handle.ingest(tmp_path / "tables")
    assert (report.read, report.problems, list(report.sources)) == (8, [], ["user"])
    return handle


def test_its_programmes_race(home: HomeHandle) -> None:
    (first,) = home.race("haemophilia B", jurisdiction="CN", on=date(2024, 6, 1)).standings
    assert (first.product.name, first.company.name, first.rung) == ("MY-1", "My Firm", "approved")
    assert first.reached is not None and first.reached.date == "2024-01"
    assert first.status == "cited", "whatever authority a row names, we do not hold its source's words"


def test_a_deal_over_a_programme_is_one_of_its_milestones(home: HomeHandle) -> None:
    told = {one.event: (one.date, one.status) for one in home.programme("MY-1").milestones}
    assert told["licence_deal"] == ("2023-07-04", "cited")
    assert told["first_patient"] == ("2022-05-03", "unverified")


def test_amounts_are_kept_as_numbers(home: HomeHandle) -> None:
    with snapshot.connect(Home(home.path)) as connection:
        assert connection.execute("select upfront, total, currency from deal_claim").fetchall() == [
            (12_000_000.0, 300_500_000.0, "USD")
        ]
        assert connection.execute("select price, basis, per from price_claim").fetchall() == [
            (1_290_000.5, "list", "treatment")
        ]


DEAL = dict.fromkeys(["programme", "upfront", "currency"], "") | {
    "table": "deals",
    "deal": "a-b",
    "event": "licence_deal",
    "giver": "org:a",
    "taker": "org:b",
    "happened_on": "2023-07",
    "citation": "a page",
    "authority": "press",
    "known_on": "2023-08-01",
    "known_basis": "published",
}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("upfront", "12"),
        ("upfront", "12 million"),
        ("total", "1,200,000"),
        ("total", "-5"),
        ("currency", "dollars"),
        ("event", "approval"),
        ("giver", "A Ltd"),
        ("happened_on", "2023-09"),
        ("jurisdiction", "America"),
    ],
)
def test_a_deal_that_is_not_plain_is_refused(column: str, text: str) -> None:
    with pytest.raises(BadRecord) as refused:
        layout.read(json.dumps(DEAL | {column: text}).encode())
    assert refused.value.place in (column, "currency", "known_on")


def test_a_deal_without_a_programme_is_a_deal_alone() -> None:
    (told,) = layout.read(json.dumps(DEAL).encode()).statements
    assert isinstance(told, DealClaim) and not isinstance(told, MilestoneClaim)


@pytest.mark.parametrize("name", layout.TABLES)
def test_a_table_is_recognised_by_its_header(name: str) -> None:
    header = ",".join(layout.columns(name)).encode() + b"\n"
    assert recognise("mine.csv", header) is named("user")
