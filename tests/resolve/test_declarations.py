"""Ids of trials joined anew where something changed are those that joining all of them gives."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.resolve import declarations
from frontrunner.resolve.registrations import joined

IDS = (
    *(f"NCT9000000{number}" for number in range(3)),
    *(f"2020-00000{number}-11" for number in range(3)),
    *(f"2024-500001-10-0{number}" for number in range(2)),
    *(f"ISRCTN9000000{number}" for number in range(3)),
    "ChiCTR2100000001",
)
SCHEMA = pa.schema(
    [
        ("trial_id", pa.string()),
        ("doc", pa.uint64()),
        ("secondary_ids", pa.list_(pa.struct([("id", pa.string())]))),
    ]
)
#: trial -> what its record declares; a trial that is not there has no record
RECORDS = st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from((*IDS, "none")), max_size=2), max_size=7)


def _hold(connection: duckdb.DuckDBPyConnection, records: dict[str, list[str]]) -> None:
    rows = [
        {"trial_id": id, "doc": at, "secondary_ids": [{"id": one} for one in said]}
        for at, (id, said) in enumerate(records.items())
    ]
    held = pa.Table.from_pylist(rows, schema=SCHEMA)
    connection.register("held", held)
    connection.execute("create or replace table trial_version as from held")
    connection.unregister("held")


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(RECORDS, min_size=2, max_size=4))
def test_joining_what_changed_gives_what_joining_all_gives(days: list[dict[str, list[str]]]) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table trial_claim (trial_id varchar)")
        for records in days:
            _hold(connection, records)
            declarations.run(connection)
            said = [(id, text, at) for at, (id, texts) in enumerate(records.items()) for text in texts]
            found = connection.execute("from registration order by trial, id").fetchall()
            whole = [
                (one.id, one.registry, one.trial, one.held, one.declared_by, one.doc)
                for one in joined(sorted(records), said)
            ]
            assert found == sorted(whole, key=lambda one: (one[2], one[0]))
