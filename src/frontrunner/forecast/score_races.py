"""How good a forecast of a race was, `nobody` being one of its possible ends; and how sure a mean score is.

A race with k runners has k + 1 ends. Log loss -ln p(what happened) is 0 when certain and right, ln(k + 1) for a
forecast that knows nothing. The ranked probability score compares orderings (who is first among runners in their
expected order).
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.score import CERTAIN


class Interval(NamedTuple):
    """A statistic with its bootstrap interval."""

    value: float
    low: float
    high: float


def race_log_loss(p: npt.ArrayLike, winner: int) -> float:
    """-ln p of the end that came; `p` over the runners and, last, nobody; `winner` its index. In nats."""
    chance, came = _ends(p, winner)
    return float(-np.log(max(chance[came], CERTAIN)))


def ranked_probability(p: npt.ArrayLike, winner: int) -> float:
    """Mean squared difference of cumulative chances, for ends in a meaningful order: 0 to 1 (Epstein 1969)."""
    chance, came = _ends(p, winner)
    steps = np.cumsum(chance)[:-1] - (np.arange(len(chance) - 1) >= came)
    return float((steps**2).mean()) if len(steps) else 0.0


def uniform(runners: int) -> Floats:
    """The forecast that knows nothing: every runner and nobody alike."""
    ends = int(inputs.number("the number of runners", runners, 1, 1e6)) + 1
    return np.full(ends, 1.0 / ends)


def leader_takes_all(leads: npt.ArrayLike, nobody: float, certainty: float = 0.9) -> Floats:
    """A rule as a forecast: `certainty` of what is left by `nobody` is shared by those who lead (a flag a runner),
    the rest by the others. For floors such as `furthest phase leads` and `earliest pivotal start`."""
    flags = np.asarray(leads, dtype=bool)
    none = inputs.probability("the chance of nobody", nobody)
    sure = inputs.probability("the certainty", certainty)
    if flags.ndim != 1 or not len(flags):
        raise UsageError("a race needs at least one runner")
    if flags.all() or not flags.any():
        shares = np.full(len(flags), 1.0 / len(flags))
    else:
        shares = np.where(flags, sure / flags.sum(), (1.0 - sure) / (~flags).sum())
    return np.append(shares * (1.0 - none), none)


def cluster_bootstrap(
    rows: Sequence[Hashable],
    statistic: Callable[[npt.NDArray[np.intp]], float],
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Interval of a statistic when rows of one cluster (a programme seen at many origins) are not independent.

    `rows` names each row's cluster, `statistic` takes row indices (with repeats). Whole clusters are drawn with
    replacement; the interval is that of the draws' percentiles.
    """
    if not len(rows):
        raise UsageError("there is nothing to draw from")
    number = int(inputs.number("the draws", draws, 10, 1e6))
    tail = (1.0 - inputs.probability("the level", level)) / 2.0
    members: dict[Hashable, list[int]] = {}
    for index, name in enumerate(rows):
        members.setdefault(name, []).append(index)
    clusters = [np.array(indices, dtype=np.intp) for indices in members.values()]
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(number):
        drawn = chance.integers(0, len(clusters), len(clusters))
        found.append(statistic(np.concatenate([clusters[one] for one in drawn])))
    low, high = np.quantile(found, [tail, 1.0 - tail])
    return Interval(statistic(np.arange(len(rows), dtype=np.intp)), float(low), float(high))


def _ends(p: npt.ArrayLike, winner: int) -> tuple[Floats, int]:
    chance = np.asarray(p, dtype=float)
    if chance.ndim != 1 or len(chance) < 2:
        raise UsageError("a race has at least two ends: one runner, and nobody")
    if not np.isfinite(chance).all() or chance.min() < 0 or abs(chance.sum() - 1.0) > 1e-6:
        raise UsageError("the chances of a race's ends must not be negative and must sum to 1")
    return chance, int(inputs.number("the end that came", winner, 0, len(chance) - 1))
