"""From a prevalence to a pool of patients, with its interval: what nobody knows exactly is not asked for as one number.

Orphanet (Orphadata, CC BY 4.0) states a class (`1-9 / 100 000`), often with a value per 100,000. A class runs from
its first number to where the next class begins (`1-9 / 100 000`: 1 to 10 in 100,000); `<1 / 1 000 000` begins at 0;
`>1 / 1000` has no end.
"""

import math
import re

import msgspec

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs

_CLASS = re.compile(r"(?:(\d+)-(\d+)|([<>])(\d+))/(\d+)\Z", re.ASCII)
_UNKNOWN = {"", "unknown", "notyetdocumented"}


class Prevalence(msgspec.Struct, frozen=True, kw_only=True):
    """Fractions of a population between `low` and `high`; `point` where a value was published, else null."""

    low: float
    high: float
    point: float | None = None

    def __post_init__(self) -> None:
        low = inputs.probability("the low end of a prevalence", self.low)
        high = inputs.probability("the high end of a prevalence", self.high)
        if low > high:
            raise UsageError(f"a prevalence cannot run from {low:g} down to {high:g}")
        if self.point is not None and not low <= inputs.probability("a prevalence", self.point) <= high:
            raise UsageError(f"the prevalence {self.point:g} lies outside its interval {low:g} to {high:g}")


class PoolSize(msgspec.Struct, frozen=True, kw_only=True):
    """Patients: `low` to `high`, and the `middle` to start from: the published value, else the geometric mean of
    the ends (half the high end where the low one is 0)."""

    low: float
    middle: float
    high: float


def from_class(text: str, per_100_000: float | None = None) -> Prevalence:
    """Read an Orphanet class and, where published, its value per 100,000 (0 means none there).

    A value outside its class widens the interval to itself. Unknown classes raise `UsageError`.
    """
    folded = re.sub(r"\s", "", text).casefold()
    value = inputs.number("a prevalence per 100,000", per_100_000, 0.0, 1e5) / 1e5 if per_100_000 else None
    match = _CLASS.match(folded)
    if match is None:
        if folded in _UNKNOWN:
            raise UsageError("the prevalence is unknown: give a pool, or a prevalence and a population")
        raise UsageError(f"{text!r} is not a prevalence class such as '1-9 / 100 000'")
    first, last, sign, bound, base = match.groups()
    scale = float(base)
    if scale == 0:
        raise UsageError(f"{text!r} is not a prevalence class such as '1-9 / 100 000'")
    if sign is None:
        low, high = float(first) / scale, min((float(last) + 1.0) / scale, 1.0)
    elif sign == "<":
        low, high = 0.0, float(bound) / scale
    elif value is None:
        raise UsageError(f"the prevalence class {text!r} has no upper end: give a value")
    else:
        low, high = min(float(bound) / scale, value), value
    if value is not None:
        low, high = min(low, value), max(high, value)
    return Prevalence(low=low, high=high, point=value)


def pool(prevalence: Prevalence | None, population: float, eligible: float = 1.0) -> PoolSize:
    """Patients in a `population` of which the fraction `eligible` is diagnosed, eligible and willing."""
    if prevalence is None:
        raise UsageError("the prevalence is unknown: give a pool, or a prevalence and a population")
    people = inputs.positive("the population", population, inputs.PEOPLE)
    part = inputs.probability("the eligible fraction", eligible)
    low, high = prevalence.low, prevalence.high
    middle = prevalence.point
    if middle is None:
        middle = math.sqrt(low) * math.sqrt(high) if low > 0 else high / 2.0
    return PoolSize(low=low * people * part, middle=middle * people * part, high=high * people * part)
