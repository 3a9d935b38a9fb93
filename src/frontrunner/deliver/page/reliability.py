"""The reliability diagram of a back-test: what was forecast against what happened, one dot a bar."""

import math
from collections.abc import Sequence

from frontrunner.deliver.page.markup import Markup, tag
from frontrunner.forecast.answers import Bar

_SIDE, _EDGE = 240, 44


def diagram(bars: Sequence[Bar]) -> Markup:
    """An SVG figure; on the diagonal as much happened as was forecast, a dot's area is its number of forecasts."""
    most = max((bar.n for bar in bars), default=1)
    told = "; ".join(f"{bar.forecast:.0%} forecast, {bar.observed:.0%} happened, {bar.n} cases" for bar in bars)
    size = _SIDE + 2 * _EDGE
    return tag(
        "figure",
        tag(
            "svg",
            tag("title", f"Reliability: {told}"),
            _line(0, 0, 1, 0),
            _line(0, 0, 0, 1),
            _line(0, 0, 1, 1, "4 4"),
            *(_label(at, 0, f"{at:.0%}", 0, 18) for at in (0, 0.5, 1)),
            *(_label(0, at, f"{at:.0%}", -20, 4) for at in (0.5, 1)),
            *(_dot(bar, most) for bar in bars),
            viewBox=f"0 0 {size} {size}",
            width=size,
            height=size,
            role="img",
        ),
        tag("figcaption", "Across: the chance that was forecast. Up: the part that happened."),
    )


def _at(x: float, y: float) -> tuple[float, float]:
    return round(_EDGE + x * _SIDE, 1), round(_EDGE + (1 - y) * _SIDE, 1)


def _line(x1: float, y1: float, x2: float, y2: float, dashes: str | None = None) -> Markup:
    (left, low), (right, high) = _at(x1, y1), _at(x2, y2)
    return tag("line", x1=left, y1=low, x2=right, y2=high, stroke="currentColor", stroke_dasharray=dashes)


def _label(x: float, y: float, text: str, right: int, down: int) -> Markup:
    left, top = _at(x, y)
    return tag("text", text, x=left + right, y=top + down, font_size=11, text_anchor="middle", fill="currentColor")


def _dot(bar: Bar, most: int) -> Markup:
    left, top = _at(bar.forecast, bar.observed)
    radius = round(3 + 9 * math.sqrt(bar.n / most), 1)
    return tag("circle", tag("title", f"{bar.n} cases"), cx=left, cy=top, r=radius, fill="#2563a8", fill_opacity=0.7)
