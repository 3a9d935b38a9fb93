"""What a place in the market is worth: treatments times price, discounted to the first launch."""

import msgspec
import numpy as np

from frontrunner.forecast import inputs
from frontrunner.forecast.market import MarketResult


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """One product within the years shown: `sales` undiscounted, `present_value` at the first launch, and that value
    per that of the leader (None where the leader has none). In the price's currency."""

    name: str
    sales: float
    present_value: float
    of_leader: float | None


def worth(result: MarketResult, price: float, discount: float = 0.1) -> tuple[Worth, ...]:
    """Every product of a market at one net `price` a treatment; a year's sales count as paid at its middle.

    Sales, not profit: neither cost nor the chance of getting there is in it.
    """
    each = inputs.number("the price", price, 0.0, 1e12)
    rate = inputs.number("the discount rate", discount, 0.0, 10.0)
    ends = np.array(result.year_ends)
    factors = (1.0 + rate) ** -((np.concatenate([[0.0], ends[:-1]]) + ends) / 2.0)
    values = [each * float(factors @ np.array(product.treated.per_year)) for product in result.products]
    return tuple(
        Worth(
            name=product.name,
            sales=each * product.treated.total,
            present_value=value,
            of_leader=value / values[0] if values[0] > 0 else None,
        )
        for product, value in zip(result.products, values, strict=True)
    )
