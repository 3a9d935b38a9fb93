"""The stages in order: the whole system on one screen.

bytes -> containers -> batches -> (keep, read, label) -> run -> ledger -> identities -> marts -> names -> snapshot
"""

import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from frontrunner import batching, edition, intake, marts, runner, sources
from frontrunner.resolve import identities
from frontrunner.search import index
from frontrunner.store import evidence, ledger, snapshot
from frontrunner.store.home import Home
from frontrunner.store.staged import Staged


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Records of one source in one ingest: seen = read + quarantined; `new` of them were not held before."""

    seen: int
    read: int
    quarantined: int
    new: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What one ingest did: seen = read + quarantined + skipped.

    `new` counts documents not held before; `snapshot` is null when nothing changed; `problems` has a line for each
    file, member or stretch that was skipped and for each record that was quarantined. `unexpected` has one for each way
    in which the records of the home are not as their publishers' should be.
    """

    seen: int
    read: int
    quarantined: int
    skipped: int
    new: int
    sources: dict[str, Counts]
    problems: list[str]
    unexpected: list[str]
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
    """Read files and folders into the home and publish what changed; UnreadableInput for a path that is not there.

    `source` overrides detection; `known_on` dates records that do not date themselves. `progress` is told the
    number of records of each batch as it is done.
    """
    paths, taken = list(paths), list[intake.Taken]()
    readers = edition.readers()
    with home.writing(), runner.uncollected(), ledger.opened(home, intake.TABLES, readers) as connection:
        ledger.state_sources(connection, ((module.SOURCE, sources.forms(module)) for module in sources.load().values()))
        catch_up(home, connection)
        staged = Staged(home.staging / "run")
        staged.folder.mkdir()
        known = home.staging / "known.parquet"
        ledger.known_documents(connection, known)
        batches = batching.Batches(home, source, staged.folder, known, today or date.today(), known_on)
        for one in runner.run(intake.take, batches.of(paths), batching.workers(paths)):
            taken.append(one)
            progress(one.seen)
        _keep_run(home, connection, staged)
        current = snapshot.is_current(home, connection, edition.whole())
        published = None if current else publish(home, connection)
        unexpected = marts.unexpected(connection)
    return _report(taken, batches.skipped, unexpected, published)


def ingest_bytes(home: Home, name: str, body: bytes, *, source: str) -> Report:
    """Read what was just written here as the file of that name: a user's own records go through the same door."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(body)
        return ingest(home, [file], source=source)


def catch_up(home: Home, connection: ledger.Connection) -> None:
    """Bring complete runs into the ledger that it does not hold: after a kill, or all of them after it was deleted."""
    for run in ledger.missing_runs(home, connection):
        staged = Staged(home.staging / f"replay-{run}")
        staged.folder.mkdir()
        processes = batching.workers([home.evidence / evidence.run_name(run)])
        for _ in runner.run(intake.take, batching.replayed(home, run, staged.folder), processes):
            pass
        ledger.load(home, connection, run, staged, list(intake.TABLES))
        shutil.rmtree(staged.folder)


def publish(home: Home, connection: ledger.Connection) -> str:
    """Resolve identities, build the marts and the index of names, make the result the snapshot in force: its name."""
    with index.begun(connection, home, edition.whole()) as names:
        identities.run(connection)
        marts.build(connection, edition.whole())
        index.build(connection, names)
    published = snapshot.publish(home, connection, edition.whole())
    index.clean(home.snapshots)
    return published


def _keep_run(home: Home, connection: ledger.Connection, staged: Staged) -> None:
    """Turn what the batches left into a run of evidence, then load it; nothing, when nothing in it is new."""
    if not ledger.new_sightings(connection, staged):
        return
    kept = home.staging / "evidence"
    kept.mkdir()
    evidence.gather_segments(staged.folder, kept)
    ledger.write_sightings(connection, kept / "sightings.parquet")
    run = evidence.commit_run(home, kept)
    ledger.load(home, connection, run, staged, list(intake.TABLES))


def _report(taken: list[intake.Taken], skipped: list[str], unexpected: list[str], published: str | None) -> Report:
    unread = [*skipped, *(line for one in taken for line in one.unread)]
    total = _counts(taken)
    return Report(
        seen=total.seen + len(unread),
        read=total.read,
        quarantined=total.quarantined,
        skipped=len(unread),
        new=total.new,
        sources={
            source: _counts([one for one in taken if one.source == source])
            for source in dict.fromkeys(one.source for one in taken)
        },
        problems=[*unread, *(line for one in taken for line in one.refused)],
        unexpected=unexpected,
        snapshot=published,
    )


def _counts(taken: list[intake.Taken]) -> Counts:
    return Counts(
        seen=sum(one.seen for one in taken),
        read=sum(one.read for one in taken),
        quarantined=sum(one.quarantined for one in taken),
        new=sum(one.new for one in taken),
    )
