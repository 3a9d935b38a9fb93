"""The documentation: links lead somewhere, decisions have their form, and the reference is complete and current."""

import re
import shlex
from pathlib import Path

import click
import pytest

import docs
import reference
from checkout import ROOT, project_files, shown
from frontrunner import vocab

PAGES = [path for path in project_files() if path.suffix == ".md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_the_index_lists_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    listed = {link.partition("#")[0] for link in _LINK.findall(index)} | {"README.md"}
    lists = ("reference/vocabularies/", "decisions/")
    assert {page for page in pages if not page.startswith(lists)} - listed == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=shown)
def test_a_decision_is_short_and_in_four_parts(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = [line for line in lines if line.startswith("#")]
    assert parts[0].startswith(f"# {path.name[:4]} ")
    assert re.fullmatch(r"Status: (proposed|accepted|superseded by \d{4}), \d{4}-\d{2}\.", lines[2])
    assert parts[1:] == ["## Context", "## Decision", "## Consequences"]
    assert len([line for line in lines if line]) <= 40


def test_the_reference_agrees_with_the_code() -> None:
    assert docs.stale(reference.pages(), docs.FOLDER) == []


@pytest.mark.parametrize("name", vocab.names())
def test_every_vocabulary_has_its_page_with_every_term(name: str) -> None:
    page = (docs.FOLDER / "vocabularies" / f"{name}.md").read_text(encoding="utf-8")
    assert [id for id in vocab.load(name).terms if f"| `{id}` |" not in page] == []


def shown_commands() -> list[str]:
    """Every command line of ours that a page written by hand shows, without its comment."""
    blocks = [block for page in PAGES if docs.FOLDER not in page.parents for block in _FENCE.findall(page.read_text())]
    lines = {line for block in blocks for line in block.splitlines() if line.startswith("frontrunner ")}
    return sorted(lines)


@pytest.mark.parametrize("line", shown_commands())
def test_a_command_that_a_page_shows_can_be_typed(line: str) -> None:
    """Its command exists and takes these options; nothing is run."""
    _, name, *arguments = shlex.split(line, comments=True)
    root = reference.root()
    context = click.Context(root, info_name="frontrunner")
    command = root.get_command(context, name)
    assert command is not None, name
    command.make_parser(click.Context(command, parent=context)).parse_args(arguments)


@pytest.mark.parametrize("command", reference.commands())
def test_every_command_has_its_section(command: str) -> None:
    page = (docs.FOLDER / "cli.md").read_text(encoding="utf-8")
    assert f"## frontrunner {command}\n" in page


def test_a_page_that_differs_is_missing_or_left_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("old")
    (tmp_path / "left.md").write_text("left")
    found = docs.stale({"old.md": "new", "gone/deep.md": "text"}, tmp_path)
    assert [line.rpartition(": ")[2] for line in found] == ["out of date", "missing", "nothing in the code makes it"]
    docs.write({"old.md": "new", "gone/deep.md": "text"}, tmp_path)
    assert docs.stale({"old.md": "new", "gone/deep.md": "text"}, tmp_path) == []
