"""Dates as their publishers give them."""

import re
from calendar import monthrange
from datetime import date

import msgspec

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A date as its publisher gave it, an ISO prefix: `2021`, `2021-04` or `2021-04-10`.

    A month stays a month: it is the interval `first`..`last` (both inclusive), never the 1st.
    """

    text: str

    def __post_init__(self) -> None:
        match = _PARTIAL.match(self.text)
        if match is None:
            raise ValueError(f"{self.text!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
        try:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError as error:
            raise ValueError(f"{self.text!r} is not a day of the calendar") from error

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last(self) -> date:
        """The latest day it can be."""
        year, month = int(self.text[:4]), int(self.text[5:7] or 12)
        return date(year, month, int(self.text[8:10] or monthrange(year, month)[1]))
