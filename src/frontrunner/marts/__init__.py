"""The marts: one SELECT a table, built in a listed order inside the ledger and published with it."""

from importlib import resources
from typing import Any

from frontrunner.errors import UnknownOption
from frontrunner.store.ledger import Connection

#: Tables in the order in which they need each other; `<name>.sql` beside this file is the SELECT.
ORDER = (
    "version",
    "trial",
    "trial_jurisdiction",
    "trial_product",
    "decision",
    "product",
    "product_name",
    "company",
    "company_name",
    "trial_programme",
    "decision_programme",
    "programme",
    "programme_role",
    "decision_milestone",
    "milestone",
    "coverage",
    "filled",
    "unexpected",
)


def build(connection: Connection) -> None:
    """Rebuild every mart in one transaction."""
    connection.begin()
    try:
        connection.execute(select("macros"))
        for table in ORDER:
            connection.execute(f"create or replace table {table} as {select(table)}")
        connection.execute(select("scopes"))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def unexpected(connection: Connection) -> list[str]:
    """What the records of the sources are not as they should be, one line each."""
    rows = connection.execute("select source, what from unexpected order by all").fetchall()
    return [f"{source}: {what}" for source, what in rows]


def read(connection: Connection, table: str, size: int = 20_000) -> Any:
    """A pyarrow.RecordBatchReader over one built mart, in its own order; UnknownOption for a name not in `ORDER`."""
    if table not in ORDER:
        raise UnknownOption("mart", table, ORDER)
    return connection.table(table).to_arrow_reader(size)


def select(table: str) -> str:
    """The SQL of one mart, with its grain in the comment above it."""
    return resources.files(__package__).joinpath(f"{table}.sql").read_text("utf-8")
