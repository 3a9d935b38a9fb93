"""Two-digit years: the rule, its windows, and what it refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.sources.fda_purple_book import years

PAST = st.dates(date(1930, 1, 1), date(2029, 12, 31))
EXPIRIES = st.dates(date(1983, 1, 1), date(2082, 12, 31))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(day: date) -> str:
    """As the tables write a day."""
    return f"{day.day}-{MONTHS[day.month - 1]}-{day.year % 100:02d}"


@given(PAST)
def test_a_day_of_the_past_comes_back(day: date) -> None:
    assert years.past(written(day), "c", 101000, None) == day.isoformat()


@given(EXPIRIES)
def test_an_expiry_comes_back(day: date) -> None:
    assert years.expiry(written(day), "c") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "past", "expiry"),
    [
        ("14-Jun-30", "1930-06-14", "2030-06-14"),
        ("2-Dec-94", "1994-12-02", "1994-12-02"),
        ("25-Apr-24", "2024-04-25", "2024-04-25"),
        ("29-Feb-00", "2000-02-29", "2000-02-29"),
        ("31-Dec-82", "1982-12-31", "2082-12-31"),
        ("1-Jan-83", "1983-01-01", "1983-01-01"),
    ],
)
def test_one_text_is_another_day_as_licence_and_as_expiry(text: str, past: str, expiry: str) -> None:
    assert (years.past(text, "c", 101000, None), years.expiry(text, "c")) == (past, expiry)


@given(PAST, st.dates(date(1996, 1, 1), date(2029, 12, 31)))
def test_nothing_happens_after_the_table(day: date, table: date) -> None:
    as_of = table.isoformat()[:7]
    if day.isoformat()[:7] <= as_of:
        assert years.past(written(day), "c", 101000, as_of) == day.isoformat()
    else:
        with pytest.raises(BadRecord, match="after the table itself"):
            years.past(written(day), "c", 101000, as_of)


@given(PAST)
def test_a_new_licence_is_not_of_the_last_century(day: date) -> None:
    """In a table of 2031 without a date of its own, a licence of 2030 would be read as one of 1930: it is refused."""
    if day.year >= 1990:
        assert years.past(written(day), "c", 125000, None) == day.isoformat()
    else:
        with pytest.raises(BadRecord, match="before there were licences numbered 125000"):
            years.past(written(day), "c", 125000, None)


def test_a_table_that_outlives_the_rule_is_refused() -> None:
    assert years.past("14-Jun-29", "c", 761000, "2029-12") == "2029-06-14"
    with pytest.raises(BadRecord, match="two digits do not tell 1930 from a century later"):
        years.past("14-Jun-30", "c", 101000, "2030-07")


@pytest.mark.parametrize("text", ["", "Date TBD", "2024-04-25", "25-Apr-2024", "25-APR-24", "31-Feb-24", "٢-Apr-24"])
def test_what_is_no_such_day_is_refused_at_its_column(text: str) -> None:
    for read in (lambda: years.past(text, "Approval Date", 101000, None), lambda: years.expiry(text, "Approval Date")):
        with pytest.raises(BadRecord) as error:
            read()
        assert error.value.place == "Approval Date"
