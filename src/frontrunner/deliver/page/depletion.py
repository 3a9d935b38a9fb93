"""A market drawn: how the patients waiting are used up, and who treated them."""

import math

from frontrunner.deliver.page import plot
from frontrunner.deliver.page.markup import Markup
from frontrunner.forecast.market import MarketResult


def drawing(answer: MarketResult) -> Markup:
    """The same as an SVG."""
    title = f"Market of a one-time therapy: {answer.market.pool:,.0f} patients"
    about = "Untreated patients and patients treated so far by product; the table of years says the same in words."
    return plot.stacked([curves(answer)], title, about)


def curves(answer: MarketResult) -> plot.Chart:
    """Untreated patients, and treated so far by each product."""
    years, end = (0.0, *answer.year_ends), answer.year_ends[-1]
    held = [("untreated", (answer.market.pool, *answer.untreated.per_year))]
    for product in answer.products[: plot.MOST - 1]:
        so_far, told = 0.0, [0.0]
        for treated in product.treated.per_year:
            so_far += treated
            told.append(so_far)
        held.append((f"treated with {product.name}", tuple(told)))
    top = _round(max(value for _, values in held for value in values))
    drawn = [
        plot.Line(name, [(year / end, value / top) for year, value in zip(years, values, strict=True)])
        for name, values in held
    ]
    across = [plot.Tick(year / end, f"{year:g}") for year in years[:: max(1, len(years) // 6)]]
    up = [plot.Tick(at / 4, f"{top * at / 4:,.10g}") for at in range(5)]
    left_out = len(answer.products) - len(held) + 1
    note = "Years from the first launch; patients" + (f"; {left_out} products not drawn" if left_out > 0 else "")
    return plot.lines("How the pool is used up", note, drawn, across, up)


def _round(highest: float) -> float:
    """The next of 1, 2, 4 or 8 times a power of ten, so that four steps are round."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 8, 10) if step * power >= highest * (1 - 1e-12))
