"""Which day of the list is that of the designation, and what is known where it is not."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Designation, Raw
from frontrunner.sources import ema_orphan
from frontrunner.sources.ema_orphan.row import COLUMNS

from ..regulators.saved import container, page

LIST = page("ema_orphan", "designations.csv")


def raws(path: Path) -> list[Raw]:
    return [item for item in ema_orphan.records(container(path)) if isinstance(item, Raw)]


def first(**cells: str) -> Designation:
    """The first row of the page, with some cells changed."""
    row = msgspec.json.decode(raws(LIST)[0].body)
    changed = msgspec.json.encode(row | {COLUMNS[field]: text for field, text in cells.items()})
    (statement,) = ema_orphan.read(changed).statements
    assert isinstance(statement, Designation)
    return statement


@pytest.mark.parametrize(
    ("number", "decided", "published", "designated"),
    [
        ("EU/3/11/860", "13/05/2011", "27/05/2011", "2011-05-13"),
        ("EU/3/16/1825", "12/01/2017", "14/07/2017", "2017-01-12"),
        ("EU/3/16/1609", "11/02/2025", "06/04/2016", "2016"),
        ("EU/3/23/2836", "10/02/2025", "24/01/2024", None),
        ("EU/3/24/3009", "13/12/2025", "15/01/2025", None),
        ("EU/3/14/1342", "08/10/2009", "12/11/2014", "2014"),
        ("EU/3/24/2971", "", "19/09/2024", "2024"),
        ("EU/3/24/2971", "", "", None),
        ("EU/3/11/860", "13/05/2011", "", "2011-05-13"),
        ("EU/3/11/860", "13/05/2011", "13/05/2011", "2011-05-13"),
    ],
)
def test_a_day_must_fit_the_year_of_the_number_and_the_page(
    number: str, decided: str, published: str, designated: str | None
) -> None:
    """The first eight are days and numbers of real designations."""
    assert first(number=number, decided_on=decided, first_published_on=published).designated_on == designated


def test_a_refusal_is_no_designation() -> None:
    refused = first(status="Negative", number="-")
    assert (refused.designated_on, refused.refused_on, refused.status, refused.number) == (
        *(None, "2011-05-13", "refused", None),
    )


def test_the_day_of_the_update_is_no_content() -> None:
    row = msgspec.json.decode(raws(LIST)[0].body)
    later = ema_orphan.read(msgspec.json.encode(row | {"Last updated date": "01/01/2026", "newest": "2026-01-01"}))
    earlier = ema_orphan.read(raws(LIST)[0].body)
    assert later.canonical == earlier.canonical
    assert (earlier.known_on, later.known_on) == ("2016-04-11", "2026-01-01")


@pytest.mark.parametrize("field", COLUMNS)
def test_every_column_must_be_there(field: str) -> None:
    row = msgspec.json.decode(raws(LIST)[0].body)
    del row[COLUMNS[field]]
    with pytest.raises(BadRecord) as error:
        ema_orphan.read(msgspec.json.encode(row))
    assert error.value.place == COLUMNS[field]


def test_a_file_without_the_header_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Medicine,Date\nExample,2024\n")
    with pytest.raises(UnreadableInput, match="no header of the EMA's list"):
        raws(path)
