"""What is one record of the list, whatever the form it is written in."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Approval, Designation, Raw, Reading
from frontrunner.sources import fda_orphan
from frontrunner.sources.fda_orphan.row import COLUMNS

from ..regulators.saved import container, page

LIST = page("fda_orphan", "approved.csv")


def raws(path: Path) -> list[Raw]:
    return [item for item in fda_orphan.records(container(path)) if isinstance(item, Raw)]


def first(**cells: str) -> Reading:
    """The first row of the page, with some cells changed."""
    row = msgspec.json.decode(raws(LIST)[0].body)
    return fda_orphan.read(msgspec.json.encode(row | {COLUMNS[field]: text for field, text in cells.items()}))


def test_the_forms_of_a_day_and_a_number_are_no_change() -> None:
    other = first(designated_on="09/21/2015", approved_on="04/25/2024", exclusive_until="04/25/2031", number=" 134200 ")
    assert other == first()


def test_numbered_brands_are_brands() -> None:
    approval = first(trade="1. Onebrand 2. Otherbrand").statements[0]
    assert isinstance(approval, Approval)
    assert [name.value for name in approval.names if name.kind == "brand"] == ["Onebrand", "Otherbrand"]


def test_months_come_first_in_the_publishers_days() -> None:
    (approval, _) = first(approved_on="04/05/2024").statements
    assert isinstance(approval, Approval)
    assert approval.decided_on == "2024-04-05"


def test_approvals_of_one_day_under_one_designation_are_two_records() -> None:
    keys = {first().key, first(indication="another use").key, first(exclusive_for="another use").key}
    assert len(keys) == 3
    assert all(key.startswith("134200/2024-04-25/") for key in keys)


def test_a_new_end_of_exclusivity_is_a_version_of_the_record() -> None:
    changed = first(exclusive_until="2031-10-25")
    assert changed.key == first().key
    assert changed.canonical != first().canonical


def test_a_withdrawn_designation_keeps_its_approval() -> None:
    status = "Designated/Approved/Designation Withdrawn or Revoked"
    approval, designation = first(status=status, withdrawn_on="2024-09-12").statements
    assert isinstance(approval, Approval) and isinstance(designation, Designation)
    assert (approval.decided_on, approval.ended) == ("2024-04-25", None)
    assert (designation.status, designation.ended_on) == ("withdrawn", "2024-09-12")


def test_the_note_in_a_heading_may_change(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.read_text().replace("(Shown for approvals from Jan. 1, 2013, to the present)", "(Shown)"))
    assert [raw.body for raw in raws(path)] == [raw.body for raw in raws(LIST)]


@pytest.mark.parametrize("field", COLUMNS)
def test_every_column_must_be_there(field: str) -> None:
    row = msgspec.json.decode(raws(LIST)[0].body)
    del row[COLUMNS[field]]
    with pytest.raises(BadRecord) as error:
        fda_orphan.read(msgspec.json.encode(row))
    assert error.value.place == COLUMNS[field]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"approved_on": ""}, "Marketing Approval Date"),
        ({"status": "Designated"}, "Marketing Approval Date"),
        ({"approved_on": "25/04/2024"}, "Marketing Approval Date"),
        ({"exclusive_until": "45123"}, "Exclusivity End Date"),
        ({"approval": "Approved"}, "FDA Orphan Approval Status"),
        ({"sponsor": ""}, "Sponsor Company"),
        ({"number": "1.5"}, "CF Grid Key"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_column(cells: dict[str, str], place: str) -> None:
    with pytest.raises(BadRecord) as error:
        first(**cells)
    assert error.value.place == place


def test_a_file_without_the_header_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Drug,Date\nExample,2024\n")
    with pytest.raises(UnreadableInput, match="no header of the orphan list"):
        raws(path)
