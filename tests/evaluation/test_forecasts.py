"""On registry files as they were, the forecast is better than the rates it starts from."""

from pathlib import Path

import pytest

from evaluation import forecasts


@pytest.mark.slow
def test_the_main_score_beats_its_own_rates(shared_data: Path) -> None:
    """The two files with outcomes, five years on; who is first beats knowing nothing."""
    told = {(one.measure, one.floor_is): one for one in forecasts.scores(shared_data, None, 5)}
    brier = told["Brier score of approval", "its rates alone: the product of the steps ahead"]
    assert brier.n >= 80
    assert brier.forecast is not None and brier.floor is not None and brier.high is not None
    assert brier.forecast < brier.floor
    assert brier.high < 0
    first = told["log loss of who is first, nats", "everybody and nobody alike"]
    assert first.forecast is not None and first.floor is not None and first.forecast < first.floor
