"""How long a phase lasts, as published: `phase_years.csv`, one number a row with its statistic and source."""

from datetime import date
from functools import cache

import msgspec

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs, tables
from frontrunner.model import PartialDate


class PhaseYears(msgspec.Struct, frozen=True, kw_only=True):
    """Years spent on a rung by those who left it for `to_rung`; `statistic` is `mean` (of a phase) or
    `median_trial` (of single trials: not the same thing). Empty `area`: all."""

    id: str
    rung: str
    to_rung: str
    years: float
    statistic: str
    area: str
    published_on: PartialDate
    source: str
    verified: bool
    note: str


@cache
def published() -> tuple[PhaseYears, ...]:
    """Every published duration, in file order."""
    return tuple(
        PhaseYears(
            id=row["id"],
            rung=row["rung"],
            to_rung=row["to_rung"],
            years=inputs.positive(row["id"], float(row["years"]), inputs.YEARS),
            statistic=row["statistic"],
            area=row["area"],
            published_on=PartialDate(row["published_on"]),
            source=row["source"],
            verified=row["verified"] == "yes",
            note=row["note"],
        )
        for row in tables.rows("phase_years")
    )


def mean_years(rung: str, areas: tuple[str, ...] = (), *, as_of: date) -> PhaseYears:
    """The mean years in a phase, of the nearest of `areas` that was published by `as_of`, else of all."""
    for area in (*areas, ""):
        found = [
            one
            for one in published()
            if (one.rung, one.area, one.statistic) == (rung, area, "mean") and one.published_on.last <= as_of
        ]
        if found:
            return max(found, key=lambda one: one.published_on.last)
    raise UsageError(f"no mean duration of {rung} was published by {as_of}")
