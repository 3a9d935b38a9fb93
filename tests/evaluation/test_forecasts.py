"""On registry files as they were, the forecast is better than the rates it starts from."""

from pathlib import Path

import pytest

from evaluation import forecasts

_RATES = "its rates alone: the product of the steps ahead"


@pytest.mark.slow
def test_the_main_score_beats_its_own_rates(shared_data: Path) -> None:
    """The two files with outcomes, five years on: for certain; and who is first beats knowing nothing."""
    told = {(one.measure, one.floor_is): one for one in forecasts.scores(shared_data, None, 5)}
    brier = told["Brier score of approval", _RATES]
    assert brier.n >= 80
    assert brier.high is not None and brier.high < 0
    first = told["log loss of who is first, nats", "everybody and nobody alike"]
    assert first.high is not None and first.high < 0
    ece, slope = told["ECE in ten bins", None].forecast, told["calibration slope (aim .9 to 1.1)", None].forecast
    assert ece is not None and ece <= 0.1
    assert slope is not None and slope >= 0.7
