"""The names of the checked races reach their products, and no two products become one."""

from pathlib import Path

import pytest

import frontrunner
from evaluation import products
from frontrunner.pipeline import ingest
from frontrunner.store.home import Home


@pytest.mark.slow
def test_names_reach_their_products_and_none_are_merged(shared_data: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    ingest(home, [shared_data / "ctgov" / "transcribed"])
    frontrunner.open(tmp_path).add_starter()
    keys = products.product_keys(home)
    rows = products.score(shared_data, keys)
    assert products.reach(rows) >= 0.97
    assert products.merged(rows) == []
    assert products.joined_inns(keys) == []


@pytest.mark.slow
def test_names_that_were_judged_different_stay_apart(shared_data: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    files = ("fda/purplebook_2025-05.csv", "ema/medicines_2025-03-20.csv", "ctgov/v2_history")
    ingest(home, [shared_data / name for name in files])
    keys = products.product_keys(home)
    told = [one for one in products.judged() if one.left in keys and one.right in keys]
    assert len(told) > 30
    assert [one for one in told if one.verdict == "different" and not one.agrees(keys)] == []
