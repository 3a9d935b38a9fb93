"""The table of an update: what is in it comes from a run of the whole, and the home that was given is as it was."""

from pathlib import Path

import pytest

import frontrunner
from bench import updating
from tests.studies import lines, study


def test_an_update_is_timed_on_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = frontrunner.open(tmp_path / "home")
    home.ingest(lines(tmp_path / "a.jsonl", study()))
    held = home.status()
    later = lines(tmp_path / "b.jsonl", study(posted="2021-01-01"))
    assert updating.main([str(home.path), str(later)]) == 0
    told = capsys.readouterr().out
    assert "1 records of b.jsonl" in told
    assert {f"{module.__name__.removeprefix('frontrunner.')}.{name}" for module, name in updating.STAGES} == {
        line.split("`")[1] for line in told.splitlines() if "`" in line
    }
    assert home.status() == held
    assert {path.name for path in tmp_path.iterdir()} == {"home", "a.jsonl", "b.jsonl"}


def test_the_first_of_a_home_is_timed_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = lines(tmp_path / "a.jsonl", study())
    assert updating.main([str(tmp_path / "none"), str(first)]) == 0
    assert "1 records of a.jsonl" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl"}
