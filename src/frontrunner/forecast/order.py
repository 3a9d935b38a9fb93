"""Order-of-entry models for chronic therapies, each by its name; they disagree, and none is a law.

`shares(model, n)` gives the share of entrant 1..n. The numbers stand in `order_of_entry.csv` with their source and
whether we read it (`verified`); what a model was measured on is said there too. For a one-time therapy the pool
itself decides: see `market`.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from frontrunner.errors import UnknownOption, UsageError
from frontrunner.forecast import inputs, tables

#: beyond this many entrants no model was measured on anything
MOST = 50


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One published number. `rounded` is the value the published examples are computed with, where it differs."""

    model: str
    parameter: str
    value: float
    rounded: float | None
    source: str
    published_on: str | None
    verified: bool
    note: str


@cache
def parameters() -> tuple[Parameter, ...]:
    """All numbers of all models, in file order."""
    return tuple(
        Parameter(
            model=row["model"],
            parameter=row["parameter"],
            value=float(row["value"]),
            rounded=float(row["rounded"]) if row["rounded"] else None,
            source=row["source"],
            published_on=row["published_on"] or None,
            verified=row["verified"] == "yes",
            note=row["note"],
        )
        for row in tables.rows("order_of_entry")
    )


def fair(n: int) -> tuple[float, ...]:
    """No order effect: 1/n each."""
    return (1.0 / _entrants(n),) * n


def urban(
    n: int,
    *,
    positioning: Sequence[float] | None = None,
    advertising: Sequence[float] | None = None,
    lag: Sequence[float] | None = None,
    exponent: float | None = None,
) -> tuple[float, ...]:
    """Urban et al. 1986: S_i / S_1 = i^a positioning_i^b advertising_i^c lag_i^d, each relative to the first.

    `exponent` is a, by default the rounded -0.5. Sequences have one value above 0 per entrant. Measured on consumer
    goods; the exponents are unverified.
    """
    a = _value("urban", "order_exponent", rounded=True) if exponent is None else inputs.number("the exponent", exponent)
    pulls = [float(place) ** a for place in range(1, _entrants(n) + 1)]
    for name, given in (("positioning", positioning), ("advertising", advertising), ("lag", lag)):
        if given is None:
            continue
        if len(given) != n:
            raise UsageError(f"{name} needs one value per entrant: {n}, not {len(given)}")
        power = _value("urban", f"{name}_exponent")
        pulls = [pull * inputs.positive(name, value, 1e6) ** power for pull, value in zip(pulls, given, strict=True)]
    total = sum(pulls)
    return tuple(pull / total for pull in pulls)


def mckinsey(n: int) -> tuple[float, ...]:
    """Cha & Yu 2014: the first has 6 points over the fair share 1/n, the others share the rest equally."""
    if _entrants(n) == 1:
        return (1.0,)
    first = 1.0 / n + _value("mckinsey", "first_bonus")
    return (first, *((1.0 - first) / (n - 1),) * (n - 1))


def undifferentiated(n: int) -> tuple[float, ...]:
    """L.E.K.: where products look alike the first keeps over 60 % and a later one under 20 %; taken at these bounds.

    Two products: .8/.2, three: .6/.2/.2, more: .6 and the rest in equal parts.
    """
    if _entrants(n) == 1:
        return (1.0,)
    later = min(_value("lek", "later_at_most"), (1.0 - _value("lek", "first_at_least")) / (n - 1))
    return (1.0 - later * (n - 1), *(later,) * (n - 1))


def lek(n: int, p_differentiated: float = 0.5) -> tuple[float, ...]:
    """The L.E.K. scenario: a mixture, not a curve. With `p_differentiated` order does not matter (1/n), else it
    decides (`undifferentiated`). The mean of the two; the two ends are the scenarios to show."""
    p = inputs.probability("the probability of a differentiated class", p_differentiated)
    return tuple(p * equal + (1.0 - p) * by_order for equal, by_order in zip(fair(n), undifferentiated(n), strict=True))


MODELS = {"fair": fair, "urban": urban, "mckinsey": mckinsey, "lek": lek}


def shares(model: str, n: int) -> tuple[float, ...]:
    """The shares of entrants 1..n by a named model, with its defaults. They sum to 1."""
    if model not in MODELS:
        raise UnknownOption("the order-of-entry model", model, list(MODELS))
    return MODELS[model](n)


def source(model: str) -> str:
    """Where the numbers of a model come from; of the fair share, that it has none."""
    found = next((one.source for one in parameters() if one.model == model), None)
    return found or "no effect of order: 1 / n each"


def _value(model: str, parameter: str, *, rounded: bool = False) -> float:
    found = next(one for one in parameters() if (one.model, one.parameter) == (model, parameter))
    return found.rounded if rounded and found.rounded is not None else found.value


def _entrants(n: int) -> int:
    inputs.number("the number of entrants", n, 1, MOST)
    if n != int(n):
        raise UsageError(f"the number of entrants must be whole, not {n:g}")
    return int(n)
