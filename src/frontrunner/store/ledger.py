"""The ledger: the writer's private DuckDB file of versions, statements and marts. Derived; evidence rebuilds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa

from frontrunner.errors import HomeError
from frontrunner.model import STATEMENTS, Source
from frontrunner.store import evidence
from frontrunner.store.home import Home
from frontrunner.store.staged import Staged

Connection = duckdb.DuckDBPyConnection

#: What the database raises when it cannot write.
_OF_THE_DISK = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)

#: What the writer's queries may hold in memory; beyond it they spill into the staging folder.
MEMORY = "700MB"


@contextmanager
def opened(home: Home, tables: Mapping[str, pa.Schema], edition: str) -> Iterator[Connection]:
    """The ledger, its own and the given tables made where missing; call it under `home.writing()` only.

    A ledger that another edition of the readers made is thrown away: the evidence gives it again.
    """
    connection = _connect(home)
    try:
        if _made_by(connection) not in (None, edition):
            connection.close()
            home.ledger.unlink()
            connection = _connect(home)
        connection.execute(_sql("schema"))
        connection.execute("create or replace table made_by as select $edition as edition", {"edition": edition})
        for table, schema in tables.items():
            _ensure_table(connection, table, schema)
        yield connection
    except duckdb.Error as error:
        if "interrupt" in str(error).lower():  # Ctrl-C while the database worked, in one of several guises
            raise KeyboardInterrupt from error
        if not isinstance(error, _OF_THE_DISK):
            raise
        raise OSError(str(error).partition("\n")[0]) from error
    finally:
        connection.close()


def _connect(home: Home) -> Connection:
    try:
        return duckdb.connect(home.ledger, config={"memory_limit": MEMORY, "temp_directory": str(home.staging)})
    except duckdb.Error as error:
        raise HomeError(f"{home.ledger}: cannot be opened ({error}); delete it, the next ingest rebuilds it") from error


def _made_by(connection: Connection) -> str | None:
    """The edition that made the ledger; null for a new one."""
    if not _count(connection, "select count(*) from duckdb_tables() where table_name = 'made_by'"):
        return None
    row = connection.execute("select edition from made_by").fetchone()
    return str(row[0]) if row else ""


def _ensure_table(connection: Connection, table: str, schema: pa.Schema) -> None:
    connection.register("empty_table", schema.empty_table())
    connection.execute(f"create table if not exists {table} as from empty_table")
    connection.unregister("empty_table")


def state_sources(connection: Connection, rows: Iterable[tuple[Source, Mapping[str, Mapping[str, str]]]]) -> None:
    """Write what is known of the publishers and expected of their records, and where these hold each column.

    Places are given by the media type of the document, column -> place.
    """
    columns = {field.encode_name: field.name for statement in STATEMENTS for field in msgspec.structs.fields(statement)}
    said, filled, places = list[tuple[object, ...]](), list[tuple[object, ...]](), list[tuple[object, ...]]()
    for source, forms in rows:
        said.append(_said_of(source))
        for column, at_least in source.filled.items():
            statement, _, field = column.partition(".")
            filled.append((source.id, statement, field, at_least))
        for media_type, given in forms.items():
            places += [(source.id, media_type, columns.get(field, field), place) for field, place in given.items()]
    connection.begin()
    for table, stated in (("source", said), ("source_filled", filled), ("source_place", places)):
        connection.execute(f"delete from {table}")
        _insert(connection, table, stated)
    connection.commit()


def _said_of(source: Source) -> tuple[object, ...]:
    fewest, most = source.records or (None, None)
    terms = (source.publisher, source.homepage, source.licence, source.attribution)
    return (source.id, source.title, source.authority, source.record_url, source.editions, *terms, fewest, most)


def _insert(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Add a few rows in one statement, which costs a hundredth of one statement a row."""
    if rows:
        one = f"({', '.join('?' * len(rows[0]))})"
        values = [value for row in rows for value in row]
        connection.execute(f"insert into {table} values {', '.join([one] * len(rows))}", values)


def missing_runs(home: Home, connection: Connection) -> list[int]:
    """Runs whose evidence is complete but which the ledger does not hold: a writer was killed in between."""
    held = {row[0] for row in connection.execute("select run from run").fetchall()}
    return [run for run in evidence.runs(home) if run not in held]


def known_documents(connection: Connection, path: Path) -> None:
    """Write the ids of all kept documents to a Parquet file, for the readers to leave those out."""
    connection.execute("copy (select doc from document) to $path (format parquet)", {"path": str(path)})


def new_sightings(connection: Connection, staged: Staged) -> int:
    """Keep, of what was staged, the sightings that tell something new; returns how many, in table `fresh_sighting`."""
    connection.execute("create or replace temp table fresh_sighting as select * from sighting limit 0")
    _take_in(connection, staged.rows("sightings"), _sql("fresh_sightings"))
    return _count(connection, "select count(*) from fresh_sighting")


def write_sightings(connection: Connection, path: Path) -> None:
    """Write the fresh sightings as the run's own record of them."""
    connection.execute(
        "copy (select * exclude (run) from fresh_sighting) to $path (format parquet)", {"path": str(path)}
    )


def load(home: Home, connection: Connection, run: int, staged: Staged, tables: Sequence[str]) -> None:
    """Bring one complete run into the ledger in one transaction: documents, sightings, quarantine, statements."""
    folder = home.evidence / evidence.run_name(run)
    connection.begin()
    try:
        segments = [str(path) for path in evidence.segments(home, run)]
        if segments:
            _insert_documents(connection, run, segments)
        connection.execute(
            "insert into sighting select *, $run from read_parquet($file)",
            {"run": run, "file": str(folder / "sightings.parquet")},
        )
        for table in (*tables, "quarantine"):
            _insert_rows(connection, run, table, staged)
        connection.execute(
            "insert into run select $run, max(fetched_on), (select count(*) from document where run = $run) "
            "from sighting where run = $run",
            {"run": run},
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _insert_documents(connection: Connection, run: int, segments: list[str]) -> None:
    connection.execute(_sql("load_documents"), {"run": run, "files": segments, "group": evidence.ROW_GROUP})
    clash = connection.execute(
        "select held.key from document as held join document as fresh using (doc) "
        "where fresh.run = $run and held.hash <> fresh.hash",
        {"run": run},
    ).fetchone()
    if clash:
        raise HomeError(f"document ids of two contents collide at {clash[0]}; report this, it should never be")


def _insert_rows(connection: Connection, run: int, table: str, staged: Staged) -> None:
    tail = ", $run" if table == "quarantine" else ""
    statement = f"insert into {table} by position select *{tail} from staged_rows"
    _take_in(connection, staged.stated(table), statement, **({"run": run} if tail else {}))


def _take_in(connection: Connection, rows: pa.RecordBatchReader | None, statement: str, **values: object) -> None:
    """Run a statement on staged rows, if there are any."""
    if rows is None:
        return
    connection.register("staged_rows", rows)
    connection.execute(statement, values)
    connection.unregister("staged_rows")


def _sql(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8")


def _count(connection: Connection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
