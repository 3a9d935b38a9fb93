"""The index of one snapshot: made when it is published, read by searches, made anew in memory where it is gone.

It starts as that of the snapshot before: the files of an index never change, so a link to each is a copy of it. Then
the entries that are not as they were are exchanged. Where there is none to start from, or too much of it is exchanged
already, it is made whole; the entries of many trials, which follow from their records alone, are then made in a process
beside. A folder gets its name when it is whole, so one that a killed writer left is never read.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import msgspec

from frontrunner import runner
from frontrunner.errors import UsageError
from frontrunner.search import entries, holding
from frontrunner.search.entries import Entry
from frontrunner.search.holding import Holding
from frontrunner.search.words import cut, squeezed
from frontrunner.store import snapshot
from frontrunner.store.home import Home

ARENAS = ("indication", "modality", "target")
#: bytes that the writer may fill before it writes: a file each time, and files are joined again
_HEAP = 100_000_000
#: trials of which the entries are made here
_MOST = 10_000
_TOKENIZER = "names"
_OPEN: dict[tuple[Path, str], Any] = {}
_KEPT = 2
_OPENING = Lock()


def installed() -> bool:
    """Whether the search library is there."""
    from importlib.util import find_spec

    return find_spec("tantivy") is not None


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An index on its way to `folder`, made in `part` from what one held `before` (null: from nothing).

    `trials` waits for the process that makes the entries of trials, and tells how many; null where there is none.
    """

    folder: Path
    part: Path
    edition: str
    before: Holding | None
    trials: Callable[[], int] | None


class _Trials(msgspec.Struct, frozen=True):
    """The rows of trials in a file, and the folder for an index of them."""

    rows: Path
    part: Path


@contextmanager
def begun(connection: duckdb.DuckDBPyConnection, home: Home, edition: str) -> Iterator[Begun | None]:
    """Begin the index of the next snapshot, to be built when the marts are there; null without tantivy."""
    clean(home.snapshots)
    if not installed():
        yield None
        return
    folder = home.index_of(snapshot.next_name(home))
    newest = max(home.snapshots.glob("*.search"), default=folder)
    before = holding.read(connection, newest, edition)
    # of this process: what works for a killed one may go on for a moment
    part = folder.with_suffix(f".search-part{os.getpid()}")
    if before:
        shutil.copytree(newest, part, ignore=shutil.ignore_patterns("*.lock"), copy_function=_link)
    else:
        part.mkdir()
    many = not before and connection.execute("select count(*) > $most from trial_version", {"most": _MOST}).fetchone()
    with _beside(connection, home, part) if many == (True,) else nullcontext() as trials:
        yield Begun(folder=folder, part=part, edition=edition, before=before, trials=trials)


@contextmanager
def _beside(connection: duckdb.DuckDBPyConnection, home: Home, part: Path) -> Iterator[Callable[[], int]]:
    """Make the entries of all trials in another process; it gives up when the folder is gone."""
    rows = home.staging / "trials.parquet"
    entries.write_trials(connection, rows)
    with runner.beside(_write_trials, _Trials(rows, part)) as trials:
        try:
            yield trials
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _write_trials(task: _Trials) -> int:
    writer = _new(task.part).writer(_HEAP, 1)
    made = 0
    for made, entry in enumerate(entries.read_trials(task.rows), start=1):
        writer.add_document(_document(entry))
        if made % _MOST == 0 and not task.part.is_dir():
            raise FileNotFoundError(task.part)
    writer.commit()
    writer.wait_merging_threads()
    return made


def build(connection: duckdb.DuckDBPyConnection, begun: Begun | None) -> None:
    """Write what is left of an index that was begun, of what `connection` holds; nothing without tantivy."""
    if begun:
        made = begun.trials and begun.trials()
        index = _existing(begun.part) if begun.before or begun.trials else _new(begun.part)
        held = holding.now(connection, begun.edition)
        _fill(index, held, _changed(connection, held, begun.before, trials=not begun.trials), begun.before)
        held.made += made or 0
        holding.write(begun.part, held)
        begun.part.rename(begun.folder)


def clean(snapshots: Path) -> None:
    """Remove the indexes of snapshots that are gone, and what a killed writer left."""
    for old in snapshots.glob("*.search*"):
        if old.suffix != ".search" or not old.with_suffix(".duckdb").exists():
            shutil.rmtree(old, ignore_errors=True)


def opened(connection: duckdb.DuckDBPyConnection, folder: Path, built_at: str) -> Any:
    """The tantivy.Index of a snapshot, from `folder`; where that is gone, one in memory of what `connection` holds.

    The last few stay open: `built_at` tells a snapshot from one of the same name in a home made anew.
    """
    if not installed():
        raise UsageError("search needs tantivy, which is not installed; install frontrunner[web]")
    with _OPENING:
        index = _OPEN.get((folder, built_at))
        if index is None:
            index = _OPEN[folder, built_at] = _open(connection, folder)
            for stale in list(_OPEN)[:-_KEPT]:
                del _OPEN[stale]
        return index


def _open(connection: duckdb.DuckDBPyConnection, folder: Path) -> Any:
    if folder.is_dir():
        return _existing(folder)
    index, held = _new(None), holding.now(connection, "")
    _fill(index, held, _changed(connection, held, None), None)
    return index


def _existing(folder: Path) -> Any:
    import tantivy

    index = tantivy.Index.open(str(folder))
    _register(index)
    return index


def _new(folder: Path | None) -> Any:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_bytes_field("entry", stored=True)
    for name in ("key", "kind", "squeezed"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("words", tokenizer_name=_TOKENIZER, index_option="position")
    schema.add_unsigned_field("weight", fast=True)
    index = tantivy.Index(schema.build(), None if folder is None else str(folder))
    _register(index)
    return index


def _register(index: Any) -> None:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    analyzer = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    index.register_tokenizer(_TOKENIZER, analyzer.build())


def _fill(index: Any, held: Holding, changed: Iterable[tuple[str, Entry | None]], before: Holding | None) -> None:
    """Exchange entries of the index that held `before`, or add them to a new one; counts them in `held`."""
    writer = index.writer(_HEAP, 1)
    changes = 0
    for key, entry in changed:
        changes += 1
        if before:
            writer.delete_documents_by_term("key", key)
        if entry:
            writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    held.made, held.exchanged = (before.made, before.exchanged + changes) if before else (changes, 0)


def _changed(
    connection: duckdb.DuckDBPyConnection, held: Holding, before: Holding | None, *, trials: bool = True
) -> Iterator[tuple[str, Entry | None]]:
    """Each entry that is not as it was, by key, or null where it is gone; notes the digests in `held`."""
    known = before.digests if before else {}
    for entry in entries.named(connection):
        held.digests[entry.key] = digest = holding.digest(entry)
        if known.get(entry.key) != digest:
            yield entry.key, entry
    yield from ((key, None) for key in known if key not in held.digests)
    if trials:
        yield from entries.trials(connection, before.runs if before else 0)


def _document(entry: Entry) -> Any:
    from tantivy import Document

    document = Document()
    document.add_bytes("entry", entry.shown())
    document.add_text("key", entry.key)
    document.add_text("kind", entry.kind)
    for name in {squeezed(name) for name in (*entry.names, entry.id)}:
        document.add_text("squeezed", name)
    document.add_text("words", cut("\n".join([*entry.names, *entry.more])))
    document.add_unsigned("weight", entry.weight)
    return document


def _link(source: str, target: str) -> None:
    """Share a file that never changes; copy what is replaced, or all of them where the disk has no links."""
    try:
        if not source.endswith((".json", ".msgpack")):
            os.link(source, target)
            return
    except OSError:
        pass
    shutil.copyfile(source, target)
