"""A race run many times over: who is first, in what order, when, and whether anybody.

Each runner brings, per jurisdiction, the chance to have reached the goal by each time (out of `incidence.to_goal`,
times its chance to be active). These marginal chances are kept; what runners of one class share only moves them
together:

correlation    of the Gaussian factor that runners of a class have in common: u_i = Phi(sqrt(c) z_class + sqrt(1-c) e_i)
failure rate   a year of the whole class: at that moment all of it that has not arrived never will. The curves are
               understood to hold this risk already; between failures a runner is therefore faster, dG = dF e^(l t),
               which must leave its chance below 1.

Ties are possible only where arrivals are dated alike (already there); P(first) is then shared, the place is not.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats, Mask
from frontrunner.forecast.quadrature import checked

_AT_ONCE = 100_000
QUANTILES = (0.1, 0.5, 0.9)


class Runner(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One programme: `curves` per jurisdiction over the years asked; `arrived` (years from now, not above 0) where
    it is there already; `group` its class (a target, a mechanism): runners of one class share its fate."""

    name: str
    curves: Mapping[str, Floats]
    arrived: Mapping[str, float] = {}
    group: str = ""


class Dates(msgspec.Struct, frozen=True):
    """Years from now by which it happens with 10, 50 and 90 % chance, given that it happens within the horizon."""

    p10: float
    p50: float
    p90: float


class RunnerResult(msgspec.Struct, frozen=True, kw_only=True):
    """`p_arrival` within the horizon, `p_first` (ties shared), `places[k]` the chance of place k + 1 (a tie gives
    both the better place), `date` given arrival (None: it never arrives)."""

    name: str
    p_arrival: float
    p_first: float
    places: tuple[float, ...]
    date: Dates | None


class RaceResult(msgspec.Struct, frozen=True, kw_only=True):
    """A race in one jurisdiction. `p_first` over runners and `p_nobody` sum to 1. `nobody_by` pairs each year with
    the chance that nobody has arrived by then. `error` is the largest standard error of a probability here."""

    jurisdiction: str
    horizon: float
    runners: tuple[RunnerResult, ...]
    p_nobody: float
    nobody_by: tuple[tuple[float, float], ...]
    first: Dates | None
    races: int
    seed: int
    error: float
    assumptions: tuple[str, ...]


def simulate(
    runners: Sequence[Runner],
    years: Floats,
    jurisdiction: str,
    *,
    races: int = 100_000,
    seed: int = 0,
    correlation: float = 0.0,
    failure_rate: float = 0.0,
) -> RaceResult:
    """Run `races` races in `jurisdiction` over the grid `years` (rising from 0; its end is the horizon).

    A runner without a curve and not arrived there does not race there.
    """
    grid = _grid(years)
    number = int(inputs.number("the number of races", races, 1, 1e7))
    shared = inputs.number("the correlation within a class", correlation, 0.0, 0.999)
    hazard = inputs.rate("the failure rate of a class", failure_rate)
    field = [runner for runner in runners if jurisdiction in runner.curves or jurisdiction in runner.arrived]
    if not field:
        raise UsageError(f"nobody runs in {jurisdiction}: a race needs at least one runner")
    curves = _curves(field, grid, jurisdiction)
    arrived = np.array([_arrived(runner, jurisdiction) for runner in field])
    draw = _Draw(_spared(curves, grid, hazard), grid, arrived, _groups(field), shared, hazard)
    tally = _Tally(len(field))
    chance = np.random.default_rng(seed)
    for begin in range(0, number, _AT_ONCE):
        tally.add(draw.times(chance, min(_AT_ONCE, number - begin)))
    return RaceResult(
        jurisdiction=jurisdiction,
        horizon=float(grid[-1]),
        runners=_results(field, curves, arrived, grid, tally),
        p_nobody=tally.nobody / number,
        nobody_by=tally.nobody_by(np.unique(np.append(np.arange(1.0, grid[-1]), grid[-1]))),
        first=tally.dates(),
        races=number,
        seed=seed,
        error=0.5 / float(np.sqrt(number)),
        assumptions=_assumptions(len(field), len(runners) - len(field), shared, hazard),
    )


class _Draw:
    """Draws arrival times (runners, races); inf for never."""

    def __init__(
        self, curves: Floats, grid: Floats, arrived: Floats, groups: list[int], shared: float, hazard: float
    ) -> None:
        self.curves, self.grid, self.arrived, self.groups = curves, grid, arrived, groups
        self.shared, self.hazard = shared, hazard

    def times(self, chance: np.random.Generator, races: int) -> Floats:
        size, classes = len(self.curves), max(self.groups) + 1
        if self.shared > 0:
            from scipy.special import ndtr

            factor = chance.standard_normal((classes, races)) * np.sqrt(self.shared)
            u = chance.standard_normal((size, races)) * np.sqrt(1.0 - self.shared)
            for row, group in enumerate(self.groups):
                u[row] += factor[group]
            ndtr(u, out=u)
        else:
            u = chance.random((size, races))
        found = np.empty((size, races))
        for row, curve in enumerate(self.curves):
            found[row] = np.interp(u[row], curve, self.grid, right=np.inf)
            found[row, u[row] > curve[-1]] = np.inf
        if self.hazard > 0:
            failing = chance.standard_exponential((classes, races)) / self.hazard
            for row, group in enumerate(self.groups):
                found[row, found[row] > failing[group]] = np.inf
        there = np.isfinite(self.arrived)
        found[there] = self.arrived[there, None]
        return found


class _Tally:
    """Counts over blocks of races."""

    def __init__(self, size: int) -> None:
        self.wins = np.zeros(size)
        self.places = np.zeros((size, size))
        self.nobody = 0
        self.earliest: list[Floats] = []

    def add(self, times: Floats) -> None:
        size = len(times)
        best = times.min(axis=0)
        somebody = np.isfinite(best)
        leads: Mask = (times == best) & somebody
        self.wins += (leads / np.maximum(leads.sum(axis=0), 1)).sum(axis=1)
        self.nobody += int((~somebody).sum())
        ahead = np.zeros(times.shape, dtype=np.int16)
        for other in times:
            ahead += other < times
        for row in range(size):
            self.places[row] += np.bincount(ahead[row, np.isfinite(times[row])], minlength=size)
        self.earliest.append(best)

    def nobody_by(self, marks: Floats) -> tuple[tuple[float, float], ...]:
        """Pairs of year and the chance that nobody is there by then."""
        best = np.sort(np.concatenate(self.earliest))
        left = 1.0 - np.searchsorted(best, marks, side="right") / len(best)
        return tuple(zip(marks.tolist(), left.tolist(), strict=True))

    def dates(self) -> Dates | None:
        """When the first arrives, given that somebody does."""
        best = np.concatenate(self.earliest)
        happened = best[np.isfinite(best)]
        return Dates(*np.quantile(happened, QUANTILES).tolist()) if len(happened) else None


def _grid(years: Floats) -> Floats:
    grid = np.asarray(years, dtype=float)
    if grid.ndim != 1 or len(grid) < 2 or not np.isfinite(grid).all() or grid[0] != 0 or (np.diff(grid) <= 0).any():
        raise UsageError("the years of a race must rise from 0, with at least one above it")
    inputs.years("the horizon", float(grid[-1]))
    return grid


def _curves(field: Sequence[Runner], grid: Floats, jurisdiction: str) -> Floats:
    rows = [np.asarray(one.curves.get(jurisdiction, np.zeros(len(grid))), dtype=float) for one in field]
    for runner, row in zip(field, rows, strict=True):
        if row.shape != grid.shape:
            raise UsageError(f"the curve of {runner.name} has {row.size} points, the years have {len(grid)}")
    return checked(np.array(rows))


def _arrived(runner: Runner, jurisdiction: str) -> float:
    """Years from now, or inf where it is not there yet."""
    if jurisdiction not in runner.arrived:
        return np.inf
    return inputs.number(f"when {runner.name} arrived (years from now)", runner.arrived[jurisdiction], -500.0, 0.0)


def _groups(field: Sequence[Runner]) -> list[int]:
    """A class number for each runner; one without a class is a class of its own."""
    names = [runner.group or f"\0{index}" for index, runner in enumerate(field)]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return [numbers[name] for name in names]


def _spared(curves: Floats, grid: Floats, hazard: float) -> Floats:
    """The curves as they would be without failures of a class: dG = dF / mean of e^(-l t) over the cell."""
    if hazard == 0:
        return curves
    width = np.diff(grid)
    surviving = -np.diff(np.exp(-hazard * grid)) / (hazard * width)
    found = np.concatenate([curves[:, :1], curves[:, :1] + np.cumsum(np.diff(curves, axis=1) / surviving, axis=1)], 1)
    if found.max() > 1.0 + 1e-9:
        raise UsageError(
            f"a class that fails at {hazard:g} a year cannot leave a runner {curves[:, -1].max():.3g} by year "
            f"{grid[-1]:g}: lower the failure rate or the horizon"
        )
    return np.asarray(np.minimum(found, 1.0), dtype=float)


def _results(
    field: Sequence[Runner], curves: Floats, arrived: Floats, grid: Floats, tally: _Tally
) -> tuple[RunnerResult, ...]:
    races = sum(len(block) for block in tally.earliest)
    found = []
    for row, runner in enumerate(field):
        there = bool(np.isfinite(arrived[row]))
        limit = 1.0 if there else float(curves[row, -1])
        found.append(
            RunnerResult(
                name=runner.name,
                p_arrival=limit,
                p_first=float(tally.wins[row]) / races,
                places=tuple((tally.places[row] / races).tolist()),
                date=Dates(*[float(arrived[row])] * 3) if there else _dates(curves[row], grid),
            )
        )
    return tuple(found)


def _dates(curve: Floats, grid: Floats) -> Dates | None:
    """Quantiles of the arrival given arrival: where the curve passes 10, 50 and 90 % of its end."""
    if curve[-1] <= 0:
        return None
    rising = np.concatenate([[True], np.diff(curve) > 0])
    return Dates(*np.interp(np.array(QUANTILES) * curve[-1], curve[rising], grid[rising]).tolist())


def _assumptions(size: int, elsewhere: int, shared: float, hazard: float) -> tuple[str, ...]:
    said = [f"Runners of one class move together with correlation {shared:g}; classes are independent."]
    said.append(f"A whole class fails at {hazard:g} a year; each runner's own chance holds that risk already.")
    said.append("Dates are given arrival within the horizon; who is not there by its end counts as never.")
    if size == 1:
        said.append("One runner: it is first if it arrives.")
    if elsewhere:
        said.append(f"{elsewhere} runners have no chance stated in this jurisdiction and do not race there.")
    return tuple(said)
