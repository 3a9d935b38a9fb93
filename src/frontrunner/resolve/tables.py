"""Rows that the resolver asks of the ledger, and tables that it writes there."""

from collections.abc import Iterable
from importlib import resources
from typing import Any

import pyarrow as pa

from frontrunner.store.ledger import Connection


def rows(connection: Connection, query: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of `<query>.sql` beside this module."""
    return connection.execute(sql(query), values).fetchall()


def columns(connection: Connection, query: str, **values: object) -> pa.Table:
    """The rows of `<query>.sql` as columns."""
    return connection.sql(sql(query), params=values).to_arrow_table()


def sql(query: str) -> str:
    """The text of `<query>.sql` beside this module."""
    return resources.files(__package__).joinpath(f"{query}.sql").read_text("utf-8")


def table(schema: pa.Schema, found: Iterable[tuple[object, ...]]) -> pa.Table:
    """Rows as columns; there may be none."""
    columns = list(zip(*found, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for field, column in zip(schema, columns, strict=True)], schema=schema
    )


def replace(connection: Connection, name: str, columns: pa.Table) -> None:
    """Put some rows in place of a table."""
    connection.register("rows", columns)
    connection.execute(f"create or replace table {name} as from rows")
    connection.unregister("rows")


def insert(connection: Connection, name: str, columns: pa.Table) -> None:
    """Add rows to a table, which is made where there is none."""
    connection.register("rows", columns)
    connection.execute(f"create table if not exists {name} as from rows limit 0")
    connection.execute(f"insert into {name} by name from rows")
    connection.unregister("rows")
