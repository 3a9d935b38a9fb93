"""What a covariate does to the hazards: relative hazards, the baseline given.

For end k of a stay i with covariates x_i and baseline cumulative hazard H_ik over the months it was watched,

    expected ends  H_ik exp(a_k + x_i b_k)        log likelihood  sum d_ik (a_k + x_i b_k) - H_ik exp(a_k + x_i b_k)

(Poisson, the usual form of proportional hazards), less ridge |b|^2 / 2: a small sample says little and changes
little. A covariate that changes with time needs a stay cut where it changes; it may hold only what was known then.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.hazards import CAUSES, Hazards, Spell, by_month


class Effect(NamedTuple):
    """For one kind of end: log relative hazards `b` and their standard errors, per covariate, and the `level` a by
    which the sample as a whole differs from the baseline. `means` are the covariates' means, where b has no effect."""

    b: Floats
    error: Floats
    level: float
    means: Floats

    def relative(self, x: Floats) -> float:
        """The factor on the baseline hazard of a programme with covariates `x`."""
        given = np.asarray(x, dtype=float)
        if given.shape != self.b.shape or not np.isfinite(given).all():
            raise UsageError(f"a programme needs {len(self.b)} covariates, all numbers")
        return float(np.exp(np.clip(self.b @ (given - self.means), -7.0, 7.0)))


def fit(spells: Sequence[Spell], covariates: Floats, baseline: Hazards, cause: str, ridge: float = 1.0) -> Effect:
    """Relative hazards of `cause` for the rows of `covariates` (spells, k), by Newton's method."""
    x = np.asarray(covariates, dtype=float)
    if x.ndim != 2 or len(x) != len(spells) or not len(x) or not np.isfinite(x).all():
        raise UsageError("every stay needs its row of covariates, all numbers")
    if cause not in CAUSES:
        raise UsageError(f"the end must be one of {', '.join(CAUSES)}, not {cause!r}")
    penalty = inputs.number("the ridge", ridge, 0.0, 1e9)
    means = x.mean(axis=0)
    design = np.column_stack([np.ones(len(x)), x - means])
    exposure = expected(spells, baseline, cause)
    happened = np.array([float(spell.end == cause) for spell in spells])
    if happened.sum() == 0 or exposure.sum() == 0:
        raise UsageError(f"no stay ended in {cause}: there is nothing to learn from")
    penalties = np.append(1e-9, np.full(x.shape[1], max(penalty, 1e-9)))
    at = np.append(np.log(happened.sum() / exposure.sum()), np.zeros(x.shape[1]))
    for _ in range(100):
        mean = exposure * np.exp(np.clip(design @ at, -30.0, 30.0))
        curvature = (design * mean[:, None]).T @ design + np.diag(penalties)
        step = np.linalg.solve(curvature, design.T @ (happened - mean) - penalties * at)
        at = at + step * min(1.0, 1.0 / float(np.abs(step).max() or 1.0))
        if float(np.abs(step).max()) < 1e-9:
            break
    error = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return Effect(at[1:], error[1:], float(at[0]), means)


def expected(spells: Sequence[Spell], baseline: Hazards, cause: str) -> Floats:
    """Baseline cumulative hazard of `cause` of each stay over the months it was watched."""
    monthly = by_month(baseline)[..., CAUSES.index(cause)]
    total = np.concatenate([np.zeros((len(monthly), 1)), np.cumsum(monthly, axis=1)], axis=1)
    last = monthly.shape[1]

    def until(row: int, month: int) -> float:
        return float(total[row, min(month, last)] + max(month - last, 0) * monthly[row, -1])

    rows = [baseline.ladder.place(spell.rung) for spell in spells]
    return np.array([until(row, one.left) - until(row, one.entered) for row, one in zip(rows, spells, strict=True)])
