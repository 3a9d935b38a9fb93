"""How likely an end is by when, competing ends taken into account: never one minus Kaplan-Meier.

With h_k(m) the hazard of end k in month m among those still there and S(m) = prod(1 - sum_k h_k),

    F_k(m) = sum_{u <= m} S(u - 1) h_k(u)                                     (Aalen-Johansen)

so that the F_k and S sum to 1. Treating the other ends as censoring overstates every F_k.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.hazards import CAUSES, CENSORED, Hazards, Spell, by_month


class Incidence(NamedTuple):
    """`by_cause` (months + 1, causes): chance of having ended so by each month; `staying` (months + 1,) the rest.
    `at_risk` (months,) how many were watched in each month; where 0, nothing was seen to happen."""

    by_cause: Floats
    staying: Floats
    at_risk: Floats


def aalen_johansen(spells: Sequence[Spell], months: int) -> Incidence:
    """Estimated without any model from the stays on one rung, watched late or not to the end."""
    span = int(inputs.number("the months", months, 1, 12 * inputs.YEARS))
    if not spells or len({spell.rung for spell in spells}) != 1:
        raise UsageError("the incidence of ends needs stays on one rung, at least one")
    entered = np.array([spell.entered for spell in spells])
    left = np.array([spell.left for spell in spells])
    kind = np.array([-1 if spell.end == CENSORED else CAUSES.index(spell.end) for spell in spells])
    after = np.arange(1, span + 1)[:, None]
    at_risk = ((entered < after) & (left >= after)).sum(axis=1).astype(float)
    ends = np.stack([((left == after) & (kind == cause)).sum(axis=1) for cause in range(3)], axis=1)
    hazard = np.divide(ends, at_risk[:, None], out=np.zeros((span, 3)), where=at_risk[:, None] > 0)
    return Incidence(*_accumulate(hazard), at_risk)


def of_rung(hazards: Hazards, rung: str, months: int, spent: int = 0) -> Incidence:
    """The same from fitted hazards, for a programme that has `spent` whole months on `rung`."""
    span = int(inputs.number("the months", months, 1, 12 * inputs.YEARS))
    since = int(inputs.number("the months spent", spent, 0, 12 * inputs.YEARS))
    row = hazards.ladder.place(rung)
    if rung == hazards.ladder.goal:
        raise UsageError(f"{rung} is the goal: nothing follows")
    monthly = by_month(hazards)[row]
    ages = np.minimum(np.arange(since, since + span), len(monthly) - 1)
    return Incidence(*_accumulate(monthly[ages]), np.full(span, np.inf))


def to_goal(hazards: Hazards, months: int) -> Floats:
    """P(goal reached within t months | rung, months spent there), shape (months + 1, states, ages).

    Backward in t, over every way up and every way back, with a = months on the rung:

        F_t(r, a) = h_adv sum_d route(r, d) F_{t-1}(d, 0) + h_ret F_{t-1}(back, 0) + h_stay F_{t-1}(r, a + 1)

    F(goal) = 1. The last age stands for all later ones. Never reaching the goal is part of the answer: the limit
    over t is below 1.
    """
    span = int(inputs.number("the months", months, 1, 12 * inputs.YEARS))
    ladder, chance, going = hazards.ladder, by_month(hazards), hazards.going
    size, ages, _ = chance.shape
    back = np.array([ladder.place(ladder.returns.get(state, state)) for state in ladder.states])
    stay = 1.0 - chance.sum(axis=-1)
    found = np.zeros((span + 1, size, ages))
    for t in range(1, span + 1):
        before = found[t - 1]
        fresh = np.append(before[:, 0], 1.0)
        older = before[:, np.minimum(np.arange(1, ages + 1), ages - 1)]
        upward = chance[..., 0] * (going @ fresh)[:, None]
        found[t] = upward + chance[..., 2] * before[back, 0][:, None] + stay * older
    return found


def goal_curve(reached: Floats, hazards: Hazards, rung: str, spent: int) -> Floats:
    """One programme's curve out of `to_goal`, (months + 1,): its rung and the whole months it has spent there."""
    since = int(inputs.number("the months spent", spent, 0, 12 * inputs.YEARS))
    if rung == hazards.ladder.goal:
        return np.ones(len(reached))
    curve: Floats = reached[:, hazards.ladder.place(rung), min(since, reached.shape[2] - 1)]
    return curve


def _accumulate(hazard: Floats) -> tuple[Floats, Floats]:
    """Incidence by cause and what stays, from hazards (months, causes); row 0 is the start."""
    staying = np.concatenate([[1.0], np.cumprod(1.0 - hazard.sum(axis=1))])
    ended = np.cumsum(staying[:-1, None] * hazard, axis=0)
    return np.concatenate([np.zeros((1, hazard.shape[1])), ended]), staying
