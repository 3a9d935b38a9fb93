"""`frontrunner judge`: one key a pair, undo, and judgements without a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import frontrunner
from frontrunner.deliver.cli.judge import decisions
from frontrunner.race.doubts import Doubt, Side


def doubt(left: str, right: str) -> Doubt:
    sides = [Side(f"org:{name}", name, "company", None, None, [name], 1, 1) for name in (left, right)]
    return Doubt(sides[0], sides[1], 1, ["alike"])


DOUBTS = [doubt("a", "b"), doubt("c", "d"), doubt("e", "f")]


@pytest.mark.parametrize(
    ("pressed", "verdicts"),
    [
        ("ynuq", ["same", "different", "unsure"]),
        ("ynuzsx", ["same", "different"]),
        ("yq", ["same"]),
        ("xsYq", ["same"]),
        ("yznnq", ["different", "different"]),
        ("zzq", []),
    ],
)
def test_one_key_decides_and_z_takes_back(pressed: str, verdicts: list[str]) -> None:
    keys: Iterator[str] = iter(pressed)
    noted: list[list[str]] = []
    decided = decisions(
        DOUBTS, "me", lambda: next(keys), lambda at: None, lambda made: noted.append([one.verdict for one in made])
    )
    assert [one.verdict for one in decided] == verdicts
    assert noted[-1:] in ([], [verdicts])


def test_what_was_decided_before_an_interrupt_is_kept() -> None:
    def key() -> Iterator[str]:
        yield "y"
        raise KeyboardInterrupt

    keys = key()
    assert len(decisions(DOUBTS, "me", lambda: next(keys), lambda at: None, lambda made: None)) == 1


def test_without_a_terminal_it_says_what_to_do(starter_home: HomeHandle) -> None:
    done = CliRunner().invoke(frontrunner, ["--home", str(starter_home.path), "judge"])
    assert done.exit_code == 2
    assert "--list" in done.stderr
    half = CliRunner().invoke(frontrunner, ["--home", str(starter_home.path), "judge", "--left", "org:pfizer"])
    assert half.exit_code == 2
    assert "--because" in half.stderr


def test_the_list_and_an_export_of_nothing(starter_home: HomeHandle, tmp_path: Path) -> None:
    listed = CliRunner().invoke(frontrunner, ["--home", str(starter_home.path), "judge", "--list"])
    assert listed.exit_code == 0
    assert "Judgements" in listed.stdout
    file = tmp_path / "judgements.jsonl"
    written = CliRunner().invoke(frontrunner, ["--home", str(starter_home.path), "judge", "--export", str(file)])
    assert (written.exit_code, file.read_bytes()) == (0, b"")
