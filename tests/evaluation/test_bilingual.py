"""Chinese and English names of one company find each other, and no two companies become one."""

from pathlib import Path

import pytest

from evaluation import bilingual


@pytest.mark.slow
def test_sourced_pairs_and_their_look_alikes(shared_data: Path) -> None:
    right, missed, wrong = bilingual.score(shared_data)
    assert wrong == []
    assert len(right) / (len(right) + len(missed)) >= 0.98


@pytest.mark.parametrize(("half", "found"), [("dev", 14), ("test", 11)])
@pytest.mark.slow
def test_sponsors_drawn_from_registries(shared_data: Path, half: str, found: int) -> None:
    right, _, wrong = bilingual.drawn(shared_data)[half]
    assert wrong == []
    assert len(right) >= found
