"""How good a forecast of a date was: years from the origin, lower is better, in years.

CRPS = integral (F(t) - 1{t >= y})^2 dt rewards a forecast distribution F that is both sharp and honest; for a single
guess it is the absolute error.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats


class Coverage(NamedTuple):
    """An interval that should hold `level` of the dates held `held` of them; `width` is its mean, in years."""

    level: float
    held: float
    width: float


def crps_sample(sample: npt.ArrayLike, y: float) -> float:
    """CRPS of the empirical distribution of `sample`: E|X - y| - E|X - X'| / 2, by sorting."""
    drawn = np.sort(np.asarray(sample, dtype=float))
    if drawn.ndim != 1 or not len(drawn) or not np.isfinite(drawn).all():
        raise UsageError("a sample must be a list of numbers, at least one")
    seen = inputs.number("the date that happened", y)
    size = len(drawn)
    spread = float((drawn * (2.0 * np.arange(1, size + 1) - size - 1)).sum()) / size**2
    return float(np.abs(drawn - seen).mean()) - spread


def crps_quantiles(quantiles: Floats, y: Floats) -> Floats:
    """CRPS of each of n forecasts given as equally likely values, (n, k) against `y` (n,): shape (n,)."""
    drawn, seen = np.sort(np.asarray(quantiles, dtype=float), axis=1), np.asarray(y, dtype=float)
    if drawn.ndim != 2 or seen.shape != (len(drawn),) or not np.isfinite(drawn).all() or not np.isfinite(seen).all():
        raise UsageError("forecasts must be rows of numbers, one row for each date that happened")
    size = drawn.shape[1]
    order = 2.0 * np.arange(1, size + 1) - size - 1
    near = np.abs(drawn - seen[:, None]).mean(axis=1)
    return np.asarray(near - (drawn * order).sum(axis=1) / size**2, dtype=float)


def crps_censored(years: Floats, curve: Floats, y: float, happened: bool) -> float:
    """CRPS of a defective curve on a grid up to its end, for a date that happened at `y` or had not by then.

    integral_0^y F^2 dt, and if it happened integral_y^end (1 - F)^2 dt: what came after a last look is not scored.
    The curve is straight between its points; a date beyond the grid counts as not having happened by its end.
    """
    grid, chance = np.asarray(years, dtype=float), np.asarray(curve, dtype=float)
    if grid.ndim != 1 or grid.shape != chance.shape or len(grid) < 2 or (np.diff(grid) <= 0).any():
        raise UsageError("a curve needs rising years and one chance for each")
    if not np.isfinite(chance).all() or chance.min() < 0 or chance.max() > 1:
        raise UsageError("a curve must hold probabilities between 0 and 1")
    seen = min(inputs.number("the date", y, float(grid[0])), float(grid[-1]))
    before = _squared(grid, chance, float(grid[0]), seen)
    if not happened or y > grid[-1]:
        return before
    return before + _squared(grid, 1.0 - chance, seen, float(grid[-1]))


def coverage(low: npt.ArrayLike, high: npt.ArrayLike, y: npt.ArrayLike, level: float) -> Coverage:
    """How many dates lay within their interval, ends included."""
    bottom, top, seen = (np.asarray(one, dtype=float) for one in (low, high, y))
    if bottom.ndim != 1 or bottom.shape != top.shape or bottom.shape != seen.shape or not len(seen):
        raise UsageError("intervals and dates must be lists of one length, not empty")
    if not np.isfinite([*bottom, *top, *seen]).all() or (bottom > top).any():
        raise UsageError("an interval must be two numbers, the low end first")
    held = (bottom <= seen) & (seen <= top)
    return Coverage(inputs.probability("the level", level), float(held.mean()), float((top - bottom).mean()))


def _squared(grid: Floats, values: Floats, start: float, end: float) -> float:
    """Integral of the square of a piecewise linear function: width (a^2 + a b + b^2) / 3 in each cell."""
    inside = grid[(grid > start) & (grid < end)]
    points = np.concatenate([[start], inside, [end]])
    at = np.interp(points, grid, values)
    return float((np.diff(points) * (at[:-1] ** 2 + at[:-1] * at[1:] + at[1:] ** 2) / 3.0).sum())
