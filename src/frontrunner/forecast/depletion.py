"""A pool of patients that one treatment each empties: the closed form, and a stepper for everything else.

    U' = b - (m + K) U        T_i' = k_i U        K = sum k_i

U eligible and untreated, b newly eligible a year, m the exit rate, k_i the treat hazard of product i, T_i treated
with it. For constant hazards over a span of t years, with x = (m + K) t, phi1(x) = (1 - e^-x) / x and
phi2(x) = (1 - phi1(x)) / x,

    U(t) = U0 e^-x + b t phi1(x)        integral of U = U0 t phi1(x) + b t^2 phi2(x)        T_i = k_i integral of U

which needs no division by m + K and so holds at zero. With waning at w a year a treated patient returns to a second
pool R (the fraction `again` of them; the rest can not be treated twice), treated at the same hazards:

    R' = again w D - (m + K) R        D' = K (U + R) - (m + w) D
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from frontrunner.forecast.entry import Floats, Stage


class Pool(NamedTuple):
    """Who there is: `start` and `incidence` (a year) per stratum, `exit_rate` a year for all."""

    start: Floats
    incidence: Floats
    exit_rate: float


class Limits(NamedTuple):
    """What keeps the flow from k U: patients a year in all and per product (inf: none), and waning."""

    total: float
    each: Floats
    waning: float
    again: float


class Course(NamedTuple):
    """The run of a market at `times` (n,), years: `untreated` (n,) never treated, `waiting` (n,) to be treated again,
    `treated` (n, products) treatments since 0, `retreated` (n,) those of them that were not a patient's first."""

    times: Floats
    untreated: Floats
    waiting: Floats
    treated: Floats
    retreated: Floats


class _State(NamedTuple):
    untreated: Floats  # (strata,)
    waiting: Floats
    durable: Floats
    treated: Floats  # (products,)
    retreated: Floats  # (1,)

    def plus(self, slope: "_State", step: float) -> "_State":
        return _State(*(mine + step * theirs for mine, theirs in zip(self, slope, strict=True)))


def closed_form(pool: Pool, stages: Sequence[Stage], times: Floats) -> Course:
    """The exact course at `times` (ascending, from 0 to the last stage's end); hazards constant in each stage."""
    untreated, treated = pool.start.copy(), np.zeros(stages[0].able.shape[1])
    rows: list[tuple[float, Floats]] = []
    for stage in stages:
        rates = stage.rates(stage.start)
        inside = times[(times >= stage.start) & ((times < stage.end) | (stage.end == stages[-1].end))]
        rows += [_constant(pool, untreated, treated, rates, at - stage.start) for at in inside]
        left, total = _constant_state(pool, untreated, treated, rates, stage.end - stage.start)
        untreated, treated = left, total
    zeros = np.zeros(len(times))
    return Course(times, np.array([row[0] for row in rows]), zeros, np.array([row[1] for row in rows]), zeros)


def stepped(pool: Pool, stages: Sequence[Stage], times: Floats, limits: Limits) -> Course:
    """The course by fourth-order Runge-Kutta steps that never cross a launch or one of `times`."""
    strata, products = stages[0].able.shape
    state = _State(pool.start.copy(), np.zeros(strata), np.zeros(strata), np.zeros(products), np.zeros(1))
    rows, wanted = [state], set(times.tolist())
    for stage in stages:
        inside = times[(times > stage.start) & (times < stage.end)]
        marks = np.unique([stage.start, *inside, stage.end])
        for start, end in pairwise(marks):
            state = _advance(pool, stage, limits, state, float(start), float(end))
            if float(end) in wanted:
                rows.append(state)
    return Course(
        times,
        np.array([row.untreated.sum() for row in rows]),
        np.array([row.waiting.sum() for row in rows]),
        np.array([row.treated for row in rows]),
        np.array([row.retreated[0] for row in rows]),
    )


def _constant(pool: Pool, untreated: Floats, treated: Floats, rates: Floats, t: float) -> tuple[float, Floats]:
    left, total = _constant_state(pool, untreated, treated, rates, t)
    return float(left.sum()), total


def _constant_state(pool: Pool, untreated: Floats, treated: Floats, rates: Floats, t: float) -> tuple[Floats, Floats]:
    """U per stratum and T per product `t` years into a stage."""
    x = (pool.exit_rate + rates.sum(axis=1)) * t
    first, second = _phi1(x), _phi2(x)
    left = untreated * np.exp(-x) + pool.incidence * t * first
    waited = untreated * t * first + pool.incidence * t * t * second
    return left, treated + waited @ rates


def _phi1(x: Floats) -> Floats:
    safe = np.where(x > 0, x, 1.0)
    return np.where(x > 0, -np.expm1(-safe) / safe, 1.0)


def _phi2(x: Floats) -> Floats:
    """(x - 1 + e^-x) / x^2; by its series near zero, where the difference would cancel."""
    safe = np.where(x > 0.01, x, 1.0)
    series = 0.5 - x / 6.0 + x**2 / 24.0 - x**3 / 120.0 + x**4 / 720.0
    return np.where(x > 0.01, (1.0 - _phi1(safe)) / safe, series)


def _advance(pool: Pool, stage: Stage, limits: Limits, state: _State, start: float, end: float) -> _State:
    """From `start` to `end` in equal steps: 0.01 years or a sixteenth of the shortest time scale."""
    fastest = pool.exit_rate + stage.total + limits.waning
    count = int(np.ceil((end - start) * max(100.0, 16.0 * fastest)))
    step = (end - start) / count
    for index in range(count):
        t = start + index * step
        one = _slope(pool, stage.rates(t), limits, state)
        middle = stage.rates(t + step / 2)
        two = _slope(pool, middle, limits, state.plus(one, step / 2))
        three = _slope(pool, middle, limits, state.plus(two, step / 2))
        four = _slope(pool, stage.rates(t + step), limits, state.plus(three, step))
        for slope, part in ((one, 1 / 6), (two, 1 / 3), (three, 1 / 3), (four, 1 / 6)):
            state = state.plus(slope, part * step)
    return state


def _slope(pool: Pool, rates: Floats, limits: Limits, state: _State) -> _State:
    """Time derivatives of every part of the state, patients a year."""
    rates = rates * _served(rates.T @ (state.untreated + state.waiting), limits)
    hazard = rates.sum(axis=1)
    first, again = hazard * state.untreated, hazard * state.waiting
    returned = limits.waning * state.durable
    return _State(
        pool.incidence - pool.exit_rate * state.untreated - first,
        limits.again * returned - pool.exit_rate * state.waiting - again,
        first + again - pool.exit_rate * state.durable - returned,
        rates.T @ (state.untreated + state.waiting),
        np.array([again.sum()]),
    )


def _served(wanted: Floats, limits: Limits) -> Floats:
    """The fraction of each product's wanted flow that its own and the common capacity let through.

    Whoever is not served waits; he does not turn to another product.
    """
    own = np.minimum(1.0, np.divide(limits.each, wanted, out=np.ones_like(wanted), where=wanted > 0))
    flow = float((own * wanted).sum())
    return own * min(1.0, limits.total / flow) if flow > 0 else own
