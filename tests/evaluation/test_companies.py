"""Sponsor names do not come apart, nor run together, more than they were measured to."""

from pathlib import Path

import pytest

from evaluation import companies


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[companies.Row]:
    return companies.rows(shared_data)


@pytest.mark.parametrize(
    ("kind", "half", "precision", "recall"),
    [
        ("company", "test", 0.99, 0.86),
        ("company", "both", 0.985, 0.855),
        ("all", "test", 0.99, 0.765),
        ("all", "both", 0.983, 0.785),
    ],
)
@pytest.mark.slow
def test_by_name(rows: list[companies.Row], kind: str, half: str, precision: float, recall: float) -> None:
    score = companies.by_name([row for row in rows if kind in ("all", row.kind) and half in ("both", row.half)])
    assert score.precision >= precision
    assert score.recall >= recall


@pytest.mark.slow
def test_acquired_firms_are_found_by_their_owner(rows: list[companies.Row]) -> None:
    firms = [row for row in rows if row.kind == "company"]
    assert companies.by_parent(firms).recall >= 0.85
    assert companies.by_unverified_parent(firms).recall >= 0.92


def test_an_interval_holds_its_score(rows: list[companies.Row]) -> None:
    score = companies.by_name(rows[:200])
    assert score.precision_interval[0] <= score.precision <= score.precision_interval[1]
