"""A writer killed with SIGKILL at any point: the last snapshot opens, and the next ingest completes what was begun."""

import multiprocessing
import os
import signal
import sys
from datetime import date, timedelta
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot
from frontrunner.search import index, query
from frontrunner.store.home import Home
from tests.studies import lines, study

#: kills spread evenly over the calls that an ingest makes, and kills by the clock, which also fall inside a call
BY_CALL, BY_CLOCK = 160, 40
TODAY = date(2026, 1, 1)
FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["frontrunner.pipeline", "frontrunner.sources.ctgov", "frontrunner.sources.starter"])


def _ingest(home: Path, path: Path, last_call: int, calls: "SimpleQueue[int] | None" = None) -> None:
    """Ingest one file; the process kills itself at its `last_call`-th call or return (0: never)."""
    made = 0

    def watch(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += 1
        if made == last_call:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    ingest(Home(home), [path], today=TODAY)
    sys.setprofile(None)
    if calls:
        calls.put(made)


def _file(folder: Path, number: int) -> Path:
    """A new study, a new version of an old one, and a record that is refused."""
    posted = (date(2021, 1, 1) + timedelta(days=number)).isoformat()
    status = "COMPLETED" if number % 2 else "RECRUITING"
    records = [study(nct=f"NCT9000{number:04d}", posted=posted), study(posted=posted, status=status)]
    return lines(folder / f"{number}.jsonl", *records, study(nct="nonsense", title=f"bad {number}"))


def _content(home: Home) -> list[list[tuple[Any, ...]]]:
    """Everything but what tells when and in which run."""
    queries = (
        "select version.key, hash, known_from, known_to from version join document using (doc) order by all",
        "select * from milestone order by all",
        "select doc, source, place, why from quarantine order by all",
    )
    with Snapshot(home) as snapshot:
        return [snapshot.connection.execute(query).fetchall() for query in queries]


def _found(home: Home) -> list[tuple[Any, ...]]:
    """How much the index of the snapshot in force has, and what of some studies, read from its folder alone."""
    if not index.installed():
        return [("nothing to look into",)]
    with Snapshot(home) as snapshot:
        folder = home.index_of(snapshot.name)
        assert folder.is_dir()
        names = index.opened(snapshot.connection, folder, snapshot.built_at)
        sought = [f"NCT9000{number:04d}" for number in (0, 7, BY_CALL, BY_CALL + BY_CLOCK - 1)]
        found = [query.search(names, id, "trial", 1, snapshot.name).hits for id in sought]
        return [(names.searcher().num_docs,), *((hit.id, hit.label, hit.how) for hits in found for hit in hits)]


def _calls_of_a_whole_ingest(folder: Path) -> int:
    calls = FORK.SimpleQueue()
    child = FORK.Process(target=_ingest, args=(folder / "counted", _file(folder, 0), 0, calls))
    child.start()
    child.join()
    assert child.exitcode == 0
    return calls.get()


@pytest.mark.slow
def test_killed_at_any_point(tmp_path: Path) -> None:
    whole = _calls_of_a_whole_ingest(tmp_path)
    home, killed = Home(tmp_path / "home"), 0
    paths = [_file(tmp_path, number) for number in range(BY_CALL + BY_CLOCK)]
    for number, path in enumerate(paths):
        last_call = 1 + whole * number // BY_CALL if number < BY_CALL else 0
        child = FORK.Process(target=_ingest, args=(home.path, path, last_call))
        child.start()
        child.join(timeout=None if last_call else 0.02 * (number - BY_CALL))
        if child.exitcode is None:
            child.kill()
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL), "an ingest after a kill must not fail"
        killed += child.exitcode != 0
        if home.current.exists():
            with Snapshot(home) as snapshot:
                assert snapshot.connection.execute("select count(*) from milestone").fetchone() is not None
            assert _found(home), "the index of a snapshot is there when it comes into force, and whole"
    assert killed >= BY_CALL // 2, "the points must lie inside the work"

    ingest(home, paths, today=TODAY)
    clean = Home(tmp_path / "clean")
    ingest(clean, paths, today=TODAY)
    assert _content(home) == _content(clean)
    assert _found(home) == _found(clean)
    assert {path.stem for path in home.snapshots.glob("*.search*")} <= {
        path.stem for path in home.snapshots.glob("*.duckdb")
    }
    assert not list(home.path.glob("staging/*")) and not list(home.snapshots.glob("*.part"))
