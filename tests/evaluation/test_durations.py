"""How long trials last does not come to be told worse than it was measured."""

from pathlib import Path

import pytest

from evaluation import durations


@pytest.mark.slow
def test_better_than_the_duration_of_the_phase(shared_data: Path) -> None:
    """Learnt on starts of 2003-08, asked of starts of 2010-12, against the empirical distribution of each phase."""
    found = durations.scored(durations.labelled(shared_data))
    groups = durations.groups(found)
    floors = [round(float(found.floor[groups[f"phase {phase}"]].mean()), 1) for phase in durations.PHASES]
    assert floors == [1.5, 1.4, 1.5]
    assert found.gain(groups["all"]).high < 0
    assert found.skill(groups["with text"]) >= 0.10
    assert 0.76 <= found.held.mean() <= 0.84


def test_a_number_tells_its_year() -> None:
    assert durations.registered_in(4135300) == pytest.approx(2019.8, abs=0.3)  # NCT04135300, October 2019
    assert durations.registered_in(5203679) == pytest.approx(2022.05, abs=0.3)  # NCT05203679, January 2022
