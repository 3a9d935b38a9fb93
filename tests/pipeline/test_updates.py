"""A small update exchanges rows; what it leaves is what a whole build from the same evidence gives, table by table."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

import frontrunner
from frontrunner import marts
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot
from frontrunner.search import index, query
from frontrunner.sources import starter
from frontrunner.store.home import Home
from tests.studies import lines, study

TODAY = date(2026, 1, 1)
#: names of products, some of which only a later record joins; the last ones are curated or no names at all
NAMES = ("XYZ-101", "ABC-7", "Exampligene parvovec", "BBM-H901", "AAV8 factor IX gene", "CAR-T cells")
#: identities that an update brings up to date with the names and ids of touched records alone
IDENTITIES = ("sponsor", "product_key", "registration", "trial_indication")
SPONSORS = ("Example Gene Works, Inc.", "Other Example Hospital", "Belief BioMed", "Third Example Therapeutics Ltd")


def _tables(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    with Snapshot(home) as snapshot:
        run = snapshot.connection.execute
        return {table: run(f"select * from {table} order by all").fetchall() for table in (*marts.ORDER, *IDENTITIES)}


def _trials(home: Home) -> list[tuple[Any, ...]]:
    with Snapshot(home) as snapshot:
        return snapshot.connection.execute("select trial_id, overall_status from trial").fetchall()


def _found(home: Home) -> list[list[tuple[str, ...]]]:
    """What the index of names finds for names that come and go, in the order of what each is.

    Not where so many answer that a search gives some of them only: which of equals those are, no order says.
    """
    if not index.installed():
        return []
    search = frontrunner.open(home.path).search
    texts = (*NAMES, *SPONSORS, "Hemophilia B", "NCT90000001", "血友病B")
    hits = [search(text, kind=kind, limit=query.MOST).hits for text in texts for kind in query.KINDS]
    hits = [found for found in hits if len(found) < query.MOST]
    return [sorted((hit.kind, hit.id, hit.label, hit.matched, str(hit.programmes)) for hit in found) for found in hits]


def _built_whole(home: Home, folder: Path) -> Home:
    """A home that has nothing but the same evidence."""
    other = Home(folder)
    shutil.copytree(home.evidence, other.evidence)
    for one in (other, home):
        ingest(one, [lines(folder.parent / "nothing.jsonl", study(nct="nonsense"))], today=TODAY)
    return other


def _record(random: Random, day: date) -> dict[str, Any]:
    """A version of one of twelve studies: every part that a mart goes by may have changed."""
    given = random.sample(NAMES, 2)
    sponsor = {"name": random.choice(SPONSORS), "class": random.choice(["INDUSTRY", "OTHER"])}
    record = study(
        nct=f"NCT9000{random.randrange(12):04d}",
        posted=day.isoformat(),
        status=random.choice(["RECRUITING", "COMPLETED", "WITHDRAWN", "SUSPENDED"]),
        phases=random.choice([["PHASE1"], ["PHASE3"], ["NA"]]),
        sponsor=sponsor,
        conditions=random.sample(["Hemophilia B", "Hemophilia A", "Multiple Myeloma"], 2),
        interventions=[{"type": "GENETIC", "name": given[0], "otherNames": given[1:] * random.randrange(2)}],
        locations=[{"country": random.choice(["United States", "China", "France"])}],
    )
    identification = record["protocolSection"]["identificationModule"]
    if random.random() < 0.5:
        others = ("NCT9000{:04d}", "2020-00000{:1}-11", "2024-50000{:1}-10-0{:1}", "ChiCTR200000000{:1}", "no id {:1}")
        ids = [random.choice(others).format(*random.choices(range(4), k=2)) for _ in range(1 + random.randrange(2))]
        identification["secondaryIdInfos"] = [{"id": id} for id in ids]
    if random.random() < 0.3:  # a light record: what it lacks is carried over from the version before
        del record["hasResults"], record["protocolSection"]["contactsLocationsModule"]
    return record


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_updates_leave_what_a_whole_build_gives(tmp_path: Path, seed: int) -> None:
    random, home = Random(seed), Home(tmp_path / "home")
    if seed % 2:
        ingest(home, [Path(str(table)) for table in starter.bundled()], source="starter", today=TODAY)
    for number in range(5):
        day = date(2021, 1, 1) + timedelta(days=random.randrange(900))
        records = [_record(random, day) for _ in range(1 + random.randrange(6))]
        ingest(home, [lines(tmp_path / f"{number}.jsonl", *records)], today=TODAY)
    other = _built_whole(home, tmp_path / "whole")
    whole = _tables(other)
    for table, rows in _tables(home).items():
        assert rows == whole[table], table
    assert _found(home) == _found(other)


def test_the_rows_of_a_trial_that_was_not_touched_stay(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    ingest(home, [lines(tmp_path / "a.jsonl", study(), study(nct="NCT90000002"))], today=TODAY)
    with duckdb.connect(home.ledger) as ledger:
        ledger.execute("update trial set overall_status = 'MARKED'")
    ingest(home, [lines(tmp_path / "b.jsonl", study(posted="2021-01-01"))], today=TODAY)
    assert set(_trials(home)) == {("NCT90000001", "RECRUITING"), ("NCT90000002", "MARKED")}


@pytest.mark.parametrize("mart", ["programme_role", "programme"])
def test_what_an_older_edition_kept_as_another_kind_of_object_is_built_anew(tmp_path: Path, mart: str) -> None:
    home = Home(tmp_path / "home")
    ingest(home, [lines(tmp_path / "a.jsonl", study())], today=TODAY)
    before = _tables(home)
    view = mart in marts.VIEWS
    with duckdb.connect(home.ledger) as ledger:
        ledger.execute(f"drop {'view' if view else 'table'} {mart}")
        ledger.execute(f"create {'table' if view else 'view'} {mart} as select 1 as old")
        ledger.execute("update built set edition = 'older'")
    ingest(home, [lines(tmp_path / "b.jsonl", study(posted="2021-01-01"))], today=TODAY)
    assert _tables(home).keys() == before.keys()
    assert _tables(home)[mart] == before[mart]
