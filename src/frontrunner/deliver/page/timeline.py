"""Where everything stands in the timeline: lanes, marks and bands as days, before anything is drawn."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from frontrunner import vocab
from frontrunner.deliver.views.race import rung
from frontrunner.deliver.views.view import label
from frontrunner.model import PartialDate
from frontrunner.race.answers import Dated
from frontrunner.race.results import Company, Milestone, ProgrammeDossier, Race, Standing

#: effect of an event (vocabulary `event`) -> the mark it gets; every other event is a `side` mark
_MARKS = {"stop": "stop", "pause": "pause", "resume": "resume", "withdraw_licence": "withdrawn"}
_FIRM = frozenset({"proven", "cited"})
#: signs so near that they would hide each other are one, with the words of as many in it
_NEAR, _TOLD = timedelta(days=75), 3


class Mark(msgspec.Struct, frozen=True):
    """One dated thing in a lane, from the first to the last day it can be.

    `kind` is rung, approval, stop, pause, resume, withdrawn or side; `label` is empty for what only the table names;
    `firm` is false for what is implied, contested, unverified or only anticipated. `order` is the rung's, 0 without.
    """

    kind: str
    label: str
    words: str
    first: date
    last: date
    firm: bool
    order: int


class Band(msgspec.Struct, frozen=True):
    """Time that a programme spent on one rung; `order` is the rung's, from 1 to 10.

    `state` is active, paused, silent since the last sign, or open where the rung itself is not firm.
    """

    start: date
    end: date
    order: int
    state: str


class Lane(msgspec.Struct, frozen=True):
    """One row of the race."""

    place: str
    name: str
    company: Company | None
    marks: Sequence[Mark]
    bands: Sequence[Band]


class Timeline(msgspec.Struct, frozen=True):
    """All lanes, the day asked, and the first and last day of the axis (both inclusive)."""

    lanes: Sequence[Lane]
    on: date
    start: date
    end: date


def timeline(race: Race, programmes: Iterable[ProgrammeDossier | Dated]) -> Timeline:
    """The lanes of a race in its order; a programme without a dossier has an empty lane."""
    dossiers = {programme.id: programme for programme in programmes}
    on = date.fromisoformat(race.on)
    lanes = [_lane(race, standing, dossiers.get(standing.id), on) for standing in race.standings]
    days = [on, *(day for lane in lanes for mark in lane.marks for day in (mark.first, mark.last))]
    return Timeline(lanes, on, date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def _lane(race: Race, standing: Standing, programme: ProgrammeDossier | Dated | None, on: date) -> Lane:
    marks = marked(programme.milestones if programme else [], race)
    return Lane(
        place=f"{standing.place}{'=' if standing.tied else ''}",
        name=standing.product.name,
        company=standing.company,
        marks=thinned(marks),
        bands=_bands(marks, on, standing.activity),
    )


def shown(milestones: Iterable[Milestone], race: Race) -> list[Milestone]:
    """The milestones that count in the race's jurisdiction and have a date, in order, each thing once a day."""
    where = race.arena.jurisdiction
    counting = [
        one for one in milestones if one.date and (where is None or where in one.jurisdictions or _everywhere(one))
    ]
    once = {(one.event, one.rung, one.date, tuple(one.jurisdictions), one.lane): one for one in reversed(counting)}
    return sorted(once.values(), key=lambda one: (PartialDate(one.date or "").last, one.date, one.event))


def _everywhere(milestone: Milestone) -> bool:
    event = vocab.load("event").terms.get(milestone.event)
    return "GLOBAL" in milestone.jurisdictions and event is not None and event.extra["everywhere"] == "1"


def marked(milestones: Iterable[Milestone], race: Race) -> list[Mark]:
    """Marks in the order of their days. A rung is labelled where it is first reached, not at every later trial."""
    marks, named = list[Mark](), set[str]()
    for milestone in shown(milestones, race):
        mark = _mark(milestone, race)
        if mark.kind in ("rung", "side") and mark.label in named:
            mark = msgspec.structs.replace(mark, label="")
        named.add(mark.label)
        marks.append(mark)
    return marks


def thinned(marks: Sequence[Mark]) -> list[Mark]:
    """The marks without those that hide behind one just like them; their words go to that one."""
    kept, hidden = list[Mark](), list[list[str]]()
    last: dict[tuple[str, bool], int] = {}
    for mark in marks:
        at = last.get((mark.kind, mark.firm))
        if at is not None and not mark.label and mark.first - kept[at].last < _NEAR:
            hidden[at].append(mark.words)
            continue
        last[mark.kind, mark.firm] = len(kept)
        kept.append(mark)
        hidden.append([])
    return [_with_words(mark, more) if more else mark for mark, more in zip(kept, hidden, strict=True)]


def _with_words(mark: Mark, more: Sequence[str]) -> Mark:
    rest = len(more) - _TOLD
    told = [mark.words, *more[:_TOLD], *([f"and {rest} more"] if rest > 0 else [])]
    return msgspec.structs.replace(mark, words="\n".join(told))


def _mark(milestone: Milestone, race: Race) -> Mark:
    day = PartialDate(milestone.date or "")
    kind = _kind(milestone, race.arena.lane)
    where = ", ".join(milestone.jurisdictions)
    words = f"{day.text}: {label('event', milestone.event)}"
    if milestone.rung:
        words += f", {rung(milestone.rung, milestone.kind)}"
    words += f" ({where}; {milestone.status})" if where else f" ({milestone.status})"
    return Mark(
        kind=kind,
        label=_label(milestone, kind, race.arena.jurisdiction),
        words=words + (", anticipated" if milestone.anticipated else ""),
        first=day.first,
        last=day.last,
        firm=milestone.status in _FIRM and not milestone.anticipated,
        order=_order(milestone) if kind in ("rung", "approval") and not milestone.anticipated else 0,
    )


def _kind(milestone: Milestone, lane: str) -> str:
    term = vocab.load("event").terms.get(milestone.event)
    effect = term.extra["effect"] if term else "none"
    if effect in _MARKS:
        return _MARKS[effect]
    if milestone.rung is None or effect != "advance" or (lane != "all" and milestone.lane != lane):
        return "side"
    return "approval" if milestone.rung == "approved" else "rung"


def _label(milestone: Milestone, kind: str, where: str | None) -> str:
    if kind == "side":
        return "IIT" if milestone.lane == "iit" and milestone.rung else ""
    if kind in ("rung", "approval"):
        several = where is None and kind == "approval" and 0 < len(milestone.jurisdictions) <= 3
        return label("rung", milestone.rung) + (f" {', '.join(milestone.jurisdictions)}" if several else "")
    return label("event", milestone.event)


def _order(milestone: Milestone) -> int:
    return int(vocab.load("rung").terms[milestone.rung or ""].extra["order"])


def _bands(marks: Sequence[Mark], on: date, activity: str) -> list[Band]:
    """Time on each rung until the next, a stop, or the day asked; its state changes with pauses and silence."""
    bands = list[Band]()
    since, order, firm, paused = date.min, 0, True, False
    state = "active"
    for mark in marks:
        before, at = (order, state), min(mark.last, on)
        if mark.order > order:
            order, firm = mark.order, mark.firm
        elif mark.kind in ("stop", "withdrawn"):
            order = 0
        elif mark.kind in ("pause", "resume"):
            paused = mark.kind == "pause"
        state = "paused" if paused else "active" if firm else "open"
        if (order, state) != before:
            bands.append(Band(since, at, *before))
            since = at
    bands += _last_bands(Band(since, on, order, state), marks, activity)
    return [band for band in bands if band.order and band.end > band.start]


def _last_bands(band: Band, marks: Sequence[Mark], activity: str) -> list[Band]:
    """The band that runs into the day asked: cut at the last sign of what has stopped since, or fallen silent."""
    if activity not in ("silent", "stopped"):
        return [band]
    last = max(band.start, min(max([mark.last for mark in marks], default=band.end), band.end))
    seen = msgspec.structs.replace(band, end=last)
    silent = msgspec.structs.replace(band, start=last, state="open" if band.state == "open" else "silent")
    return [seen, silent] if activity == "silent" else [seen]
