"""The market of a one-time therapy, against numbers worked out beforehand and against an independent ODE solver."""

import math
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import tables
from frontrunner.forecast.market import Market, MarketResult, Rival, Warehousing, evaluate
from frontrunner.forecast.uptake import Bass, Logistic

#: the lag between the two haemophilia B gene therapies in the US: 2022-11-22 to 2024-04-25
BEQVEZ_LAG = 520 / 365.25


def worked(**changes: object) -> Market:
    """6,000 patients, 70 new a year, 1 % leave, 10 % are treated; ten years shown, shares over fifteen."""
    base: dict[str, object] = {"pool": 6000, "incidence": 70, "exit_rate": 0.01, "treat_rate": 0.1}
    return msgspec.convert({**base, "years": 10, "horizon": 15, **changes}, Market)


def race(lag: float, share: float = 0.5, treat_rate: float = 0.1, method: str = "auto") -> MarketResult:
    return evaluate(worked(treat_rate=treat_rate, rivals=(Rival(name="B", lag=lag, share=share),)), method)


@pytest.mark.parametrize("method", ["closed_form", "stepped"])
def test_the_worked_example_to_its_printed_digits(method: str) -> None:
    result = race(1.5, method=method)
    assert round(result.untreated.total, 4) == 2421.7631
    assert round(result.treated.total, 4) == 3889.3063
    assert round(result.treated.per_year[0], 2) == 571.55
    assert result.flow_ratio is not None and round(result.flow_ratio, 4) == 0.4415
    assert result.steady_flow is not None and round(result.steady_flow, 3) == 63.636
    first, second = result.products
    assert round(first.treated_to_horizon, 2) == 2865.63
    assert round(second.treated_to_horizon, 2) == 2028.50
    assert result.method == method


@pytest.mark.parametrize("method", ["closed_form", "stepped"])
@pytest.mark.parametrize(
    ("treat_rate", "share", "lag", "expected"),
    [
        (0.1, 0.5, 0, 0.5),
        (0.1, 0.5, 1.5, 0.4145),
        (0.1, 0.5, 3, 0.3405),
        (0.1, 0.5, 5, 0.2568),
        (0.1, 0.4142, 1.5, 0.3434),
        (0.02, 0.5, 1.5, 0.4440),
        (0.02, 0.5, 5, 0.3191),
        (0.3, 0.5, 1.5, 0.3336),
        (0.3, 0.5, 5, 0.1382),
    ],
)
def test_the_share_of_a_late_rival(treat_rate: float, share: float, lag: float, expected: float, method: str) -> None:
    found = race(lag, share, treat_rate, method).shares["B"]
    assert found is not None and round(found, 4) == expected


@pytest.mark.parametrize(
    ("treat_rate", "untreated", "treated"), [(0.02, 5049.6668, 1100.2221), (0.3, 485.9293, 6013.6168)]
)
def test_slow_and_fast_demand(treat_rate: float, untreated: float, treated: float) -> None:
    result = evaluate(worked(treat_rate=treat_rate))
    assert (round(result.untreated.total, 4), round(result.treated.total, 4)) == (untreated, treated)


@pytest.mark.parametrize(("treat_rate", "expected"), [(0.005, 0.452), (0.1, 0.419), (0.3, 0.340)])
def test_hemgenix_and_beqvez(treat_rate: float, expected: float) -> None:
    found = race(BEQVEZ_LAG, treat_rate=treat_rate).shares["B"]
    assert found is not None and round(found, 3) == expected


def test_per_year_adds_up_and_is_unrounded() -> None:
    result = evaluate(worked(years=2.5, horizon=None))
    assert result.year_ends == (1.0, 2.0, 2.5)
    assert math.isclose(sum(result.treated.per_year), result.treated.total, rel_tol=1e-12)
    assert result.untreated.per_year[-1] == result.untreated.total
    assert result.horizon == 2.5
    assert result.treated.total != round(result.treated.total, 4)


def test_every_input_is_listed_as_an_assumption() -> None:
    result = evaluate(worked(antibody_exclusion=0.4))
    assert [one.name for one in result.assumptions] == list(Market.__struct_fields__)
    assert [row["name"] for row in tables.rows("market_assumptions")] == list(Market.__struct_fields__)
    assert next(one.value for one in result.assumptions if one.name == "antibody_exclusion") == 0.4
    assert all(one.assumption.endswith(".") for one in result.assumptions)


def test_a_result_is_json_and_comes_back() -> None:
    market = worked(uptake={"ramp": "bass", "innovation": 0.05, "imitation": 0.6}, years=3, horizon=4)
    text = msgspec.json.encode(evaluate(market))
    again = msgspec.json.decode(text)
    assert msgspec.convert(again["market"], Market) == market
    assert set(again) >= {"untreated", "treated", "products", "assumptions", "notes"}


def test_the_stepper_follows_an_independent_solver_through_ramp_cap_and_waning() -> None:
    from scipy.integrate import solve_ivp

    market = worked(
        treat_rate=0.3,
        capacity=300.0,
        waning=0.05,
        redosable=0.5,
        uptake=Logistic(midpoint=2.0, width=0.5),
        rivals=(Rival(name="B", lag=3.0, share=0.5),),
    )
    ramp = Logistic(midpoint=2.0, width=0.5)

    def slope(t: float, y: list[float]) -> list[float]:
        untreated, waiting, durable, _, _ = y
        wanted = 0.3 * ramp.reached(t) * (untreated + waiting)
        served = min(1.0, 300.0 / wanted) if wanted > 0 else 1.0
        hazard = 0.3 * ramp.reached(t) * served
        flow = hazard * (untreated + waiting)
        to_b = 0.5 if t >= 3.0 else 0.0
        return [
            70 - (0.01 + hazard) * untreated,
            0.5 * 0.05 * durable - (0.01 + hazard) * waiting,
            flow - 0.06 * durable,
            flow * (1 - to_b),
            flow * to_b,
        ]

    solved = solve_ivp(slope, (0, 15), [6000, 0, 0, 0, 0], rtol=1e-9, atol=1e-8, max_step=0.01, t_eval=[10, 15])
    result = evaluate(market)
    assert result.method == "stepped"
    assert result.untreated.total == pytest.approx(solved.y[0][0], rel=1e-5)
    assert [one.treated_to_horizon for one in result.products] == pytest.approx(list(solved.y[3:, 1]), rel=1e-4)
    assert 0 < result.retreated < result.treated.total


def test_a_capacity_is_kept_and_spreads_the_bolus() -> None:
    free, capped = evaluate(worked(treat_rate=0.3)), evaluate(worked(treat_rate=0.3, capacity=400))
    assert max(capped.treated.per_year) <= 400 + 1e-6
    assert capped.treated.total < free.treated.total
    assert capped.untreated.total > free.untreated.total


def test_a_scarce_leader_leaves_the_pool_to_its_rival() -> None:
    rival = Rival(name="B", lag=3.0, share=0.5)
    scarce = evaluate(worked(treat_rate=0.3, leader_capacity=50, rivals=(rival,)))
    assert scarce.products[0].treated.per_year[0] == pytest.approx(50, rel=1e-6)
    plenty = evaluate(worked(treat_rate=0.3, rivals=(rival,)))
    assert (scarce.shares["B"] or 0) > (plenty.shares["B"] or 0)


def test_antibodies_exclude_and_another_serotype_reaches_them() -> None:
    closed = evaluate(worked(antibody_exclusion=0.4, rivals=(Rival(name="B", lag=2, share=0.5),)))
    plain = evaluate(worked(pool=3600, incidence=42, rivals=(Rival(name="B", lag=2, share=0.5),)))
    assert closed.treated.total == pytest.approx(plain.treated.total)
    assert closed.excluded == pytest.approx(2400)
    half = evaluate(worked(antibody_exclusion=0.4, rivals=(Rival(name="B", lag=2, share=0.5, reaches_excluded=0.5),)))
    assert half.excluded == pytest.approx(1200)
    assert (half.shares["B"] or 0) > (closed.shares["B"] or 0)
    assert half.products[0].treated_to_horizon == pytest.approx(closed.products[0].treated_to_horizon)


def test_an_undifferentiated_class_leaves_the_first_what_was_observed() -> None:
    rivals = (Rival(name="B", lag=0, share=0.5), Rival(name="C", lag=0, share=0.3))
    shares = evaluate(worked(differentiated=False, rivals=rivals)).shares
    assert shares == pytest.approx({"first": 0.6, "B": 0.2, "C": 0.2})


def test_entry_that_expands_demand_treats_more() -> None:
    still = evaluate(worked(rivals=(Rival(name="B", lag=2, share=0.5),)))
    grown = evaluate(worked(rivals=(Rival(name="B", lag=2, share=0.5, expands=0.5),)))
    assert grown.treated.total > still.treated.total
    assert grown.treated.per_year[:2] == pytest.approx(still.treated.per_year[:2])


def test_warehousing_moves_patients_to_the_rival() -> None:
    rivals = (Rival(name="B", lag=3, share=0.5),)
    held = evaluate(worked(rivals=rivals, warehousing=Warehousing(years=1.5, fraction=0.5)))
    free = evaluate(worked(rivals=rivals))
    assert held.method == "closed_form"
    assert (held.shares["B"] or 0) > (free.shares["B"] or 0)
    assert held.treated.per_year[0] == pytest.approx(free.treated.per_year[0])
    assert held.treated.per_year[2] < free.treated.per_year[2]


def test_exclusivity_bars_a_rival_unless_it_is_exempt() -> None:
    barred = evaluate(worked(exclusivity=7, rivals=(Rival(name="B", lag=1.5, share=0.5),)))
    exempt = evaluate(worked(exclusivity=7, rivals=(Rival(name="B", lag=1.5, share=0.5, exempt=True),)))
    assert barred.products[1].launch == 7.0
    assert barred.shares["B"] == pytest.approx(race(7).shares["B"])
    assert exempt.shares["B"] == pytest.approx(race(1.5).shares["B"])
    assert any("exclusivity" in note for note in barred.notes)


def test_waning_brings_patients_back() -> None:
    lasting, waning = evaluate(worked()), evaluate(worked(waning=0.1))
    never_again = evaluate(worked(waning=0.1, redosable=0.0))
    assert waning.treated.total > lasting.treated.total
    assert waning.treated.total - waning.retreated == pytest.approx(lasting.treated.total, rel=1e-6)
    assert never_again.treated.total == pytest.approx(lasting.treated.total, rel=1e-6)
    assert never_again.retreated == 0


def test_a_ramp_delays_treatment() -> None:
    at_once = evaluate(worked())
    for ramp in (Logistic(midpoint=3, width=1), Bass(innovation=0.02, imitation=0.8)):
        slow = evaluate(worked(uptake=ramp))
        assert slow.treated.per_year[0] < at_once.treated.per_year[0] / 3
        assert slow.treated.total < at_once.treated.total
        assert ramp.reached(0) == 0 and ramp.reached(-1) == 0 and ramp.reached(100) == pytest.approx(1)


def test_a_rival_with_its_own_ramp_takes_its_share_slowly() -> None:
    slow = evaluate(worked(rivals=(Rival(name="B", lag=2, share=0.5, uptake=Logistic(midpoint=2, width=0.5)),)))
    assert (slow.shares["B"] or 0) < (race(2).shares["B"] or 0)
    assert slow.treated.total == pytest.approx(race(2).treated.total, rel=1e-6)


def test_stated_answers_at_the_edges() -> None:
    nobody = evaluate(worked(treat_rate=0, rivals=(Rival(name="B", lag=1, share=0.5),)))
    assert nobody.shares == {"first": None, "B": None} and nobody.flow_ratio is None
    assert nobody.steady_flow == 0 and "Nobody is treated" in nobody.notes[0]
    alone = evaluate(worked())
    assert alone.shares == {"first": 1.0} and "no rival" in alone.notes[0]
    late = race(20)
    assert late.shares["B"] == 0 and "after the horizon" in late.notes[0]
    newborn = evaluate(worked(pool=0))
    assert newborn.untreated.total > 0 and newborn.treated.total > 0
    still = evaluate(worked(exit_rate=0, treat_rate=0))
    assert still.untreated.total == pytest.approx(6700)
    takeover = race(2, share=1.0)
    assert takeover.shares["B"] == pytest.approx(1 - (takeover.shares["first"] or 0)) and takeover.shares["first"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pool": 0, "incidence": 0}, "the pool is empty"),
        ({"pool": -1}, "the pool"),
        ({"pool": math.nan}, "finite"),
        ({"incidence": -1}, "the incidence"),
        ({"exit_rate": -0.1}, "the exit rate"),
        ({"treat_rate": -0.1}, "the treat rate"),
        ({"treat_rate": math.inf}, "finite"),
        ({"treat_rate": 1e4}, "the treat rate must be between 0 and 100"),
        ({"years": 0}, "the years must be above 0"),
        ({"horizon": 1e9}, "the horizon"),
        ({"antibody_exclusion": 1.2}, "the antibody exclusion must be between 0 and 1"),
        ({"waning": -1}, "the waning rate"),
        ({"redosable": 2}, "the redosable fraction"),
        ({"capacity": -5}, "the capacity"),
        ({"exclusivity": -7}, "the exclusivity"),
    ],
)
def test_a_question_that_cannot_be_asked(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        worked(**changes)


def test_an_unknown_pool_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"the pool .* is unknown"):
        Market(pool=None, incidence=1, exit_rate=0, treat_rate=0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("pool", ["6000", True, [6000], object()])
def test_a_pool_must_be_a_number(pool: object) -> None:
    with pytest.raises(UsageError, match="must be a number"):
        Market(pool=pool, incidence=1, exit_rate=0, treat_rate=0.1)  # type: ignore[arg-type]


def test_rivals_that_cannot_be() -> None:
    with pytest.raises(UsageError, match="the lag of B"):
        Rival(name="B", lag=-0.5, share=0.5)
    with pytest.raises(UsageError, match="the share of B"):
        Rival(name="B", lag=1, share=1.5)
    with pytest.raises(UsageError, match="the sum of the rivals' shares"):
        worked(rivals=(Rival(name="B", lag=1, share=0.7), Rival(name="C", lag=1, share=0.7)))
    with pytest.raises(UsageError, match="its own name"):
        worked(rivals=(Rival(name="first", lag=1, share=0.7),))
    with pytest.raises(UsageError, match="the method cannot be"):
        evaluate(worked(), "magic")
    with pytest.raises(UsageError, match="no closed form"):
        evaluate(worked(capacity=5), "closed_form")


markets = st.builds(
    Market,
    pool=st.floats(1, 1e6),
    incidence=st.floats(0, 1e4),
    exit_rate=st.floats(0, 0.5),
    treat_rate=st.floats(0, 3),
    years=st.floats(0.1, 12),
    antibody_exclusion=st.floats(0, 1),
    differentiated=st.booleans(),
    exclusivity=st.none() | st.floats(0, 10),
    warehousing=st.none() | st.builds(Warehousing, years=st.floats(0, 3), fraction=st.floats(0, 1)),
    rivals=st.lists(st.tuples(st.floats(0, 15), st.floats(0, 0.33), st.floats(0, 1), st.floats(0, 2)), max_size=3).map(
        lambda found: tuple(
            Rival(name=f"rival {index}", lag=lag, share=share, reaches_excluded=reach, expands=expands)
            for index, (lag, share, reach, expands) in enumerate(found)
        )
    ),
)


@given(markets)
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_one_and_nobody_is_treated_twice(market: Market) -> None:
    result = evaluate(market)
    numbers = [*result.untreated.per_year, *result.treated.per_year, result.treated.total, result.excluded]
    assert np.isfinite(numbers).all() and min(numbers) >= -1e-6
    assert result.treated.total <= (market.pool + market.incidence * market.years) * (1 + 1e-9)
    known = [share for share in result.shares.values() if share is not None]
    assert not known or sum(known) == pytest.approx(1, abs=1e-9)
    assert result.untreated.total + result.treated.total <= (market.pool + market.incidence * market.years) * (1 + 1e-9)


@given(markets)
@settings(max_examples=12, deadline=None)
def test_the_two_methods_agree(market: Market) -> None:
    exact, steps = evaluate(market, "closed_form"), evaluate(market, "stepped")
    assert steps.untreated.total == pytest.approx(exact.untreated.total, rel=1e-6, abs=1e-4)
    error = 1e-4 + 1e-6 * sum(one.treated_to_horizon for one in exact.products)  # a step errs by a part of all flow
    for one, other in zip(exact.products, steps.products, strict=True):
        assert other.treated_to_horizon == pytest.approx(one.treated_to_horizon, rel=1e-6, abs=error)


@given(st.floats(0, 3), st.lists(st.floats(0, 15), min_size=2, max_size=5))
@settings(max_examples=40, deadline=None)
def test_a_later_rival_never_gets_more(treat_rate: float, lags: list[float]) -> None:
    markets = [worked(treat_rate=treat_rate, rivals=(Rival(name="B", lag=lag, share=0.5),)) for lag in sorted(lags)]
    shares = [evaluate(market).shares["B"] for market in markets]
    known = [share for share in shares if share is not None]
    assert all(after <= before + 1e-12 for before, after in pairwise(known))


def test_csv_tables_have_no_ragged_rows() -> None:
    for name in ("market_assumptions", "order_of_entry"):
        rows = tables.rows(name)
        assert rows and all(None not in row and None not in row.values() for row in rows), name
