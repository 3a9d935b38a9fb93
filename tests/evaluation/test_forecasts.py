"""On registry files as they were, the forecast is better than the rates it starts from."""

from pathlib import Path

import pytest

from evaluation import forecasts

_RATES = "its rates alone: the product of the steps ahead"


@pytest.mark.slow
def test_the_main_score_beats_its_own_rates(shared_data: Path) -> None:
    """The two files with outcomes: for certain after two years; after five it is ahead, and by no more than chance."""
    soon, late = ({(one.measure, one.floor_is): one for one in forecasts.scores(shared_data, None, y)} for y in (2, 5))
    brier = soon["Brier score of approval", _RATES]
    assert brier.n >= 80
    assert brier.high is not None and brier.high < 0
    for measure, floor_is in (
        ("Brier score of approval", _RATES),
        ("log loss of who is first, nats", "everybody and nobody alike"),
    ):
        one = late[measure, floor_is]
        assert one.forecast is not None and one.floor is not None and one.forecast < one.floor
