"""Dates keep their precision, and impossible ones are refused where they stand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.reading.dates import any_date, full_date, long_date, partial_date


@pytest.mark.parametrize("text", ["2021", "2021-04", "2021-04-10", "2024-02-29"])
def test_iso_prefixes_stay_as_they_are(text: str) -> None:
    assert partial_date(text, "here") == any_date(text, "here") == text


@pytest.mark.parametrize(
    "text", ["2023-02-31", "2023-13", "2023-1", "21-04-10", "2023-02-29", "", "soon", "2021-04-10T00", "٢٠٢١"]
)
def test_impossible_dates_are_refused_at_their_place(text: str) -> None:
    with pytest.raises(BadRecord) as error:
        partial_date(text, "statusModule.startDateStruct.date")
    assert error.value.place == "statusModule.startDateStruct.date"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("September 20, 2018", "2018-09-20"),
        ("March 2014", "2014-03"),
        ("May 1, 1999", "1999-05-01"),
        ("Sep 2, 2020", "2020-09-02"),
        (" June  2005 ", "2005-06"),
    ],
)
def test_long_dates_become_iso_prefixes(text: str, iso: str) -> None:
    assert long_date(text, "here") == iso


@pytest.mark.parametrize(
    "text", ["February 31, 2023", "Marchtober 2014", "Ma 2014", "2014", "20 September 2018", "May 5 2018", ""]
)
def test_other_words_are_no_dates(text: str) -> None:
    with pytest.raises(BadRecord, match="here: "):
        long_date(text, "here")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_from_both_spellings(day: date) -> None:
    assert any_date(f"{day:%B} {day.day}, {day.year}", "here") == any_date(day.isoformat(), "here") == day.isoformat()
    assert any_date(f"{day:%B} {day.year}", "here") == f"{day:%Y-%m}"


def test_a_full_date_has_a_day() -> None:
    assert full_date("2021-04-10", "here") == "2021-04-10"
    with pytest.raises(BadRecord, match="is not a day"):
        full_date("2021-04", "here")
