"""How likely the goal is by when, stopping and coming back taken into account: never one minus Kaplan-Meier, which
overstates it by taking those who stopped for those who are still to come."""

import numpy as np

from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.hazards import Hazards, by_month


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
