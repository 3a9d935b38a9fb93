"""Approvals are not told worse than they were measured to be, from trials earlier than those asked of."""

from pathlib import Path

import pytest

from evaluation import approvals


@pytest.mark.slow
def test_better_than_the_rate_of_the_phase(shared_data: Path) -> None:
    trials = approvals.labelled(shared_data)
    learn, ask = approvals.parts(trials)
    assert learn.trials[-1].id < ask.trials[0].id
    found = approvals.forecasts(trials)
    assert found.skill("both").value >= 0.06
    assert found.skill("both").low > 0
    assert found.ece("both") <= 0.06
    assert found.skill("both, calibrated").value >= 0.06
    assert found.ece("both, calibrated") <= 0.065
