"""The locked dependencies: all pinned and hashed, one version everywhere, and the code imports what is declared."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkout import ROOT

FILES = ["core.txt", "dev.txt", "bench.txt"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_PIN = re.compile(r"([a-z0-9][a-z0-9-]*)==([0-9][\w.]*)(?: ; (.+))?")


def pins(name: str) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """(package, marker) -> (version, hashes) of one requirements file; every line must be of that form."""
    text = (ROOT / "requirements" / name).read_text().replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        requirement, *hashes = [part.strip() for part in line.split("--hash=")]
        match = _PIN.fullmatch(requirement)
        assert match, f"requirements/{name}: not a pinned package: {requirement!r}"
        found[match[1], match[3] or ""] = (match[2], hashes)
    return found


def package(requirement: str) -> str:
    """The normal form of the name that a requirement begins with."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].replace("_", "-").replace(".", "-").lower()


def declared(*groups: list[str]) -> set[str]:
    return {package(requirement) for group in groups for requirement in group}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    found = pins(name)
    assert len(found) > 10
    for (dependency, _), (_, hashes) in found.items():
        assert hashes, dependency
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), dependency


@pytest.mark.parametrize(("smaller", "larger"), [("core.txt", "dev.txt"), ("dev.txt", "bench.txt")])
def test_a_package_has_one_version_in_every_file(smaller: str, larger: str) -> None:
    small, large = pins(smaller), pins(larger)
    assert {key: large[key] for key in small} == small


def test_the_locks_hold_what_the_project_declares() -> None:
    project, groups = PYPROJECT["project"], PYPROJECT["dependency-groups"]
    extras = list(project["optional-dependencies"].values())
    wanted = {
        "core.txt": declared(project["dependencies"], groups["build"], project["optional-dependencies"]["fast"]),
        "dev.txt": declared(project["dependencies"], groups["build"], groups["dev"], *extras),
        "bench.txt": declared(project["dependencies"], *groups.values(), *extras),
    }
    for name, packages in wanted.items():
        assert packages <= {dependency for dependency, _ in pins(name)}, name


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Top-level packages that a module imports, and whether it does so when it is itself imported."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(module):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        for name in names:
            yield name.partition(".")[0], node in module.body


def serves(path: Path) -> bool:
    """Whether a module is of a face that its command imports when it runs, once it has told what is not installed."""
    return path.relative_to(ROOT / "src" / "frontrunner").parts[:2] in {
        ("deliver", face) for face in ("web", "rest", "mcp")
    }


def test_the_package_imports_only_what_it_declares() -> None:
    """Core packages anywhere; packages of an extra only inside the function that needs them, or a face that serves."""
    core = declared(PYPROJECT["project"]["dependencies"])
    extras = declared(*PYPROJECT["project"]["optional-dependencies"].values())
    at_hand = sys.stdlib_module_names | {"frontrunner"}
    undeclared = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for name, at_import in imports(path)
        if name not in at_hand and package(name) not in (core if at_import and not serves(path) else core | extras)
    ]
    assert undeclared == []


def test_every_declared_package_is_imported() -> None:
    """A dependency that nothing uses is taken out of pyproject.toml."""
    used = {package(name) for path in (ROOT / "src").rglob("*.py") for name, _ in imports(path)}
    assert declared(PYPROJECT["project"]["dependencies"]) - used == set()
