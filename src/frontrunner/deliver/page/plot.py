"""Lines, spans and stacked bars as SVG that stands alone: black on white, so that it reads on paper and without colour.

Every line has its name at its end and a dash of its own; the parts of a bar differ in grey and say their number.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from frontrunner.deliver.page.markup import Markup, joined, tag
from frontrunner.deliver.views.view import NOTICE

WIDTH, LEFT, RIGHT = 740, 64, 210
_TOP, _FOOT, _TALL = 58, 48, 260
#: a row of spans or bars, and the room for its name on the left
_ROW, NAMES = 30, 210
_DASHES = (None, "9 4", "2 4", "14 4 2 4", "5 3", "1 3", "18 5")
#: as many lines can be told apart
MOST = len(_DASHES)
#: names at the ends of lines lie at least so far apart
_APART = 17.0
#: the fill of a part of a bar and of the number in it, darkest first
_GREYS = (("#111", "#fff"), ("#666", "#fff"), ("#aaa", "#111"), ("#ddd", "#111"), ("#fff", "#111"))
_STYLE = """
.plot text { font: 13px system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', Arial, sans-serif; fill: #111; }
.plot text.title { font-weight: 600; font-size: 16px; }
.plot text.note, .plot text.tick { font-size: 12px; fill: #444; }
.plot .rule { stroke: #ccc; stroke-width: 1; }
.plot .line { fill: none; stroke: #111; stroke-width: 2; stroke-linejoin: round; }
.plot .part { stroke: #111; stroke-width: 1; }
"""


class Tick(msgspec.Struct, frozen=True):
    """A mark on an axis: where, between 0 and 1, and its words."""

    at: float
    words: str


class Line(msgspec.Struct, frozen=True):
    """A line: its name and its points, both ways between 0 and 1."""

    name: str
    points: Sequence[tuple[float, float]]


class Span(msgspec.Struct, frozen=True):
    """A row with a span: its ends and its middle between 0 and 1 (none: nothing is drawn), and words at its right."""

    name: str
    ends: tuple[float, float, float] | None
    words: str


class Bars(msgspec.Struct, frozen=True):
    """A row of parts that sum to 1, at most as many as there are greys."""

    name: str
    parts: Sequence[float]


class Chart(msgspec.Struct, frozen=True):
    """A drawing of `height` that others may stand below."""

    body: Markup
    height: float


def alone(drawn: Markup) -> str:
    """A drawing as a file of its own."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{drawn}\n'


def stacked(charts: Sequence[Chart], title: str, about: str) -> Markup:
    """One drawing of charts below each other; it may also stand within a page."""
    placed, top = list[Markup](), 8.0
    for chart in charts:
        placed.append(tag("g", chart.body, transform=f"translate(0 {top:g})"))
        top += chart.height
    height = top + 24
    return tag(
        "svg",
        tag("title", title),
        tag("desc", about),
        tag("style", Markup(_STYLE)),
        tag("rect", width=WIDTH, height=height, fill="#fff"),
        *placed,
        tag("text", NOTICE, class_="note", x=8, y=height - 10),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=height,
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        class_="plot",
    )


def lines(title: str, note: str, shown: Sequence[Line], across: Sequence[Tick], up: Sequence[Tick]) -> Chart:
    """Lines over time; those beyond `MOST` are left to the caller to cut."""
    ends = spread([_y(line.points[-1][1]) for line in shown], _TOP + _TALL + 8)
    drawn = [_line(line, number, y) for number, (line, y) in enumerate(zip(shown, ends, strict=True))]
    body = joined([*_head(title, note), *_rules(up), *_feet(across, _x, _TOP + _TALL), *drawn])
    return Chart(body, _TOP + _TALL + _FOOT)


def spans(title: str, note: str, rows: Sequence[Span], across: Sequence[Tick]) -> Chart:
    """One row a span: a line between its outer ends, a mark at its middle."""
    bottom = _TOP + _ROW * len(rows)
    drawn = [_span(row, _TOP + _ROW * (at + 0.5)) for at, row in enumerate(rows)]
    return Chart(joined([*_head(title, note), *_feet(across, _along, bottom), *drawn]), bottom + _FOOT)


def bars(title: str, note: str, rows: Sequence[Bars], kinds: Sequence[str]) -> Chart:
    """One row a bar cut into parts, with a key of what the greys mean."""
    drawn = [_bar(row, _TOP + 26 + _ROW * (at + 0.5)) for at, row in enumerate(rows)]
    return Chart(joined([*_head(title, note), *_key(kinds), *drawn]), _TOP + 26 + _ROW * len(rows) + 24)


def short(name: str, room: int = 26) -> str:
    """A name that fits beside a line."""
    return name if len(name) <= room else name[: room - 1] + "…"


def _head(title: str, note: str) -> list[Markup]:
    return [tag("text", title, class_="title", x=8, y=20), tag("text", note, class_="note", x=8, y=40)]


def _x(at: float) -> float:
    return round(LEFT + at * (WIDTH - LEFT - RIGHT), 1)


def _y(at: float) -> float:
    return round(_TOP + (1 - at) * _TALL, 1)


def _along(at: float) -> float:
    return round(NAMES + at * (WIDTH - NAMES - 130), 1)


def _rules(up: Sequence[Tick]) -> list[Markup]:
    return [
        joined(
            [
                tag("line", class_="rule", x1=LEFT, x2=_x(1), y1=_y(one.at), y2=_y(one.at)),
                tag("text", one.words, class_="tick", x=LEFT - 8, y=_y(one.at) + 4, text_anchor="end"),
            ]
        )
        for one in up
    ]


def _feet(across: Sequence[Tick], place: Callable[[float], float], bottom: float) -> list[Markup]:
    """The axis of time: a line upward and words below each tick."""
    return [
        joined(
            [
                tag("line", class_="rule", x1=place(one.at), x2=place(one.at), y1=_TOP - 4, y2=bottom),
                tag("text", one.words, class_="tick", x=place(one.at), y=bottom + 18, text_anchor="middle"),
            ]
        )
        for one in across
    ]


def _line(line: Line, number: int, named_at: float) -> Markup:
    points = [(_x(x), _y(y)) for x, y in line.points]
    path = "M" + " L".join(f"{x} {y}" for x, y in points)
    (x, y), dash = points[-1], _DASHES[number % MOST]
    leader = tag("line", class_="rule", x1=x + 2, x2=x + 12, y1=y, y2=named_at)
    name = tag("text", short(line.name), x=x + 16, y=named_at + 4)
    return tag("g", tag("path", class_="line", d=path, stroke_dasharray=dash), leader, name)


def spread(wanted: Sequence[float], lowest: float) -> list[float]:
    """Heights near those wanted, at least `_APART` from each other, in their order, none below `lowest`."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    found = list(wanted)
    for before, at in pairwise(order):
        found[at] = max(found[at], found[before] + _APART)
    over = max(found, default=0.0) - lowest
    if over > 0:  # too low: push up from the bottom
        found[order[-1]] -= over
        for after, at in pairwise(reversed(order)):
            found[at] = min(found[at], found[after] - _APART)
    return [round(y, 1) for y in found]


def _span(row: Span, y: float) -> Markup:
    parts = [
        tag("text", short(row.name), x=8, y=y + 4),
        tag("text", row.words, class_="note", x=WIDTH - 122, y=y + 4),
    ]
    if row.ends:
        low, middle, high = (_along(min(max(at, 0.0), 1.0)) for at in row.ends)
        parts.append(tag("line", class_="line", x1=low, x2=high, y1=y, y2=y))
        parts += [tag("line", class_="line", x1=x, x2=x, y1=y - 5, y2=y + 5) for x in (low, high)]
        parts.append(tag("path", d=f"M{middle} {y - 8} l8 8 l-8 8 l-8 -8Z", fill="#111"))
    return tag("g", *parts)


def _bar(row: Bars, y: float) -> Markup:
    parts, room = [tag("text", short(row.name), x=8, y=y + 4)], WIDTH - NAMES - 16
    left = float(NAMES)
    for (fill, ink), part in zip(_GREYS, row.parts, strict=False):
        width = round(part * room, 1)
        if width > 0:
            parts.append(tag("rect", class_="part", x=round(left, 1), y=y - 10, width=width, height=20, fill=fill))
        if width > 34:
            at = round(left + width / 2, 1)
            parts.append(tag("text", f"{part:.0%}", x=at, y=y + 4, text_anchor="middle", style=f"fill: {ink}"))
        left += width
    return tag("g", *parts)


def _key(kinds: Sequence[str]) -> list[Markup]:
    found, left = list[Markup](), float(NAMES)
    for (fill, _), words in zip(_GREYS, kinds, strict=False):
        found.append(tag("rect", class_="part", x=left, y=_TOP - 4, width=14, height=14, fill=fill))
        found.append(tag("text", words, class_="note", x=left + 20, y=_TOP + 8))
        left += 34 + 7 * len(words)
    return found
