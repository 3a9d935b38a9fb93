"""What is done with one batch of records, in whichever process: keep the bytes, read them, label what was read.

Pure but for the files it leaves in the staging folder: no clock, no network, no ledger. The same function reads a
batch fresh from a publisher's file and one replayed from the evidence.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from frontrunner import sources
from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import STATEMENTS, Raw, Reading
from frontrunner.reading.containers import Container
from frontrunner.resolve import labels
from frontrunner.store import columns, evidence, segments, staged

QUARANTINE = pa.schema(
    [
        pa.field("doc", pa.uint64()),
        pa.field("source", pa.string()),
        pa.field("container", pa.string()),
        pa.field("place", pa.string()),
        pa.field("why", pa.string()),
    ]
)

#: statement or label -> its table in the ledger
_TABLE_OF: dict[type[msgspec.Struct], str] = STATEMENTS | labels.TABLES
#: every table that a batch fills, beside sightings and quarantine
TABLES = {table: columns.schema(statement) for statement, table in _TABLE_OF.items()}

#: Bytes of records that are read before what they gave is written: many enough for a file of rows to be worth its
#: cost, few enough for every process to hold them in several forms at once.
PIECE_BYTES = 16 << 20


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Some records of one container of one source: given (`records`), or a container or part of one to read (`part`).

    `number` names the staged files, of which every PIECE_BYTES of records give a new set.
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
    with ThreadPoolExecutor(1) as disk:  # the disk is waited for while the next piece is read
        kept = _Kept(batch, disk)
        module = sources.load()[batch.source]
        records = module.records(batch.part) if batch.part else batch.records
        for raw in surviving(records, kept.taken.unread):
            kept.add(raw)
        kept.write()
        for written in kept.durable:
            written.result()
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
    """The rows of one batch while they gather; they are written whenever they are enough for a piece."""

    def __init__(self, batch: Batch, disk: ThreadPoolExecutor) -> None:
        self.batch, self.disk = batch, disk
        self.durable: list[Future[None]] = []
        self.read = sources.load()[batch.source].read
        self.known = _known(batch.known, batch.known.stat().st_mtime_ns) if batch.known else frozenset()
        self.fetched = batch.known_on or batch.fetched_on
        self.seen: set[int] = set()
        self.taken = Taken(source=batch.source)
        self.pieces = count()
        self._clear()

    def _clear(self) -> None:
        self.size = 0
        self.suffix = f"-{self.batch.number:06d}-{next(self.pieces):04d}"
        self.segment: segments.Writer | None = None
        self.sightings: list[tuple[object, ...]] = []
        self.quarantine: list[tuple[object, ...]] = []
        self.rows: dict[type[msgspec.Struct], tuple[list[int], list[msgspec.Struct]]] = {}

    def add(self, raw: Raw) -> None:
        """One record: its sighting always, its bytes and rows when they are new."""
        self.taken.seen += 1
        try:
            reading = self.read(raw.body)
        except BadRecord as error:
            self._refuse(raw, error)
        else:
            doc, fresh = self._keep(raw, reading.canonical, reading.key, reading.media_type)
            self._sight(raw, doc, reading)
            if fresh:
                self._state(doc, reading.statements)
            self.taken.read += 1
        self.size += len(raw.body)
        if self.size >= PIECE_BYTES:
            self.write()

    def _keep(self, raw: Raw, canonical: bytes, key: str | None, media_type: str) -> tuple[int, bool]:
        digest = evidence.identity(canonical)
        doc = evidence.doc_id(digest)
        if doc in self.seen or doc in self.known:
            return doc, False
        self.seen.add(doc)
        self.taken.new += 1
        if self.batch.known is not None:
            self.segment = self.segment or segments.Writer(self.batch.staging / f"bytes{self.suffix}.parquet")
            self.segment.add(segments.Document(doc, digest, self.batch.source, key, media_type, raw.body))
        return doc, True

    def _sight(self, raw: Raw, doc: int, reading: Reading) -> None:
        known_on = date.fromisoformat(reading.known_on) if reading.known_on else self.fetched
        as_of = reading.as_of or raw.as_of
        self._seen_at(raw, (doc, reading.key, known_on, reading.known_basis, as_of, reading.whole))

    def _seen_at(self, raw: Raw, said: tuple[int, str | None, date, str, str | None, bool]) -> None:
        doc, *rest = said
        batch = self.batch
        self.sightings.append((doc, batch.source, *rest, batch.fetched_on, batch.container, raw.place))

    def _refuse(self, raw: Raw, error: BadRecord) -> None:
        doc, fresh = self._keep(raw, raw.body, None, "application/octet-stream")
        self._seen_at(raw, (doc, None, self.fetched, "fetched", raw.as_of, False))
        where = f"{self.batch.container}, {raw.place}"
        self.taken.refused.append(f"{where}: {error}")
        if fresh:
            self.quarantine.append((doc, self.batch.source, where, error.place, error.why))
        self.taken.quarantined += 1

    def _state(self, doc: int, statements: Iterable[msgspec.Struct]) -> None:
        for statement in statements:
            self._row(doc, statement)
            for label in labels.of(statement):
                self._row(doc, label)

    def _row(self, doc: int, row: msgspec.Struct) -> None:
        docs, rows = self.rows.setdefault(type(row), ([], []))
        docs.append(doc)
        rows.append(row)

    def write(self) -> None:
        """Leave what has gathered in the staging folder, evidence first."""
        staging, suffix = self.batch.staging, f"{self.suffix}.arrow"
        if self.segment:
            self.segment.close()
            self.durable.append(self.disk.submit(segments.sync, self.segment.path))
        for name, schema, rows in (
            ("sightings", evidence.SIGHTING, self.sightings),
            ("quarantine", QUARANTINE, self.quarantine),
        ):
            if rows:
                staged.write(staging / f"{name}{suffix}", columns.of_tuples(schema, rows))
        for statement, (docs, stated) in self.rows.items():
            staged.write(staging / f"{_TABLE_OF[statement]}{suffix}", columns.table(statement, docs, stated))
        self._clear()


@cache
def _known(path: Path, written: int) -> frozenset[int]:
    """The ids in a file; `written` is when, since each ingest writes the file anew."""
    with pq.ParquetFile(path) as file:  # `read_table` would import what reads folders of them
        return frozenset(file.read().column("doc").to_pylist())
