"""Scores against values worked out by hand or known in closed form."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from frontrunner.errors import UsageError
from frontrunner.forecast import score, score_dates, score_races
from frontrunner.forecast.score import at_horizon, binary

HALF = [0.1, 0.4, 0.35, 0.8]
CAME = [0, 0, 1, 1]


def test_brier_and_log_loss_by_hand() -> None:
    scored = binary(HALF, CAME)
    assert score.brier(scored) == pytest.approx((0.01 + 0.16 + 0.4225 + 0.04) / 4)
    assert score.log_loss(scored) == pytest.approx(-(math.log(0.9 * 0.6 * 0.35 * 0.8)) / 4)
    weighted = binary(HALF, CAME, [1, 0, 0, 3])
    assert score.brier(weighted) == pytest.approx((0.01 + 3 * 0.04) / 4)
    assert score.skill(0.18, 0.2) == pytest.approx(0.1)


def test_certainty_and_wrong_costs_much_but_not_infinitely() -> None:
    assert 20 < score.log_loss(binary([0.0], [1])) < 40
    assert score.log_loss(binary([1.0], [1])) == pytest.approx(0, abs=1e-9)


def test_auc_by_hand_and_with_ties() -> None:
    assert score.auc(binary(HALF, CAME)) == 0.75
    assert score.auc(binary([0.3, 0.3], [0, 1])) == 0.5
    assert score.auc(binary([0.2, 0.9, 0.5], [1, 0, 1], [1, 0, 1])) is None
    # pairs won: (.8 over .1, .4), weighted 2 and 1; (.35 over .1), weighted 2
    weighted = score.auc(binary(HALF, CAME, [2, 1, 1, 1]))
    assert weighted == pytest.approx((2 + 1 + 2) / (3 * 2))


def test_calibration_of_ten_bins() -> None:
    found = score.calibration(binary([0.05, 0.05, 0.95, 0.95], [0, 1, 1, 1]))
    assert [(one.forecast, one.observed, one.weight) for one in found.bins] == [(0.05, 0.5, 2.0), (0.95, 1.0, 2.0)]
    assert found.ece == pytest.approx((0.45 + 0.05) / 2)
    assert [one.low for one in score.calibration(binary([0.0, 0.1, 0.1001, 1.0], [0, 0, 0, 1])).bins] == [0.0, 0.1, 0.9]


def test_calibration_slope_tells_overconfidence() -> None:
    chance = np.random.default_rng(4)
    truth = chance.uniform(0.02, 0.98, 20_000)
    came = (chance.random(20_000) < truth).astype(float)
    honest = score.calibration(binary(truth, came))
    assert honest.slope == pytest.approx(1, abs=0.05) and honest.intercept == pytest.approx(0, abs=0.05)
    assert honest.ece < 0.02
    logit = 2 * (np.log(truth) - np.log1p(-truth))
    boastful = score.calibration(binary(1 / (1 + np.exp(-logit)), came))
    assert boastful.slope == pytest.approx(0.5, abs=0.03) and boastful.ece > 0.05


def test_no_slope_where_none_exists() -> None:
    for p, y in (([0.2, 0.4], [1, 1]), ([0.3, 0.3], [0, 1]), ([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])):
        found = score.calibration(binary(p, y))
        assert found.slope is None and found.intercept is None and math.isfinite(found.ece)


def test_censoring_is_weighted_away_by_hand() -> None:
    # ends at 1 (kind 1), 2 (kind 2), censored at 1.5, seen at 5 without an end; horizon 3
    scored = at_horizon([0.6, 0.2, 0.5, 0.1], [1, 2, 1.5, 5], [1, 2, 0, 0], 3)
    # of three watched at 1.5 one is lost: G is 1 before and 2/3 after
    assert scored.w.tolist() == pytest.approx([1.0, 1.5, 0.0, 1.5])
    assert scored.y.tolist() == [1, 0, 0, 0]
    assert score.brier(scored) == pytest.approx((0.16 + 1.5 * 0.04 + 1.5 * 0.01) / 4)
    assert score.auc(scored) == 1.0


def test_ipcw_is_unbiased_where_dropping_the_censored_is_not() -> None:
    chance = np.random.default_rng(5)
    n = 60_000
    fast = chance.random(n) < 0.5
    latent, lost = chance.exponential(1 / np.where(fast, 0.6, 0.1)), chance.exponential(4.0, n)
    p = np.where(fast, 0.8, 0.1)
    times, kinds = np.minimum(latent, lost), (latent <= lost).astype(int)
    truth = ((p - (latent <= 3)) ** 2).mean()
    right = at_horizon(p, times, kinds, 3.0)
    assert np.average(right.y, weights=right.w) == pytest.approx((latent <= 3).mean(), abs=0.01)
    assert score.brier(right) == pytest.approx(truth, abs=0.004)
    known = (kinds == 1) & (times <= 3) | (times > 3)
    assert abs((latent <= 3)[known].mean() - (latent <= 3).mean()) > 0.02


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_scores_stay_in_their_ranges(rows: list[tuple[float, bool]]) -> None:
    scored = binary([p for p, _ in rows], [float(y) for _, y in rows])
    assert 0 <= score.brier(scored) <= 1
    assert 0 <= score.log_loss(scored) <= 28
    area = score.auc(scored)
    assert area is None or 0 <= area <= 1
    assert 0 <= score.calibration(scored).ece <= 1


@pytest.mark.parametrize(
    ("p", "y", "w", "words"),
    [
        ([1.2], [1], None, "between 0 and 1"),
        ([0.2], [2], None, "must be 0 or 1"),
        ([], [], None, "nothing to score"),
        ([float("nan")], [1], None, "nothing to score"),
        ([0.2], [1, 0], None, "of one length"),
        ([0.2], [1], [0], "not all 0"),
        ([0.2], [1], [-1], "not be negative"),
    ],
)
def test_what_cannot_be_scored(p: list[float], y: list[float], w: list[float] | None, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        binary(p, y, w)


def test_horizons_that_cannot_be_scored() -> None:
    with pytest.raises(UsageError, match="no outcome is known"):
        at_horizon([0.5], [1.0], [0], 3.0)
    with pytest.raises(UsageError, match="the horizon"):
        at_horizon([0.5], [1.0], [1], 0.0)
    with pytest.raises(UsageError, match="a time must be"):
        at_horizon([0.5], [-1.0], [1], 2.0)


def test_crps_of_a_sample_by_hand() -> None:
    assert score_dates.crps_sample([2.0], 5.0) == 3.0
    # E|X - 2| = 1, E|X - X'| = 1
    assert score_dates.crps_sample([1.0, 3.0], 2.0) == pytest.approx(1 - 0.5)
    rows = np.array([[3.0, 1.0], [2.0, 2.0]])
    assert score_dates.crps_quantiles(rows, np.array([2.0, 5.0])).tolist() == pytest.approx([0.5, 3.0])


@pytest.mark.parametrize("y", [0.2, 1.0, 4.0])
@pytest.mark.parametrize("law", [stats.norm(1.5, 0.7), stats.lognorm(0.9, scale=math.exp(0.3)), stats.expon(scale=2)])
def test_crps_of_a_large_sample_is_that_of_its_law(law: Any, y: float) -> None:
    sample = law.ppf((np.arange(4000) + 0.5) / 4000)
    assert score_dates.crps_sample(sample, y) == pytest.approx(crps_of(law, y), abs=2e-3)


def crps_of(law: Any, y: float) -> float:
    below = integrate.quad(lambda t: law.cdf(t) ** 2, -10, y, limit=200)[0]
    above = integrate.quad(lambda t: law.sf(t) ** 2, y, 200, limit=400)[0]
    return float(below + above)


def test_crps_of_a_defective_curve() -> None:
    years, curve = np.array([0.0, 2.0, 4.0]), np.array([0.0, 0.5, 0.5])
    # F = t / 4 to 2, then 1/2; happened at 1: 1/48, then (1 - t/4)^2 to 2 and 1/4 to 4
    before = 1 / 48
    after = (4 / 3) * (0.75**3 - 0.5**3) + 0.5
    assert score_dates.crps_censored(years, curve, 1.0, True) == pytest.approx(before + after)
    assert score_dates.crps_censored(years, curve, 1.0, False) == pytest.approx(before)
    never = 8 / 48 + 0.5
    assert score_dates.crps_censored(years, curve, 9.0, True) == pytest.approx(never)
    assert score_dates.crps_censored(years, curve, 4.0, False) == pytest.approx(never)
    fine = np.linspace(0, 60, 6001)
    full = score_dates.crps_censored(fine, stats.expon(scale=2).cdf(fine), 1.3, True)
    assert full == pytest.approx(crps_of(stats.expon(scale=2), 1.3), abs=1e-4)


def test_coverage() -> None:
    found = score_dates.coverage([0, 0, 0], [1, 2, 3], [1, 2.5, 2], 0.8)
    assert (found.level, found.held, found.width) == (0.8, pytest.approx(2 / 3), 2.0)
    with pytest.raises(UsageError, match="low end first"):
        score_dates.coverage([2], [1], [1], 0.5)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: score_dates.crps_sample([], 1),
        lambda: score_dates.crps_sample([math.nan], 1),
        lambda: score_dates.crps_censored(np.array([0.0, 1.0]), np.array([0.0, 2.0]), 1, True),
        lambda: score_dates.crps_censored(np.array([0.0]), np.array([0.0]), 1, True),
        lambda: score_dates.crps_quantiles(np.zeros((2, 2)), np.zeros(3)),
    ],
)
def test_dates_that_cannot_be_scored(ask: object) -> None:
    with pytest.raises(UsageError):
        ask()  # type: ignore[operator]


def test_race_scores_by_hand() -> None:
    p = [0.5, 0.3, 0.2]
    assert score_races.race_log_loss(p, 1) == pytest.approx(-math.log(0.3))
    assert score_races.ranked_probability(p, 1) == pytest.approx((0.5**2 + 0.2**2) / 2)
    assert score_races.race_log_loss(score_races.uniform(4), 2) == pytest.approx(math.log(5))
    assert score_races.ranked_probability([1.0, 0.0, 0.0], 0) == 0
    assert score_races.ranked_probability([1.0, 0.0, 0.0], 2) == 1


def test_leader_takes_all() -> None:
    assert score_races.leader_takes_all([True, False, False], 0.5).tolist() == pytest.approx([0.45, 0.025, 0.025, 0.5])
    assert score_races.leader_takes_all([True, True], 0.2).tolist() == pytest.approx([0.4, 0.4, 0.2])


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=8), st.data())
def test_race_scores_reward_the_truth(weights: list[float], data: st.DataObject) -> None:
    """Both are proper: in expectation no other forecast beats the true chances."""
    truth = np.array(weights) / sum(weights)
    other = np.array(data.draw(st.lists(st.floats(0.01, 1), min_size=len(weights), max_size=len(weights))))
    other /= other.sum()
    for one in (score_races.race_log_loss, score_races.ranked_probability):
        honest = sum(q * one(truth, k) for k, q in enumerate(truth))
        assert honest <= sum(q * one(other, k) for k, q in enumerate(truth)) + 1e-9


@pytest.mark.parametrize(("p", "winner"), [([0.5, 0.6], 0), ([1.0], 0), ([0.5, 0.5], 2), ([-0.5, 1.5], 0), ([], 0)])
def test_races_that_cannot_be_scored(p: list[float], winner: int) -> None:
    with pytest.raises(UsageError):
        score_races.race_log_loss(p, winner)


def test_bootstrap_of_clusters_is_wider_than_of_rows() -> None:
    chance = np.random.default_rng(9)
    values = np.repeat(chance.normal(size=60), 20) + chance.normal(size=1200) * 0.1
    names = np.repeat(np.arange(60), 20).tolist()

    def mean(rows: np.ndarray) -> float:
        return float(values[rows].mean())

    by_cluster = score_races.cluster_bootstrap(names, mean, draws=400)
    by_row = score_races.cluster_bootstrap(list(range(1200)), mean, draws=400)
    assert by_cluster.value == pytest.approx(values.mean())
    assert by_cluster.high - by_cluster.low > 3 * (by_row.high - by_row.low)
    sd = np.array([values[i * 20 : i * 20 + 20].mean() for i in range(60)]).std() / math.sqrt(60)
    assert by_cluster.high - by_cluster.low == pytest.approx(2 * 1.96 * sd, rel=0.2)
    with pytest.raises(UsageError, match="nothing to draw"):
        score_races.cluster_bootstrap([], mean)
