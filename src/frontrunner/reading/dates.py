"""Dates as publishers give them, to ISO prefixes: `2021`, `2021-04`, `2021-04-10`. A month stays a month."""

import re
from functools import lru_cache

from frontrunner.errors import BadRecord
from frontrunner.model import PartialDate

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONG = re.compile(r"([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),\s*)?(\d{4})\Z", re.ASCII)


def partial_date(text: str, place: str) -> str:
    """An ISO prefix that is in the calendar, unchanged. Raises BadRecord at `place` for anything else."""
    why = _fault(text)
    if why:
        raise BadRecord(place, why)
    return text


@lru_cache(maxsize=1 << 16)
def _fault(text: str) -> str | None:
    try:
        PartialDate(text)
    except ValueError as error:
        return str(error)
    return None


def full_date(text: str, place: str) -> str:
    """An ISO day. Raises BadRecord at `place`, also for a month or a year."""
    if len(partial_date(text, place)) < 10:
        raise BadRecord(place, f"{text!r} is not a day")
    return text


def long_date(text: str, place: str) -> str:
    """An English long date ("September 20, 2018", "March 2014", "Mar 2014") as an ISO prefix.

    Raises BadRecord at `place` for anything else.
    """
    match = _LONG.match(text.strip())
    month = _month(match[1]) if match else None
    if match is None or month is None:
        raise BadRecord(place, f"{text!r} is not a date (September 20, 2018 or September 2018)")
    day = f"-{int(match[2]):02d}" if match[2] else ""
    return partial_date(f"{match[3]}-{month:02d}{day}", place)


def any_date(text: str, place: str) -> str:
    """An ISO prefix or an English long date, as an ISO prefix. Raises BadRecord at `place`."""
    return long_date(text, place) if text[:1].isalpha() else partial_date(text, place)


def _month(name: str) -> int | None:
    name = name.lower()
    found = [number for number, month in enumerate(_MONTHS, start=1) if month == name or month[:3] == name]
    return found[0] if found else None
