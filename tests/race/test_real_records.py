"""The arenas of the mission on real registry records; skipped where the records are not beside the checkout."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.race.status import status
from frontrunner.race.trials import trial
from frontrunner.race.why import quotes
from frontrunner.store.home import Home

ARENAS = (
    "hemophilia B",
    "hemophilia A",
    "sickle cell disease",
    "LHON",
    "inherited retinal dystrophy",
    "multiple myeloma",
)


@pytest.fixture(scope="module")
def records(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A home of the transcribed records alone: no starter rows."""
    home = Home(tmp_path_factory.mktemp("transcribed"))
    report = ingest(home, [shared_data / "ctgov" / "transcribed"])
    assert (report.read, report.quarantined, report.skipped) == (193, 0, 0)
    with Snapshot(home) as snapshot:
        yield snapshot


def test_two_versions_of_one_trial_give_two_answers(records: Snapshot) -> None:
    """SPK-9001: the start was revised between the two downloads."""
    on = date(2019, 1, 1)
    then, now = (trial(records, "NCT02484092", on, clock) for clock in ("then", "now"))
    assert (then.record["startDate"], then.record["leadSponsorName"]) == ("2015-09", "Spark Therapeutics")
    assert (now.record["startDate"], now.record["leadSponsorName"]) == ("2015-11-18", "Pfizer")
    assert now.record["countries"] == ["Australia", "Canada", "United States"], (
        "page one lists two: the rest is unknown"
    )
    for clock, reached in (("then", "2015-09"), ("now", "2015-11-18")):
        rows = race(records, asked("hemophilia B", modality="gene_therapy", on=on, clock=clock)).standings
        (row,) = [row for row in rows if "NCT02484092" in row.trials]
        assert row.reached is not None and row.reached.date == reached


def test_every_standing_walks_back_to_words(records: Snapshot) -> None:
    walked = 0
    for arena in ARENAS:
        for clock in ("now", "then"):
            answer = race(records, asked(arena, lane="all", clock=clock, on="2021-01-01"))
            for row in answer.standings:
                for quote in quotes(records, row.evidence):
                    assert quote.source == "ctgov" and quote.known_on
                    if row.reached:
                        assert quote.words == row.reached.date
                    walked += 1
    assert walked > 60


def test_an_anticipated_start_is_not_reached(records: Snapshot) -> None:
    """NCT04281485 was to start on 2020-07-16 when last read: from files alone PF-06939926 has no pivotal rung."""
    rows = race(records, asked("Duchenne muscular dystrophy", modality="gene_therapy", on="2026-01-01")).standings
    assert all(row.rung != "pivotal" for row in rows if "NCT04281485" in row.trials)


def test_no_registry_record_proves_an_approval(records: Snapshot) -> None:
    rungs = {row[0] for row in records.connection.execute("select distinct rung from milestone").fetchall()}
    assert rungs <= {None, "phase_1", "phase_1_2", "phase_2", "pivotal"}


def test_status_adds_up(records: Snapshot) -> None:
    (source,) = status(records).sources
    assert source.records_seen == source.read + source.quarantined + source.skipped == 193
    assert source.versions == 193
