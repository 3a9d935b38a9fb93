"""What a home remembers of its visits to a source: `fetched/<source>/state.json` beside the tapes.

It may be deleted: the next visit then asks for everything.
"""

import os
from datetime import date, datetime
from pathlib import Path

import msgspec

from frontrunner.errors import HomeError

FOLDER = "fetched"
_FILE = "state.json"


class Complete(msgspec.Struct, frozen=True, kw_only=True):
    """A visit whose every document was read: since when changes were asked for, when it began, its count and tape."""

    since: date | None
    begun: datetime
    records: int | None
    tape: str


class State(msgspec.Struct, frozen=True, kw_only=True):
    """`last` is the newest complete visit and `whole` the newest that asked for everything.

    `open` is the tape of a visit that was begun and not finished; `validators` are those of `last`, by address.
    """

    last: Complete | None = None
    whole: Complete | None = None
    open: str | None = None
    validators: dict[str, dict[str, str]] = {}


def load(home: Path, source: str) -> State:
    """The state of a source in a home; an empty one where it was never visited. Raises HomeError."""
    path = home / FOLDER / source / _FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except (OSError, msgspec.MsgspecError) as error:
        raise HomeError(f"{path}: cannot be read ({error}); delete it, the next sync asks for everything") from error


def save(home: Path, source: str, state: State) -> None:
    """Replace the state in one step."""
    path = home / FOLDER / source / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(state)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
