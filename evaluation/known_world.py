"""A made-up world with known hazards: are they recovered within their intervals, is the chance to be first calibrated?

The public sees of each programme random signs of life and some of its stops; who stops before its first sign is never
known. One part of the world is watched and fitted; the races of another part are forecast from what was seen of them,
and scored by what truly happened.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.forecast import hazards as hz
from frontrunner.forecast import histories, incidence, quadrature, score, score_races, silence, synthetic

Floats = npt.NDArray[np.float64]
NOW, HORIZON = 300, 120
RACES = 1000
#: worlds in which the hazards are sought
SEEDS = 8
_WORLD = synthetic.World()
_NOTHING = hz.ignorance(synthetic.LADDER, synthetic.BANDS)


class Recovered(NamedTuple):
    """Of the true hazards, the part that lay in their 95 % intervals; and mean estimate / truth of those of advancing
    and stopping on the three phases in their first year."""

    held: float
    number: int
    ratios: Floats


class Raced(NamedTuple):
    """One race: the chances of its ends, the last of nobody, and the index of the one that came."""

    chances: Floats
    won: int


def learnt(programmes: int, seed: int, now: int = NOW) -> silence.Silence:
    """Hazards and the meaning of silence, from what the public had seen of a world by one month."""
    seen = [life.seen for life in synthetic.live(_WORLD, programmes, now + 1, seed) if life.seen]
    start = hz.fit(
        histories.spells(seen, now, lag=6, ladder=synthetic.LADDER), _NOTHING, synthetic.LADDER, synthetic.BANDS
    )
    return silence.fit(histories.watched(seen, now, synthetic.LADDER), _NOTHING, start)


@cache
def recovered() -> Recovered:
    """The hazards of several worlds against the truth."""
    truth = synthetic.truth().chance
    held, ratios = list[npt.NDArray[np.bool_]](), list[Floats]()
    for seed in range(SEEDS):
        found = learnt(2500, seed, 360).hazards
        low, high = found.interval()
        held.append(((low <= truth) & (truth <= high))[truth > 0])
        ratios.append(found.chance[0, :3, :2] / truth[0, :3, :2])
    every = np.concatenate(held)
    return Recovered(float(every.mean()), len(every), np.mean(ratios, axis=0))


@cache
def raced(races: int = RACES) -> tuple[Raced, ...]:
    """The races of another part of the world, forecast by what was seen by now."""
    model = learnt(4000, 21)
    reached = incidence.to_goal(model.hazards, HORIZON)
    return tuple(Raced(_forecast(field, model, reached), _winner(field)) for field in _fields(77, races))


def calibration(found: tuple[Raced, ...]) -> score.Calibration:
    """All ends of all races as yes or no."""
    p = np.concatenate([one.chances for one in found])
    came = np.concatenate([np.eye(len(one.chances))[one.won] for one in found])
    return score.calibration(score.binary(p, came))


def gains(found: tuple[Raced, ...]) -> dict[str, score_races.Interval]:
    """By how many nats a race the forecast beats knowing nothing, and the likeliest taking all."""
    base = float(np.mean([one.won == len(one.chances) - 1 for one in found]))
    own = np.array([score_races.race_log_loss(one.chances, one.won) for one in found])
    rules = {
        "everybody and nobody alike": [score_races.uniform(len(one.chances) - 1) for one in found],
        "the likeliest leads, with 90 %": [
            score_races.leader_takes_all(one.chances[:-1] == one.chances[:-1].max(), base) for one in found
        ],
    }
    told = {}
    for named, chances in rules.items():
        floor = np.array([score_races.race_log_loss(p, one.won) for p, one in zip(chances, found, strict=True)])

        def mean(rows: npt.NDArray[np.intp], gap: Floats = floor - own) -> float:
            return float(gap[rows].mean())

        told[named] = score_races.cluster_bootstrap(range(len(own)), mean, draws=300)
    return told


def _in_sight(seen: histories.History) -> bool:
    steps = [step for step in seen.steps if step.month <= NOW]
    last = max([month for month in seen.signs if month <= NOW] + [seen.known_from, steps[-1].month])
    return last > NOW - 24 and steps[-1].rung != synthetic.LADDER.goal


def _fields(seed: int, races: int) -> list[list[synthetic.Life]]:
    """Races of two to six programmes, each with a sign of life in the two years before now, none approved yet."""
    lives = [
        life
        for life in synthetic.live(_WORLD, 60 * races, NOW + HORIZON + 1, seed)
        if life.seen and life.seen.known_from <= NOW and not (life.seen.stopped and life.seen.stopped <= NOW)
    ]
    running = [life for life in lives if life.seen and _in_sight(life.seen)]
    chance = np.random.default_rng(seed)
    found, at = list[list[synthetic.Life]](), 0
    while len(found) < races:
        size = int(chance.integers(2, 7))
        found.append(running[at : at + size])
        at += size
    assert at <= len(running), "the world holds too few programmes for so many races"
    return found


def _forecast(field: list[synthetic.Life], model: silence.Silence, reached: Floats) -> Floats:
    """Chances of being first, and last of nobody, within the horizon: from what was seen by now."""
    tails = histories.watched([life.seen for life in field if life.seen], NOW, synthetic.LADDER).tails
    active = silence.active(tails, model.hazards, model.sign_rate, model.announced)
    curves = [
        active[tail.programme]
        * incidence.goal_curve(reached, model.hazards, tail.rung, min(tail.age + tail.months, HORIZON))
        for tail in tails
    ]
    first, nobody = quadrature.p_first(np.array(curves))
    return np.append(first, nobody)


def _winner(field: list[synthetic.Life]) -> int:
    goal, end = synthetic.LADDER.goal, NOW + HORIZON
    arrivals = [
        life.steps[-1].month if life.steps[-1].rung == goal and life.steps[-1].month <= end else np.inf
        for life in field
    ]
    return int(np.argmin(arrivals)) if np.isfinite(min(arrivals)) else len(field)


def run(_: Path) -> None:
    """Both questions answered."""
    hazards, races = recovered(), raced()
    found = calibration(races)
    print(f"\n## A made-up world with known truth: hazards, {SEEDS} worlds of 2,500 programmes\n")
    print(f"Of {hazards.number} true hazards {hazards.held:.1%} lay in their 95 % intervals.")
    print(f"Mean estimate over truth on phase 1 in three bands, advance and stop: {hazards.ratios.round(2).tolist()}.")
    print(f"\n## A made-up world with known truth: {len(races):,} races\n")
    print(f"ECE of the chance to be first or of nobody: {found.ece:.4f} (aim .02); slope {found.slope:.3f}.")
    for named, gain in gains(races).items():
        print(f"Gain over `{named}`: {gain.value:.3f} nats a race ({gain.low:.3f} to {gain.high:.3f}).")
