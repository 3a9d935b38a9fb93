"""What may be asked: every number that enters the forecast is checked here, once, and refused in one line.

All functions return their value as a float or raise `UsageError` naming the option; no NaN, infinity or null passes.
"""

import math
from typing import SupportsFloat

from frontrunner.errors import UsageError

#: more people than live: a pool above this is a slip of units
PEOPLE = 1e10
#: a hazard above this a year means a wait of under four days: a slip of units
RATE = 100.0
#: no forecast is asked beyond this many years
YEARS = 200.0


def number(name: str, value: float | None, low: float = -math.inf, high: float = math.inf) -> float:
    """`value` within `low`..`high`, both allowed."""
    if value is None:
        raise UsageError(f"{name} is unknown: give a number")
    if isinstance(value, bool) or not isinstance(value, SupportsFloat):
        raise UsageError(f"{name} must be a number, not {value!r}")
    given = float(value)
    if not math.isfinite(given):
        raise UsageError(f"{name} must be a finite number, not {value!r}")
    if not low <= given <= high:
        raise UsageError(f"{name} must be {_between(low, high)}, not {given:g}")
    return given


def positive(name: str, value: float | None, high: float = math.inf) -> float:
    """`value` above zero."""
    given = number(name, value, 0.0, high)
    if given == 0.0:
        raise UsageError(f"{name} must be above 0")
    return given


def probability(name: str, value: float | None) -> float:
    """`value` within 0..1."""
    return number(name, value, 0.0, 1.0)


def people(name: str, value: float | None) -> float:
    """A count of people, not necessarily whole."""
    return number(name, value, 0.0, PEOPLE)


def rate(name: str, value: float | None) -> float:
    """A hazard a year."""
    return number(name, value, 0.0, RATE)


def years(name: str, value: float | None) -> float:
    """A time span in years, zero allowed."""
    return number(name, value, 0.0, YEARS)


def _between(low: float, high: float) -> str:
    if math.isinf(high):
        return f"at least {low:g}"
    return f"at most {high:g}" if math.isinf(low) else f"between {low:g} and {high:g}"
