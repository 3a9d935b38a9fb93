"""A row of a known table is read whole or refused at its column."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.reading import cells

COLUMNS = {"name": "Name of medicine", "decided_on": "Date `of` decision"}


class Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    name: str
    decided_on: str
    newest: str | None = None


DECODER = msgspec.json.Decoder(Row)


def read(raw: bytes) -> Row:
    return cells.tidy(cells.strict(DECODER, raw, "the list"), COLUMNS, ["decided_on"], cells.day_first)


def test_white_space_is_collapsed_and_filled_days_are_iso_days() -> None:
    raw = {"Name of medicine": " a\n  b ", "Date `of` decision": " 20/03/2025", "newest": " as it is"}
    assert read(msgspec.json.encode(raw)) == Row("a b", "2025-03-20", " as it is")
    assert read(msgspec.json.encode(raw | {"Date `of` decision": " "})).decided_on == ""


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b'{"Name of medicine": ""}', "Date `of` decision"),
        (b'{"Name of medicine": "", "Date `of` decision": "", "Shortage": ""}', "Shortage"),
        (b'{"Name of medicine": "", "Date `of` decision": "2025-03-20"}', "Date `of` decision"),
        (b'{"Name of medicine": 1, "Date `of` decision": ""}', "row"),
        (b'["", ""]', "row"),
        (b"\xff", "row"),
        (b'{"Name of medicine": "\xff", "Date `of` decision": ""}', "row"),
        (b'{"newest":' + b"[" * 100_000, "row"),
    ],
)
def test_anything_else_is_refused_at_its_column(raw: bytes, place: str) -> None:
    with pytest.raises(BadRecord) as error:
        read(raw)
    assert error.value.place == place


@given(st.dates())
def test_a_day_is_read_with_its_day_first(day: date) -> None:
    assert cells.day_first(f"{day.day:02d}/{day.month:02d}/{day.year:04d}", "x") == day.isoformat()


@pytest.mark.parametrize(
    "text", ["", "2025-03-20", "03/20/2025", "31/02/2025", "1/2/2025", "20/03/2025 ", "2\u0660/03/2025"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadRecord, match="is not a day"):
        cells.day_first(text, "x")
