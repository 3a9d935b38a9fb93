"""The winners of the checked races come out of the files beside the checkout, with and without the starter ledger."""

from pathlib import Path

import pytest

from evaluation import milestones, races


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
