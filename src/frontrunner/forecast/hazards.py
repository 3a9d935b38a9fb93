"""Monthly hazards of leaving a rung: upward, for good, or back; by rung and by months spent on it.

Semi-Markov, discrete time. On rung r with a whole months behind it, a programme in the next month

    advances  with h_adv(r, a)     to a higher rung, by `routes`
    stops     with h_stop(r, a)    for good
    returns   with h_ret(r, a)     from a filing to `complete_response`, whence it may file again

and else stays. Hazards are constant in bands of a. Each band's four chances have a Dirichlet prior worth a stated
number of months, so a band with d events of a kind in n programme-months has the estimate

    h = (m h0 + d) / (m + n)

between the prior's h0 and what was seen. Programmes count from the month in which they became known (left
truncation) to the month in which they were last seen (right censoring). Nothing here says what a stop is when
nobody announces it: see `histories`.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from frontrunner.errors import UnknownOption, UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats

CAUSES = ("advance", "stop", "return")
CENSORED = "censored"
#: band starts in months: hazards differ most in the first years
BANDS = (0, 6, 12, 24, 36, 60)
#: means after which hardly anybody is left on a rung
_LAST = 12


class Ladder(msgspec.Struct, frozen=True):
    """The rungs in order, the `goal` that ends the race, and for those that can be sent back, where they wait."""

    states: tuple[str, ...]
    goal: str = "approved"
    returns: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not self.states or len({*self.states, self.goal}) <= len(self.states):
            raise UsageError("a ladder needs at least one rung, each once, and a goal that is none of them")
        strangers = [name for pair in self.returns.items() for name in pair if name not in self.states]
        if strangers:
            raise UnknownOption("a returning rung", strangers[0], self.states)

    def place(self, state: str) -> int:
        """The index of `state`; the goal's is the number of rungs."""
        if state == self.goal:
            return len(self.states)
        if state not in self.states:
            raise UnknownOption("the rung", state, [*self.states, self.goal])
        return self.states.index(state)

    def following(self, state: str, among: Collection[str]) -> str:
        """The rung above `state` among some: whoever waits after being sent back goes where he was sent back from."""
        waits = set(self.returns.values())
        if state in waits:
            senders = [sender for sender in self.states if self.returns.get(sender) == state and sender in among]
            return senders[0] if senders else self.goal
        above = self.states[self.states.index(state) + 1 :]
        return next((rung for rung in above if rung in among and rung not in waits), self.goal)


#: the rungs of the vocabulary below approval, and the wait after a complete response
LADDER = Ladder(
    states=(
        "preclinical",
        "ind_filed",
        "ind_cleared",
        "phase_1",
        "phase_1_2",
        "phase_2",
        "pivotal",
        "filed",
        "accepted",
        "complete_response",
    ),
    returns={"filed": "complete_response", "accepted": "complete_response"},
)


class Spell(msgspec.Struct, frozen=True):
    """One stay of one programme on one rung, in whole months since it got there.

    It is watched from `entered` (above 0: known only later) to `left`; at `left` it did what `end` says (`advance`,
    `stop`, `return`, `censored`), `to` the rung it went to.
    """

    programme: str
    rung: str
    entered: int
    left: int
    end: str
    to: str | None = None
    group: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.entered < self.left:
            raise UsageError(
                f"{self.programme} on {self.rung}: watched from month {self.entered} to {self.left} is no time"
            )
        if self.end not in (*CAUSES, CENSORED):
            raise UnknownOption(f"the end of {self.programme} on {self.rung}", self.end, [*CAUSES, CENSORED])
        if (self.to is None) != (self.end in ("stop", CENSORED)):
            raise UsageError(f"{self.programme} on {self.rung}: {self.end} does not go with to={self.to!r}")


class Counts(NamedTuple):
    """What was seen: `events` (states, bands, causes), `months` at risk (states, bands), `moves` (states, states + 1)
    from rung to rung, the last column the goal."""

    events: Floats
    months: Floats
    moves: Floats


class Prior(NamedTuple):
    """What is believed before: monthly `chance` (states, bands, causes), worth `months` (states, bands) of watching
    (a rung all 0: no belief), and `routes` (states, states + 1) counts of upward moves."""

    chance: Floats
    months: Floats
    routes: Floats


class Hazards(NamedTuple):
    """The estimate. `alpha` (states, bands, 4) are the Dirichlet parameters of advance, stop, return, stay;
    `routes` (states, states + 1) those of where an advance leads."""

    ladder: Ladder
    bands: tuple[int, ...]
    alpha: Floats
    routes: Floats

    @property
    def chance(self) -> Floats:
        """Posterior mean monthly hazards, (states, bands, causes)."""
        mean: Floats = self.alpha[..., :3] / self.alpha.sum(axis=-1, keepdims=True)
        return mean

    @property
    def going(self) -> Floats:
        """Posterior mean chance of each next rung given an advance, (states, states + 1), rows summing to 1."""
        mean: Floats = self.routes / self.routes.sum(axis=1, keepdims=True)
        return mean

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Central credible intervals of the hazards, each (states, bands, causes).

        A kind of end that was never seen and that no prior expects has 0 .. 1 - tail^(1 / months watched); a return
        from a rung that has none is 0.
        """
        from scipy.special import betaincinv

        tail = (1.0 - inputs.probability("the level", level)) / 2.0
        own = self.alpha[..., :3]
        rest = self.alpha.sum(axis=-1, keepdims=True) - own
        seen = own > 0
        possible = np.ones(own.shape, dtype=bool)
        possible[..., 2] = [[state in self.ladder.returns] for state in self.ladder.states]
        safe = np.where(seen, own, 1.0)
        unseen = np.where(possible, -np.expm1(np.log(tail) / np.maximum(rest, 1.0)), 0.0)
        low: Floats = np.where(seen, betaincinv(safe, rest, tail), 0.0)
        return low, np.where(seen, betaincinv(safe, rest, 1.0 - tail), unseen)

    def scaled(self, advance: float = 1.0, stop: float = 1.0) -> "Hazards":
        """The same with hazards multiplied for one programme (relative hazards of its covariates), kept below 1."""
        factors = np.array([inputs.positive("a relative hazard", factor, 1e3) for factor in (advance, stop)] + [1.0])
        chance = self.chance * factors
        total = chance.sum(axis=-1, keepdims=True)
        chance = np.where(total > 0.95, chance * 0.95 / np.where(total > 0, total, 1.0), chance)
        return self._replace(alpha=np.concatenate([chance, 1.0 - chance.sum(axis=-1, keepdims=True)], axis=-1))


def count(spells: Sequence[Spell], ladder: Ladder = LADDER, bands: tuple[int, ...] = BANDS) -> Counts:
    """Events and programme-months at risk by rung and band."""
    _check_bands(bands)
    size = len(ladder.states)
    counts = Counts(np.zeros((size, len(bands), 3)), np.zeros((size, len(bands))), np.zeros((size, size + 1)))
    edges = np.array([*bands, np.inf])
    for spell in spells:
        row = ladder.place(spell.rung)
        if row == size:
            raise UsageError(f"{spell.programme} has reached {ladder.goal}: nothing is at risk there")
        counts.months[row] += np.clip(
            np.minimum(spell.left, edges[1:]) - np.maximum(spell.entered, edges[:-1]), 0, None
        )
        if spell.end != CENSORED:
            band = int(np.searchsorted(bands, spell.left - 1, side="right")) - 1
            counts.events[row, band, CAUSES.index(spell.end)] += 1
        if spell.end == "advance" and spell.to is not None:
            counts.moves[row, ladder.place(spell.to)] += 1
    return counts


def ignorance(ladder: Ladder = LADDER, bands: tuple[int, ...] = BANDS) -> Prior:
    """No belief at all: rungs that were never watched have no hazards."""
    size = len(ladder.states)
    return Prior(np.zeros((size, len(bands), 3)), np.zeros((size, len(bands))), np.zeros((size, size + 1)))


def prior_from(
    ends: Mapping[str, tuple[float, float, float]],
    years: Mapping[str, float],
    programmes: float,
    ladder: Ladder = LADDER,
    bands: tuple[int, ...] = BANDS,
    waits: int = 1,
) -> Prior:
    """A prior from published numbers, worth `programmes` watched on each rung from their first month there.

    `ends` gives the chances that a stay ends in advance, stop or return (summing to 1), `years` its mean length. A
    stay is so many equal `waits` one after the other (Erlang): 1 is a constant hazard, more are a hazard that rises
    from 0. An advance leads to the next rung named in `ends`, from the last to the goal. Rungs not named have no prior.
    """
    _check_bands(bands)
    worth = inputs.number("the weight of the prior (programmes)", programmes, 0.0, 1e6)
    found = ignorance(ladder, bands)
    for state in ends:
        row = ladder.place(state)
        shares = [inputs.probability(f"how a stay on {state} ends", share) for share in ends[state]]
        if abs(sum(shares) - 1.0) > 1e-9:
            raise UsageError(f"the ends of a stay on {state} must sum to 1, not {sum(shares):g}")
        if state not in years:
            raise UsageError(f"no mean duration is given for {state}")
        months = 12.0 * inputs.positive(f"the years on {state}", years[state], inputs.YEARS)
        leaving, watched = _leaving(months, waits, bands)
        found.chance[row] = leaving[:, None] * np.array(shares)
        found.months[row] = worth * watched
        found.routes[row, ladder.place(ladder.following(state, ends))] = max(worth, 1.0) * shares[0]
    return found


def _leaving(mean: float, waits: int, bands: tuple[int, ...]) -> tuple[Floats, Floats]:
    """The monthly chance of leaving in each band, and the months that one stay is expected to spend in it.

    The chance is that of those who leave within the band: expected ends over expected months, so that with them the
    mean stays. Nobody is left in the last band after `_LAST` means.
    """
    ages = np.arange(max(round(_LAST * mean), bands[-1] + 12) + 1)
    scaled = ages * (int(inputs.number("the waits of a stay", waits, 1, 50)) / mean)
    term, there = np.exp(-scaled), np.zeros(len(ages))
    for wait in range(1, int(waits) + 1):
        there, term = there + term, term * scaled / wait
    starts = np.array(bands)
    edges = np.append(there[starts], there[-1])
    months = np.add.reduceat(there[:-1], starts)
    return np.where(months > 0, -np.diff(edges) / np.maximum(months, 1e-300), 1.0), months


def fit(
    spells: Sequence[Spell],
    prior: Prior,
    ladder: Ladder = LADDER,
    bands: tuple[int, ...] = BANDS,
) -> Hazards:
    """Shrink what `spells` show toward `prior`; see `fit_counts`."""
    return fit_counts(count(spells, ladder, bands), prior, ladder, bands)


def fit_counts(seen: Counts, prior: Prior, ladder: Ladder = LADDER, bands: tuple[int, ...] = BANDS) -> Hazards:
    """Shrink counts toward `prior`.

    A ladder may only hold rungs about which something is known: a band without prior is estimated from its rung's
    whole exposure, and a rung with neither prior nor exposure raises `UsageError`.
    """
    events, months = seen.events.copy(), seen.months.copy()
    for row, state in enumerate(ladder.states):
        if prior.months[row].any():
            continue
        if months[row].sum() == 0:
            raise UsageError(f"nothing is known about {state}: no prior, and no programme was watched there")
        bare = months[row] == 0
        events[row, bare], months[row, bare] = seen.events[row].sum(axis=0), months[row].sum()
    weight = prior.months[..., None]
    leaving = weight * prior.chance + events
    staying = weight[..., 0] * (1.0 - prior.chance.sum(axis=-1)) + months - events.sum(axis=-1)
    routes = prior.routes + seen.moves
    for row, state in enumerate(ladder.states):
        if routes[row].sum() == 0:  # nobody was seen to advance: if one does, to the next rung
            routes[row, ladder.place(ladder.following(state, ladder.states))] = 1.0
    return Hazards(ladder, bands, np.concatenate([leaving, staying[..., None]], axis=-1), routes)


def as_prior(pooled: Hazards, months: float) -> Prior:
    """A pooled estimate as the prior of one class, each band worth `months` of watching."""
    worth = inputs.number("the weight of the prior (months)", months, 0.0, 1e9)
    return Prior(pooled.chance, np.full(pooled.chance.shape[:2], worth), pooled.going)


def class_weight(groups: Sequence[Sequence[Spell]], pooled: Hazards) -> float:
    """How many months a pooled estimate is worth as a class's prior: the maximum of the Dirichlet-multinomial
    likelihood of the classes' counts (empirical Bayes). Heavy where classes differ by no more than chance."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    counts = [count(spells, pooled.ladder, pooled.bands) for spells in groups]
    cells = np.stack([np.concatenate([c.events, (c.months - c.events.sum(-1))[..., None]], axis=-1) for c in counts])
    mean = np.concatenate([pooled.chance, 1.0 - pooled.chance.sum(axis=-1, keepdims=True)], axis=-1)
    possible = mean > 0

    def surprise(log_weight: float) -> float:
        alpha = np.exp(log_weight) * np.where(possible, mean, 1.0)
        each = np.where(possible, gammaln(alpha + cells) - gammaln(alpha), 0.0).sum(axis=-1)
        total = np.exp(log_weight)
        return -float((gammaln(total) - gammaln(total + cells.sum(axis=-1)) + each).sum())

    if not cells.sum():
        raise UsageError("no class was watched for a month")
    return float(np.exp(minimize_scalar(surprise, bounds=(0.0, np.log(1e7)), method="bounded").x))


def by_month(hazards: Hazards) -> Floats:
    """Mean hazards for each whole month on a rung, (states, months, causes); the last month stands for all after."""
    ages = np.arange(hazards.bands[-1] + 1)
    bands: npt.NDArray[np.intp] = np.searchsorted(hazards.bands, ages, side="right") - 1
    found: Floats = hazards.chance[:, bands]
    return found


def _check_bands(bands: tuple[int, ...]) -> None:
    if not bands or bands[0] != 0 or any(low >= high for low, high in pairwise(bands)):
        raise UsageError(f"bands must start at month 0 and rise: {bands}")
