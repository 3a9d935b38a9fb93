"""A bump chart: the places of a race over time, as one SVG that stands alone.

It reads without colour: every line has its name at its end, a dash of its own and a number where it begins; a diamond
is an approval, a disc another rung, a cross a stop. Type is large enough for a phone's width and for print.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from frontrunner.deliver.page.drawing import sign
from frontrunner.deliver.page.markup import Markup, tag
from frontrunner.deliver.page.plot import spread
from frontrunner.deliver.views.changes import title
from frontrunner.deliver.views.race import rung
from frontrunner.deliver.views.view import NOTICE, clock_in_words, inside, label
from frontrunner.race.answers import Changes, Point, Track

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _FOOT = 740, 40, 246, 74, 40, 82
#: a move takes so many units of the width, so that a crossing is seen as one
_TURN = 7.0
#: lines of one place lie so far apart, and a name at their ends takes so much
_APART, _NAMED = 5.0, 18
#: more rows than this are not drawn
_MOST = 14
_DASHES = ("none", "9 4", "2 4", "14 4 2 4", "5 3", "1 3", "18 5")
_QUIET = ("stopped", "withdrawn_after_approval", "silent")
_STYLE = """
text { font: 15px system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', Arial, sans-serif; fill: #111; }
.title { font-weight: 600; font-size: 17px; }
.axis, .note { font-size: 13px; fill: #444; }
.year { stroke: #bbb; stroke-width: 1; stroke-dasharray: 1 4; }
.line { fill: none; stroke: #111; stroke-width: 2.4; stroke-linejoin: round; }
.line.quiet { stroke-width: 1; }
.first .line { stroke-width: 4; }
.first text { font-weight: 600; }
.sign { fill: #111; stroke: #fff; stroke-width: 1.5; }
.stop .sign { fill: none; stroke: #111; stroke-width: 2.6; }
.number { font-size: 11px; fill: #fff; }
.badge { fill: #111; }
"""


class _Stop(msgspec.Struct, frozen=True):
    """One point of a line as drawn."""

    x: float
    y: float
    point: Point
    before: Point | None


def bump(shown: Changes) -> str:
    """The whole file."""
    tracks = drawn(shown.tracks)
    most = max([point.place or 1 for track in tracks for point in track.points], default=1)
    start, end = date.fromisoformat(shown.since), date.fromisoformat(shown.until)
    height = _TOP + most * _ROW + _FOOT
    height = max(height, _TOP + len(tracks) * _NAMED + _FOOT)
    runs = [_stops(track, tracks, start, end) for track in tracks]
    names = spread([one[-1][-1].y for one in runs], height - _FOOT - 2)
    lines = [
        _line(track, number, one, named, (start, end))
        for number, (track, one, named) in enumerate(zip(tracks, runs, names, strict=True), start=1)
    ]
    about = f"{title(shown)}. {len(tracks)} lines; the table of changes says the same in words."
    svg = tag(
        "svg",
        tag("title", title(shown)),
        tag("desc", about),
        tag("style", Markup(_STYLE)),
        tag("rect", width=_WIDTH, height=height, fill="#fff"),
        *_heading(title(shown)),
        *_axis(start, end, most),
        *lines,
        *_notes(shown, len(shown.tracks) - len(tracks), height),
        xmlns="http://www.w3.org/2000/svg",
        width=_WIDTH,
        height=height,
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{svg}\n'


def drawn(tracks: Sequence[Track]) -> list[Track]:
    """The rows that ever had a place, the best of them where there are too many to tell apart."""
    placed = [track for track in tracks if any(point.place for point in track.points)]
    best = sorted(placed, key=lambda track: min(point.place or _MOST * 99 for point in track.points))[:_MOST]
    return [track for track in placed if track in best and min(p.place or 99 for p in track.points) <= _MOST]


def _heading(words: str) -> list[Markup]:
    """The title on two lines at most."""
    first, second = words, ""
    if len(words) > 78:
        cut = words.rfind(", ", 0, 78) + 1
        first, second = words[:cut], words[cut:].strip()
    return [
        tag("text", first, class_="title", x=8, y=24),
        tag("text", second, class_="title", x=8, y=46) if second else Markup(""),
    ]


def _x(day: date, start: date, end: date) -> float:
    room = _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + room * (day - start).days / max((end - start).days, 1), 1)


def _axis(start: date, end: date, most: int) -> list[Markup]:
    """Years above, places at the side."""
    found = [
        tag("text", str(place), class_="axis", x=_LEFT - 16, y=_TOP + place * _ROW - _ROW / 2 + 5, text_anchor="end")
        for place in range(1, most + 1)
    ]
    years = range(start.year + 1, end.year + 1)
    every = max(1, len(years) // 8 + 1)
    for year in years[::every]:
        x = _x(date(year, 1, 1), start, end)
        found.append(tag("line", class_="year", x1=x, x2=x, y1=_TOP - 4, y2=_TOP + most * _ROW))
        found.append(tag("text", str(year), class_="axis", x=x, y=_TOP - 10, text_anchor="middle"))
    return found


def _stops(track: Track, tracks: Sequence[Track], start: date, end: date) -> list[list[_Stop]]:
    """The points of a line in runs: it breaks where the row has no place."""
    runs: list[list[_Stop]] = []
    before: Point | None = None
    for point in track.points:
        if point.place is not None:
            day = date.fromisoformat(point.day)
            y = _TOP + point.place * _ROW - _ROW / 2 + _APART * _level(track, point, tracks)
            if before is None or before.place is None:
                runs.append([])
            runs[-1].append(_Stop(_x(day, start, end), y, point, before))
        before = point
    return runs


def _level(track: Track, point: Point, tracks: Sequence[Track]) -> int:
    """How many lines drawn before share the place that day."""
    others = tracks[: tracks.index(track)]
    return sum(_at(other, point.day) == point.place for other in others)


def _at(track: Track, day: str) -> int | None:
    held = [point for point in track.points if point.day <= day]
    return held[-1].place if held else None


def _line(track: Track, number: int, runs: Sequence[Sequence[_Stop]], named: float, days: tuple[date, date]) -> Markup:
    """A line with its marks, its number where it begins and, at the height `named`, its name."""
    dash = _DASHES[(number - 1) % len(_DASHES)]
    parts: list[Markup] = []
    for at, run in enumerate(runs):
        until = _x(days[1], *days) if at == len(runs) - 1 and track.points[-1].place is not None else run[-1].x + 12
        parts += _pieces(run, until, dash)
    parts += [_mark(stop) for run in runs for stop in run if _notable(stop)]
    first, last = runs[0][0], runs[-1][-1]
    parts.append(tag("circle", class_="badge", cx=first.x, cy=first.y, r=9))
    parts.append(tag("text", str(number), class_="number", x=first.x, y=first.y + 4, text_anchor="middle"))
    leads = last.point.place == 1 and track.points[-1].place is not None
    parts.append(
        tag("text", f"{number} {_short(track.product, 20 if leads else 22)}", x=_WIDTH - _RIGHT + 12, y=named + 5)
    )
    return tag("g", *parts, class_="first" if leads else None)


def _pieces(run: Sequence[_Stop], until: float, dash: str) -> list[Markup]:
    """The line: level while nothing changes, turning just before a change, thin while the row is stopped or silent."""
    found = []
    for at, stop in enumerate(run):
        after = run[at + 1] if at + 1 < len(run) else None
        path = f"M{stop.x} {stop.y}"
        if after is None:
            path += f" H{round(until, 1)}"
        else:
            path += f" H{round(max(stop.x, after.x - _TURN), 1)} L{after.x} {after.y}"
        quiet = " quiet" if stop.point.activity in _QUIET else ""
        found.append(tag("path", class_=f"line{quiet}", d=path, stroke_dasharray=dash))
    return found


def _notable(stop: _Stop) -> bool:
    before = stop.before
    stopped = stop.point.activity in ("stopped", "withdrawn_after_approval")
    return before is not None and (
        before.rung != stop.point.rung or (stopped and before.activity != stop.point.activity)
    )


def _mark(stop: _Stop) -> Markup:
    """A rung reached, or a stop, with its words for who points at it."""
    point, before = stop.point, stop.before
    moved = before is None or before.rung != point.rung
    kind = ("approval" if point.rung == "approved" else "rung") if moved else "stop"
    words = inside(rung(point.rung)) if moved else inside(label("activity", point.activity))
    return tag("g", tag("title", f"{point.day}: {words}"), sign(kind, stop.x, stop.y), class_=f"mark {kind}")


def _short(name: str, room: int) -> str:
    return name if len(name) <= room else name[: room - 1] + "…"


def _notes(shown: Changes, left_out: int, height: float) -> list[Markup]:
    told = [
        "Diamond: approved. Disc: another rung. Cross: stopped. Thin: stopped or silent.",
        "Number: where a line begins." + (f" {left_out} rows not drawn." if left_out else ""),
        f"Clock: {clock_in_words(shown.clock)} · snapshot {shown.snapshot}. {NOTICE}",
    ]
    return [tag("text", line, class_="note", x=8, y=height - 52 + 20 * at) for at, line in enumerate(told)]
