"""A file says what is in it."""

import ast

import pytest

from checkout import ROOT, project_files

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools", "base", "core"}


def names() -> set[str]:
    """The names of all folders and modules of the project, without suffixes."""
    paths = [path.relative_to(ROOT) for path in project_files() if path.suffix in {".py", ".sql", ".csv", ".md"}]
    return {part.partition(".")[0] for path in paths for part in path.parts}


def test_every_name_says_something() -> None:
    found = names()
    assert {"frontrunner", "model", "tests"} <= found
    words = {name: set(name.replace("-", "_").split("_")) for name in found}
    assert {name for name, parts in words.items() if parts & SAYS_NOTHING} == set()


@pytest.mark.parametrize("folder", ["src/frontrunner", "scripts", "tests/project"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    modules = sorted((ROOT / folder).rglob("*.py"))
    silent = [path.name for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_every_folder_with_modules_is_a_package() -> None:
    """Else import-linter and the search for sources pass it over in silence."""
    folders = {path.parent for path in (ROOT / "src" / "frontrunner").rglob("*.py")}
    assert len(folders) > 5
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []
