"""The TOP benchmark: no worse than was measured, and no better than can be true before the readout."""

from pathlib import Path

import pytest

from evaluation import benchmark_top


@pytest.mark.slow
def test_phase_1_is_told_as_well_as_the_best_that_was_measured(shared_data: Path) -> None:
    found = benchmark_top.phase_1(shared_data)
    assert found.lead("both").low > 0
    roc = found.roc("both")
    assert roc.high >= 0.65
    assert 0.63 <= roc.value <= 0.80


@pytest.mark.slow
def test_phase_3_is_not_told_worse_than_by_hint(shared_data: Path) -> None:
    found = benchmark_top.phase_3(shared_data)
    assert found.lead("both").high >= 0
    assert found.models["words"].shape == found.y.shape == (1146,)


def test_no_trial_is_read_with_its_status() -> None:
    """Of a terminated trial the status tells the outcome: what a trial is read as holds neither it nor the reason."""
    row = {
        "nctid": "NCT00000001",
        "status": "terminated",
        "why_stop": "futility",
        "label": "0",
        "phase": "phase 1",
        "diseases": "['haemophilia b']",
        "icdcodes": "[\"['D67', 'D66.1']\"]",
        "drugs": "['placebo', 'factor ix']",
        "smiless": "[]",
        "criteria": "Inclusion: adults.",
    }
    trial = benchmark_top._trial(row)
    assert trial.text == "placebo factor ix haemophilia b icd-D66 icd-D67 Inclusion: adults."
    assert trial == benchmark_top._trial({**row, "status": "completed", "why_stop": ""})
