"""How long a trial lasts from its start to its completion, told from what is known when it is registered.

Each feature and the day it is of:

phase   the label of the registration
lag     registration day minus start, in years; where the day is not given, `registration_year` reads it off the
        number (numbers are given in order)
text    title, conditions, interventions, description of whatever version the caller passes: the version in force on
        the day of the forecast, or the text is not of that day (registries rewrite it)

Not used, because a registry record of today tells them with hindsight: status, dates to come, enrolment, results,
and the precision of the start date (days were asked for only from 2017 on, so a day in an old start says that the
record was still being edited then).

Two ridge regressions of ln(years + 1/4), one without and one with hashed words; a forecast is what happened to the
trials whose leave-one-out predictions lie nearest, mixed with a fifth of all trials of its phase. The world moves
on, so the middle of a forecast is widened (`levels`) by as much as a model of the first two thirds of the trials, in
order of their starts, would have needed on the last third.
"""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs, tables
from frontrunner.forecast.entry import Floats

_WORD = re.compile(r"[a-z][a-z0-9-]+")
_WIDTH = 4096
#: bounds of the bins of the lag, in years: registered ahead, with the start, late, over a year late
_LAGS = (-0.2, 0.2, 1.0)
_PENALTY = {False: 3.0, True: 1.0}
_MARGINAL = 0.2
_FEWEST = 30


class Registered(msgspec.Struct, frozen=True):
    """A trial on the day of its registration. `lag` null: not known; empty `text`: none."""

    phase: str
    lag: float | None = None
    text: str = ""


class _Ridge(NamedTuple):
    """Weights, and the training trials sorted by their leave-one-out predictions with what happened to them."""

    weights: Floats
    places: Floats
    years: Floats


class DurationModel(NamedTuple):
    """Fitted on trials of `phases`; `with_text` is None where too few of them had any; `marginal` are all durations
    of a phase, `levels` which quantile of the raw forecast is given out for each of 100 equally spaced ones."""

    phases: tuple[str, ...]
    plain: _Ridge
    with_text: _Ridge | None
    marginal: dict[str, Floats]
    levels: Floats

    def forecast(self, trials: Sequence[Registered], values: int = 100) -> Floats:
        """Equally likely years from start to completion, rising, shape (trials, values)."""
        number = int(inputs.number("the number of values", values, 10, 10_000))
        levels = np.interp(_spaced(number), _spaced(len(self.levels)), self.levels)
        return np.asarray(np.quantile(self._raw(trials, 2 * number), levels, axis=1).T, dtype=float)

    def _raw(self, trials: Sequence[Registered], number: int) -> Floats:
        rows = np.empty((len(trials), number))
        for worded in (False, True):
            chosen = [index for index, trial in enumerate(trials) if self._worded(trial) == worded]
            if not chosen:
                continue
            ridge = self.with_text if worded and self.with_text is not None else self.plain
            design = _design([trials[index] for index in chosen], self.phases, worded)
            for index, place in zip(chosen, design @ ridge.weights, strict=True):
                rows[index] = self._mixed(trials[index].phase, ridge, float(place), number)
        return rows

    def _worded(self, trial: Registered) -> bool:
        return self.with_text is not None and bool(trial.text)

    def _mixed(self, phase: str, ridge: _Ridge, place: float, number: int) -> Floats:
        common = round(number * _MARGINAL)
        size = _neighbours(len(ridge.places))
        first = int(np.clip(np.searchsorted(ridge.places, place) - size // 2, 0, len(ridge.places) - size))
        near = _quantiles(ridge.years[first : first + size], number - common)
        return np.sort(np.concatenate([near, _quantiles(self.marginal[phase], common)]))


def fit(trials: Sequence[Registered], years: Sequence[float]) -> DurationModel:
    """Learn from completed trials in the order of their starts, and their `years` from start to completion.

    At least 30 of each phase; the widening needs as many of each in the first two thirds, else there is none.
    """
    model = _fit(trials, years)
    old = 2 * len(trials) // 3
    counts = [sum(trial.phase == phase for trial in trials[:old]) for phase in model.phases]
    if min(counts) < _FEWEST:
        return model
    before = _fit(trials[:old], years[:old])._raw(trials[old:], 200)
    off = np.abs((before < np.asarray(years[old:], dtype=float)[:, None]).mean(axis=1) - 0.5)
    wanted = _spaced(len(model.levels)) - 0.5
    return model._replace(levels=np.clip(0.5 + np.sign(wanted) * np.quantile(off, 2.0 * np.abs(wanted)), 0.0, 1.0))


def _fit(trials: Sequence[Registered], years: Sequence[float]) -> DurationModel:
    if len(trials) != len(years):
        raise UsageError(f"{len(trials)} trials do not go with {len(years)} durations")
    lasted = np.array([inputs.years("a duration", one) for one in years])
    phases = tuple(sorted({trial.phase for trial in trials}))
    marginal = {phase: lasted[[trial.phase == phase for trial in trials]] for phase in phases}
    thin = [phase for phase, found in marginal.items() if len(found) < _FEWEST]
    if thin or not phases:
        raise UsageError(f"at least {_FEWEST} completed trials are needed of each phase; too few of: {thin or 'any'}")
    worded = [index for index, trial in enumerate(trials) if trial.text]
    with_text = None
    if len(worded) >= 4 * _FEWEST:
        with_text = _ridge(_design([trials[index] for index in worded], phases, True), lasted[worded], _PENALTY[True])
    plain = _ridge(_design(trials, phases, False), lasted, _PENALTY[False])
    return DurationModel(phases, plain, with_text, marginal, _spaced(100))


def registration_year(nct_number: int) -> float:
    """About when ClinicalTrials.gov gave out a number, as a year and its fraction (to some months).

    Read off the median first-posted dates around every 200,000th number (`registration_years.csv`).
    """
    rows = tables.rows("registration_years")
    numbers = [float(row["nct_number"]) for row in rows]
    given = inputs.number("an NCT number", nct_number, 0, 99_999_999)
    return float(np.interp(given, numbers, [float(row["year"]) for row in rows]))


def _design(trials: Sequence[Registered], phases: tuple[str, ...], worded: bool) -> Floats:
    """One row a trial: each phase with its own bins of the lag, then the hashed words."""
    strangers = {trial.phase for trial in trials} - set(phases)
    if strangers:
        raise UsageError(f"no trial of phase {min(strangers)} was learnt from: {', '.join(phases)}")
    bins = len(_LAGS) + 2
    rows = np.zeros((len(trials), 1 + len(phases) * (1 + bins) + (_WIDTH if worded else 0)))
    rows[:, 0] = 1.0
    for row, trial in zip(rows, trials, strict=True):
        at = 1 + phases.index(trial.phase) * (1 + bins)
        row[at] = 1.0
        known = trial.lag is not None
        lag = inputs.number("a lag", trial.lag, -inputs.YEARS, inputs.YEARS) if known else 0.0
        row[at + 1 + (int(np.searchsorted(_LAGS, lag, side="right")) if known else bins - 1)] = 1.0
        if worded:
            row[-_WIDTH:] = _hashed(trial.text)
    return rows


def _hashed(text: str) -> Floats:
    """Words and pairs of neighbours, each once, hashed to columns and scaled to length 1."""
    words = _WORD.findall(text.lower())
    tokens = {*words, *(f"{one} {other}" for one, other in pairwise(words))}
    counts = np.bincount([zlib.crc32(token.encode()) % _WIDTH for token in tokens] or [0], minlength=_WIDTH)
    length = float(np.sqrt((counts**2).sum()))
    return counts / length if length > 0 else counts.astype(float)


def _ridge(design: Floats, years: Floats, penalty: float) -> _Ridge:
    """Ridge regression in the smaller of its two forms, with leave-one-out predictions (e_i / (1 - h_ii))."""
    target = np.log(years + 0.25)
    rows, columns = design.shape
    if rows < columns:
        gram = design @ design.T
        inverse = np.linalg.inv(gram + penalty * np.eye(rows))
        weights = design.T @ (inverse @ target)
        leverage = np.einsum("ij,ji->i", gram, inverse)
    else:
        inverse = np.linalg.inv(design.T @ design + penalty * np.eye(columns))
        weights = inverse @ (design.T @ target)
        leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    alone = target - (target - design @ weights) / (1.0 - leverage)
    order = np.argsort(alone, kind="stable")
    return _Ridge(weights, alone[order], years[order])


def _neighbours(size: int) -> int:
    return int(np.clip(size // 8, min(_FEWEST, size), 300))


def _quantiles(years: Floats, number: int) -> Floats:
    return np.asarray(np.quantile(years, _spaced(number)), dtype=float)


def _spaced(number: int) -> Floats:
    """The middles of `number` equal parts of 0..1."""
    return (np.arange(number) + 0.5) / number
