"""The timeline as SVG: the names in one drawing, which stays in view, the tracks in another, which may scroll.

Shapes tell everything apart, so that it reads without colour: a band grows thicker rung by rung, a rung is a disc, an
approval a diamond, a stop a cross, a pause two bars, a licence withdrawn a struck diamond; what is not firm is hollow.
A month or a year is a bar as long as itself, never a point.
"""

import textwrap
from collections.abc import Sequence
from datetime import date

import msgspec

from frontrunner.deliver.page.markup import Markup, joined, tag
from frontrunner.deliver.page.timeline import Band, Lane, Mark, Timeline
from frontrunner.deliver.views.race import chinese_name

NAMES_WIDTH = 176
#: a year is at least so wide, and the whole track too
_YEAR, _TRACK = 52, 900
_AXIS, _MIDDLE, _LINE, _NAME = 34, 24, 14, 17
#: above the lanes where they stand alone
_TITLE = 32
#: a letter's width in the size of the labels; a Chinese character takes two
_LETTER = 6.1


class _Placed(msgspec.Struct, frozen=True):
    """A mark with its place: `x` to `to` in the track, the label's row (-1 without) and whether it ends at the mark."""

    mark: Mark
    x: float
    to: float
    row: int
    leftward: bool


class _Scale(msgspec.Struct, frozen=True):
    """Days as horizontal places."""

    start: date
    days: int
    width: float

    def x(self, day: date) -> float:
        """The place of the beginning of a day."""
        return round((day - self.start).days / self.days * self.width, 1)


def drawing(shown: Timeline) -> Markup:
    """The names and the tracks side by side, of one height."""
    names, tracks, _, _ = _halves(shown)
    return joined([names, tracks])


def alone(shown: Timeline, style: str, title: str) -> str:
    """The same as one file."""
    names, tracks, width, height = _halves(shown)
    svg = tag(
        "svg",
        tag("title", title),
        tag("style", Markup(style)),
        tag("rect", width=NAMES_WIDTH + width, height=height + _TITLE, fill="var(--paper)"),
        tag("text", title, x=4, y=20, class_="product"),
        tag("g", names, transform=f"translate(0 {_TITLE})"),
        tag("g", tracks, transform=f"translate({NAMES_WIDTH} {_TITLE})"),
        xmlns="http://www.w3.org/2000/svg",
        class_="lanes",
        width=NAMES_WIDTH + width,
        height=height + _TITLE,
        viewBox=f"0 0 {NAMES_WIDTH + width} {height + _TITLE}",
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{svg}\n'


def _halves(shown: Timeline) -> tuple[Markup, Markup, float, float]:
    """The names, the tracks, how wide those are and how high both."""
    years = shown.end.year - shown.start.year + 1
    scale = _Scale(shown.start, (shown.end - shown.start).days + 1, max(_TRACK, years * _YEAR))
    placed = [place(lane.marks, scale) for lane in shown.lanes]
    heights = [
        max(_height(marks), _MIDDLE + _NAME * len(_name_lines(lane)))
        for lane, marks in zip(shown.lanes, placed, strict=True)
    ]
    tops = [_AXIS + sum(heights[:at]) for at in range(len(heights))]
    whole = _AXIS + sum(heights) + 8
    names = [_names(lane, top) for lane, top in zip(shown.lanes, tops, strict=True)]
    tracks = [_track(lane, marks, top, scale) for lane, marks, top in zip(shown.lanes, placed, tops, strict=True)]
    rules = [_rule(top, scale.width) for top in tops]
    left = _svg("names", NAMES_WIDTH, whole, [*(_rule(top, NAMES_WIDTH) for top in tops), *names])
    inside = [*_years(shown, scale, whole), *rules, *tracks, _today(shown, scale, whole)]
    return left, _svg("tracks", scale.width, whole, inside), scale.width, whole


def _svg(class_: str, width: float, height: float, parts: Sequence[Markup]) -> Markup:
    return tag("svg", *parts, class_=class_, width=width, height=height, viewBox=f"0 0 {width} {height}")


def place(marks: Sequence[Mark], scale: _Scale) -> list[_Placed]:
    """Marks at their days, labels in the first row below the track where they run into no other."""
    ends: list[float] = []
    found = []
    for mark in marks:
        x, to = scale.x(mark.first), scale.x(mark.last)
        row, leftward = -1, False
        if mark.label:
            size = _LETTER * _letters(mark.label)
            leftward = x + size > scale.width
            start, end = (x - size, x + 6) if leftward else (x - 4, x + size)
            row = next((at for at, taken in enumerate(ends) if taken + 6 < start), len(ends))
            ends[row : row + 1] = [end]
        found.append(_Placed(mark, x, max(to, x), row, leftward))
    return found


def _letters(text: str) -> int:
    return sum(1 if ord(char) < 0x2E80 else 2 for char in text)


def _height(placed: Sequence[_Placed]) -> float:
    rows = max((one.row for one in placed), default=-1) + 1
    return _MIDDLE + 18 + _LINE * max(rows, 1)


def _years(shown: Timeline, scale: _Scale, whole: float) -> list[Markup]:
    """A line and a number a year."""
    found = []
    for year in range(shown.start.year, shown.end.year + 1):
        x = scale.x(date(year, 1, 1))
        found.append(tag("line", class_="year", x1=x, x2=x, y1=_AXIS - 8, y2=whole))
        found.append(tag("text", str(year), class_="year", x=x + 4, y=_AXIS - 12))
    return found


def _rule(top: float, width: float) -> Markup:
    return tag("line", class_="rule", x1=0, x2=width, y1=top, y2=top)


def _today(shown: Timeline, scale: _Scale, whole: float) -> Markup:
    """The day asked, as a line through all lanes."""
    x = scale.x(shown.on)
    leftward = x + 90 > scale.width
    name = tag(
        "text", shown.on.isoformat(), x=x - 5 if leftward else x + 5, y=10, text_anchor="end" if leftward else None
    )
    line = tag("line", x1=x, x2=x, y1=2, y2=whole)
    return tag("g", tag("title", f"the day asked: {shown.on}"), line, name, class_="on")


def _names(lane: Lane, top: float) -> Markup:
    """Place, product and company of a lane."""
    lines = [tag("text", lane.place, class_="place", x=0, y=top + _MIDDLE)]
    for at, (words, lang) in enumerate(_name_lines(lane)):
        kind = "product" if at < len(_cut(lane.name)) else "company"
        lines.append(tag("text", words, class_=kind, lang=lang, x=30, y=top + _MIDDLE + _NAME * at))
    return tag("g", *lines)


def _name_lines(lane: Lane) -> list[tuple[str, str | None]]:
    lines: list[tuple[str, str | None]] = [(line, None) for line in _cut(lane.name)]
    if lane.company:
        lines += [(line, None) for line in _cut(lane.company.name)]
        chinese = chinese_name(lane.company.names, lane.company.name)
        lines += [(chinese, "zh")] if chinese else []
    return lines


def _cut(name: str, room: int = 17) -> list[str]:
    """A name in lines of at most `room` letters, broken at spaces, within a word only where it is longer."""
    return textwrap.wrap(name, room, break_on_hyphens=False) or [""]


def _track(lane: Lane, placed: Sequence[_Placed], top: float, scale: _Scale) -> Markup:
    """The bands of a lane, the lines to its labels, and its marks in the order of their days."""
    y = top + _MIDDLE - 4
    bands = [_band(band, y, scale) for band in lane.bands]
    leaders = [
        tag("line", class_="leader", x1=one.x, x2=one.x, y1=y + 8, y2=_below(one, y) - 9)
        for one in placed
        if one.row > 0
    ]
    return tag("g", *bands, *leaders, *(_mark(one, y) for one in placed), class_="lane")


def _below(placed: _Placed, y: float) -> float:
    """The line on which a label stands."""
    return y + 21 + _LINE * placed.row


def _band(band: Band, y: float, scale: _Scale) -> Markup:
    height = 1 + band.order
    x = scale.x(band.start)
    return tag(
        "rect", class_=f"band {band.state}", x=x, y=y - height / 2, width=round(scale.x(band.end) - x, 1), height=height
    )


def _mark(placed: _Placed, y: float) -> Markup:
    """One mark: its words for who points at it, its sign, its label and a thin line between them."""
    mark = placed.mark
    parts = [tag("title", mark.words)]
    parts.append(_span(placed, y) if mark.first != mark.last else sign(mark.kind, placed.x, y))
    if placed.row >= 0:
        anchor = "end" if placed.leftward else None
        x = placed.x + 4 if placed.leftward else placed.x - 4
        parts.append(tag("text", mark.label, x=round(x, 1), y=_below(placed, y), text_anchor=anchor))
    return tag("g", *parts, class_=f"mark {mark.kind}" + ("" if mark.firm else " open"))


def _span(placed: _Placed, y: float) -> Markup:
    """A month or a year: a bar over all days that it can be, with the sign small in its middle where it is no rung."""
    width = max(placed.to - placed.x, 4)
    bar = tag("rect", class_="span", x=placed.x, y=y - 5, width=round(width, 1), height=10, rx=2)
    plain = placed.mark.kind in ("rung", "side")
    return bar if plain else joined([bar, sign(placed.mark.kind, placed.x + width / 2, y)])


def sign(kind: str, x: float, y: float) -> Markup:
    """The shape of a kind of mark around a point."""
    if kind == "rung":
        return tag("circle", class_="sign", cx=x, cy=y, r=5.5)
    path = {
        "approval": "M0 -9 L9 0 L0 9 L-9 0Z",
        "withdrawn": "M0 -9 L9 0 L0 9 L-9 0Z M-9 9 L9 -9",
        "stop": "M-6 -6 L6 6 M-6 6 L6 -6",
        "pause": "M-3 -7 V7 M3 -7 V7",
        "resume": "M-4 -6 L6 0 L-4 6Z",
        "side": "M0 -6 V6",
    }[kind]
    return tag("path", class_="sign", d=path, transform=f"translate({round(x, 1)} {y})")
