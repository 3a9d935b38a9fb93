"""The evidence: every document's bytes, kept once, before anything is made of them, and never changed.

A run (one ingest) is a folder of Parquet segments, `bytes-*.parquet` (hash, source, key, media type, body; a few
dozen documents a row group, so that one document is read back cheaply) and `sightings.parquet` (when which document
was seen and known). It appears by one rename and is complete from then on. The ledger can be rebuilt from it alone.
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
from frontrunner.store.home import Home, sync_folder

#: Documents a row group: about a megabyte of registry records, read back in milliseconds.
ROW_GROUP = 64

DOCUMENT = pa.schema(
    [
        pa.field("doc", pa.uint64()),
        pa.field("hash", pa.binary(32)),
        pa.field("source", pa.string()),
        pa.field("key", pa.string()),
        pa.field("media_type", pa.string()),
        pa.field("size", pa.int64()),
        pa.field("body", pa.binary()),
    ]
)

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
    """Where a document's bytes lie: run, segment file, row group, row in the group."""

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


def write_segment(path: Path, documents: pa.Table) -> None:
    """Write the bytes of some documents (schema DOCUMENT), durable on return."""
    pq.write_table(
        documents,
        path,
        compression="zstd",
        row_group_size=ROW_GROUP,
        use_dictionary=["source", "media_type"],
        write_statistics=["doc"],
        write_page_checksum=True,
    )
    with open(path, "rb") as written:
        os.fsync(written.fileno())


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
        for row in pq.read_table(segment, columns=["doc", "source", "body"]).to_pylist():
            container, place = found[row["doc"]]
            gathered.setdefault((row["source"], container), []).append(Raw(place, row["body"]))
        for (source, container), records in gathered.items():
            yield source, container, records


def _whereabouts(sightings: Path) -> dict[int, tuple[str, str]]:
    columns = pq.read_table(sightings, columns=["doc", "container", "place"]).to_pydict()
    return dict(zip(columns["doc"], zip(columns["container"], columns["place"], strict=True), strict=True))


def body(home: Home, location: Location) -> bytes:
    """The kept bytes of one document; raises HomeError when the evidence is gone."""
    path = home.evidence / run_name(location.run) / location.segment
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            group = file.read_row_group(location.row_group, columns=["body"])
    except (OSError, pa.ArrowException) as error:
        raise HomeError(f"{path}: the evidence cannot be read ({error}); restore it from a backup") from error
    value: bytes = group.column("body")[location.row].as_py()
    return value


def gather_segments(staging: Path, folder: Path) -> None:
    """Move staged byte segments into a run's folder; a document that two batches kept stays in the first only."""
    seen: set[int] = set()
    for path in sorted(staging.glob("bytes-*.parquet")):
        docs = pq.read_table(path, columns=["doc"]).column("doc").to_pylist()
        fresh = [doc not in seen for doc in docs]
        if all(fresh):
            os.rename(path, folder / path.name)
        elif any(fresh):
            write_segment(folder / path.name, pq.read_table(path).filter(pa.array(fresh)))
        seen.update(docs)
