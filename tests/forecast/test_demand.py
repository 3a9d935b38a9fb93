"""Pools from prevalences, demand as it was, and what a place in the market is worth."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import demand, prevalence
from frontrunner.forecast.market import Market, Rival, evaluate
from frontrunner.forecast.prevalence import Prevalence
from frontrunner.forecast.worth import worth


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1-9 / 100 000", 1e-5, 1e-4),
        ("1-9 / 1 000 000", 1e-6, 1e-5),
        ("1-5 / 10 000", 1e-4, 6e-4),
        ("6-9 / 10 000", 6e-4, 1e-3),
        ("<1 / 1 000 000", 0.0, 1e-6),
    ],
)
def test_orphanet_classes(text: str, low: float, high: float) -> None:
    found = prevalence.from_class(text)
    assert (found.low, found.high, found.point) == (pytest.approx(low), pytest.approx(high), None)


def test_a_value_stands_in_its_class_or_widens_it() -> None:
    france = prevalence.from_class("1-9 / 100 000", 2.44)  # haemophilia B
    assert (france.low, france.point, france.high) == pytest.approx((1e-5, 2.44e-5, 1e-4))
    assert prevalence.from_class(">1 / 1000", 250).high == pytest.approx(2.5e-3)
    assert prevalence.from_class("1-9 / 1 000 000", 2.0).high == pytest.approx(2e-5)
    size = prevalence.pool(france, 68e6, eligible=0.3)
    assert size.middle == pytest.approx(68e6 * 2.44e-5 * 0.3)
    assert size.low < size.middle < size.high


@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(1, 1e9), st.floats(0, 1))
def test_a_pool_keeps_its_interval(one: float, other: float, people: float, part: float) -> None:
    found = prevalence.pool(Prevalence(low=min(one, other), high=max(one, other)), people, part)
    assert 0 <= found.low <= found.middle * (1 + 1e-9) and found.middle <= found.high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Unknown", "the prevalence is unknown"),
        ("Not yet documented", "the prevalence is unknown"),
        ("", "the prevalence is unknown"),
        (">1 / 1000", "no upper end"),
        ("many", "is not a prevalence class"),
        ("1-9 / 0", "is not a prevalence class"),
    ],
)
def test_a_prevalence_that_says_nothing(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        prevalence.from_class(text)


def test_pools_that_cannot_be() -> None:
    with pytest.raises(UsageError, match="the prevalence is unknown"):
        prevalence.pool(None, 1e6)
    with pytest.raises(UsageError, match="the population"):
        prevalence.pool(Prevalence(low=0, high=0.1), 0)
    with pytest.raises(UsageError, match="the eligible fraction"):
        prevalence.pool(Prevalence(low=0, high=0.1), 1e6, 1.5)
    with pytest.raises(UsageError, match="down to"):
        Prevalence(low=0.2, high=0.1)
    with pytest.raises(UsageError, match="outside its interval"):
        Prevalence(low=0.1, high=0.2, point=0.3)


def test_demand_as_it_was() -> None:
    hemgenix = demand.case("hemgenix").treat_rate
    assert hemgenix is not None and round(hemgenix[1], 3) == 0.005
    assert demand.case("beqvez").treat_rate == (0.0, 0.0)
    assert demand.case("roctavian").pool is None and demand.case("roctavian").treat_rate is None
    assert all(one.source for one in demand.observed())
    with pytest.raises(UsageError, match="hemgenix"):
        demand.case("glybera")


def test_an_implied_rate_treats_what_was_treated() -> None:
    rate = demand.implied_rate(12, 2400, 1)
    market = Market(pool=2400, incidence=0, exit_rate=0, treat_rate=rate, years=1)
    assert evaluate(market).treated.total == pytest.approx(12)
    with pytest.raises(UsageError, match="the treated"):
        demand.implied_rate(100, 50, 1)


def test_real_demand_leaves_the_second_entrant_with_almost_nobody() -> None:
    found = demand.case("hemgenix").treat_rate
    assert found is not None
    market = Market(
        pool=2400, incidence=30, exit_rate=0.01, treat_rate=found[1], years=10,
        rivals=(Rival(name="second", lag=520 / 365.25, share=0.5),),
    )  # fmt: skip
    result = evaluate(market)
    assert (result.shares["second"] or 0) > 0.4  # not the lag
    assert result.products[1].treated_to_horizon < 60  # but nobody comes


def test_worth_is_treatments_times_price_discounted() -> None:
    market = Market(
        pool=100, incidence=0, exit_rate=0, treat_rate=0.5, years=2, rivals=(Rival(name="B", lag=1, share=0.5),)
    )
    result = evaluate(market)
    first, second = worth(result, 2.0, 0.1)
    years = result.products[0].treated.per_year
    assert first.sales == pytest.approx(2 * sum(years))
    assert first.present_value == pytest.approx(2 * (years[0] / 1.1**0.5 + years[1] / 1.1**1.5))
    assert second.of_leader == pytest.approx(second.present_value / first.present_value)
    assert worth(result, 0)[1].of_leader is None
    with pytest.raises(UsageError, match="the price"):
        worth(result, math.nan)
