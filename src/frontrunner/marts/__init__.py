"""The marts: one SELECT a table, built in a listed order inside the ledger and published with it.

After an ingest that brought records of trials only, the widest of them are not built whole: the same SELECTs are run
where the tables that they grow from hold the documents of the trials that were touched (`touched.sql`), and the rows
of these documents are exchanged. The result is the same as that of a whole build, table by table.
"""

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
    "trial_part",
    "programme_part",
    "part_name",
    "curated_role",
    "product_role",
    "programme_role",
    "company_part",
    "decision_milestone",
    "milestone",
    "disease_prevalence",
    "disease_cause",
    "coverage",
    "filled",
    "unexpected",
)
#: Those that are kept as the question alone: they have far more rows than what they are made of.
VIEWS = frozenset({"programme_role"})
#: Those of which the rows of a document depend on the trials of that document alone, and on identities.
BY_DOCUMENT = frozenset({"version", "trial", "trial_jurisdiction", "trial_product", "trial_programme", "milestone"})
#: Tables that stand in narrowed to touched documents while those are built, as sightings are to their records.
NARROWED = ("trial_version", "trial", "trial_product")
#: The identities that the rows of a trial depend on: kept as they were built, to see which of them changed since.
IDENTITIES = ("sponsor", "product_key", "registration")


def build(connection: Connection, edition: str) -> None:
    """Bring every mart up to date in one transaction: by touched documents where that is enough, else whole."""
    connection.begin()
    try:
        connection.execute(select("macros"))
        if not (_only_trials(connection, edition) and _by_document(connection)):
            for table in ORDER:
                _whole(connection, table)
        connection.execute(select("scopes"))
        _remember(connection, edition)
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


def _whole(connection: Connection, table: str) -> None:
    kind, other = ("view", "table") if table in VIEWS else ("table", "view")
    # an older edition may have kept it as the other kind, which is never replaced
    if connection.execute(f"select 1 from duckdb_{other}s() where {other}_name = $table", {"table": table}).fetchone():
        connection.execute(f"drop {other} {table}")
    connection.execute(f"create or replace {kind} {table} as {select(table)}")


def _remember(connection: Connection, edition: str) -> None:
    """Note what the marts were built from, in the transaction that builds them."""
    connection.execute(
        "create or replace table built as select $edition as edition, (select coalesce(max(run), 0) from run) as runs",
        {"edition": edition},
    )
    for table in IDENTITIES:
        connection.execute(f"create or replace table built_{table} as from {table}")


def _only_trials(connection: Connection, edition: str) -> bool:
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'built'").fetchone():
        return False
    return connection.execute(select("only_trials"), {"edition": edition}).fetchone() == (True,)


def _by_document(connection: Connection) -> bool:
    """Exchange the rows of touched documents; false when a curated product changed its kind, which any may feel."""
    connection.execute(f"create or replace temp table touched_document as {select('touched')}")
    connection.execute(
        "create or replace temp table unsettled_document as "
        "from touched_document union all select doc from sighting anti join trial_version using (doc)"
    )
    connection.execute("create schema touched")
    for table in NARROWED:
        connection.execute(f"create view touched.{table} as from main.{table} semi join touched_document using (doc)")
    connection.execute(
        "create view touched.sighting as from main.sighting semi join ("
        "from main.sighting semi join unsettled_document using (doc)) as unsettled using (source, key)"
    )
    kinds = _kinds(connection)
    for table in ORDER:
        if table in BY_DOCUMENT:
            _exchange(connection, table)
        else:
            _whole(connection, table)
    connection.execute("drop schema touched cascade")
    connection.execute(
        "update milestone set number = numbered.number from ("
        "select programme, number from programme union all select programme, number from programme_part"
        ") as numbered where numbered.programme = milestone.programme and numbered.number <> milestone.number"
    )
    return _kinds(connection) == kinds


def _exchange(connection: Connection, table: str) -> None:
    """Make the rows of the unsettled documents anew; a narrowed table stands in for the whole one by its name."""
    connection.execute(f"delete from {table} where doc in (from unsettled_document)")
    connection.execute("set search_path = 'touched,main'")
    connection.execute(f"insert into main.{table} from ({select(table)}) where doc in (from unsettled_document)")
    connection.execute("set search_path = 'main'")


def _kinds(connection: Connection) -> list[tuple[str, ...]]:
    return connection.execute(f"from ({select('curated_kinds')}) order by all").fetchall()
