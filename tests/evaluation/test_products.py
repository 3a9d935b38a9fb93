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
