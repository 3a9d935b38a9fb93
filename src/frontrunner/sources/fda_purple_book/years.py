"""Days with a two-digit year (`25-Apr-24`), as the tables write them, and the rule that gives the century.

| day | lies in | because |
|---|---|---|
| approval, first licensure | 1930..2029 | the oldest licences that the tables list are of June 1930 |
| end of an exclusivity | 1983..2082 | the Orphan Drug Act, the oldest law that gives one, is of January 1983 |

Two things show that the rule has been outlived, and are refused rather than guessed: a day after the table's own month
(or any day, in a table of 2030 and later), and a day before 1990 for a licence numbered 125000 or higher, a series that
was begun at the end of the 1990s.
"""

import re
from datetime import date

from frontrunner.errors import BadRecord
from frontrunner.model import PartialDate
from frontrunner.reading.dates import partial_date

_PAST_FROM, _EXPIRY_FROM = 1930, 1983
#: from this table on two digits no longer tell the first years of the window from those after it
_OUTLIVED = str(_PAST_FROM + 100)
_NEW_SERIES, _NEW_SERIES_FROM = 125000, 1990
_DAY = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{2})", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def past(text: str, place: str, licence: int, as_of: str | None) -> str:
    """The ISO day of something that has happened to this licence by `as_of` (the table's month or day, if it has one).

    Raises BadRecord at `place`.
    """
    day = _day(text, place, _PAST_FROM)
    if as_of and as_of >= _OUTLIVED:
        raise BadRecord(place, f"{text!r}: in a table of {as_of} two digits do not tell {day[:4]} from a century later")
    if as_of and date.fromisoformat(day) > PartialDate(as_of).last:
        raise BadRecord(place, f"{text!r} is {day}, after the table itself ({as_of})")
    if licence >= _NEW_SERIES and int(day[:4]) < _NEW_SERIES_FROM:
        raise BadRecord(place, f"{text!r} is {day}, before there were licences numbered {licence}")
    return day


def expiry(text: str, place: str) -> str:
    """The ISO day on which an exclusivity ends. Raises BadRecord at `place`."""
    return _day(text, place, _EXPIRY_FROM)


def _day(text: str, place: str, first_year: int) -> str:
    match = _DAY.fullmatch(text)
    if match is None or match[2] not in _MONTHS:
        raise BadRecord(place, f"{text!r} is not a day such as 25-Apr-24")
    year = first_year + (int(match[3]) - first_year) % 100
    return partial_date(f"{year}-{_MONTHS.index(match[2]) + 1:02d}-{int(match[1]):02d}", place)
