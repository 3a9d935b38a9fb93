"""No investigator, e-mail address or telephone number reaches the ledger: every text of a home of all real files."""

from pathlib import Path

import duckdb
import pytest

import frontrunner
from frontrunner.store import snapshot
from frontrunner.store.home import Home

FOLDERS = (
    *("ctgov/v2", "ctgov/transcribed", "ctgov/legacy_xml", "ctgov/csv", "ictrp", "chictr", "cde_china", "euctr"),
    *("ctis", "isrctn", "fda", "ema"),
)
MAIL = r"[\w.+-]+@[\w-]+(\.[\w-]+)+"
#: with a country code, or as numbers are written in North America
PHONE = (
    r"(?:\+|\b00)\d{1,3}[\s().-]{1,3}\d{1,4}(?:[\s().-]{1,3}\d{2,4}){2,}|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b"
)
CONTACT = f"{MAIL}|{PHONE}"


def found(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """(table, column, text) of every text with a contact in it; nested texts as well."""
    columns = connection.execute(
        "select table_name, column_name from duckdb_columns() where data_type like '%VARCHAR%' and not internal"
    ).fetchall()
    return [
        (table, column, text)
        for table, column in columns
        for (text,) in connection.execute(
            f'select "{column}"::varchar from "{table}" where regexp_matches("{column}"::varchar, $1) limit 3',
            [CONTACT],
        ).fetchall()
    ]


@pytest.mark.parametrize(
    "text", ["write to someone@example.org", "call +49 89 1234 5678", "(555) 123-4567 in office hours", "555-123-4567"]
)
def test_a_contact_would_be_seen(text: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select [{'note': $1}] as notes, 'none' as other", [text])
        assert [(table, column) for table, column, _ in found(connection)] == [("t", "notes")]


@pytest.mark.parametrize(
    "text", ["NCT01234567, 2021-04-10", "EU/1/20/1443 @ 2 mg", "10.1016/j.2020.01.002", "BBM-H901"]
)
def test_ids_and_dates_are_no_contacts(text: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select $1 as note", [text])
        assert found(connection) == []


@pytest.mark.slow
def test_no_contact_is_in_a_home_of_all_real_files(shared_data: Path, tmp_path: Path) -> None:
    report = frontrunner.open(tmp_path).ingest([shared_data / folder for folder in FOLDERS])
    assert report.read > 60_000
    assert report.unexpected == []
    with snapshot.connect(Home(tmp_path)) as connection:
        assert found(connection) == []
