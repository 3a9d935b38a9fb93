"""What regulators' rows give as the use: areas and label texts as concepts of the ledger's vocabulary.

`regulated_indication` (doc, position, indication, place, because): one disease of one statement · `uses_read` (doc,
edition). Only documents that are new are read, unless the vocabulary has another edition: then all are.
"""

from collections.abc import Callable
from functools import cache

import pyarrow as pa

from frontrunner.resolve import tables
from frontrunner.resolve.indications import Matcher
from frontrunner.resolve.licensed import Disease, diseases
from frontrunner.store.ledger import Connection

_TABLES = {
    "regulated_indication": pa.schema(
        [
            ("doc", pa.uint64()),
            ("position", pa.int64()),
            ("indication", pa.string()),
            ("place", pa.string()),
            ("because", pa.string()),
        ]
    ),
    "uses_read": pa.schema([("doc", pa.uint64()), ("edition", pa.string())]),
}


def run(connection: Connection, edition: str, matcher: Callable[[], Matcher]) -> None:
    """Bring `regulated_indication` up to date; `matcher` is asked for, once, where a document is to be read."""
    for table, schema in _TABLES.items():
        tables.insert(connection, table, schema.empty_table())
    if connection.execute("select 1 from uses_read where edition <> ? limit 1", [edition]).fetchall():
        for table in _TABLES:
            connection.execute(f"delete from {table}")

    @cache
    def read(areas: tuple[str, ...], text: str | None, proper: tuple[str, ...]) -> list[Disease]:
        return diseases(areas, text, matcher(), proper)

    rows = tables.rows(connection, "uses_unread")
    found: list[tuple[object, ...]] = [
        (doc, position, one.indication, one.place, one.because)
        for doc, position, areas, text, proper in rows
        for one in read(tuple(areas), text, tuple(proper))
    ]
    docs: list[tuple[object, ...]] = [(doc, edition) for doc in dict.fromkeys(row[0] for row in rows)]
    for table, made in (("regulated_indication", found), ("uses_read", docs)):
        tables.insert(connection, table, tables.table(_TABLES[table], made))
