"""Rows of delimited text and Parquet stand on their own as JSON objects."""

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.reading import json, parquet, table
from frontrunner.reading.containers import Container, head
from frontrunner.reading.dates import full_date
from tests.reading.files import bodies, container


def cut(body: bytes, delimiter: str = ",") -> list[bytes]:
    """The bytes of the rows."""
    return bodies(list(table.cut("x.csv", io.BytesIO(body), delimiter)))


def test_a_row_is_an_object_of_its_cells() -> None:
    body = b'\xef\xbb\xbfName,Note\r\na,"x, ""y""\r\nz"\r\n\r\nb,\r\n'
    assert [json.parse(row) for row in cut(body)] == [{"Name": "a", "Note": 'x, "y"\r\nz'}, {"Name": "b", "Note": ""}]
    assert [raw.place for raw in table.cut("x", io.BytesIO(body), ",")] == ["line 2", "line 5"]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_the_delimiter_is_told_by_the_header(delimiter: str) -> None:
    body = delimiter.join(["One", "Two words", "Three"]).encode() + b"\n"
    assert table.delimiter_of(body) == delimiter
    assert table.header(body) == ["One", "Two words", "Three"]


def test_a_row_that_does_not_fit_is_refused_and_its_neighbours_land() -> None:
    short, sound, long = cut(b"A,B\n1\n1,2\n1,2,3\n")
    assert json.parse(sound) == {"A": "1", "B": "2"}
    for row in (short, long):
        with pytest.raises(BadRecord, match="array, not an object"):
            json.parse(row)


def test_a_row_in_another_encoding_is_refused_and_its_neighbours_land() -> None:
    wrong, sound = cut("A,B\nMünchen,1\n".encode("latin-1") + "Zürich,2\n".encode())
    assert json.parse(sound) == {"A": "Zürich", "B": "2"}
    with pytest.raises(BadRecord, match="not UTF-8"):
        json.parse(wrong)


def test_a_quote_that_never_ends_ends_the_rows() -> None:
    rows = []
    with pytest.raises(UnreadableInput, match=r"x\.csv, line 3: unexpected end of data; the rows before it were read"):
        for raw in table.cut("x.csv", io.BytesIO(b'A,B\n1,2\n3,"4\n5,6\n'), ","):
            rows.append(raw)
    assert len(rows) == 1


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "RECORD_BYTES", 1000)
    with pytest.raises(UnreadableInput, match="line 2: a line of over"):
        cut(b"A,B\n" + b"x" * 5000 + b",1\n")


CELL = st.text(st.characters(codec="utf-8"), max_size=9)


@given(st.lists(st.tuples(CELL, CELL.filter(bool)), max_size=6))
def test_any_cells_come_back(rows: list[tuple[str, str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [("A", "B"), *rows]]
    assert [tuple(json.parse(row).values()) for row in cut("\n".join(quoted).encode())] == rows


def test_parquet_rows_are_objects_too(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"A": ["1", None], "B": ["x", "y"]}), path)
    found = Container(path, path.name)
    assert [json.parse(row) for row in bodies(list(parquet.records(found)))] == [
        {"A": "1", "B": "x"},
        {"A": "", "B": "y"},
    ]
    assert head(found) == b"PAR1\nA\nB"


def test_damaged_parquet_is_said(tmp_path: Path) -> None:
    found = container(tmp_path, "x.parquet", b"PAR1" + b"\x00" * 100 + b"PAR1")
    assert head(found) == b"PAR1"
    with pytest.raises(UnreadableInput, match="row 1: is damaged Parquet"):
        list(parquet.records(found))


def broken_off() -> Iterator[table.Line]:
    """Two rows, and then the file breaks off."""
    yield 2, ["a", "2024-01-02"]
    yield 4, ["b", "no day"]
    raise UnreadableInput("x.csv, line 5", "breaks off")


def test_what_all_rows_tell_stands_beside_each_and_the_break_comes_last() -> None:
    found = table.gathered(["A", "On"], broken_off())
    newest = found.newest(["On"], full_date)
    assert newest == "2024-01-02"
    records = found.records({"newest": newest}, "row")
    expected = [("row 2", {"A": "a", "On": "2024-01-02"}), ("row 4", {"A": "b", "On": "no day"})]
    for place, cells in expected:
        raw = next(records)
        assert (raw.place, json.parse(raw.body)) == (place, cells | {"newest": newest})
    with pytest.raises(UnreadableInput, match="breaks off"):
        next(records)


def test_without_a_day_there_is_no_newest() -> None:
    found = table.gathered(["A", "On"], [(2, ["a"]), (3, ["b", "no day"])])
    assert found.newest(["On", "Off"], full_date) is None


@pytest.mark.parametrize("cells", [["a"], ["a", "b", "c"], []])
def test_a_row_that_does_not_fit_takes_nothing_from_beside_it(cells: list[str]) -> None:
    """One cell too many does not become what should stand beside the row."""
    (raw,) = table.gathered(["A", "B"], [(2, cells)]).records({"newest": "2024-01-02"})
    assert msgspec.json.decode(raw.body) == cells


@pytest.mark.parametrize(("within", "found"), [(3, True), (2, False), (0, False)])
def test_a_header_may_stand_below_other_rows(within: int, found: bool) -> None:
    lines = iter([(1, ["a title"]), (2, [""]), (3, ["A", "B", "C"]), (4, ["1", "2", "3"])])
    expected = (["A", "B", "C"], [["a title"], [""]]) if found else None
    assert table.below(lines, ["A", "B"], within) == expected
    if found:
        assert next(lines) == (4, ["1", "2", "3"])
