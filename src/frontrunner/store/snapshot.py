"""Snapshots: immutable copies of the ledger that readers open, swapped by one pointer. No reader meets the writer."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from frontrunner.errors import HomeError, NoSnapshot
from frontrunner.store.home import Home, sync_folder

#: Snapshots that stay: the one in force and the one that readers may still be opening.
KEPT = 2


def is_current(home: Home, connection: duckdb.DuckDBPyConnection, edition: str) -> bool:
    """Whether the snapshot in force holds every run of the ledger, built by this edition of the code."""
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'published'").fetchone():
        return False
    row = connection.execute("select snapshot, edition, runs = (select count(*) from run) from published").fetchone()
    return row == (in_force(home), edition, True) and _opens(home)


def _opens(home: Home) -> bool:
    """Whether the snapshot in force is there and sound enough to open."""
    try:
        connect(home).close()
    except HomeError:
        return False
    return True


def publish(home: Home, connection: duckdb.DuckDBPyConnection, edition: str) -> str:
    """Copy the ledger as it stands to the next snapshot and make it the one in force; returns its name."""
    for leftover in home.snapshots.glob("*.part"):
        leftover.unlink()
    name = next_name(home)
    connection.execute(
        "create or replace table published as "
        "select $name as snapshot, $at as built_at, $edition as edition, (select count(*) from run) as runs",
        {"name": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "edition": edition},
    )
    connection.execute("force checkpoint")
    part = home.snapshots / f"{name}.part"
    shutil.copyfile(home.ledger, part)
    _sync(part)
    os.rename(part, home.snapshots / f"{name}.duckdb")
    sync_folder(home.snapshots)
    _point(home, name)
    for number in _numbers(home)[:-KEPT]:
        (home.snapshots / f"{number:06d}.duckdb").unlink()
    return name


def next_name(home: Home) -> str:
    """What the next snapshot will be called; what is derived beside it carries the same name."""
    return f"{max(_numbers(home), default=0) + 1:06d}"


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """Open the snapshot in force, read-only. Raises NoSnapshot when nothing was published here."""
    name = in_force(home)
    if name is None:
        raise NoSnapshot(f"{home.path}: nothing here yet; run 'frontrunner demo' or 'frontrunner ingest PATH'")
    try:
        return duckdb.connect(home.snapshots / f"{name}.duckdb", read_only=True)
    except duckdb.Error as error:
        raise HomeError(
            f"{home.path}: snapshot {name} cannot be opened ({error}); ingest anything to publish anew"
        ) from error


def in_force(home: Home) -> str | None:
    """The name of the snapshot that CURRENT points to; None where nothing was published."""
    try:
        return home.current.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise HomeError(f"{home.path}: is no home of ours ({error}); choose another with --home") from error


def identity(home: Home) -> tuple[int, int, int] | None:
    """What tells the file of the snapshot in force from any other, also one of that name in a home made anew."""
    try:
        found = os.stat(home.snapshots / f"{in_force(home)}.duckdb")
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _point(home: Home, name: str) -> None:
    part = home.current.with_suffix(".part")
    part.write_text(name + "\n", "ascii")
    _sync(part)
    os.replace(part, home.current)
    sync_folder(home.path)


def _numbers(home: Home) -> list[int]:
    return sorted(int(path.stem) for path in home.snapshots.glob("[0-9]*.duckdb"))


def _sync(path: Path) -> None:
    with open(path, "rb") as written:
        os.fsync(written.fileno())
