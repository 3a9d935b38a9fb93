"""How good a forecast of a yes or no was. Weights may be given to every score (they need not sum to 1).

brier      mean (p - y)^2; 0 is perfect, p (1 - p) is what a base rate p scores
log loss   mean -[y ln p + (1 - y) ln (1 - p)], in nats
auc        chance that a case that happened was given a higher p than one that did not (ties count half)
ece        mean |observed - forecast| over bins of p, weighted by their size
slope      of the logistic regression of y on logit p; 1 is calibrated, below 1 overconfident

Outcomes of programmes still under way are not known at a horizon: `at_horizon` gives the known ones the weight of
the unknown (inverse probability of censoring).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats

#: a certainty is scored as this much short of certain, so that a log loss stays a number
CERTAIN = 1e-12


class Binary(NamedTuple):
    """Forecasts `p`, outcomes `y` (0 or 1) and weights `w`, each (n,)."""

    p: Floats
    y: Floats
    w: Floats


class Bin(NamedTuple):
    """One bar of a reliability diagram: forecasts in (`low`, `high`], their mean, what was observed, their weight."""

    low: float
    high: float
    forecast: float
    observed: float
    weight: float


class Calibration(NamedTuple):
    """`bins` that hold anything, their `ece`, and slope and intercept of the logistic recalibration.

    The slope is None where it does not exist: all outcomes alike, one forecast for all, or perfect separation.
    """

    bins: tuple[Bin, ...]
    ece: float
    slope: float | None
    intercept: float | None


def binary(p: npt.ArrayLike, y: npt.ArrayLike, w: npt.ArrayLike | None = None) -> Binary:
    """Check and pair forecasts with outcomes; `UsageError` where they cannot be scored."""
    chance, outcome = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    weight = np.ones(chance.shape) if w is None else np.asarray(w, dtype=float)
    if chance.ndim != 1 or chance.shape != outcome.shape or chance.shape != weight.shape:
        raise UsageError("forecasts, outcomes and weights must be lists of one length")
    if not len(chance) or not np.isfinite([*chance, *outcome, *weight]).all():
        raise UsageError("there is nothing to score, or not all of it is a number")
    if chance.min() < 0 or chance.max() > 1:
        raise UsageError("a forecast must be a probability between 0 and 1")
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise UsageError("an outcome must be 0 or 1")
    if weight.min() < 0 or weight.sum() == 0:
        raise UsageError("weights must not be negative, and not all 0")
    return Binary(chance, outcome, weight)


def brier(scored: Binary) -> float:
    """Mean squared error of the probabilities."""
    return float(np.average((scored.p - scored.y) ** 2, weights=scored.w))


def log_loss(scored: Binary) -> float:
    """Mean surprise in nats."""
    p = np.clip(scored.p, CERTAIN, 1.0 - CERTAIN)
    return float(np.average(-np.where(scored.y == 1, np.log(p), np.log1p(-p)), weights=scored.w))


def skill(score: float, floor: float) -> float:
    """1 - score / floor: the part of the floor's error that is gone; negative where the forecast is worse."""
    return 1.0 - inputs.number("the score", score) / inputs.positive("the floor's score", floor)


def auc(scored: Binary) -> float | None:
    """Weighted area under the ROC curve; None where all outcomes are alike."""
    values, place = np.unique(scored.p, return_inverse=True)
    won = np.bincount(place, scored.w * scored.y, len(values))
    lost = np.bincount(place, scored.w * (1.0 - scored.y), len(values))
    if won.sum() == 0 or lost.sum() == 0:
        return None
    below = np.cumsum(lost) - lost
    return float((won * (below + lost / 2.0)).sum() / (won.sum() * lost.sum()))


def calibration(scored: Binary, bins: int = 10) -> Calibration:
    """Reliability over equal bins of the forecast, with the logistic slope and intercept."""
    number = int(inputs.number("the number of bins", bins, 1, 1000))
    edges = np.linspace(0.0, 1.0, number + 1)
    place = np.clip(np.searchsorted(edges, scored.p, side="left") - 1, 0, number - 1)
    found = []
    for index in np.unique(place[scored.w > 0]):
        inside = place == index
        weight = scored.w[inside]
        forecast = float(np.average(scored.p[inside], weights=weight))
        observed = float(np.average(scored.y[inside], weights=weight))
        found.append(Bin(float(edges[index]), float(edges[index + 1]), forecast, observed, float(weight.sum())))
    total = sum(one.weight for one in found)
    ece = sum(one.weight * abs(one.observed - one.forecast) for one in found) / total
    slope, intercept = _recalibration(scored)
    return Calibration(tuple(found), ece, slope, intercept)


def _recalibration(scored: Binary, rounds: int = 50) -> tuple[float | None, float | None]:
    """Slope and intercept by Newton's method on the weighted logistic likelihood."""
    kept = scored.w > 0
    p, y, w = np.clip(scored.p[kept], 1e-9, 1 - 1e-9), scored.y[kept], scored.w[kept] / scored.w[kept].mean()
    logit = np.log(p) - np.log1p(-p)
    if np.ptp(y) == 0 or np.ptp(logit) < 1e-9:
        return None, None
    design = np.column_stack([np.ones(len(p)), logit])
    at = np.array([0.0, 1.0])
    for _ in range(rounds):
        mean = 1.0 / (1.0 + np.exp(-np.clip(design @ at, -500, 500)))
        gradient = design.T @ (w * (y - mean))
        curvature = (design * (w * mean * (1.0 - mean))[:, None]).T @ design
        if not np.isfinite(curvature).all() or np.linalg.cond(curvature) > 1e12:
            return None, None
        step = np.linalg.solve(curvature, gradient)
        if float(np.abs(step).max()) < 1e-8:
            return float(at[1]), float(at[0])
        while _surprise(design @ (at + step), y, w) > _surprise(design @ at, y, w) and np.abs(step).max() > 1e-9:
            step = step / 2.0
        at = at + step
    return None, None


def _surprise(logit: Floats, y: Floats, w: Floats) -> float:
    """The negative logistic log likelihood."""
    return float((w * (np.logaddexp(0.0, logit) - y * logit)).sum())


def at_horizon(p: npt.ArrayLike, times: npt.ArrayLike, kinds: npt.ArrayLike, horizon: float, kind: int = 1) -> Binary:
    """Did an end of `kind` come by `horizon`? `times` is when each was last seen or ended, `kinds` 0 if still under
    way then (censored), else the kind of its end. Competing ends count as no.

    Known outcomes weigh 1 / G: those that ended by the horizon with G just before their end, those seen beyond it
    with G at the horizon, G being the Kaplan-Meier chance of not being censored; unknown ones weigh 0 (Graf 1999,
    for competing ends Schoop 2011). G is one for all: censoring must not depend on what is forecast.
    """
    chance, when, what = np.asarray(p, dtype=float), np.asarray(times, dtype=float), np.asarray(kinds, dtype=int)
    if chance.ndim != 1 or chance.shape != when.shape or chance.shape != what.shape or not len(chance):
        raise UsageError("forecasts, times and kinds must be lists of one length, not empty")
    if not np.isfinite(when).all() or when.min() < 0:
        raise UsageError("a time must be a number not below 0")
    end = inputs.positive("the horizon", horizon)
    ended = (what != 0) & (when <= end)
    beyond = when > end
    weight = np.zeros(len(when))
    weight[ended] = 1.0 / uncensored(when, what, when[ended], before=True)
    if beyond.any():
        weight[beyond] = 1.0 / uncensored(when, what, np.array([end]))[0]
    if weight.sum() == 0:
        raise UsageError(f"no outcome is known at {end:g}: everybody was last seen before it")
    return binary(chance, (ended & (what == kind)).astype(float), weight)


def uncensored(times: Floats, kinds: npt.NDArray[np.int_], at: Floats, before: bool = False) -> Floats:
    """Kaplan-Meier chance of not being censored by each of `at` (or just before it). An end and a censoring at one
    time count in this order: the end was still under watch."""
    marks, censored = np.unique(times[kinds == 0], return_counts=True)
    watched = len(times) - np.searchsorted(np.sort(times), marks, side="right") + censored
    left = np.concatenate([[1.0], np.cumprod(1.0 - censored / watched)])
    return np.asarray(left[np.searchsorted(marks, at, side="left" if before else "right")], dtype=float)
