"""The index of one snapshot: made when it is published, read by searches, made anew in memory where it is gone.

It starts as that of the snapshot before: the files of an index never change, so a link to each is a copy of it. Then
the entries that are not as they were are exchanged. Where there is none to start from, or too much of it is exchanged
already, it is made whole. A folder gets its name when it is whole, so one that a killed writer left is never read.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from frontrunner.errors import UsageError
from frontrunner.search import entries, holding
from frontrunner.search.entries import Entry
from frontrunner.search.holding import Holding
from frontrunner.search.words import PATTERN, squeezed

ARENAS = ("indication", "modality", "target")
#: bytes that the writer may fill before it writes
_HEAP = 30_000_000
_TOKENIZER = "names"
_OPEN: dict[tuple[Path, str], Any] = {}
_KEPT = 2
_OPENING = Lock()


def installed() -> bool:
    """Whether the search library is there."""
    from importlib.util import find_spec

    return find_spec("tantivy") is not None


def build(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write the index of what `connection` holds to `folder`; nothing without tantivy."""
    clean(folder.parent)
    if installed():
        part = folder.with_suffix(".search-part")
        newest = max(folder.parent.glob("*.search"), default=folder)
        before = holding.read(connection, newest)
        if before:
            shutil.copytree(newest, part, ignore=shutil.ignore_patterns("*.lock"), copy_function=_link)
            index = _existing(part)
        else:
            part.mkdir()
            index = _new(part)
        holding.write(part, _fill(index, connection, before))
        part.rename(folder)


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
    index = _new(None)
    _fill(index, connection, None)
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

    analyzer = TextAnalyzerBuilder(Tokenizer.regex(PATTERN)).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    index.register_tokenizer(_TOKENIZER, analyzer.build())


def _fill(index: Any, connection: duckdb.DuckDBPyConnection, before: Holding | None) -> Holding:
    """Bring the index from what it held before, or from nothing, to what `connection` holds."""
    held = holding.now(connection)
    writer = index.writer(_HEAP, 1)
    changes = 0
    for key, entry in _changed(connection, held, before):
        changes += 1
        if before:
            writer.delete_documents_by_term("key", key)
        if entry:
            writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    held.made, held.exchanged = (before.made, before.exchanged + changes) if before else (changes, 0)
    return held


def _changed(
    connection: duckdb.DuckDBPyConnection, held: Holding, before: Holding | None
) -> Iterator[tuple[str, Entry | None]]:
    """Each entry that is not as it was, by key, or null where it is gone; notes the digests in `held`."""
    known = before.digests if before else {}
    for entry in entries.named(connection):
        held.digests[entry.key] = digest = holding.digest(entry)
        if known.get(entry.key) != digest:
            yield entry.key, entry
    yield from ((key, None) for key in known if key not in held.digests)
    yield from entries.trials(connection, before.runs if before else 0)


def _document(entry: Entry) -> Any:
    from tantivy import Document

    document = Document()
    document.add_bytes("entry", entry.shown())
    document.add_text("key", entry.key)
    document.add_text("kind", entry.kind)
    for name in {squeezed(name) for name in (*entry.names, entry.id)}:
        document.add_text("squeezed", name)
    document.add_text("words", "\n".join([*entry.names, *entry.more]))
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
