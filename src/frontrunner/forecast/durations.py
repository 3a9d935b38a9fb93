"""How long a trial lasts from its start to its completion, told from what its registration says.

Each feature and the day it is of:

phase   the label of the registration
text    title, conditions, interventions, description of whatever version the caller passes: the version in force on
        the day of the forecast, or the text is not of that day (registries rewrite it)

Not used, because a registry record of today tells them with hindsight: status, dates to come, enrolment, results,
and the precision of the start date (days were asked for only from 2017 on, so a day in an old start says that the
record was still being edited then). How long before or after its start a trial was registered is not used either:
what it told of the trials of some years it did not tell of the next.

A ridge regression of ln(years + 1/4) on hashed words places the trials that have a text. A forecast is that place and
around it the errors that a regression on the earlier half of the trials made on the later half, to both sides: the
world moves on, and which way is not known. A fifth of it are all trials of the phase. A trial without a text gets
the durations of its phase.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs, words
from frontrunner.forecast.entry import Floats

_WIDTH = 2**14
_PENALTY = 0.5
_MARGINAL = 0.2
#: added to the years before their logarithm is taken, so that days do not weigh more than years
_OFFSET = 0.25
_SHORTEST = 1.0 / 365.25
_FEWEST = 30
#: texts from which a regression is made
_TEXTS = 4 * _FEWEST


class Registered(msgspec.Struct, frozen=True):
    """A trial on the day of its registration; empty `text`: none."""

    phase: str
    text: str = ""


class _Ridge(NamedTuple):
    """Weights of the columns, and the errors of looking ahead, rising."""

    weights: Floats
    errors: Floats


class DurationModel(NamedTuple):
    """Fitted on completed trials: `marginal` are all durations of a phase in years; `with_text` is None where too
    few of the trials had any."""

    phases: tuple[str, ...]
    marginal: dict[str, Floats]
    with_text: _Ridge | None

    def forecast(self, trials: Sequence[Registered], values: int = 100) -> Floats:
        """Equally likely years from start to completion, rising, shape (trials, values)."""
        number = int(inputs.number("the number of values", values, 10, 10_000))
        rows = np.empty((len(trials), number))
        for index, trial in enumerate(trials):
            if trial.phase not in self.phases:
                raise UsageError(f"no trial of phase {trial.phase} was learnt from: {', '.join(self.phases)}")
            rows[index] = self._one(trial, number)
        return rows

    def _one(self, trial: Registered, number: int) -> Floats:
        common = self.marginal[trial.phase]
        if self.with_text is None or not trial.text:
            return _quantiles(common, number)
        fine = 2 * number
        place = float((_design([trial], self.phases) @ self.with_text.weights)[0])
        near = np.exp(place + _quantiles(self.with_text.errors, fine - round(fine * _MARGINAL))) - _OFFSET
        mixed = np.concatenate([np.maximum(near, _SHORTEST), _quantiles(common, round(fine * _MARGINAL))])
        return _quantiles(mixed, number)


def fit(trials: Sequence[Registered], years: Sequence[float]) -> DurationModel:
    """Learn from completed trials in the order of their starts, and their `years` from start to completion: at least
    30 of each phase.

    Trials of a time whose long ones are not all completed yet teach too short a duration; the caller leaves them out.
    """
    if len(trials) != len(years):
        raise UsageError(f"{len(trials)} trials do not go with {len(years)} durations")
    lasted = np.array([inputs.years("a duration", one) for one in years])
    phases = tuple(sorted({trial.phase for trial in trials}))
    marginal = {phase: lasted[[trial.phase == phase for trial in trials]] for phase in phases}
    thin = [phase for phase, found in marginal.items() if len(found) < _FEWEST]
    if thin or not phases:
        raise UsageError(f"at least {_FEWEST} completed trials are needed of each phase; too few of: {thin or 'any'}")
    worded = [index for index, trial in enumerate(trials) if trial.text]
    if len(worded) < _TEXTS:
        return DurationModel(phases, marginal, None)
    design, target = _design([trials[index] for index in worded], phases), np.log(lasted[worded] + _OFFSET)
    half = len(worded) // 2
    off = target[half:] - design[half:] @ _ridge(design[:half], target[:half])
    return DurationModel(phases, marginal, _Ridge(_ridge(design, target), np.sort(np.concatenate([-off, off]))))


def _design(trials: Sequence[Registered], phases: tuple[str, ...]) -> Floats:
    """One row a trial: a constant, each phase, and the words, each once and together of length 1."""
    rows = np.zeros((len(trials), 1 + len(phases) + _WIDTH))
    rows[:, 0] = 1.0
    for row, trial in zip(rows, trials, strict=True):
        row[1 + phases.index(trial.phase)] = 1.0
        found = np.unique(words.columns(trial.text, _WIDTH))
        row[1 + len(phases) + found] = 1.0 / np.sqrt(max(len(found), 1))
    return rows


def _ridge(design: Floats, target: Floats) -> Floats:
    """The weights of a ridge regression, in its dual form: there are more columns than trials."""
    inner = design @ design.T + _PENALTY * np.eye(len(design))
    return np.asarray(design.T @ np.linalg.solve(inner, target), dtype=float)


def _quantiles(found: Floats, number: int) -> Floats:
    """`number` equally likely values: the quantiles at the middles of as many equal parts of 0..1."""
    return np.asarray(np.quantile(found, (np.arange(number) + 0.5) / number), dtype=float)
