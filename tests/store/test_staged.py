"""What readers leave for the ledger: every row comes out once, in order."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.store import staged

ROWS = st.lists(st.tuples(st.integers(0, 6), st.lists(st.text(max_size=3), max_size=2)), min_size=1, max_size=6)
SCHEMA = pa.schema([("doc", pa.uint64()), ("said", pa.list_(pa.string()))])


def _rows(reader: pa.RecordBatchReader | None) -> list[tuple[int, list[str]]]:
    assert reader is not None
    return [(row["doc"], row["said"]) for row in reader.read_all().to_pylist()]


@given(st.lists(ROWS, min_size=1, max_size=5), st.integers(1, 8))
def test_the_rows_of_a_document_come_from_the_first_file_that_has_them(
    files: list[list[tuple[int, list[str]]]], together: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(staged, "_ROWS", together)
        for number, rows in enumerate(files):
            columns = [list(column) for column in zip(*rows, strict=True)]
            staged.write(
                Path(folder) / f"told-{number:06d}.arrow",
                pa.Table.from_arrays(
                    [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
                ),
            )
        found = staged.Staged(Path(folder))
        assert _rows(found.rows("told")) == [row for rows in files for row in rows]
        first = {doc: number for number, rows in reversed(list(enumerate(files))) for doc, _ in rows}
        assert _rows(found.stated("told")) == [
            row for number, rows in enumerate(files) for row in rows if first[row[0]] == number
        ]
        assert found.rows("nothing") is None
        assert found.stated("nothing") is None
