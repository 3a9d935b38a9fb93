"""No file says where it was made. The planted lines are put together here so that this file itself stays clean."""

from pathlib import Path

import pytest

import addresses
from checkout import project_files

SLASH, AT, DOT = "/", "@", "."

GIVEN_AWAY = [
    f"see {SLASH}work/main/notes.txt",
    f'open("{SLASH}tmp/out.json")',
    f"cd {SLASH}home/someone/src",
    f"cd {SLASH}Users/someone/src",
    f"--index-url https://py{''}pi{DOT}org/simple",
    f"https://files.python{''}hosted{DOT}org/packages/a.whl",
    f"https://registry.npm{''}js{DOT}org/x",
    f"write to someone{AT}company{DOT}com",
]
HARMLESS = [
    "ev:0123456789abcdef@protocolSection.statusModule.startDateStruct.date",
    "ev:0123456789abcdef@/clinical_study/start_date",
    "https://clinicaltrials.gov/study/NCT05203679",
    "an address for the docs: reader@example.com",
    "../shared/data/work/item.json",
    "$HOME/.frontrunner and /usr/bin/env",
    "and/or, work/life, a root/leaf",
]


def test_no_file_of_the_project_names_a_machine_a_registry_or_a_person() -> None:
    files = project_files()
    assert len(files) > 20
    assert [find for path in files for find in addresses.finds(path)] == []


@pytest.mark.parametrize("line", GIVEN_AWAY)
def test_a_planted_address_is_found_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"first\n{line}\n")
    found = list(addresses.finds(path))
    assert len(found) >= 1
    assert all(":2: " in find for find in found)


@pytest.mark.parametrize("line", HARMLESS)
def test_what_only_looks_like_an_address_is_left_alone(tmp_path: Path, line: str) -> None:
    path = tmp_path / "note.md"
    path.write_text(line)
    assert list(addresses.finds(path)) == []


@pytest.mark.parametrize(
    "line", ["-i https://mirror.example/simple", "--extra-index-url x", "--find-links wheels", "pkg @ file:///x"]
)
@pytest.mark.parametrize("name", ["requirements/core.txt", "uv.lock", "package-lock.json"])
def test_a_lock_file_names_no_place_to_fetch_from(tmp_path: Path, name: str, line: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + "\n")
    assert list(addresses.finds(path)) != []


def test_a_file_that_is_not_text_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\xff" + f"{SLASH}work/main".encode())
    assert list(addresses.finds(path)) == []
