"""The labels of how products are given do not get worse than they were measured to be."""

from pathlib import Path

import pytest

from evaluation import delivery


@pytest.mark.parametrize("field", delivery.FIELDS)
def test_what_is_told_is_right(shared_data: Path, field: str) -> None:
    counts = delivery.score(shared_data)[field]
    told = counts["right"] + counts["in part"] + counts["wrong"]
    assert sum(counts.values()) == 100
    assert counts["right"] >= 0.95 * told and counts["missed"] <= 2
