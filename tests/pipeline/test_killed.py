"""A writer killed with SIGKILL at any point: the last snapshot opens, and the next ingest completes what was begun."""

import multiprocessing
import os
import signal
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot
from frontrunner.store import evidence
from frontrunner.store.home import Home
from tests.studies import lines, study

POINTS = 200
TODAY = date(2026, 1, 1)
FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["frontrunner.pipeline", "frontrunner.sources.ctgov", "frontrunner.sources.starter"])


def _ingest(home: Path, paths: list[Path]) -> None:
    ingest(Home(home), paths, today=TODAY)


def _content(home: Home) -> tuple[list[tuple[Any, ...]], ...]:
    """Everything but what tells when and in which run."""
    with Snapshot(home) as snapshot:
        return tuple(
            snapshot.connection.execute(query).fetchall()
            for query in (
                "select version.key, hash, known_from, known_to from version join document using (doc) order by all",
                "select * from milestone order by all",
                "select doc, source, place, why from quarantine order by all",
            )
        )


def _batches(folder: Path) -> list[Path]:
    """Ten small files: new studies, new versions of old ones, one bad record."""
    paths = []
    for number in range(10):
        records = [study(nct=f"NCT9{number:03d}{n:04d}", posted=f"2021-{number + 1:02d}-01") for n in range(5)]
        records.append(study(posted=f"2022-{number + 1:02d}-01", status="COMPLETED" if number % 2 else "RECRUITING"))
        records += [study(nct="nonsense", title=f"bad {number}")]
        paths.append(lines(folder / f"{number}.jsonl", *records))
    return paths


@pytest.mark.slow
def test_killed_at_any_point(tmp_path: Path) -> None:
    paths = _batches(tmp_path)
    clean = Home(tmp_path / "clean")
    _ingest(clean.path, paths[:1])
    started = time.monotonic()
    _ingest(clean.path, paths[1:])
    whole = time.monotonic() - started

    home, killed, unfinished = Home(tmp_path / "home"), 0, 0
    for point in range(POINTS):
        child = FORK.Process(target=_ingest, args=(home.path, paths[point % 10 :: 10]))
        child.start()
        child.join(timeout=1.5 * whole * (point % 40) / 40)
        if child.exitcode is None and child.pid:
            os.kill(child.pid, signal.SIGKILL)
            killed += 1
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL), "an ingest after a kill must not fail"
        if home.current.exists():
            with Snapshot(home) as snapshot:
                assert snapshot.connection.execute("select count(*) from milestone").fetchone() is not None
                held = snapshot.connection.execute("select count(*) from run").fetchone()
            unfinished += held is not None and held[0] < len(evidence.runs(home))
    assert killed > POINTS // 2, "the points must lie inside the work"

    _ingest(home.path, paths)
    assert _content(home) == _content(clean)
    assert not list(home.path.glob("staging/*")) and not list(home.snapshots.glob("*.part"))
