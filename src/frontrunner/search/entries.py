"""What can be found: an entry for everything of a home that has a name."""

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from frontrunner import vocab


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One thing that has a name. Grain: kind x id.

    It answers to its `names` alone, and to a word of `more` as well; what races most (`weight`) stands before the rest.
    """

    kind: str
    id: str
    label: str
    label_zh: str
    names: list[str]
    weight: int
    more: list[str] = []

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.kind} {self.id}"

    def shown(self) -> bytes:
        """The bytes of what a hit shows of it."""
        return msgspec.msgpack.encode((self.kind, self.id, self.label, self.label_zh, self.names, self.weight))


_DECODER = msgspec.msgpack.Decoder(Entry)


def decoded(shown: bytes) -> Entry:
    """The entry of some bytes, but for `more`."""
    return _DECODER.decode(shown)


def named(connection: duckdb.DuckDBPyConnection) -> Iterator[Entry]:
    """Every entry but those of trials."""
    for row in _rows(connection, "arenas"):
        yield _arena(row)
    products = {row["id"]: row for row in _rows(connection, "products")}
    for kind, rows in (("product", products.values()), ("company", _rows(connection, "companies"))):
        for row in rows:
            yield _entry(kind, row, [row["name"], *row["names"]])
    for row in _rows(connection, "programmes"):
        if row["product"] in products:
            yield _programme(row, products[row["product"]])


def trials(connection: duckdb.DuckDBPyConnection, after: int) -> Iterator[tuple[str, Entry | None]]:
    """The trials that any run after one tells of, by key; null where no version of it is in force any more."""
    for row in _fetched(connection.cursor().execute(_sql("trials"), {"after": after})):
        entry = _trial(row)
        yield entry.key, entry if row["held"] else None


def write_trials(connection: duckdb.DuckDBPyConnection, rows: Path) -> None:
    """Leave all that `read_trials` needs in a Parquet file; the marts need not be there yet."""
    connection.execute("create temp view version as from derived_version()")
    try:
        query = f"copy (from ({_sql('trials')}) where held) to $path (format parquet, compression lz4_raw)"
        connection.execute(query, {"after": 0, "path": str(rows)})
    finally:
        connection.execute("drop view temp.version")


def read_trials(rows: Path) -> Iterator[Entry]:
    """Every trial of which a version is in force, from the file that `write_trials` left."""
    with duckdb.connect(config={"threads": 1}) as connection:
        yield from map(_trial, _fetched(connection.execute("from read_parquet($rows)", {"rows": str(rows)})))


def _trial(row: dict[str, Any]) -> Entry:
    return _entry("trial", row, row["names"], [row["name"], row["sponsor"], row["conditions"]])


def _arena(row: dict[str, Any]) -> Entry:
    term = vocab.load(row["vocabulary"]).terms.get(row["id"])
    listed = list(term.names()) if term else []
    return _entry(row["vocabulary"], row, [row["name"], row["name_zh"], *listed, *row["names"]])


def _programme(row: dict[str, Any], product: dict[str, Any]) -> Entry:
    disease, disease_zh = row["indication"] or "", row["indication_zh"] or ""
    name = f"{product['name']} in {disease}"
    name_zh = f"{product['name_zh']} {disease_zh}" if product["name_zh"] and disease_zh else ""
    known = {"id": row["id"], "name": name, "name_zh": name_zh, "weight": 1}
    return _entry("programme", known, [name, name_zh], [*product["names"], disease, disease_zh])


def _entry(kind: str, row: dict[str, Any], names: Iterable[str | None], more: list[str] | None = None) -> Entry:
    return Entry(
        kind=kind,
        id=row["id"],
        label=row["name"] or row["id"],
        label_zh=row["name_zh"] or "",
        names=list(dict.fromkeys(name for name in names if name)),
        weight=row["weight"],
        more=more or [],
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    """The rows of `<query>.sql`."""
    return _fetched(connection.cursor().execute(_sql(query)))


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """The rows of an answer, a dict each, a few thousand at a time."""
    names = [column[0] for column in cursor.description or ()]
    while some := cursor.fetchmany(5000):
        yield from (dict(zip(names, row, strict=True)) for row in some)


def _sql(query: str) -> str:
    return resources.files(__package__).joinpath(f"{query}.sql").read_text("utf-8")
