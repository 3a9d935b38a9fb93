"""Order-of-entry models against their published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import order


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, [1.0]), (2, [0.586, 0.414]), (3, [0.438, 0.310, 0.253]), (4, [0.359, 0.254, 0.207, 0.180])],
)
def test_urban(n: int, expected: list[float]) -> None:
    assert [round(share, 3) for share in order.urban(n)] == expected


def test_urban_with_better_positioning_and_the_unrounded_exponent() -> None:
    assert order.urban(2, exponent=-0.49)[0] < 0.5858
    assert order.urban(2, positioning=[1, 2])[1] > 0.5
    assert order.urban(2, advertising=[1, 2])[1] > order.urban(2)[1]
    with pytest.raises(UsageError, match="one value per entrant"):
        order.urban(3, lag=[1, 2])
    with pytest.raises(UsageError, match="positioning must be above 0"):
        order.urban(2, positioning=[1, 0])


def test_mckinsey() -> None:
    assert [round(100 * share, 1) for share in order.mckinsey(3)] == [39.3, 30.3, 30.3]
    assert order.mckinsey(1) == (1.0,)


@pytest.mark.parametrize(("n", "first"), [(2, 0.8), (3, 0.6), (5, 0.6)])
def test_lek_is_a_mixture_of_two_worlds(n: int, first: float) -> None:
    assert order.lek(n, 0.0)[0] == pytest.approx(first)
    assert order.lek(n, 1.0) == pytest.approx(order.fair(n))
    assert order.lek(n, 0.25)[0] == pytest.approx(0.25 / n + 0.75 * first)


@given(st.sampled_from(sorted(order.MODELS)), st.integers(1, order.MOST))
def test_shares_sum_to_one_and_fall_with_order(model: str, n: int) -> None:
    shares = order.shares(model, n)
    assert len(shares) == n and sum(shares) == pytest.approx(1)
    assert list(shares) == sorted(shares, reverse=True) or model == "fair"


@pytest.mark.parametrize("n", [0, -1, 1.5, 1000])
def test_no_runner_is_an_error(n: float) -> None:
    with pytest.raises(UsageError, match="the number of entrants"):
        order.fair(n)  # type: ignore[arg-type]


def test_an_unknown_model_names_the_known() -> None:
    with pytest.raises(UsageError, match="urban"):
        order.shares("gut", 2)


def test_memory_is_marked() -> None:
    marks = {one.model: one.verified for one in order.parameters()}
    assert marks == {"urban": False, "mckinsey": True, "bcg": True, "lek": True}
