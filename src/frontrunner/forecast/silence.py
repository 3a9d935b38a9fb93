"""Silent programmes as stops observed late: how many of the silent have stopped, and when, inferred with the hazards.

While active, a programme shows the public a sign with chance q a month (estimated); once stopped it shows none, and
a stop is announced with chance b (estimated). After the last sign on rung r at age a, with n quiet months since,

    stopped unseen in month g    prod_{j<g} c_j  h_stop(r, a + g) (1 - b)        c_j = (1 - sum_k h_k(r, a + j)) (1 - q)
    active still                 prod_{j<=n} c_j

Expectation: these chances, normalised, spread each silent programme over its possible stops. Maximisation: hazards,
q and b from the expected counts (EM). No rule about how long a silence must be, and nothing has to be left out.

Where single signs are not held, but only that there was none for a while, `within` says within how many months an
active programme is heard of: who was quiet so long has stopped in one of these months, one that is known to have
stopped in one of those since its last sign, and a shorter silence weighs nothing (q = 0). Each such stop is censored
to its interval and spread over it by the hazards.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.hazards import Counts, Hazards, Prior, by_month, count, fit_counts
from frontrunner.forecast.histories import Tail, Watched

#: a silence of this many months tells no more than a longer one
_LONGEST = 360


class Silence(NamedTuple):
    """The estimate: `hazards`, the `sign_rate` a month and the `announced` part of stops; `active` gives for every
    programme without a known end the chance that it is active today; `rounds` of EM were needed."""

    hazards: Hazards
    sign_rate: float
    announced: float
    active: dict[str, float]
    rounds: int


class _Tails(NamedTuple):
    rows: npt.NDArray[np.intp]  # (tails, 1)
    ages: npt.NDArray[np.intp]  # (tails, months)
    inside: npt.NDArray[np.bool_]
    over: npt.NDArray[np.bool_]  # (tails,) stopped for sure


class _Expected(NamedTuple):
    stops: Floats  # (tails, months): chance of having stopped in that month
    active: Floats  # (tails,)


def fit(
    seen: Watched,
    prior: Prior,
    start: Hazards,
    *,
    within: int | None = None,
    rounds: int = 500,
    tolerance: float = 1e-7,
) -> Silence:
    """EM from `start` (for its ladder and bands, and as first guess: its stop hazards must not be 0)."""
    if not seen.stays and not seen.tails:
        raise UsageError("no programme was watched: nothing can be fitted")
    inputs.number("the rounds", rounds, 1, 1e5)
    ladder, bands = start.ladder, start.bands
    sure = count(seen.stays, ladder, bands)
    quiet = seen.tails if within is None else [_heard_of(tail, within) for tail in seen.tails]
    tails = _arranged(quiet, start)
    hazards, rate, told = start, 0.5 * (seen.signs + 1) / (seen.sign_months + 2) if within is None else 0.0, 0.5
    done, change = 0, np.inf
    while done < rounds and change >= tolerance:
        done += 1
        expected = _expect(tails, hazards, rate, told)
        hidden = float(expected.stops.sum())
        lasted = float((_at_risk(expected, tails) - expected.stops).sum())
        fitted = fit_counts(_with(sure, tails, expected, bands), prior, ladder, bands)
        rate = seen.signs / max(seen.sign_months + lasted, 1.0) if within is None else 0.0
        told = (seen.announced + 0.5) / (seen.announced + hidden + 1.0)
        change = float(np.abs(fitted.chance - hazards.chance).max())
        hazards = fitted
    return Silence(hazards, rate, told, active(quiet, hazards, rate, told), done)


def active(tails: Sequence[Tail], hazards: Hazards, sign_rate: float, announced: float) -> dict[str, float]:
    """The chance that each of these programmes is active, its silence taken into account."""
    rate = inputs.probability("the sign rate", sign_rate)
    told = inputs.probability("the announced part of stops", announced)
    if not tails:
        return {}
    chances = _expect(_arranged(tails, hazards), hazards, rate, told).active
    return {tail.programme: float(p) for tail, p in zip(tails, chances, strict=True)}


def _heard_of(tail: Tail, within: int) -> Tail:
    """Who was quiet for `within` months has stopped in one of them."""
    if tail.over or tail.months < within:
        return tail
    return tail._replace(months=within, over=True)


def _arranged(quiet: Sequence[Tail], start: Hazards) -> _Tails:
    """The tails side by side: (tails, months) ages on the rung and a mask of the months that passed."""
    rows = np.array([[start.ladder.place(tail.rung)] for tail in quiet], dtype=np.intp).reshape(-1, 1)
    since = np.array([[tail.age] for tail in quiet], dtype=np.intp).reshape(-1, 1)
    length = np.array([[min(tail.months, _LONGEST)] for tail in quiet], dtype=np.intp).reshape(-1, 1)
    months = np.arange(int(length.max(initial=0)))
    return _Tails(rows, since + months, months < length, np.array([tail.over for tail in quiet], dtype=np.bool_))


def _expect(tails: _Tails, hazards: Hazards, rate: float, told: float) -> _Expected:
    monthly = by_month(hazards)
    leaving = monthly[tails.rows, np.minimum(tails.ages, monthly.shape[1] - 1)]
    on = np.where(tails.inside, (1.0 - leaving.sum(axis=-1)) * (1.0 - rate), 1.0)
    through = np.cumprod(on, axis=1)
    before = np.concatenate([np.ones((len(on), 1)), through[:, :-1]], axis=1)[:, : on.shape[1]]
    stops = np.where(tails.inside, before * leaving[..., 1] * (1.0 - told), 0.0)
    active = np.where(tails.over, 0.0, through[:, -1] if on.shape[1] else np.ones(len(on)))
    total = stops.sum(axis=1) + active
    safe = np.where(total > 0, total, 1.0)
    return _Expected(stops / safe[:, None], np.where(total > 0, active / safe, 0.0))


def _at_risk(expected: _Expected, tails: _Tails) -> Floats:
    """Chance of being still there at the start of each month of the tail."""
    gone = np.cumsum(expected.stops, axis=1) - expected.stops
    return np.where(tails.inside, 1.0 - gone, 0.0)


def _with(sure: Counts, tails: _Tails, expected: _Expected, bands: tuple[int, ...]) -> Counts:
    """The sure counts and the expected ones of the tails."""
    events, (size, width) = sure.events.copy(), sure.months.shape
    cell = (tails.rows * width + np.searchsorted(bands, tails.ages, side="right") - 1).ravel()

    def summed(weights: Floats) -> Floats:
        total = np.bincount(cell, weights.ravel(), size * width)
        return np.asarray(total, dtype=np.float64).reshape(size, width)

    events[..., 1] += summed(expected.stops)
    months = sure.months + summed(_at_risk(expected, tails))
    return sure._replace(events=events, months=months)
