"""The evidence: every document's bytes, kept once, before anything is made of them, and never changed.

A run (one ingest) is a folder of segments (`segments`: `bytes-*`, the documents themselves) and `sightings.parquet`
(when which document was seen and known). It appears by one rename and is complete from then on. The ledger can be
rebuilt from it alone.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from frontrunner.errors import HomeError
from frontrunner.model import Raw
from frontrunner.store import segments as stored
from frontrunner.store.home import Home, sync_folder

#: Documents of a segment are numbered in groups of so many.
ROW_GROUP = stored.FRAME

SIGHTING = pa.schema(
    [
        pa.field("doc", pa.uint64()),
        pa.field("source", pa.string()),
        pa.field("key", pa.string()),
        pa.field("known_on", pa.date32()),
        pa.field("known_basis", pa.string()),
        pa.field("as_of", pa.string()),
        pa.field("whole", pa.bool_()),
        pa.field("fetched_on", pa.date32()),
        pa.field("container", pa.string()),
        pa.field("place", pa.string()),
    ]
)


class Location(msgspec.Struct, frozen=True):
    """Where a document's bytes lie: run, segment, group of ROW_GROUP of its documents, row in the group."""

    run: int
    segment: str
    row_group: int
    row: int


def identity(canonical: bytes) -> bytes:
    """The SHA-256 of a document's canonical content."""
    return hashlib.sha256(canonical).digest()


def doc_id(digest: bytes) -> int:
    """The id that rows carry: the first 64 bits of the hash (its 16 hex digits stand in evidence ids)."""
    return int.from_bytes(digest[:8], "big")


def run_name(number: int) -> str:
    """The folder of a run."""
    return f"run-{number:06d}"


def runs(home: Home) -> list[int]:
    """The numbers of the complete runs, in order."""
    return sorted(int(folder.name[4:]) for folder in home.evidence.glob("run-[0-9]*"))


def commit_run(home: Home, staged: Path) -> int:
    """Make a staged folder the next run by one rename; returns its number."""
    number = max(runs(home), default=0) + 1
    sync_folder(staged)
    os.rename(staged, home.evidence / run_name(number))
    sync_folder(home.evidence)
    return number


def segments(home: Home, run: int) -> list[Path]:
    """The byte segments of a run, in order."""
    return sorted((home.evidence / run_name(run)).glob("bytes-*.parquet"))


def replay(home: Home, run: int) -> Iterator[tuple[str, str, list[Raw]]]:
    """The documents of a run as they were found: (source, container, records), a segment or less at a time."""
    found: dict[int, tuple[str, str]] = {}
    for segment in segments(home, run):
        found = found or _whereabouts(segment.parent / "sightings.parquet")
        gathered: dict[tuple[str, str], list[Raw]] = {}
        for one in stored.documents(segment):
            container, place = found[one.doc]
            gathered.setdefault((one.source, container), []).append(Raw(place, one.body))
        for (source, container), records in gathered.items():
            yield source, container, records


def _whereabouts(sightings: Path) -> dict[int, tuple[str, str]]:
    columns = pq.read_table(sightings, columns=["doc", "container", "place"]).to_pydict()
    return dict(zip(columns["doc"], zip(columns["container"], columns["place"], strict=True), strict=True))


def body(home: Home, location: Location) -> bytes:
    """The kept bytes of one document; raises HomeError when the evidence is gone."""
    path = home.evidence / run_name(location.run) / location.segment
    try:
        return stored.body(path, location.row_group * ROW_GROUP + location.row)
    except stored.DAMAGE as error:
        raise HomeError(f"{path}: the evidence cannot be read ({error}); restore it from a backup") from error


def gather_segments(staging: Path, folder: Path) -> None:
    """Move staged byte segments into a run's folder; a document that two batches kept stays in the first only."""
    seen: set[int] = set()
    for path in sorted(staging.glob("bytes-*.parquet")):
        docs = stored.docs(path)
        stored.move(path, folder, [doc not in seen for doc in docs])
        seen.update(docs)
