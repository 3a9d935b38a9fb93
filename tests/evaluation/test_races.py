"""The winners of the checked races come out of the files beside the checkout, with and without the starter ledger."""

from pathlib import Path

import pytest

from evaluation import homes, milestones, races, unseen_races
from frontrunner.model import PartialDate


@pytest.mark.slow
def test_every_winner_that_the_files_contain_wins(shared_data: Path) -> None:
    """The files hold the decisions of the EU and the US; of other places only the ledger tells."""
    answers = races.answers(shared_data, starter=False)
    assert {answer.jurisdiction for answer in answers if not answer.agrees} <= {"CA", "CN", "JP", "MO", "UK"}
    assert sum(answer.agrees for answer in answers) >= 16


@pytest.mark.slow
def test_every_winner_wins_with_the_starter_ledger(shared_data: Path) -> None:
    assert all(answer.agrees for answer in races.answers(shared_data, starter=True))


@pytest.mark.slow
def test_the_dates_of_the_checked_milestones_are_found(shared_data: Path) -> None:
    found = milestones.found(shared_data, starter=True)
    sure = [row for row in found if row.confidence == "high"]
    assert sum(row.agrees for row in sure) >= 0.95 * len(sure)


def test_the_list_of_unseen_races_is_whole() -> None:
    """Halves follow the hash, their queries are understood, a winner has a day, and nothing is listed twice."""
    rows = unseen_races.listed()
    halves = [row for row in rows if row.split != "fresh"]
    assert [row.race for row in halves if row.split != unseen_races.half(row)] == []
    assert len({(row.race, row.jurisdiction) for row in rows}) == len(rows) >= 300
    assert {row.jurisdiction for row in rows} >= {"CN", "EU", "JP", "UK", "US"}
    assert [row.race for row in halves if races.question(row.query).jurisdiction != row.jurisdiction] == []
    for row in rows:
        assert bool(row.order) == bool(row.first_date) and row.source
        assert not row.first_date or PartialDate(row.first_date).first


def test_the_list_of_unseen_races_repeats_no_checked_one(shared_data: Path) -> None:
    checked = {row["query"] for row in homes.gold(shared_data, "race_winners")}
    assert [row.race for row in unseen_races.listed() if row.query in checked] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("starter", "right"),
    [(False, {"dev": 62, "test": 59, "fresh": 95}), (True, {"dev": 83, "test": 92, "fresh": 127})],
)
def test_unseen_races_stay_right(shared_data: Path, starter: bool, right: dict[str, int]) -> None:
    found = [answer.won.split for answer in unseen_races.answers(shared_data, starter=starter) if answer.order]
    assert {split: found.count(split) for split in right if found.count(split) < right[split]} == {}
