"""The firsts ledger: the known firsts of the starter ledger, agreement with the standings, and earlier answers."""

from datetime import date

import pytest

from frontrunner.api import HomeHandle
from frontrunner.race.answers import FirstOf, Firsts, Podium
from frontrunner.race.ledger import ledger
from frontrunner.race.question import Question, Snapshot, asked
from frontrunner.race.runners import programmes
from frontrunner.race.steps import steps
from frontrunner.race.why import quotes
from frontrunner.store.home import Home

GENE_THERAPY = {"modality": "gene_therapy"}


def one(answer: Firsts, milestone: str, jurisdiction: str | None, phase: str | None = None) -> FirstOf:
    """The row of a milestone in a place."""
    key = (milestone, jurisdiction, phase)
    (row,) = [row for row in answer.firsts if (row.milestone, row.jurisdiction, row.phase) == key]
    return row


def on_day(history: list[Podium], day: date) -> Podium | None:
    """What the answer was on a day."""
    return next((podium for podium in reversed(history) if podium.since <= day.isoformat()), None)


def test_haemophilia_b_by_place(starter: Snapshot) -> None:
    answer = ledger(starter, asked("hemophilia B", **GENE_THERAPY, on="2026-01-01"))
    us = one(answer, "approved", "US")
    assert (us.rung, us.date, us.gap_low, us.gap_high, us.tied) == ("approved", "2022-11-22", 520, 520, [])
    assert us.programme.startswith("etranacogene") and us.runner_up is not None
    assert us.runner_up.programme.startswith("fidanacogene") and us.runner_up_date == "2024-04-25"
    assert one(answer, "approved", "CN").programme.startswith("dalnacogene")
    assert one(answer, "orphan_designation", "US").rung is None


def test_a_tie_names_the_other(starter: Snapshot) -> None:
    answer = ledger(starter, asked("sickle cell disease", **GENE_THERAPY, jurisdiction="US"))
    row = one(answer, "approved", "US")
    assert {row.programme.split()[0], row.tied[0].programme.split()[0]} == {"lovotibeglogene", "exagamglogene"}
    assert (row.gap_low, row.gap_high) == (0, 0) and len(row.evidence) == 2


def test_the_answer_was_another_one_before_more_was_public(starter: Snapshot) -> None:
    answer = ledger(starter, asked("sickle cell disease", **GENE_THERAPY, jurisdiction="US"))
    told = [(podium.since, podium.first[0].programme.split()[0]) for podium in one(answer, "phase_1_2", "US").history]
    assert told == [("2019-07-31", "exagamglogene"), ("2020-07-28", "BIVV003")]


def test_who_stood_higher_before_without_a_day_is_named(starter: Snapshot) -> None:
    answer = ledger(starter, asked("hemophilia B", **GENE_THERAPY))
    row = one(answer, "ind_cleared", None)
    assert "BAX 335 in hemophilia B" in [runner.programme for runner in row.passed_by]
    assert one(answer, "ind_cleared", "CN").passed_by == []


@pytest.mark.parametrize("clock", ["now", "then"])
@pytest.mark.parametrize("on", ["2018-12-25", "2020-06-01", "2026-01-01"])
@pytest.mark.parametrize("jurisdiction", [None, "CN", "UK"])
def test_rungs_are_those_of_the_standings(starter: Snapshot, clock: str, on: str, jurisdiction: str | None) -> None:
    """Two SELECTs choose among statements: they must choose alike."""
    question = Question(lane="all", jurisdiction=jurisdiction, on=date.fromisoformat(on), clock=clock)
    stood = {
        (programme.id, reach.rung): (
            *(reach.happened, reach.earliest, reach.latest, reach.certain, reach.evidence, reach.status, reach.because),
        )
        for programme in programmes(starter, question)[0]
        for reach in programme.reaches
    }
    found = {
        (step.programme, step.milestone): (
            *(step.happened, step.earliest, step.latest, step.certain, step.evidence, step.status, step.because),
        )
        for step in steps(starter, question, wanted=list(_rungs()))
    }
    assert found == stood and found


def _rungs() -> list[str]:
    from frontrunner import vocab

    return list(vocab.load("rung").terms)


@pytest.mark.parametrize("arena", [{"target": "PDCD1", "jurisdiction": "CN"}, {"indication": "LHON"}])
def test_the_history_is_what_the_ledger_said_on_each_day(starter: Snapshot, arena: dict[str, str]) -> None:
    today = ledger(starter, asked(**arena, on="2026-01-01", clock="then"))  # type: ignore[arg-type]
    for day in (date(2018, 12, 25), date(2021, 7, 1), date(2023, 1, 1)):
        then = ledger(starter, asked(**arena, on=day, clock="then"))  # type: ignore[arg-type]
        said = {(row.milestone, row.phase, row.jurisdiction): row for row in then.firsts}
        for row in today.firsts:
            podium, old = on_day(row.history, day), said.get((row.milestone, row.phase, row.jurisdiction))
            first = {runner.id for runner in podium.first} if podium else set()
            assert first == ({old.id, *(runner.id for runner in old.tied)} if old else set())
            assert (podium.date if podium else None) == (old.date if old else None)


def test_every_first_walks_back_to_words(starter: Snapshot) -> None:
    answer = ledger(starter, Question(lane="all", on=date(2026, 1, 1)))
    ids = [id for row in answer.firsts for id in row.evidence]
    assert len(ids) > 50
    for quote in quotes(starter, ids):
        assert quote.words and quote.citation


def test_the_door_asks_the_same(starter_home: Home, starter: Snapshot) -> None:
    handle = HomeHandle(starter_home.path)
    assert handle.firsts("LHON", on="2024-01-01") == ledger(starter, asked("LHON", on="2024-01-01"))
