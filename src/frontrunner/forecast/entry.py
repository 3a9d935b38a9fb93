"""Who is on the market when, and what share of a treat rate each product takes. Years since the first launch.

Between two entries everything but a ramp is constant: such a span is a `Stage`. In a stage the hazard of being
treated with product i is

    k_i(t) = K u(t) prod(1 + e_j) h  w_i r_i(t - L_i) / sum_j w_j r_j(t - L_j)      (j launched and able to treat)

with K the treat rate, u the ramp of the whole market, e_j the demand that entry j adds, h < 1 while patients are
held back for a rival that is due, w the share of each product when all are there, r its own ramp and L its launch.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.forecast.uptake import Uptake

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Product(NamedTuple):
    """One product of the market: `launch` in years, `weight` its share of treatments once all have launched,
    `expands` the relative rise of the treat rate at its entry, `reach` the fraction it can treat of those whom
    antibodies exclude, `capacity` its patients a year (None: no limit)."""

    launch: float
    weight: float
    uptake: Uptake | None = None
    expands: float = 0.0
    reach: float = 0.0
    capacity: float | None = None


class Holding(NamedTuple):
    """Warehousing: within `window` years before each later launch the treat rate falls by `fraction`."""

    window: float
    fraction: float


class Stage(NamedTuple):
    """A span with a fixed set of products. `total` is the treat rate a year at full uptake; `able` (strata,
    products) says which launched product can treat which stratum."""

    start: float
    end: float
    total: float
    products: tuple[Product, ...]
    able: Mask
    uptake: Uptake | None

    def rates(self, t: float) -> Floats:
        """Hazards a year at `t`, shape (strata, products)."""
        pull = np.array([product.weight * _ramp(product.uptake, t - product.launch) for product in self.products])
        weights = np.where(self.able, pull, 0.0)
        idle = weights.sum(axis=1) == 0.0  # only products of weight 0 are there: they share what there is
        weights[idle] = self.able[idle]
        sums = weights.sum(axis=1, keepdims=True)
        split = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
        rates: Floats = self.total * _ramp(self.uptake, t) * split
        return rates


def strata(products: Sequence[Product], excluded: float) -> tuple[Floats, Mask]:
    """Split the patients by who can treat them: fractions (strata,) summing to 1 and a mask (strata, products).

    The first stratum has no antibodies. The excluded are cut at each product's reach; a product of wider reach can
    treat whomever one of narrower reach can (nested reaches, an assumption); whoever is beyond all stays untreated.
    """
    cuts = sorted({0.0, 1.0} | {product.reach for product in products})
    pieces = [(1.0 - excluded, 0.0)]
    pieces += [(excluded * (high - low), high) for low, high in pairwise(cuts) if excluded > 0]
    sizes = np.array([size for size, _ in pieces])
    able = np.array([[product.reach >= need for product in products] for _, need in pieces])
    return sizes, able


def stages(
    products: Sequence[Product],
    able: Mask,
    treat_rate: float,
    end: float,
    *,
    uptake: Uptake | None = None,
    holding: Holding | None = None,
) -> list[Stage]:
    """The stages from 0 to `end`, cut at every launch and at the start of every wait for one."""
    later = [product.launch for product in products if product.launch > 0]
    marks = {0.0, end, *later}
    if holding is not None:
        marks |= {launch - holding.window for launch in later}
    cuts = sorted(mark for mark in marks if 0.0 <= mark <= end)
    found = []
    for start, stop in pairwise(cuts):
        launched = np.array([product.launch <= start for product in products])
        total = treat_rate
        for product in products:
            total *= 1.0 + product.expands if 0.0 < product.launch <= start else 1.0
        if holding is not None and any(launch - holding.window <= start < launch for launch in later):
            total *= 1.0 - holding.fraction
        found.append(Stage(start, stop, total, tuple(products), able & launched, uptake))
    return found


def _ramp(uptake: Uptake | None, since: float) -> float:
    return 1.0 if uptake is None else uptake.reached(since)
