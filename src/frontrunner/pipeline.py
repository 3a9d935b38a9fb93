"""The stages in order: the whole system on one screen.

bytes -> containers -> batches -> (keep, read, label) -> run -> ledger -> identities -> marts -> snapshot
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import msgspec

from frontrunner import intake, marts, runner, sources
from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container, containers, head
from frontrunner.resolve import identities
from frontrunner.store import evidence, ledger, snapshot
from frontrunner.store.home import Home

#: Bytes of records a batch: enough to keep a worker busy for a second, small enough for many to wait.
BATCH_BYTES = 8 << 20
#: Bytes of input from which other processes help; below, starting them costs more than it brings.
PARALLEL_FROM = 4 << 20


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What one ingest did: seen = read + quarantined + skipped; `new` documents; `snapshot` null when nothing changed."""

    seen: int
    read: int
    quarantined: int
    skipped: int
    new: int
    sources: dict[str, int]
    problems: list[str]
    snapshot: str | None


def ingest(
    home: Home,
    paths: Iterable[Path],
    *,
    source: str | None = None,
    known_on: date | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda seen: None,
) -> Report:
    """Read files and folders into the home and publish what changed. Raises UnreadableInput for a path that is not there.

    `source` overrides detection; `known_on` dates records that do not date themselves. `progress` is told the
    number of records seen so far.
    """
    with home.writing(), ledger.opened(home, intake.TABLES) as connection:
        catch_up(home, connection)
        staged = ledger.Staged(home.staging / "run")
        staged.folder.mkdir()
        known = home.staging / "known.parquet"
        ledger.known_documents(connection, known)
        taking = _Taking(source, staged.folder, known, today or date.today(), known_on)
        totals, by_source = intake.Counts(), dict[str, int]()
        paths = list(paths)
        for name, counts in runner.run(_take_named, taking.batches(paths), _workers(paths)):
            totals += counts
            by_source[name] = by_source.get(name, 0) + counts.seen
            progress(totals.seen)
        changed = _keep_run(home, connection, staged)
        published = publish(home, connection) if changed or not home.current.exists() else None
        return Report(
            seen=totals.seen + len(taking.skipped),
            read=totals.read,
            quarantined=totals.quarantined,
            skipped=len(taking.skipped),
            new=totals.new,
            sources=by_source,
            problems=taking.skipped,
            snapshot=published,
        )


def catch_up(home: Home, connection: ledger.Connection) -> None:
    """Bring complete runs into the ledger that it does not hold: after a kill, or all of them after it was deleted."""
    for run in ledger.missing_runs(home, connection):
        staged = ledger.Staged(home.staging / f"replay-{run}")
        staged.folder.mkdir()
        for _ in runner.run(_take_named, _replayed(home, run, staged.folder), _workers(evidence.segments(home, run))):
            pass
        ledger.load(home, connection, run, staged, list(intake.TABLES))
        shutil.rmtree(staged.folder)


def publish(home: Home, connection: ledger.Connection) -> str:
    """Resolve identities, build the marts, and make the result the snapshot in force; returns its name."""
    ledger.state_sources(connection, ((module.SOURCE, module.PLACES) for module in sources.load().values()))
    identities.run(connection)
    marts.build(connection)
    return snapshot.publish(home, connection)


def _keep_run(home: Home, connection: ledger.Connection, staged: ledger.Staged) -> bool:
    """Turn what the batches left into a run of evidence, then load it. False when nothing in it is new."""
    if not ledger.new_sightings(connection, staged):
        return False
    kept = home.staging / "evidence"
    kept.mkdir()
    evidence.gather_segments(staged.folder, kept)
    ledger.write_sightings(connection, kept / "sightings.parquet")
    run = evidence.commit_run(home, kept)
    ledger.load(home, connection, run, staged, list(intake.TABLES))
    return True


def _workers(paths: Iterable[Path]) -> int | None:
    """One for little input, else as many as there are processors."""
    size = 0
    for path in paths:
        size += sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size
        if size >= PARALLEL_FROM:
            return None
    return 1


def _replayed(home: Home, run: int, staging: Path) -> Iterator[intake.Batch]:
    """The kept documents of a run as batches, a segment and source each."""
    numbers = count(1)
    for segment in evidence.segments(home, run):
        for source, container, records in evidence.replay(segment):
            yield intake.Batch(
                number=next(numbers),
                source=source,
                container=container,
                records=records,
                fetched_on=date.min,
                known_on=None,
                staging=staging,
                known=None,
            )


def _take_named(batch: intake.Batch) -> tuple[str, intake.Counts]:
    return batch.source, intake.take(batch)


class _Taking:
    """Cuts paths into batches; gathers what no reader takes in `skipped`, one line each."""

    def __init__(self, source: str | None, staging: Path, known: Path, today: date, known_on: date | None) -> None:
        self.source = source
        self.staging, self.known, self.today, self.known_on = staging, known, today, known_on
        self.numbers = count(1)
        self.skipped: list[str] = []

    def batches(self, paths: Iterable[Path]) -> Iterator[intake.Batch]:
        for path in paths:
            for container in containers(path):
                try:
                    yield from self._of_container(container)
                except UnreadableInput as error:
                    self.skipped.append(str(error))

    def _of_container(self, container: Container) -> Iterator[intake.Batch]:
        module = sources.named(self.source) if self.source else sources.recognise(container.name, head(container))
        if module is None:
            self.skipped.append(f"{container.name}: no source recognises this; name one with --source")
            return
        for records in _cut(module.records(container), self.skipped):
            yield self._batch(module.SOURCE.id, container.name, records)

    def _batch(self, source: str, container: str, records: list[Raw]) -> intake.Batch:
        return intake.Batch(
            number=next(self.numbers),
            source=source,
            container=container,
            records=records,
            fetched_on=self.today,
            known_on=self.known_on,
            staging=self.staging,
            known=self.known,
        )


def _cut(records: Iterable[Raw | UnreadableInput], skipped: list[str]) -> Iterator[list[Raw]]:
    """Runs of records of about BATCH_BYTES; members that cannot be read go to `skipped`, their neighbours on."""
    gathered, size = list[Raw](), 0
    for raw in _surviving(records, skipped):
        gathered.append(raw)
        size += len(raw.body)
        if size >= BATCH_BYTES:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered


def _surviving(records: Iterable[Raw | UnreadableInput], skipped: list[str]) -> Iterator[Raw]:
    """The records up to the end or to where the container breaks off."""
    try:
        for raw in records:
            if isinstance(raw, UnreadableInput):
                skipped.append(str(raw))
            else:
                yield raw
    except UnreadableInput as error:
        skipped.append(str(error))
