"""Your own tables: companies, products, names, programmes, milestones, trials, deals and prices (`reading.layout`).

A row is somebody's statement about a source, and never that source's own words: whatever authority it names, it is
`cited`, or `unverified` where it says `verified` = `no`. So whatever others have re-keyed from a regulator's documents
enters by this road. The starter ledger has the same layout; its own tables, unchanged, are taken for what they are.
"""

from collections.abc import Iterator

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw, Reading, Source
from frontrunner.reading import layout, table
from frontrunner.reading.containers import Container

SOURCE = Source(
    id="user",
    title="Your own tables",
    publisher="whoever keeps them",
    homepage="",
    licence="as their keeper says; each row names what it rests on",
    attribution="The keeper of the table; each row names its source",
    authority="memory",
    languages=("en", "zh"),
    sample="the layout documented here",
)

PLACES: dict[str, str] = layout.places()


def recognise(name: str, head: bytes) -> bool:
    """Whether a file has the header of one of the tables, in any order; its name does not matter."""
    return layout.table_of(table.header(head)) is not None


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of one table, or of each table in a zip, each as a JSON object of its cells."""
    return layout.records(container)


def read(raw: bytes) -> Reading:
    """One row as its statement; raises BadRecord with the column as its place."""
    return layout.read(raw)
