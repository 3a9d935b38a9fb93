"""Importing the package is cheap, and an import against the road is found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import ROOT

HEAVY = {"duckdb", "pyarrow", "numpy", "polars", "lxml", "rich", "click"}
STAGES = ["deliver", "race", "forecast", "marts", "resolve", "sources", "reading", "store", "vocab"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter with the project's own contracts on the package found in `folder`."""
    program = "from importlinter.cli import lint_imports_command as run; run()"
    command = [sys.executable, "-c", program, "--no-cache", "--no-logo", "--config", str(ROOT / ".importlinter")]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """An empty package with every stage of the real one."""
    for stage in ["", *STAGES]:
        folder = tmp_path / "frontrunner" / stage
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text("")
    for module in [
        "api",
        "pipeline",
        "batching",
        "intake",
        "runner",
        "edition",
        "model",
        "errors",
        "__main__",
        "sources/one",
        "sources/two",
    ]:
        (tmp_path / "frontrunner" / f"{module}.py").write_text("")
    for face in ["demo", "cli", "web", "rest", "page", "views"]:
        (tmp_path / "frontrunner" / "deliver" / f"{face}.py").write_text("")
    return tmp_path


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = f"import sys, frontrunner; print(sorted({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_empty_road_is_in_order(package: Path) -> None:
    done = lint(package)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("store/__init__.py", "from frontrunner import race"),
        ("race/__init__.py", "from frontrunner import forecast"),
        ("model.py", "from frontrunner import errors"),
        ("sources/one.py", "import duckdb"),
        ("sources/__init__.py", "import duckdb"),
        ("sources/one.py", "from frontrunner.store import anything"),
        ("sources/one.py", "from frontrunner.sources import two"),
        ("deliver/web.py", "from frontrunner.deliver import rest"),
        ("deliver/page.py", "from frontrunner.deliver import cli"),
        ("reading/__init__.py", "import frontrunner.deliver"),
        ("deliver/views.py", "from frontrunner.deliver import page"),
        ("pipeline.py", "from frontrunner import api"),
        ("vocab/__init__.py", "import frontrunner"),
        ("unplaced.py", ""),
    ],
)
def test_an_import_against_the_road_is_found(package: Path, module: str, line: str) -> None:
    (package / "frontrunner" / "__init__.py").write_text("def open():\n    from frontrunner import api\n")
    (package / "frontrunner" / module).write_text(line + "\n")
    done = lint(package)
    assert done.returncode != 0, done.stdout
