"""Approvals are not told worse than they were measured to be, from trials earlier than those asked of."""

from pathlib import Path

import pytest

from evaluation import approvals


@pytest.mark.slow
def test_better_than_the_rate_of_the_phase(shared_data: Path) -> None:
    """The level of the labels is lower among the asked than it ever was, so the chances lie above it."""
    trials = approvals.labelled(shared_data)
    learn, ask = approvals.parts(trials)
    assert max(trial.id for trial in learn) < min(trial.id for trial in ask)
    found = approvals.forecasts(trials)
    for model in ("both", approvals.CHOSEN):
        assert found.skill(model).value >= 0.06
        assert found.skill(model).low > 0
        assert found.ece(model) <= 0.08
