"""What the forms of one study say alike, they say in the same typed row, under one key, each with its own places."""

import msgspec
import pytest

from frontrunner.model import Reading, Trial
from frontrunner.reading.places import quote
from frontrunner.sources import ctgov
from frontrunner.sources.ctgov import legacy, rows, v2

from .conftest import PAGES, raws, trial

V2 = raws(PAGES / "v2_study.json")[0].body
LEGACY = raws(PAGES / "legacy_study.xml")[0].body
TODAY = raws(PAGES / "download_today.csv")[0].body
UNTIL_2023 = raws(PAGES / "download_until_2023.csv")[0].body

OTHERS = {"legacy XML": LEGACY, "CSV of today": TODAY, "CSV until 2023": UNTIL_2023}

#: what a form cannot say by its nature, inside a column that it tells
UNSAID = {"type", "domain", "class", "otherNames"}


def columns(reading: Reading) -> dict[str, object]:
    """The columns that a reading tells, in plain values."""
    row: dict[str, object] = msgspec.to_builtins(trial(reading))
    unread = trial(reading).not_read
    return {column: value for column, value in row.items() if column not in unread and column != "notRead"}


def plain(column: str, value: object) -> object:
    """A value without what the lesser forms cannot say of it."""
    if column in ("secondaryIds", "collaborators") and isinstance(value, list):
        return [{key: said for key, said in one.items() if key not in UNSAID} for one in value]
    if column == "interventions" and isinstance(value, list):
        return [(one["type"], one["name"]) for one in value]
    return value


@pytest.mark.parametrize("form", OTHERS)
def test_forms_of_one_study_give_the_same_row_where_they_say_the_same(form: str) -> None:
    whole, other = columns(ctgov.read(V2)), columns(ctgov.read(OTHERS[form]))
    assert {column: plain(column, whole[column]) for column in other} == {
        column: plain(column, value) for column, value in other.items()
    }
    assert len(other) >= 26


def test_the_two_whole_forms_differ_only_in_the_types_of_ids() -> None:
    whole, xml = columns(ctgov.read(V2)), columns(ctgov.read(LEGACY))
    assert {column for column, value in whole.items() if xml[column] != value} == {"secondaryIds"}


@pytest.mark.parametrize("body", [V2, *OTHERS.values()])
def test_forms_of_one_study_are_versions_of_one_record(body: bytes) -> None:
    reading = ctgov.read(body)
    assert (reading.key, reading.known_on, reading.known_basis) == ("NCT99999901", "2023-11-22", "posted")


def test_every_column_has_its_place_in_the_main_form() -> None:
    assert {*ctgov.PLACES, "notRead"} == set(Trial.__struct_encode_fields__)
    assert ctgov.FORMS["application/json"] == ctgov.PLACES
    for form in (legacy, rows):
        assert set(form.PLACES) <= set(v2.PLACES)


@pytest.mark.parametrize("body", [V2, *OTHERS.values()])
def test_every_told_column_leads_back_to_its_words(body: bytes) -> None:
    reading = ctgov.read(body)
    places = ctgov.FORMS[reading.media_type]
    for column, value in columns(reading).items():
        if value not in (None, []):
            assert quote(body, reading.media_type, places[column])


def test_the_words_at_a_place_are_the_publishers() -> None:
    assert quote(V2, "application/json", v2.PLACES["countries"]) == "China; Korea, Republic of"
    assert quote(V2, "application/json", v2.PLACES["secondaryIds"]) == "EX-101; 2019-000001-11; ChiCTR0000000001"
    assert quote(LEGACY, "application/xml", legacy.PLACES["startDate"]) == "October 16, 2019"
    assert quote(LEGACY, "application/xml", legacy.PLACES["startDateType"]) == "Actual"
    assert quote(UNTIL_2023, "text/csv", rows.PLACES["overallStatus"]) == "Terminated"
    assert quote(TODAY, "text/csv", rows.PLACES["overallStatus"]) == "TERMINATED"


def test_no_person_is_read() -> None:
    for column in Trial.__struct_encode_fields__:
        assert not any(word in column.lower() for word in ("contact", "officials", "investigator", "mail", "phone"))
