"""The page of a race: one HTML file that needs no network and no script."""

from collections.abc import Sequence
from pathlib import Path

from frontrunner.race.results import ProgrammeDossier, Race


def write(path: Path, race: Race, programmes: Sequence[ProgrammeDossier]) -> Path:
    """Write the page of a race to `path` and return its absolute path."""
    path.write_text("", encoding="utf-8")
    return path.absolute()
