"""Rules of standings on small records of our own: who is stopped, what a day holds, who is called the developer."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Race, Standing
from frontrunner.race.standings import race
from frontrunner.store.home import Home
from tests.studies import lines, study

Known = Callable[..., Snapshot]
ARENA = {"indication": "hemophilia B", "modality": "gene_therapy"}
ENDED = {"date": "2022-02-02", "type": "ACTUAL"}


@pytest.fixture
def known(tmp_path: Path) -> Known:
    """A snapshot of some studies."""

    def make(*records: dict[str, Any]) -> Snapshot:
        home = Home(tmp_path / "home")
        ingest(home, [lines(tmp_path / "studies.jsonl", *records)], today=date(2026, 1, 1))
        return Snapshot(home)

    return make


def only(answer: Race) -> Standing:
    """The one row."""
    (row,) = answer.standings
    return row


@pytest.mark.parametrize(
    ("others", "activity"),
    [
        ([{"status": "WITHDRAWN", "phases": ["PHASE2"]}], "active"),
        ([{"status": "TERMINATED", "phases": ["PHASE4"], "completion": ENDED}], "active"),
        ([{"status": "TERMINATED", "title": "Long-Term Follow-up of XYZ-101", "completion": ENDED}], "active"),
    ],
)
def test_a_running_study_keeps_a_programme_going(known: Known, others: list[dict[str, Any]], activity: str) -> None:
    records = [study(posted="2022-05-01"), *(study(nct=f"NCT9100000{n}", **other) for n, other in enumerate(others))]
    with known(*records) as snapshot:
        assert only(race(snapshot, asked(**ARENA, on="2022-06-01"))).activity == activity


def test_a_programme_whose_studies_all_ended_is_stopped(known: Known) -> None:
    ended = study(status="TERMINATED", completion=ENDED)
    with known(ended, study(nct="NCT91000001", status="WITHDRAWN", completion=ENDED)) as snapshot:
        before, after = (only(race(snapshot, asked(**ARENA, on=on))) for on in ("2021-06-01", "2022-06-01"))
    assert (before.activity, after.activity, after.rung, after.next) == ("active", "stopped", "phase_1_2", None)


def test_the_clock_then_names_the_sponsor_of_that_day(known: Known) -> None:
    first = study(posted="2020-02-03", sponsor={"name": "First Owner, Inc.", "class": "INDUSTRY"})
    later = study(posted="2021-02-03", sponsor={"name": "Later Owner GmbH", "class": "INDUSTRY"})
    with known(first, later) as snapshot:
        then = only(race(snapshot, asked(**ARENA, on="2020-06-01", clock="then")))
        now = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
    assert then.company is not None and then.company.name.startswith("First Owner")
    assert now.company is not None and now.company.name.startswith("Later Owner")


def test_a_first_tells_who_stood_higher_before_without_a_day_there(known: Known) -> None:
    early = study(phases=["PHASE3"], start={"date": "2015-01-01", "type": "ACTUAL"})
    late = study(nct="NCT91000001", phases=["PHASE2"], interventions=[{"type": "GENETIC", "name": "ABC-202"}])
    with known(early, late) as snapshot:
        firsts = race(snapshot, asked(**ARENA)).firsts
    assert [(first.rung, [one.programme for one in first.passed_by]) for first in firsts] == [
        ("pivotal", []),
        ("phase_2", ["XYZ-101 in hemophilia B"]),
    ]


DATES = st.one_of(
    st.dates(date(2015, 1, 1), date(2019, 12, 31)).map(date.isoformat),
    st.dates(date(2015, 1, 1), date(2019, 12, 31)).map(lambda day: day.isoformat()[:7]),
)
PHASES = st.sampled_from([["PHASE1"], ["PHASE1", "PHASE2"], ["PHASE2"], ["PHASE3"]])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(DATES, PHASES), min_size=2, max_size=9))
def test_places_follow_the_rule(tmp_path_factory: pytest.TempPathFactory, runners: list[tuple[str, list[str]]]) -> None:
    folder = tmp_path_factory.mktemp("places")
    records = [
        study(nct=f"NCT92{n:06d}", start={"date": start, "type": "ACTUAL"}, phases=phases,
              interventions=[{"type": "GENETIC", "name": f"ABC-{300 + n}"}])
        for n, (start, phases) in enumerate(runners)
    ]  # fmt: skip
    home = Home(folder / "home")
    ingest(home, [lines(folder / "studies.jsonl", *records)], today=date(2026, 1, 1))
    with Snapshot(home) as snapshot:
        rows = race(snapshot, asked(**ARENA, on="2021-01-01")).standings
    order = ["phase_1", "phase_1_2", "phase_2", "pivotal"]

    def ahead(one: Standing, other: Standing) -> bool:
        assert one.reached is not None and other.reached is not None
        higher = order.index(str(one.rung)) - order.index(str(other.rung))
        return higher > 0 or (higher == 0 and _last(one.reached.date) < _first(other.reached.date))

    assert len(rows) == len(runners)
    assert [row.place for row in rows] == sorted(row.place for row in rows)
    for row in rows:
        assert row.place == 1 + sum(ahead(other, row) for other in rows)
        assert row.tied == (sum(other.place == row.place for other in rows) > 1)
    for row, following in pairwise(rows):
        if row.lead and row.lead.low is not None and row.place != following.place:
            assert row.lead.low >= 0 or row.tied or following.tied


def _first(text: str) -> str:
    return (text + "-01")[:10]


def _last(text: str) -> str:
    return text if len(text) == 10 else text + "-31"
