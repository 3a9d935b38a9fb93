"""What demand for one-time therapies has really been: observed treatments, and the treat rate they imply.

`demand.csv`, one case a row. A treat rate k follows only where a pool is known: a fraction d of the pool treated in
y years means k = -ln(1 - d) / y. The first haemophilia B gene therapy met .005 a year in its second year, a hundredth
of a market that empties: it is a scenario to show beside every hopeful one.
"""

import math
from functools import cache

import msgspec

from frontrunner.errors import UnknownOption
from frontrunner.forecast import inputs, tables


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """One observed market. `treated` and `pool` are (low, high); a null pool is not known."""

    case: str
    jurisdiction: str
    period: str
    years: float
    treated: tuple[float, float]
    pool: tuple[float, float] | None
    source: str
    verified: bool
    note: str

    @property
    def treat_rate(self) -> tuple[float, float] | None:
        """The implied hazard a year, low and high; null without a pool, except that nobody treated is a rate of 0."""
        if self.treated == (0.0, 0.0):
            return 0.0, 0.0
        if self.pool is None:
            return None
        return implied_rate(self.treated[0], self.pool[1], self.years), implied_rate(
            self.treated[1], self.pool[0], self.years
        )


def implied_rate(treated: float, pool: float, years: float) -> float:
    """The constant hazard that treats `treated` of `pool` within `years`, nobody joining or leaving."""
    whole = inputs.positive("the pool", pool, inputs.PEOPLE)
    part = inputs.number("the treated", treated, 0.0, whole * (1 - 1e-9)) / whole
    return -math.log1p(-part) / inputs.positive("the years", years, inputs.YEARS)


def rate_in(one: Demand, pool: float) -> tuple[float, float] | None:
    """The treat rate of a case, low and high; where nobody knows its pool, as if its patients had come from `pool`.

    Null where `pool` does not hold so many.
    """
    if one.treat_rate is not None:
        return one.treat_rate
    if one.treated[1] >= pool:
        return None
    return implied_rate(one.treated[0], pool, one.years), implied_rate(one.treated[1], pool, one.years)


@cache
def observed() -> tuple[Demand, ...]:
    """Every case, in file order."""
    return tuple(
        Demand(
            case=row["case"],
            jurisdiction=row["jurisdiction"],
            period=row["period"],
            years=float(row["years"]),
            treated=(float(row["treated_low"]), float(row["treated_high"])),
            pool=(float(row["pool_low"]), float(row["pool_high"])) if row["pool_low"] else None,
            source=row["source"],
            verified=row["verified"] == "yes",
            note=row["note"],
        )
        for row in tables.rows("demand")
    )


def case(name: str) -> Demand:
    """The case of that name."""
    for one in observed():
        if one.case == name:
            return one
    raise UnknownOption("the case", name, [one.case for one in observed()])
