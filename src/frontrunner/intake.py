"""What is done with one batch of records, in whichever process: keep the bytes, read them, label what was read.

Pure but for the files it leaves in the staging folder: no clock, no network, no ledger. The same function reads a
batch fresh from a publisher's file and one replayed from the evidence.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from frontrunner import sources
from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import STATEMENTS, Raw, Reading
from frontrunner.reading.containers import Container
from frontrunner.resolve import labels
from frontrunner.store import columns, evidence

QUARANTINE = pa.schema(
    [
        pa.field("doc", pa.uint64()),
        pa.field("source", pa.string()),
        pa.field("container", pa.string()),
        pa.field("place", pa.string()),
        pa.field("why", pa.string()),
    ]
)

#: every table that a batch fills, beside sightings and quarantine
TABLES = {table: columns.schema(statement) for statement, table in STATEMENTS.items()} | {
    table: columns.schema(statement) for statement, table in labels.TABLES.items()
}


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some records of one container of one source: given (`records`), or a part of an archive to read (`part`).

    `number` names the staged files.
    `known` is a Parquet file of the ids of kept documents, or null when their rows are wanted again (a replay).
    `known_on` overrides the day for records that do not say it (basis `fetched`).
    """

    number: int
    source: str
    container: str
    records: list[Raw] = []
    part: Container | None = None
    fetched_on: date
    known_on: date | None
    staging: Path
    known: Path | None


class Taken(msgspec.Struct, kw_only=True):
    """How the records of a batch fared: seen = read + quarantined; `new` documents were not held before.

    `unread` has a line for each member or stretch of an archive that could not be opened, `refused` one for each
    quarantined record: where it stands, the place in it, and why.
    """

    source: str
    seen: int = 0
    read: int = 0
    quarantined: int = 0
    new: int = 0
    unread: list[str] = msgspec.field(default_factory=list)
    refused: list[str] = msgspec.field(default_factory=list)


def take(batch: Batch) -> Taken:
    """Keep, read and label a batch; leaves `bytes-`, `sightings-`, `quarantine-` and table files in staging."""
    kept = _Kept(batch)
    module = sources.load()[batch.source]
    records = module.records(batch.part) if batch.part else batch.records
    for raw in surviving(records, kept.taken.unread):
        kept.add(raw)
    kept.write()
    return kept.taken


def surviving(records: Iterable[Raw | UnreadableInput], unread: list[str]) -> Iterator[Raw]:
    """The records up to the end or to where the container breaks off; what cannot be read goes to `unread`."""
    try:
        for raw in records:
            if isinstance(raw, UnreadableInput):
                unread.append(str(raw))
            else:
                yield raw
    except UnreadableInput as error:
        unread.append(str(error))


class _Kept:
    """The rows of one batch while they gather."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.read = sources.load()[batch.source].read
        self.known = _known(batch.known, batch.known.stat().st_mtime_ns) if batch.known else frozenset()
        self.seen: set[int] = set()
        self.documents: list[dict[str, object]] = []
        self.sightings: list[dict[str, object]] = []
        self.quarantine: list[dict[str, object]] = []
        self.rows: dict[str, tuple[list[int], list[msgspec.Struct]]] = {}
        self.taken = Taken(source=batch.source)

    def add(self, raw: Raw) -> None:
        """One record: its sighting always, its bytes and rows when they are new."""
        self.taken.seen += 1
        try:
            reading = self.read(raw.body)
        except BadRecord as error:
            self._refuse(raw, error)
            return
        doc, fresh = self._keep(raw, reading.canonical, reading.key, reading.media_type)
        self._sight(raw, doc, reading)
        if fresh:
            self._state(doc, reading.statements)
        self.taken.read += 1

    def _keep(self, raw: Raw, canonical: bytes, key: str | None, media_type: str) -> tuple[int, bool]:
        digest = evidence.identity(canonical)
        doc = evidence.doc_id(digest)
        if doc in self.seen or doc in self.known:
            return doc, False
        self.seen.add(doc)
        self.taken.new += 1
        self.documents.append(
            {
                "doc": doc,
                "hash": digest,
                "source": self.batch.source,
                "key": key,
                "media_type": media_type,
                "size": len(raw.body),
                "body": raw.body,
            }
        )
        return doc, True

    def _sight(self, raw: Raw, doc: int, reading: Reading | None) -> None:
        fetched = self.batch.known_on or self.batch.fetched_on
        known_on = date.fromisoformat(reading.known_on) if reading and reading.known_on else fetched
        self.sightings.append(
            {
                "doc": doc,
                "source": self.batch.source,
                "key": reading.key if reading else None,
                "known_on": known_on,
                "known_basis": reading.known_basis if reading else "fetched",
                "as_of": (reading and reading.as_of) or raw.as_of,
                "whole": bool(reading and reading.whole),
                "fetched_on": self.batch.fetched_on,
                "container": self.batch.container,
                "place": raw.place,
            }
        )

    def _refuse(self, raw: Raw, error: BadRecord) -> None:
        doc, fresh = self._keep(raw, raw.body, None, "application/octet-stream")
        self._sight(raw, doc, None)
        where = f"{self.batch.container}, {raw.place}"
        self.taken.refused.append(f"{where}: {error}")
        if fresh:
            row = {"doc": doc, "source": self.batch.source, "container": where, "place": error.place, "why": error.why}
            self.quarantine.append(row)
        self.taken.quarantined += 1

    def _state(self, doc: int, statements: Iterable[msgspec.Struct]) -> None:
        for statement in statements:
            self._row(STATEMENTS[type(statement)], doc, statement)
            for label in labels.of(statement):
                self._row(labels.TABLES[type(label)], doc, label)

    def _row(self, table: str, doc: int, row: msgspec.Struct) -> None:
        docs, rows = self.rows.setdefault(table, ([], []))
        docs.append(doc)
        rows.append(row)

    def write(self) -> None:
        """Leave everything in the staging folder; evidence first."""
        staging, suffix = self.batch.staging, f"-{self.batch.number:06d}.parquet"
        if self.documents and self.batch.known is not None:
            documents = pa.Table.from_pylist(self.documents, schema=evidence.DOCUMENT)
            evidence.write_segment(staging / f"bytes{suffix}", documents)
        self._write_plain(staging / f"sightings{suffix}", evidence.SIGHTING, self.sightings)
        self._write_plain(staging / f"quarantine{suffix}", QUARANTINE, self.quarantine)
        kinds = {table: statement for statement, table in (STATEMENTS | labels.TABLES).items()}
        for table, (docs, rows) in self.rows.items():
            pq.write_table(columns.table(kinds[table], docs, rows), staging / f"{table}{suffix}", compression="lz4")

    @staticmethod
    def _write_plain(path: Path, schema: pa.Schema, rows: Sequence[dict[str, object]]) -> None:
        if rows:
            pq.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, compression="lz4")


@cache
def _known(path: Path, written: int) -> frozenset[int]:
    """The ids in a file; `written` is when, since each ingest writes the file anew."""
    return frozenset(pq.read_table(path).column("doc").to_pylist())
