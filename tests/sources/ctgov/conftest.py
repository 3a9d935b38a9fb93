"""Saved pages of every form, written for these tests, and what must be read from them."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Trial
from frontrunner.reading.containers import Container
from frontrunner.sources import ctgov

PAGES = Path(__file__).parent / "pages"


def container(path: Path) -> Container:
    """A file as a container."""
    return Container(path, path.name)


def raws(path: Path) -> list[Raw]:
    """The records of a file, all of which can be read as bytes."""
    found = list(ctgov.records(container(path)))
    assert not any(isinstance(item, UnreadableInput) for item in found), found
    return [item for item in found if isinstance(item, Raw)]


def trial(reading: Reading) -> Trial:
    """The one statement of a reading."""
    (statement,) = reading.statements
    assert isinstance(statement, Trial)
    return statement


def told(raw: Raw) -> dict[str, object]:
    """What one record says, as a page's `.rows.json` has it: the columns that say something, or why it is refused."""
    try:
        reading = ctgov.read(raw.body)
    except BadRecord as error:
        return {"place": raw.place, "refused": {"place": error.place, "why": error.why}}
    row = msgspec.to_builtins(trial(reading))
    return {
        "place": raw.place,
        "dataDay": raw.as_of,
        "key": reading.key,
        "knownOn": reading.known_on,
        "knownBasis": reading.known_basis,
        "asOf": reading.as_of,
        "whole": reading.whole,
        "mediaType": reading.media_type,
        "trial": {column: value for column, value in row.items() if value not in (None, [])},
    }


@pytest.fixture
def study() -> dict[str, object]:
    """The whole v2 study of the saved page, to be changed at will."""
    found: dict[str, object] = msgspec.json.decode((PAGES / "v2_study.json").read_bytes())
    return found
