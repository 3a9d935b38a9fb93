"""Write docs/reference from the code, or with `--check` say which pages no longer agree with it.

`python scripts/docs.py` rewrites every page under docs/reference; `--check` changes nothing and exits 1 where a page
is out of date, missing, or left over from something that is gone.
"""

import sys
from pathlib import Path

import reference
from checkout import ROOT, shown

FOLDER = ROOT / "docs" / "reference"


def stale(pages: dict[str, str], folder: Path) -> list[str]:
    """One line for every page of `folder` that is not what `pages` (path -> text) says."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    changed = [name for name, text in pages.items() if name in there and there[name].read_text("utf-8") != text]
    return [
        *(f"{shown(folder / name)}: out of date" for name in changed),
        *(f"{shown(folder / name)}: missing" for name in pages.keys() - there.keys()),
        *(f"{shown(folder / name)}: nothing in the code makes it" for name in there.keys() - pages.keys()),
    ]


def write(pages: dict[str, str], folder: Path) -> None:
    """Make `folder` hold exactly these pages."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write, or check when asked to."""
    pages = reference.pages()
    if "--check" not in arguments:
        write(pages, FOLDER)
        print(f"docs: {len(pages)} pages written to {shown(FOLDER)}")
        return 0
    found = sorted(stale(pages, FOLDER))
    for line in [*found, "run `make docs`"] if found else [f"docs: {len(pages)} reference pages agree with the code"]:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
