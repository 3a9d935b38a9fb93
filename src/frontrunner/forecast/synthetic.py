"""A made-up world whose hazards are known, to try the forecast on. Nothing in it is about any real programme.

Programmes are born in random months on the first rung, climb, stop or are sent back by known monthly hazards, and
show the public random signs of life. They become known at birth with some probability, else at their first sign;
who stops before is never known. A stop is announced with some probability, else nobody says anything any more.
"""

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.hazards import Hazards, Ladder, by_month
from frontrunner.forecast.histories import History, Step

LADDER = Ladder(
    states=("phase_1", "phase_2", "pivotal", "filed", "complete_response"), returns={"filed": "complete_response"}
)
BANDS = (0, 12, 24, 48)
#: monthly chance of advance, stop and return by rung and band: our invention, of the order of published rates
CHANCE = (
    ((0.010, 0.004, 0), (0.035, 0.012, 0), (0.025, 0.020, 0), (0.010, 0.025, 0)),
    ((0.004, 0.006, 0), (0.015, 0.020, 0), (0.016, 0.026, 0), (0.008, 0.028, 0)),
    ((0.002, 0.003, 0), (0.012, 0.008, 0), (0.028, 0.014, 0), (0.015, 0.020, 0)),
    ((0.055, 0.004, 0.015), (0.060, 0.010, 0.030), (0.030, 0.020, 0.010), (0.020, 0.030, 0.010)),
    ((0.050, 0.010, 0), (0.050, 0.020, 0), (0.020, 0.040, 0), (0.010, 0.040, 0)),
)


class World(msgspec.Struct, frozen=True, kw_only=True):
    """The truth: `sign_rate` a month while active, `announced` the chance that a stop is told, `known_at_birth`."""

    sign_rate: float = 0.15
    announced: float = 0.4
    known_at_birth: float = 0.5

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            inputs.probability(name, getattr(self, name))


class Life(msgspec.Struct, frozen=True):
    """What happened to one programme: its `steps`, the month it truly stopped (None: not by the end of the world),
    and what the public saw of it (None: nothing)."""

    programme: str
    steps: tuple[Step, ...]
    stopped: int | None
    seen: History | None


def truth(ladder: Ladder = LADDER) -> Hazards:
    """The hazards of the world, without uncertainty."""
    leaving = np.array(CHANCE, dtype=float)
    alpha = np.concatenate([leaving, 1.0 - leaving.sum(axis=-1, keepdims=True)], axis=-1)
    routes = np.zeros((len(ladder.states), len(ladder.states) + 1))
    for row, state in enumerate(ladder.states):
        routes[row, ladder.place(ladder.following(state, ladder.states))] = 1.0
    return Hazards(ladder, BANDS, alpha, routes)


def live(world: World, programmes: int, months: int, seed: int) -> list[Life]:
    """`programmes` lives in a world of `months`, births spread evenly over it."""
    if programmes < 1 or months < 1:
        raise UsageError("a world needs at least one programme and one month")
    chance = np.random.default_rng(seed)
    hazards = truth()
    monthly, ladder = by_month(hazards), hazards.ladder
    births = np.sort(chance.integers(0, months, programmes))
    rung = np.zeros(programmes, dtype=int)
    since = births.copy()
    active = np.ones(programmes, dtype=bool)
    steps = [[Step(int(month), ladder.states[0])] for month in births]
    signs: list[list[int]] = [[] for _ in range(programmes)]
    stops: list[int | None] = [None] * programmes
    for month in range(1, months):
        here = np.flatnonzero(active & (births < month))
        ages = np.minimum(month - 1 - since[here], monthly.shape[1] - 1)
        kinds = _kinds(monthly[rung[here], ages], chance.random(len(here)))
        for index in here[chance.random(len(here)) < world.sign_rate]:
            signs[index].append(month)
        for index, kind in zip(here[kinds < 3].tolist(), kinds[kinds < 3].tolist(), strict=True):
            if kind == 1:
                stops[index], active[index] = month, False
                continue
            goes = ladder.returns[ladder.states[rung[index]]] if kind == 2 else _next(ladder, rung[index])
            steps[index].append(Step(month, goes))
            signs[index].append(month)
            rung[index], since[index] = ladder.place(goes), month
            active[index] = goes != ladder.goal
    told = chance.random(programmes) < world.announced
    early = chance.random(programmes) < world.known_at_birth
    lives = []
    for index in range(programmes):
        name, way, stop = f"programme {index}", tuple(steps[index]), stops[index]
        seen = _seen(name, way, sorted(set(signs[index])), stop, told=bool(told[index]), early=bool(early[index]))
        lives.append(Life(name, way, stop, seen))
    return lives


def _kinds(hazard: Floats, u: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    """0 advance, 1 stop, 2 return, 3 stay for each programme."""
    kinds: np.ndarray[tuple[int, ...], np.dtype[np.intp]] = (u[:, None] >= np.cumsum(hazard, axis=1)).sum(axis=1)
    return kinds


def _next(ladder: Ladder, row: int) -> str:
    return ladder.following(ladder.states[row], ladder.states)


def _seen(
    name: str, steps: tuple[Step, ...], signs: list[int], stop: int | None, *, told: bool, early: bool
) -> History | None:
    signs = [month for month in signs if stop is None or month < stop]
    told_on = stop if told else None
    if early:
        known = steps[0].month
    elif signs:
        known = signs[0]
    else:
        return None
    return History(programme=name, steps=steps, known_from=known, signs=tuple(signs), stopped=told_on)
