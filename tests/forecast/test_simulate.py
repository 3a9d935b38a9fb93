"""Races with a known answer: independent exponentials, one shared factor, ties, nobody."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from frontrunner.errors import UsageError
from frontrunner.forecast import incidence, synthetic
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.quadrature import p_first
from frontrunner.forecast.simulate import RaceResult, Runner, simulate

LONG = np.arange(0, 12 * 120 + 1) / 12
TEN = np.arange(0, 121) / 12
#: three rivals of rates .4, .25, .15 a year, each succeeding with .6
EXPECTED = [0.39734, 0.30889, 0.22977]


def defective_exponential(rate: float, success: float, years: Floats) -> Floats:
    """A runner that arrives at all with chance `success`, then after an exponential time of `rate` a year."""
    return np.asarray(success * -np.expm1(-rate * years))


def exponentials(years: Floats) -> list[Floats]:
    return [defective_exponential(rate, 0.6, years) for rate in (0.4, 0.25, 0.15)]


def run(curves: list[Floats], years: Floats, **options: object) -> RaceResult:
    group = str(options.pop("group", ""))
    runners = [Runner(name=f"r{index}", curves={"US": curve}, group=group) for index, curve in enumerate(curves)]
    return simulate(runners, years, "US", **options)  # type: ignore[arg-type]


def test_independent_exponentials_by_quadrature() -> None:
    first, nobody = p_first(np.array(exponentials(LONG)))
    assert first.tolist() == pytest.approx(EXPECTED, abs=1e-4)
    assert nobody == pytest.approx(0.064, abs=1e-4)
    assert first.sum() + nobody == pytest.approx(1, abs=1e-12)


def test_independent_exponentials_by_simulation() -> None:
    result = run(exponentials(LONG), LONG, races=400_000, seed=8)
    found = [runner.p_first for runner in result.runners]
    assert found == pytest.approx(EXPECTED, abs=4 * result.error)
    assert result.p_nobody == pytest.approx(0.064, abs=4 * np.sqrt(0.064 * 0.936 / 400_000))
    assert sum(found) + result.p_nobody == pytest.approx(1, abs=1e-12)
    leader = result.runners[0]
    assert leader.p_arrival == pytest.approx(0.6)
    assert sum(leader.places) == pytest.approx(0.6, abs=4 * result.error)
    assert leader.date is not None
    assert leader.date.p50 == pytest.approx(np.log(2) / 0.4, abs=0.01)
    assert leader.date.p90 == pytest.approx(np.log(10) / 0.4, abs=0.02)


def test_a_seed_gives_the_same_race_again() -> None:
    assert run(exponentials(TEN), TEN, races=500, seed=3) == run(exponentials(TEN), TEN, races=500, seed=3)
    assert run(exponentials(TEN), TEN, races=500, seed=3) != run(exponentials(TEN), TEN, races=500, seed=4)


def test_a_shared_factor_agrees_with_integrating_over_it() -> None:
    c = 0.5
    curves = np.array(exponentials(TEN))
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    expected, nobody = np.zeros(3), 0.0
    with np.errstate(divide="ignore"):
        levels = ndtri(curves)
    for z, weight in zip(nodes, weights / weights.sum(), strict=True):
        given_z = ndtr((levels - np.sqrt(c) * z) / np.sqrt(1 - c))
        part, none = p_first(given_z)
        expected, nobody = expected + weight * part, nobody + weight * none
    result = run(exponentials(TEN), TEN, races=400_000, correlation=c, group="one target")
    assert [runner.p_first for runner in result.runners] == pytest.approx(expected.tolist(), abs=4 * result.error)
    assert result.p_nobody == pytest.approx(nobody, abs=4 * result.error)
    assert result.p_nobody > run(exponentials(TEN), TEN, races=50_000).p_nobody + 0.05


def test_a_failing_class_keeps_each_runners_chance_and_empties_the_race() -> None:
    free = run(exponentials(TEN), TEN, races=400_000)
    failing = run(exponentials(TEN), TEN, races=400_000, failure_rate=0.02, group="one target")
    for one, other in zip(free.runners, failing.runners, strict=True):
        assert sum(other.places) == pytest.approx(one.p_arrival, abs=4 * failing.error)
    assert failing.p_nobody > free.p_nobody + 0.01
    with pytest.raises(UsageError, match="lower the failure rate"):
        run([defective_exponential(0.4, 0.99, TEN)], TEN, failure_rate=0.5)


def test_classes_apart_do_not_move_together() -> None:
    curves = exponentials(TEN)[:2]
    apart = [Runner(name=str(i), curves={"US": curve}, group=f"class {i}") for i, curve in enumerate(curves)]
    result = simulate(apart, TEN, "US", races=200_000, correlation=0.9)
    first, nobody = p_first(np.array(curves))
    assert [runner.p_first for runner in result.runners] == pytest.approx(first.tolist(), abs=4 * result.error)
    assert result.p_nobody == pytest.approx(nobody, abs=4 * result.error)


def test_places_and_ties_of_those_who_are_there() -> None:
    curve = defective_exponential(0.2, 0.5, TEN)
    runners = [
        Runner(name="A", curves={}, arrived={"US": -2.0}),
        Runner(name="B", curves={}, arrived={"US": -2.0}),
        Runner(name="C", curves={"US": curve, "EU": curve}),
    ]
    there = simulate(runners, TEN, "US", races=1000)
    assert [runner.p_first for runner in there.runners] == [0.5, 0.5, 0.0]
    assert there.runners[0].places == (1.0, 0.0, 0.0) and there.runners[1].places == (1.0, 0.0, 0.0)
    assert there.runners[2].places[1] == 0 and there.runners[2].places[2] > 0.3
    assert there.p_nobody == 0 and there.first is not None and there.first.p50 == -2.0
    europe = simulate(runners, TEN, "EU", races=1000)
    assert [runner.name for runner in europe.runners] == ["C"]
    assert any("2 runners have no chance stated" in text for text in europe.assumptions)


def test_an_atom_at_the_start_is_shared_by_quadrature_as_by_simulation() -> None:
    curves = [np.array([0.5, 0.6]), np.array([0.4, 0.9])]
    first, nobody = p_first(np.array(curves))
    result = run(curves, np.array([0.0, 1.0]), races=200_000)
    assert [runner.p_first for runner in result.runners] == pytest.approx(first.tolist(), abs=4 * result.error)
    assert first[0] == pytest.approx(0.5 * 0.6 + 0.5 * 0.5 * 0.4 + 0.1 * (0.6 * 1 - 0.5 * 0.5), abs=1e-12)
    assert nobody == pytest.approx(0.4 * 0.1)


def test_one_runner_and_none() -> None:
    alone = run(exponentials(TEN)[:1], TEN, races=20_000)
    assert alone.runners[0].p_first + alone.p_nobody == pytest.approx(1)
    assert any("One runner" in text for text in alone.assumptions)
    never = run([np.zeros(121)], TEN, races=10)
    assert never.p_nobody == 1 and never.runners[0].date is None and never.first is None
    with pytest.raises(UsageError, match="nobody runs in CN"):
        simulate([Runner(name="A", curves={"US": TEN * 0})], TEN, "CN")
    with pytest.raises(UsageError, match="nobody runs"):
        simulate([], TEN, "US")
    with pytest.raises(UsageError, match="nobody runs"):
        p_first(np.zeros((0, 5)))


def test_nobody_by_year_falls_to_p_nobody() -> None:
    result = run(exponentials(TEN), TEN, races=50_000)
    years, chances = zip(*result.nobody_by, strict=True)
    assert years == tuple(float(year) for year in range(1, 11))
    assert list(chances) == sorted(chances, reverse=True) and chances[-1] == pytest.approx(result.p_nobody)
    assert chances[0] == pytest.approx(np.prod([1 - curve[12] for curve in exponentials(TEN)]), abs=4 * result.error)


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        ([0.0, 1.5], "between 0 and 1"),
        ([0.0, -0.5], "between 0 and 1"),
        ([0.0, float("nan")], "between 0 and 1"),
        ([0.5, 0.2], "can never fall"),
        ([0.1, 0.2, 0.3], "has 3 points"),
    ],
)
def test_curves_that_cannot_be(curve: list[float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run([np.array(curve)], np.array([0.0, 1.0]))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"races": 0}, "the number of races"),
        ({"correlation": 1.0}, "the correlation"),
        ({"correlation": -0.1}, "the correlation"),
        ({"failure_rate": -1}, "the failure rate"),
    ],
)
def test_races_that_cannot_be(options: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run(exponentials(TEN), TEN, **options)


def test_years_that_cannot_be() -> None:
    for years in ([0.0], [1.0, 2.0], [0.0, 2.0, 1.0]):
        with pytest.raises(UsageError, match="must rise from 0"):
            run([np.zeros(len(years))], np.array(years))
    with pytest.raises(UsageError, match="when A arrived"):
        simulate([Runner(name="A", curves={}, arrived={"US": 3.0})], TEN, "US")


curves = st.lists(
    st.lists(st.floats(0, 1), min_size=5, max_size=5).map(lambda rises: np.cumsum(rises) / max(sum(rises), 1.0)),
    min_size=1,
    max_size=6,
)


@given(curves, st.floats(0, 0.9))
@settings(max_examples=40, deadline=None)
def test_first_or_nobody(found: list[Floats], correlation: float) -> None:
    first, nobody = p_first(np.array(found))
    assert first.sum() + nobody == pytest.approx(1, abs=1e-9) and (first >= -1e-15).all()
    result = run(found, np.arange(5.0), races=300, correlation=correlation, group="g")
    assert sum(runner.p_first for runner in result.runners) + result.p_nobody == pytest.approx(1, abs=1e-9)
    for runner in result.runners:
        assert 0 <= runner.p_first <= 1 and sum(runner.places) <= 1 + 1e-9
        assert runner.date is None or 0 <= runner.date.p10 <= runner.date.p50 <= runner.date.p90 <= 4


@given(st.floats(0.05, 0.5), st.floats(0.1, 1), st.floats(0, 5), st.floats(0, 5))
@settings(max_examples=40, deadline=None)
def test_a_later_start_never_helps(rate: float, success: float, lag: float, more: float) -> None:
    rival = defective_exponential(0.3, 0.6, TEN)
    early = defective_exponential(rate, success, np.maximum(TEN - lag, 0))
    late = defective_exponential(rate, success, np.maximum(TEN - lag - more, 0))
    assert p_first(np.array([late, rival]))[0][0] <= p_first(np.array([early, rival]))[0][0] + 1e-12


def test_curves_of_rungs_race() -> None:
    truth = synthetic.truth()
    reached = incidence.to_goal(truth, 240)
    places = {"ahead": ("pivotal", 20), "behind": ("phase_1", 3)}
    runners = [
        Runner(name=name, curves={"CN": incidence.goal_curve(reached, truth, *where)}) for name, where in places.items()
    ]
    result = simulate(runners, np.arange(241) / 12, "CN", races=20_000)
    ahead, behind = result.runners
    assert ahead.p_first > 5 * behind.p_first
    assert ahead.date is not None and behind.date is not None and ahead.date.p50 < behind.date.p50
