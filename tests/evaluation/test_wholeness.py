"""The checked races come out with their programmes whole."""

from pathlib import Path

import pytest

import frontrunner
from evaluation import wholeness
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot
from frontrunner.store.home import Home


@pytest.mark.slow
def test_no_programme_is_split_or_twice_and_no_trial_is_foreign(shared_data: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    ingest(home, [shared_data / "ctgov" / "transcribed"])
    frontrunner.open(tmp_path).add_starter()
    with Snapshot(home) as snapshot:
        rows = wholeness.score(shared_data, snapshot)
    assert [fault for row in rows for fault in row.wrong] == []
    assert sum(row.found for row in rows) >= 40
