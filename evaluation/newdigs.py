"""A worked example: how many gene therapies the US would approve by the end of 2022, told on 1 January 2018.

From numbers that were published before that day (`newdigs.csv`) and from assumptions of ours, each drawn from its
range; rates and years are those that the forecast takes on that day. An expert forecast said 39, and 11 products came.
No pass mark: one number is an example (docs/explanation/forecast-newdigs.md).
"""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.forecast import classes, incidence
from frontrunner.forecast.rates import About
from frontrunner.forecast.settings import Settings

Floats = npt.NDArray[np.float64]
AS_OF, MONTHS = date(2018, 1, 1), 60
EXPERTS, CAME = 39, 11
RUNGS = ("phase_1", "phase_2", "pivotal")
_DRAWS = 20_000


class Input(NamedTuple):
    """A number of the example, drawn evenly between `low` and `high`; empty `published_on`: an assumption of ours."""

    id: str
    low: float
    high: float
    published_on: str
    source: str
    note: str


class Told(NamedTuple):
    """Draws of the number of approvals by the end of 2022, and of the programmes on each rung; the chance of approval
    within the time from each rung by class, and the rates it rests on."""

    approved: Floats
    programmes: dict[str, Floats]
    chances: dict[str, tuple[float, ...]]
    rates: dict[str, tuple[str, ...]]

    def interval(self, level: float) -> tuple[float, float]:
        """The central interval of the approvals."""
        low, high = np.quantile(self.approved, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
        return float(low), float(high)


def inputs() -> dict[str, Input]:
    """The numbers by id."""
    with Path(__file__).with_name("newdigs.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return {
        row["id"]: Input(
            row["id"], float(row["low"]), float(row["high"]), row["published_on"], row["source"], row["note"]
        )
        for row in rows
    }


def told(given: dict[str, Input], seed: int = 0) -> Told:
    """Draw the inputs, then who is approved: each programme by itself, with the chance of its rung and class."""
    chance = np.random.default_rng(seed)
    drawn = {one.id: chance.uniform(one.low, one.high, _DRAWS) for one in given.values()}
    trials = drawn["trials"] * drawn["in_us"] * drawn["ongoing"] / drawn["trials_a_programme"]
    early = 1.0 - drawn["late"]
    shares = (early * drawn["phase_1_of_early"], early * (1.0 - drawn["phase_1_of_early"]), drawn["late"])
    programmes = {rung: np.round(trials * share) for rung, share in zip(RUNGS, shares, strict=True)}
    found = {name: _class(orphan) for name, orphan in (("all", None), ("orphan", True))}
    approved = drawn["approved_already"].copy()
    for place, rung in enumerate(RUNGS):
        p = drawn["orphan"] * found["orphan"][0][place] + (1.0 - drawn["orphan"]) * found["all"][0][place]
        approved += chance.binomial(programmes[rung].astype(int), p)
    return Told(
        approved,
        programmes,
        {name: chances for name, (chances, _) in found.items()},
        {name: used for name, (_, used) in found.items()},
    )


def _class(orphan: bool | None) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The chance of approval within the months from each rung, and the rates behind it."""
    about = About(modalities=("gene_therapy",), orphan=orphan)
    found = classes.of(about, classes.seen([], 0), AS_OF, Settings())
    reached = incidence.to_goal(found.hazards, MONTHS)
    curves = [incidence.goal_curve(reached, found.hazards, rung, 0) for rung in RUNGS]
    return tuple(float(curve[-1]) for curve in curves), found.rates


def run(data: Path) -> None:
    """The interval beside what experts said and what came; the inputs; what each range alone is worth."""
    given = inputs()
    found = told(given)
    print("| | approvals by the end of 2022 |\n|---|---|")
    print(f"| median | {np.median(found.approved):.0f} |")
    for level in (0.5, 0.8, 0.95):
        print(f"| {level:.0%} | {' to '.join(f'{end:.0f}' for end in found.interval(level))} |")
    print(f"| experts, 2017-11 | about {EXPERTS} |\n| came | {CAME} |")
    print(
        f"\nOf the draws {(found.approved <= CAME).mean():.0%} are at most {CAME}, "
        f"{(found.approved >= EXPERTS).mean():.0%} at least {EXPERTS}."
    )
    print("\n| rung | programmes, median (80 %) | approved within 5 years: all, orphan |\n|---|---|---|")
    for place, rung in enumerate(RUNGS):
        low, middle, high = np.quantile(found.programmes[rung], [0.1, 0.5, 0.9])
        both = ", ".join(f"{found.chances[name][place]:.1%}" for name in ("all", "orphan"))
        print(f"| {rung} | {middle:.0f} ({low:.0f} to {high:.0f}) | {both} |")
    print("\nRates:", "; ".join(f"{name}: {', '.join(used)}" for name, used in found.rates.items()))
    print("\n| at the low end, at the high end of | median |\n|---|---|")
    for one in given.values():
        if one.low < one.high:
            ends = [told({**given, one.id: one._replace(low=end, high=end)}) for end in (one.low, one.high)]
            print(f"| {one.id} {one.low:g}, {one.high:g} | {', '.join(f'{np.median(e.approved):.0f}' for e in ends)} |")
