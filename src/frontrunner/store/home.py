"""The folder of one installation and the one lock on it.

```
evidence/run-000001/   bytes and sightings of one ingest, never changed (precious)
ledger.duckdb          typed rows and marts, private to the writer (derived)
snapshots/000001.duckdb  immutable copies for readers (derived)
snapshots/000001.search  the names of each, to be searched (derived)
CURRENT                the name of the snapshot in force, swapped atomically
LOCK                   held by the one writer
```
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontrunner.errors import HomeError, HomeLocked


class Home:
    """The paths of a home; nothing is created until somebody writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.evidence = path / "evidence"
        self.ledger = path / "ledger.duckdb"
        self.snapshots = path / "snapshots"
        self.current = path / "CURRENT"
        self.staging = path / "staging"

    def index_of(self, snapshot: str) -> Path:
        """Where the search index of a snapshot lies."""
        return self.snapshots / f"{snapshot}.search"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock; raises HomeLocked with the holder's process id. Clears an old staging folder."""
        self._create()
        with open(self.path / "LOCK", "a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.seek(0)
                holder = lock.read().strip() or "unknown"
                raise HomeLocked(
                    f"{self.path}: process {holder} is writing this home; try again when it is done"
                ) from error
            try:
                lock.truncate(0)
                lock.write(str(os.getpid()))
                lock.flush()
                shutil.rmtree(self.staging, ignore_errors=True)
                self.staging.mkdir()
                yield
            except OSError as error:
                why = f"{error.strerror or error}; what was published is unharmed: mend this, then ingest again"
                raise HomeError(f"{self.path}: {why}") from error
            finally:
                shutil.rmtree(self.staging, ignore_errors=True)
                lock.truncate(0)

    def _create(self) -> None:
        try:
            for folder in (self.evidence, self.snapshots):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeError(
                f"{self.path}: cannot make a home here ({error.strerror}); choose another with --home"
            ) from error


def sync_folder(path: Path) -> None:
    """Make a rename inside `path` durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
