"""Changes of order: what made each, and that no day of change is missed."""

from datetime import date, timedelta

import pytest

from frontrunner.api import HomeHandle
from frontrunner.errors import UsageError
from frontrunner.race.answers import Changes, Move, Point, Track
from frontrunner.race.changes import changes
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.race.why import quotes
from frontrunner.store.home import Home

ARENA = {"indication": "hemophilia B", "modality": "gene_therapy"}
END = "2026-11-01"


@pytest.fixture(scope="module")
def us(starter: Snapshot) -> Changes:
    """The whole history of haemophilia B gene therapies in the US."""
    return changes(starter, asked(**ARENA, jurisdiction="US", on=END), None)


def moves(answer: Changes, day: str) -> list[Move]:
    """What moved on a day."""
    return [move for move in answer.moves if move.day == day]


def test_an_overtaking_with_the_milestone_that_made_it(us: Changes, starter: Snapshot) -> None:
    (move,) = moves(us, "2024-04-25")
    assert move.programme.startswith("fidanacogene") and move.kinds == ["rung"]
    assert (move.place_before, move.place) == (3, 2) and (move.rung_before, move.rung) == ("phase_1_2", "approved")
    assert [runner.programme.split(" in ")[0] for runner in move.overtook] == ["BAX 335"]
    assert [one.event for one in move.milestones] == ["approval"]
    (quote,) = quotes(starter, [move.milestones[0].evidence])
    assert quote.words == "2024-04-25"


def test_activity_changes_without_a_rung(us: Changes) -> None:
    (stop,), (revoked,) = moves(us, "2025-02-20"), moves(us, "2026-03-31")
    assert (stop.kinds, stop.activity_before, stop.activity) == (["activity"], "active", "stopped")
    assert (revoked.activity, revoked.place) == ("withdrawn_after_approval", 2)
    assert [one.event for one in revoked.milestones] == ["licence_revoked"]


@pytest.mark.parametrize(("most", "of"), [("MOST_DAYS", 3), ("MOST_ROWS", 100)])
def test_more_than_memory_holds_is_refused(
    starter: Snapshot, monkeypatch: pytest.MonkeyPatch, most: str, of: int
) -> None:
    monkeypatch.setattr(f"frontrunner.race.days.{most}", of)
    with pytest.raises(UsageError, match=r"days of change .*narrow the arena"):
        changes(starter, asked(**ARENA, jurisdiction="US", on=END), None)


def test_silence_says_so(us: Changes) -> None:
    (silent,) = moves(us, "2012-02-23")
    assert silent.activity == "silent" and silent.milestones == [] and silent.why == "no public sign for 24 months"


def test_who_led_when(us: Changes) -> None:
    led = [(one.since, one.first[0].programme.split(" in ")[0]) for one in us.leaders]
    assert led == [
        ("2010-02-22", "scAAV2/8-LP1-hFIXco"),
        ("2013-02-11", "BAX 335"),
        ("2018-07-24", "etranacogene dezaparvovec"),
    ]


def test_every_move_is_explained(us: Changes) -> None:
    assert all(move.milestones or move.why for move in us.moves)


def test_between_two_days(starter: Snapshot, us: Changes) -> None:
    since, until = date(2020, 1, 1), date(2024, 4, 25)
    part = changes(starter, asked(**ARENA, jurisdiction="US", on=until), since)
    assert part.moves == [move for move in us.moves if since.isoformat() < move.day <= until.isoformat()]
    assert part.leaders[0].since == since.isoformat() and len(part.leaders) == 1


def test_then_a_change_has_the_day_on_which_it_was_public(starter: Snapshot) -> None:
    answer = changes(starter, asked(**ARENA, jurisdiction="CN", on=END, clock="then"), None)
    assert [move.rung for move in moves(answer, "2022-01-05")] == ["pivotal"] and moves(answer, "2021-12-30") == []
    assert len(answer.leaders) == 1, "a new name is no new leader"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clock", "arena"), [("then", {"target": "CETP"}), ("now", {"indication": "sickle cell disease"})]
)
def test_no_day_of_change_is_missed(starter: Snapshot, clock: str, arena: dict[str, str]) -> None:
    """On days that were not asked, the standings are those of the day before."""
    answer = changes(starter, asked(**arena, on=END, clock=clock), date(2014, 1, 1))  # type: ignore[arg-type]
    for step in range(18):
        day = date(2014, 1, 10) + timedelta(days=251 * step)
        stood = race(starter, asked(**arena, on=day, clock=clock)).standings  # type: ignore[arg-type]
        held = [point for track in answer.tracks if (point := _on(track, day)) and point.place]
        shown = sorted((point.place, point.rung, point.activity) for point in held)
        assert shown == sorted((row.place, row.rung, row.activity) for row in stood if row.rung)


def _on(track: Track, day: date) -> Point | None:
    return next((point for point in reversed(track.points) if point.day <= day.isoformat()), None)


def test_the_door_takes_two_days(starter_home: Home, us: Changes) -> None:
    handle = HomeHandle(starter_home.path)
    part = handle.changes(**ARENA, jurisdiction="US", since="2024-04", until="2024-12-31")
    assert part.since == "2024-03-31", "a month begins on its first day"
    assert [move.day for move in part.moves] == ["2024-04-25"]
    with pytest.raises(UsageError, match="not before"):
        handle.changes(**ARENA, since="2024-01-01", until="2023")
    with pytest.raises(UsageError, match="--from"):
        handle.changes(**ARENA, since="yesterday")
