"""The worked example uses nothing that was published after its day, and states the interval that its page states."""

from datetime import date

import numpy as np
import pytest

from evaluation import newdigs
from frontrunner.forecast import rates


def test_nothing_was_published_after_the_day() -> None:
    for one in newdigs.inputs().values():
        assert one.low <= one.high
        assert date.fromisoformat(one.published_on) < newdigs.AS_OF if one.published_on else one.source == "assumption"
    dated = {rate.id: rate.published_on.last for rate in rates.published()}
    used = newdigs.told(newdigs.inputs()).rates
    assert all(used.values())
    assert all(dated[id] < newdigs.AS_OF for ids in used.values() for id in ids)


def test_a_range_without_width_gives_whole_approvals_around_their_mean() -> None:
    given = {one.id: one._replace(high=one.low) for one in newdigs.inputs().values()}
    found = newdigs.told(given)
    mean = 3 + sum(found.programmes[rung][0] * p for rung, p in zip(newdigs.RUNGS, found.chances["all"], strict=True))
    assert np.unique(found.approved % 1).tolist() == [0]
    assert found.approved.mean() == pytest.approx(mean, rel=0.02)
