"""The index of one snapshot: built when it is published, read by searches, made anew in memory where it is gone."""

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from frontrunner import vocab
from frontrunner.errors import UsageError
from frontrunner.search.words import PATTERN, squeezed

ARENAS = ("indication", "modality", "target")
#: bytes that the writer may fill before it writes; small homes pay for no more than they need
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
    """Write the index of what `connection` holds to `folder`; nothing without tantivy. Those of gone snapshots go."""
    for old in folder.parent.glob("*.search*"):
        if not old.with_suffix(".duckdb").exists():
            shutil.rmtree(old, ignore_errors=True)
    if installed():
        part = folder.with_suffix(".search-part")
        part.mkdir(parents=True)
        _fill(_new(part), connection)
        part.rename(folder)


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
    import tantivy

    if not folder.is_dir():
        return _fill(_new(None), connection)
    index = tantivy.Index.open(str(folder))
    _register(index)
    return index


def _new(folder: Path | None) -> Any:
    import tantivy

    schema = tantivy.SchemaBuilder()
    for name in ("id", "label", "label_zh", "names"):
        schema.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic", fast=False)
    for name in ("kind", "squeezed"):
        schema.add_text_field(name, stored=name == "kind", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("words", stored=False, tokenizer_name=_TOKENIZER, index_option="position")
    schema.add_unsigned_field("weight", stored=True, fast=True)
    index = tantivy.Index(schema.build(), None if folder is None else str(folder))
    _register(index)
    return index


def _register(index: Any) -> None:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    analyzer = TextAnalyzerBuilder(Tokenizer.regex(PATTERN)).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    index.register_tokenizer(_TOKENIZER, analyzer.build())


def _fill(index: Any, connection: duckdb.DuckDBPyConnection) -> Any:
    from tantivy import Document

    writer = index.writer(_HEAP, 1)
    for entry in _entries(connection):
        document = Document()
        for field in ("kind", "id", "label", "label_zh"):
            document.add_text(field, entry[field])
        names = list(dict.fromkeys(name for name in entry["names"] if name))
        document.add_text("names", "\n".join(names))
        for name in {squeezed(name) for name in (*names, entry["id"])}:
            document.add_text("squeezed", name)
        document.add_text("words", "\n".join([*names, *entry["more"]]))
        document.add_unsigned("weight", entry["weight"])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _entries(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """One entry for everything that has a name."""
    for row in _rows(connection, "arenas"):
        yield _arena(row)
    products = {row["id"]: row for row in _rows(connection, "products")}
    for kind, rows in (("product", products.values()), ("company", _rows(connection, "companies"))):
        for row in rows:
            yield _entry(kind, row, [row["name"], *row["names"]])
    for row in _rows(connection, "programmes"):
        yield from _programme(row, products.get(row["product"]))
    for row in _rows(connection, "trials"):
        yield _entry("trial", {**row, "weight": 0}, row["names"], [row["name"], row["sponsor"], row["conditions"]])


def _arena(row: dict[str, Any]) -> dict[str, Any]:
    term = vocab.load(row["vocabulary"]).terms.get(row["id"])
    known = {"id": row["id"], "name": row["label"], "name_zh": row["label_zh"], "weight": row["weight"]}
    listed = list(term.names()) if term else []
    return _entry(row["vocabulary"], known, [row["label"], row["label_zh"], *listed, *row["names"]])


def _programme(row: dict[str, Any], product: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if product:
        disease, disease_zh = row["indication"] or "", row["indication_zh"] or ""
        name = f"{product['name']} in {disease}"
        name_zh = f"{product['name_zh']} {disease_zh}" if product["name_zh"] and disease_zh else ""
        known = {"id": row["id"], "name": name, "name_zh": name_zh, "weight": 1}
        yield _entry("programme", known, [name, name_zh], [*product["names"], disease, disease_zh])


def _entry(kind: str, row: dict[str, Any], names: list[str | None], more: list[str] | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": row["id"],
        "label": row["name"] or row["id"],
        "label_zh": row["name_zh"] or "",
        "names": names,
        "more": more or [],
        "weight": row["weight"],
    }


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """The rows of `<query>.sql`, a dict each, a few thousand at a time."""
    cursor = connection.cursor().execute(resources.files(__package__).joinpath(f"{query}.sql").read_text("utf-8"))
    names = [column[0] for column in cursor.description or ()]
    while some := cursor.fetchmany(5000):
        yield from (dict(zip(names, row, strict=True)) for row in some)
