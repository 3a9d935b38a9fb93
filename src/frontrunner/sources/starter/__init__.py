"""The starter ledger: facts of a few races, written for this project, so that a new home can answer at once.

Six tables of one layout (`reading.layout`). Every row names the one source it was taken from and the first day the
public could read it; no source's words are held, so a row is `cited` at best, and `unverified` where it rests on memory
(`verified` = `no`).
"""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw, Reading, Source
from frontrunner.reading import layout
from frontrunner.reading.containers import Container

SOURCE = Source(
    id="starter",
    title="Starter ledger",
    publisher="Frontrunner",
    homepage="",
    licence="facts with their sources named; the selection and wording under the licence of this project",
    attribution="Frontrunner starter ledger; each row names its source",
    authority="press",
    languages=("en", "zh"),
    sample="rows written for this project",
    editions=True,
)

#: the day up to which these tables were kept; raise it with every change of a row
EDITION = "2026-11-25"

PLACES: dict[str, str] = layout.places()

_TABLES = ("companies", "products", "names", "programmes", "milestones", "trials")

_HEAD = 4096


def bundled() -> list[Traversable]:
    """The packaged tables, in the order of the layout."""
    folder = resources.files(__package__)
    return [folder / f"{table}.csv" for table in _TABLES]


def recognise(name: str, head: bytes) -> bool:
    """Whether this is one of the packaged tables, unchanged: another table of the same layout is somebody else's."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return bool(head) and any(t.name == base and t.read_bytes()[: len(head)][:_HEAD] == head[:_HEAD] for t in bundled())


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of one table, each as a JSON object of its cells."""
    return layout.records(container)


def read(raw: bytes) -> Reading:
    """One row as its statement; raises BadRecord with the column as its place."""
    return layout.read(raw, as_of=EDITION)
