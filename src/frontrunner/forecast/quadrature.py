"""Who is first among independent runners, without chance.

With F_i the (defective) chance of having arrived by t,

    P(i first) = integral f_i prod_{j != i} (1 - F_j) dt        P(nobody) = prod_j (1 - F_j(end))

Curves are straight between their points, so in each cell the integrand is a polynomial of degree R - 1 in
v = 0..1, which R/2 Gauss-Legendre nodes integrate exactly. What a curve holds at its first point is an arrival right
there: taken as a cell of its own, in which everybody's share rises together, it splits ties equally.
"""

import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast.entry import Floats


def p_first(curves: Floats) -> tuple[Floats, float]:
    """P(first) of each runner and P(nobody) by the end; `curves` (runners, points) are chances to have arrived."""
    curves = checked(curves)
    runners = len(curves)
    start = np.concatenate([np.zeros((runners, 1)), curves[:, :-1]], axis=1)
    rise = curves - start
    nodes, weights = np.polynomial.legendre.leggauss(runners // 2 + 1)
    found = np.zeros(runners)
    for v, weight in zip((nodes + 1.0) / 2.0, weights / 2.0, strict=True):
        out = 1.0 - start - rise * v
        found += weight * (rise * _others(out)).sum(axis=1)
    return found, float(np.prod(1.0 - curves[:, -1]))


def checked(curves: Floats) -> Floats:
    """The curves if they are chances that never fall; `UsageError` else."""
    given = np.asarray(curves, dtype=float)
    if given.ndim != 2 or given.shape[0] < 1 or given.shape[1] < 1:
        raise UsageError("nobody runs: a race needs at least one runner with a curve")
    if not np.isfinite(given).all() or given.min() < -1e-12 or given.max() > 1.0 + 1e-9:
        raise UsageError("the chance to have arrived must lie between 0 and 1 at every time")
    if (np.diff(given, axis=1) < -1e-9).any():
        raise UsageError("the chance to have arrived can never fall")
    return np.clip(np.maximum.accumulate(given, axis=1), 0.0, 1.0)


def _others(out: Floats) -> Floats:
    """For each row the product of all other rows (zeros allowed, so no division)."""
    one = np.ones((1, out.shape[1]))
    before = np.cumprod(np.concatenate([one, out[:-1]]), axis=0)
    after = np.cumprod(np.concatenate([one, out[:0:-1]]), axis=0)[::-1]
    return np.asarray(before * after, dtype=float)
