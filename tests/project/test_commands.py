"""The commands that README.md promises, and the machine that checks every submission, are the Makefile's."""

import os
import re
import subprocess

import pytest

from checkout import ROOT

PROMISED = ["demo", "test", "check", "format", "docs", "bench", "evaluate", "lock", "clean"]


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the checkout without the variables of a make that runs us."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("target", PROMISED)
def test_the_target_exists_and_is_explained(target: str) -> None:
    assert make("--dry-run", target).returncode == 0
    assert f"make {target} " in make("help").stdout


def test_readme_names_the_two_commands_that_do_everything() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named <= set(PROMISED)


def test_the_submission_check_runs_the_same_commands() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert "set -euo pipefail" in lines
    assert os.access(script, os.X_OK)


def test_an_old_interpreter_is_refused_in_words(tmp_path: object) -> None:
    done = make("--silent", f"VENV={tmp_path}/venv", "PYTHON=false", f"{tmp_path}/venv/bin/python")
    assert done.returncode != 0
    assert "false is not Python 3.11 or newer" in done.stderr
