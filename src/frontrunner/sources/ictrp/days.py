"""The days of an ICTRP record, which copies each register's own spelling: up to three in one column.

`2020-02-01` and `2020/02/01` (year first), `27/01/2020` (day first), `February 1, 2020` and `March 2020` (in words).
Which of 03/04/2020 comes first is told by `Date_registration3`, the same day as `20200403`: the two must agree.
"""

import re
from functools import lru_cache

from frontrunner.errors import BadRecord
from frontrunner.reading.cells import day_first
from frontrunner.reading.dates import full_date, long_date, partial_date

_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})", re.ASCII)
_EXPORT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) \d{1,2}:\d{2}:\d{2} [AP]M", re.ASCII)


@lru_cache(maxsize=1 << 14)
def any_spelling(text: str, place: str) -> str:
    """A date in any of the spellings as an ISO prefix. Raises BadRecord at `place`."""
    if text[:1].isalpha():
        return long_date(text, place)
    if text[2:3] == "/":
        return day_first(text, place)
    return partial_date(text.replace("/", "-"), place)


def registered(text: str, digits: str | None, place: str) -> str:
    """The day of registration, in both of its fields. Raises BadRecord at `place` where they differ."""
    day = any_spelling(text, place)
    if digits is None or day.replace("-", "") != digits:
        raise BadRecord(place, f"{text!r} is not the day that Date_registration3 gives, {digits!r}")
    return day


@lru_cache(maxsize=1 << 12)
def refreshed(text: str, place: str) -> str:
    """`17 February 2020` as an ISO day. Raises BadRecord at `place`."""
    match = _WORDS.fullmatch(text)
    if match is None:
        raise BadRecord(place, f"{text!r} is not a day such as 17 February 2020")
    return full_date(long_date(f"{match[2]} {match[1]}, {match[3]}", place), place)


@lru_cache(maxsize=1 << 12)
def exported(text: str, place: str) -> str:
    """`3/18/2020 6:53:35 PM`, month first, as an ISO day. Raises BadRecord at `place`."""
    match = _EXPORT.fullmatch(text)
    if match is None:
        raise BadRecord(place, f"{text!r} is not a time such as 3/18/2020 6:53:35 PM")
    return full_date(f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}", place)
