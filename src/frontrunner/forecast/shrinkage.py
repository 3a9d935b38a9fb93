"""Small arenas lean on the table: beta-binomial shrinkage of a success rate toward a published prior.

A prior Beta(a, b) is worth a + b programmes. From a published mean m and interval its weight n is the one whose
quantiles of Beta(m n, (1 - m) n) lie nearest the interval's ends; from many groups it is the maximum of the
beta-binomial likelihood (empirical Bayes).
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.rates import Rate

#: weights searched: from less than one programme to more than any table holds
_LIGHTEST, _HEAVIEST = 0.5, 1e5


class Beta(msgspec.Struct, frozen=True):
    """A belief about a probability, worth `a + b` programmes."""

    a: float
    b: float

    def __post_init__(self) -> None:
        inputs.positive("a of a beta distribution", self.a)
        inputs.positive("b of a beta distribution", self.b)

    @property
    def mean(self) -> float:
        """The expected probability."""
        return self.a / (self.a + self.b)

    @property
    def weight(self) -> float:
        """How many observed programmes it counts for."""
        return self.a + self.b

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The central interval."""
        from scipy.special import betaincinv

        tail = (1.0 - inputs.probability("the level", level)) / 2.0
        return float(betaincinv(self.a, self.b, tail)), float(betaincinv(self.a, self.b, 1.0 - tail))

    def updated(self, successes: float, trials: float) -> "Beta":
        """The posterior after `successes` of `trials`; its mean lies between theirs and this one's."""
        seen = inputs.number("the trials", trials, 0.0)
        won = inputs.number("the successes", successes, 0.0, seen)
        return Beta(self.a + won, self.b + seen - won)


def from_interval(mean: float, low: float, high: float, level: float = 0.95) -> Beta:
    """The Beta with this mean whose central interval is nearest (least squares) to `low`..`high`.

    AAV, likelihood of approval 13.6 % (6.4-26.7): Beta(5.2, 33.0), in round numbers Beta(5, 32).
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import betaincinv

    m = inputs.probability("the mean", mean)
    ends = inputs.probability("the low end", low), inputs.probability("the high end", high)
    if not 0.0 < ends[0] < m < ends[1] < 1.0:
        raise UsageError(f"an interval must hold its mean and leave out 0 and 1: {low:g} < {mean:g} < {high:g}")
    tails = np.array([(1.0 - level) / 2.0, (1.0 + level) / 2.0])

    def miss(log_weight: float) -> float:
        weight = np.exp(log_weight)
        return float(((betaincinv(m * weight, (1 - m) * weight, tails) - ends) ** 2).sum())

    found = minimize_scalar(miss, bounds=(np.log(_LIGHTEST), np.log(_HEAVIEST)), method="bounded")
    weight = float(np.exp(found.x))
    return Beta(m * weight, (1.0 - m) * weight)


def prior(rate: Rate, weight: float | None = None) -> Beta:
    """What a published rate says before anything of the arena is seen.

    With an interval its weight is the interval's; without one the caller says how many programmes it is worth. The
    source's own n is no such weight: classes differ from each other by more than its sampling error.
    """
    if weight is None:
        if rate.low is None or rate.high is None:
            raise UsageError(f"{rate.id} has no interval: say how many programmes it shall be worth")
        return from_interval(rate.value, rate.low, rate.high)
    strength = inputs.positive("the weight of a prior", weight)
    if not 0.0 < rate.value < 1.0:
        raise UsageError(f"{rate.id} is {rate.value:g}: no prior can be made of a certainty")
    return Beta(rate.value * strength, (1.0 - rate.value) * strength)


def fit(successes: Sequence[float], trials: Sequence[float]) -> Beta:
    """Empirical Bayes: the Beta from which these groups' rates most likely came (beta-binomial likelihood).

    Groups that differ by no more than chance give a very heavy prior (weight up to 1e5): pooling them is right.
    """
    from scipy.optimize import minimize
    from scipy.special import betaln

    won, seen = np.asarray(successes, float), np.asarray(trials, float)
    if won.shape != seen.shape or won.ndim != 1 or not np.isfinite([*won, *seen]).all():
        raise UsageError("successes and trials must be two lists of numbers of one length")
    if (won < 0).any() or (won > seen).any():
        raise UsageError("successes must lie between 0 and their trials")
    if not 0 < won.sum() < seen.sum():
        raise UsageError("a prior cannot be fitted to groups that all failed, all succeeded or are empty")
    mean = won.sum() / seen.sum()

    def surprise(at: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        p, weight = 1.0 / (1.0 + np.exp(-at[0])), np.exp(at[1])
        a, b = p * weight, (1.0 - p) * weight
        return -float((betaln(won + a, seen - won + b) - betaln(a, b)).sum())

    bounds = [(-12.0, 12.0), (np.log(_LIGHTEST), np.log(_HEAVIEST))]
    starts = [np.array([np.log(mean / (1 - mean)), np.log(weight)]) for weight in (2.0, 30.0, 1000.0)]
    best = min((minimize(surprise, start, bounds=bounds) for start in starts), key=lambda result: float(result.fun))
    p, weight = 1.0 / (1.0 + np.exp(-best.x[0])), np.exp(best.x[1])
    return Beta(float(p * weight), float((1.0 - p) * weight))
