"""In a made-up world with known hazards the estimator finds them, and its forecasts of races are calibrated."""

import pytest

from evaluation import known_world


@pytest.mark.slow
def test_the_hazards_are_recovered_within_their_intervals() -> None:
    """Left truncation, right censoring, filings sent back, and six stops in ten that nobody announces."""
    found = known_world.recovered()
    assert found.held >= 0.92
    assert found.ratios.ravel().tolist() == pytest.approx([1.0] * 6, abs=0.12)


@pytest.mark.slow
def test_the_chance_to_be_first_is_calibrated_and_better_than_simple_rules() -> None:
    races = known_world.raced()
    found = known_world.calibration(races)
    assert len(races) == 1000
    assert found.ece <= 0.02
    assert found.slope == pytest.approx(1, abs=0.1)
    assert all(gain.low > 0 for gain in known_world.gains(races).values())
