"""What makes two rows of two tables versions of one medicine, and since when each is known."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading
from frontrunner.sources import ema_medicines
from frontrunner.sources.ema_medicines.row import COLUMNS

from ..regulators.saved import container, page

CSV, SHEET = page("ema_medicines", "medicines.csv"), page("ema_medicines", "medicines_2024-08-15.xlsx")


def raws(path: Path) -> list[Raw]:
    return [item for item in ema_medicines.records(container(path)) if isinstance(item, Raw)]


def first(path: Path, **cells: str) -> Reading:
    """The first medicine of a page, with some cells changed."""
    row = msgspec.json.decode(raws(path)[0].body)
    return ema_medicines.read(
        msgspec.json.encode(row | {COLUMNS.get(field, field): text for field, text in cells.items()})
    )


def test_a_sheet_and_a_csv_that_differ_in_form_hold_one_document() -> None:
    """Number 3 and text 3, group B06 and its words, another address, a later day of update: nothing of it is new."""
    sheet, csv = first(SHEET), first(CSV)
    assert sheet.canonical == csv.canonical
    assert sheet.statements == csv.statements
    assert (sheet.known_on, csv.known_on) == ("2024-08-02", "2025-03-11")


@pytest.mark.parametrize(
    "cells",
    [
        {"status": "Withdrawn"},
        {"conditional": "No"},
        {"indication": "Treatment of adults and children."},
        {"authorised_on": "25/07/2024"},
        {"applicant": "Example Holdings"},
        {"procedure": "II/0008"},
        {"revision": "4"},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_a_real_difference_is_a_version(cells: dict[str, str]) -> None:
    changed = first(CSV, **cells)
    assert changed.key == first(CSV).key
    assert changed.canonical != first(CSV).canonical


@pytest.mark.parametrize(
    "cells",
    [
        {"name": " Examplevec   (previously known as Testovec) "},
        {"revision": "3.0"},
        {"group": ""},
        {"url": ""},
        {"newest": "2026-01-01"},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_a_difference_of_form_is_none(cells: dict[str, str]) -> None:
    assert first(CSV, **cells).canonical == first(CSV).canonical


def test_a_medicine_without_an_update_is_known_from_the_moment_of_the_table_or_not_at_all() -> None:
    sheet, csv = first(SHEET, updated_on=""), first(CSV, updated_on="")
    assert (sheet.known_on, sheet.known_basis, sheet.as_of) == ("2024-08-15", "posted", "2024-08-15")
    assert (csv.known_on, csv.known_basis, csv.as_of) == (None, "fetched", "2025-03-11")


@pytest.mark.parametrize("field", COLUMNS)
def test_every_column_must_be_there(field: str) -> None:
    row = msgspec.json.decode(raws(CSV)[0].body)
    del row[COLUMNS[field]]
    with pytest.raises(BadRecord) as error:
        ema_medicines.read(msgspec.json.encode(row))
    assert error.value.place == COLUMNS[field]


@pytest.mark.parametrize("field", [field for field in COLUMNS if field.endswith(("_on", "_from"))])
def test_every_day_is_checked(field: str) -> None:
    for text in ("45123", "2024-08-15", "31/02/2024", "8/15/2024"):
        with pytest.raises(BadRecord) as error:
            first(CSV, **{field: text})
        assert error.value.place == COLUMNS[field]


def test_an_absent_flag_of_condition_is_no_kind() -> None:
    """It may have been conditional on its day: the flag is today's."""
    (approval, *_) = first(CSV, conditional="No", prime="No").statements
    assert msgspec.to_builtins(approval)["kind"] is None


def test_an_opinion_after_the_authorisation_is_one_on_something_else() -> None:
    told = [msgspec.to_builtins(first(CSV, opinion_on=text, prime="No").statements[0]) for text in ("", "25/07/2024")]
    assert [row["opinionOn"] for row in told] == [None, None]
    refused = first(CSV, status="Refused", opinion_on="25/07/2024", prime="No").statements[0]
    assert msgspec.to_builtins(refused)["opinionOn"] == "2024-07-25"


@pytest.mark.parametrize(
    "name",
    ["medicines_2024-08-15.xlsx", "a/medicines_output_medicines_en.xlsx", "medicines-output-medicines-report_en.xlsx"],
)
def test_a_spreadsheet_is_told_by_the_names_it_is_offered_under(name: str) -> None:
    assert ema_medicines.recognise(name, b"PK\x03\x04\x14\x00")
    assert not ema_medicines.recognise(name, b"Category;Name")


@pytest.mark.parametrize(
    "name", ["my_medicines.xlsx", "medicines.xlsx", "atmp_list_2024-02.xlsx", "medicines_2024.zip"]
)
def test_other_spreadsheets_are_not_taken(name: str) -> None:
    assert not ema_medicines.recognise(name, b"PK\x03\x04\x14\x00")


def test_a_file_without_the_header_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "medicines.csv"
    path.write_bytes(b"Category,Name of medicine\nHuman,Example\n")
    with pytest.raises(UnreadableInput, match="no header of the EMA's table"):
        raws(path)


def test_what_stands_before_a_broken_quote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "medicines.csv"
    path.write_bytes(CSV.read_bytes() + b'Human,"Exam"ple,\n')
    found = []
    with pytest.raises(UnreadableInput, match="the rows before it were read"):
        found.extend(ema_medicines.records(container(path)))
    assert len(found) == len(raws(CSV))
