"""The whole way in a made-up world: watch one part, fit, forecast the races of another part, see what happened."""

import numpy as np
import pytest

from frontrunner.forecast import hazards as hz
from frontrunner.forecast import histories, incidence, quadrature, score, score_races, silence, synthetic

NOW, HORIZON = 300, 120
WORLD = synthetic.World()


def learnt() -> silence.Silence:
    """Hazards and the meaning of silence, from what the public had seen of one part of the world by now."""
    seen = [life.seen for life in synthetic.live(WORLD, 4000, NOW + 1, seed=21) if life.seen]
    nothing = hz.ignorance(synthetic.LADDER, synthetic.BANDS)
    spells = histories.spells(seen, NOW, lag=6, ladder=synthetic.LADDER)
    start = hz.fit(spells, nothing, synthetic.LADDER, synthetic.BANDS)
    return silence.fit(histories.watched(seen, NOW, synthetic.LADDER), nothing, start)


def _in_sight(seen: histories.History) -> bool:
    steps = [step for step in seen.steps if step.month <= NOW]
    last = max([month for month in seen.signs if month <= NOW] + [seen.known_from, steps[-1].month])
    return last > NOW - 24 and steps[-1].rung != "approved"


def fields(seed: int, races: int) -> list[list[synthetic.Life]]:
    """Races of two to six programmes, each with a sign of life in the two years before now, none approved yet."""
    lives = [
        life
        for life in synthetic.live(WORLD, 60_000, NOW + HORIZON + 1, seed)
        if life.seen and life.seen.known_from <= NOW and not (life.seen.stopped and life.seen.stopped <= NOW)
    ]
    running = [life for life in lives if life.seen and _in_sight(life.seen)]
    chance = np.random.default_rng(seed)
    found, at = [], 0
    while len(found) < races:
        size = int(chance.integers(2, 7))
        found.append(running[at : at + size])
        at += size
    assert at <= len(running)
    return found


def forecast(field: list[synthetic.Life], model: silence.Silence, reached: np.ndarray) -> np.ndarray:
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


def winner(field: list[synthetic.Life]) -> int:
    arrivals = [
        life.steps[-1].month if life.steps[-1].rung == "approved" and life.steps[-1].month <= NOW + HORIZON else 10**6
        for life in field
    ]
    return int(np.argmin(arrivals)) if min(arrivals) < 10**6 else len(field)


@pytest.fixture(scope="module")
def scored() -> list[tuple[np.ndarray, int]]:
    model = learnt()
    reached = incidence.to_goal(model.hazards, HORIZON)
    return [(forecast(field, model, reached), winner(field)) for field in fields(77, 1000)]


@pytest.mark.slow
def test_the_chance_to_be_first_is_calibrated(scored: list[tuple[np.ndarray, int]]) -> None:
    p = np.concatenate([chances for chances, _ in scored])
    came = np.concatenate([np.eye(len(chances))[won] for chances, won in scored])
    found = score.calibration(score.binary(p, came))
    assert found.ece <= 0.02
    assert found.slope == pytest.approx(1, abs=0.1)


@pytest.mark.slow
def test_the_forecast_beats_knowing_nothing_and_following_the_leader(scored: list[tuple[np.ndarray, int]]) -> None:
    ours = np.array([score_races.race_log_loss(p, won) for p, won in scored])
    blind = np.array([score_races.race_log_loss(score_races.uniform(len(p) - 1), won) for p, won in scored])
    base = float(np.mean([won == len(p) - 1 for p, won in scored]))
    leaders = [score_races.leader_takes_all(p[:-1] == p[:-1].max(), base) for p, _ in scored]
    likeliest = np.array([score_races.race_log_loss(p, won) for p, (_, won) in zip(leaders, scored, strict=True)])
    for floor in (blind, likeliest):
        gain = floor - ours

        def mean(rows: np.ndarray, gain: np.ndarray = gain) -> float:
            return float(gain[rows].mean())

        assert score_races.cluster_bootstrap(range(len(gain)), mean, draws=300).low > 0
