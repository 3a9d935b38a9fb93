"""Every change of order of an arena between two days, and the milestones that made each."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from frontrunner.errors import UsageError
from frontrunner.model import PartialDate
from frontrunner.race.answers import Changes, Leaders, Move, Point, Track
from frontrunner.race.days import Changing, Row, paired
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Milestone, Runner
from frontrunner.race.standings import coverage
from frontrunner.race.why import dated


def changes(
    snapshot: Snapshot,
    question: Question,
    since: date | None,
    progress: Callable[[int], None] = lambda days: None,
) -> Changes:
    """What changed after `since` (None: from the beginning) until the day of the question, by its clock.

    Raises UsageError where the two days are in the wrong order or hold too many days of change.
    """
    if since is not None and since >= question.on:
        raise UsageError(f"--from {since} is not before --to {question.on}")
    changing = Changing(snapshot, question, since)
    tracks, moved, leaders = _Tracks(), list[_Moved](), list[Leaders]()
    before: list[Row] = []
    for number, (day, after) in enumerate(changing.rows()):
        if number:
            moved += _moved(day, before, after)
            progress(1)
        tracks.add(day, after)
        if not leaders or _ids(_leaders(day, after)) != _ids(leaders[-1]):
            leaders.append(_leaders(day, after))
        before = after
    return Changes(
        arena=question.arena(),
        since=changing.first.isoformat(),
        until=question.on.isoformat(),
        clock=question.clock,
        moves=_moves(snapshot, question, moved),
        leaders=[one for at, one in enumerate(leaders) if at or one.first],
        tracks=tracks.found(),
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _leaders(day: date, rows: Sequence[Row]) -> Leaders:
    first = [row for row in rows if row.place == 1 and row.rung]
    return Leaders(day.isoformat(), [row.runner for row in first], first[0].rung if first else None)


def _ids(leaders: Leaders) -> set[str]:
    """Who leads, whatever they are called that day."""
    return {runner.id for runner in leaders.first}


# Moves


class _Moved(msgspec.Struct, frozen=True):
    """What changed in one row on one day, before the milestones that made it are sought."""

    day: date
    kinds: list[str]
    old: Row | None
    new: Row | None
    overtook: list[Runner]
    drew_level: list[Runner]

    @property
    def shown(self) -> Row:
        """The row as it is, else as it was."""
        shown = self.new or self.old
        assert shown is not None, "a pair has a side"
        return shown


def _moved(day: date, before: Sequence[Row], after: Sequence[Row]) -> Iterator[_Moved]:
    pairs = list(paired(before, after))
    for old, new in pairs:
        kinds = _kinds(old, new)
        if kinds:
            reordered = "rung" in kinds or "date" in kinds
            overtook = _overtaken(old, new, pairs) if reordered else []
            yield _Moved(day, kinds, old, new, overtook, _levelled(old, new, pairs) if reordered else [])


def _moves(snapshot: Snapshot, question: Question, moved: Sequence[_Moved]) -> list[Move]:
    """The moves with the milestones that made them, all asked at once."""
    ids = sorted({one.shown.id for one in moved})
    told = dated(snapshot, ids, question.on, question.clock, ever=True)
    said = {one.id: one.milestones for one in told}
    return [_move(question, one, said[one.shown.id]) for one in moved]


def _move(question: Question, moved: _Moved, said: Sequence[Milestone]) -> Move:
    old, new, shown = moved.old, moved.new, moved.shown
    made = _made(question, moved.day, said, moved.kinds)
    return Move(
        day=moved.day.isoformat(),
        kinds=moved.kinds,
        id=shown.id,
        programme=shown.programme,
        place_before=old.place if old else None,
        place=new.place if new else None,
        rung_before=old.rung if old else None,
        rung=new.rung if new else None,
        reached=new.reached if new else None,
        activity_before=old.activity if old else None,
        activity=new.activity if new else None,
        overtook=moved.overtook,
        drew_level=moved.drew_level,
        why=_why(moved.kinds, shown, made),
        milestones=made,
    )


def _kinds(old: Row | None, new: Row | None) -> list[str]:
    if old is None or new is None:
        return ["entry" if old is None else "exit"]
    kinds = []
    if old.rung != new.rung:
        kinds.append("rung")
    elif old.reached != new.reached:
        kinds.append("date")
    if old.activity != new.activity:
        kinds.append("activity")
    return kinds


_Pairs = Sequence[tuple[Row | None, Row | None]]


def _overtaken(old: Row | None, new: Row | None, pairs: _Pairs) -> list[Runner]:
    """Who was ahead and is behind now, or was level and is."""
    return [
        Runner(theirs.id, theirs.programme)
        for was, theirs in pairs
        if old and new and was and theirs and theirs is not new and was.place <= old.place and theirs.place > new.place
    ]


def _levelled(old: Row | None, new: Row | None, pairs: _Pairs) -> list[Runner]:
    """Who was ahead and is level now."""
    return [
        Runner(theirs.id, theirs.programme)
        for was, theirs in pairs
        if old and new and was and theirs and theirs is not new and was.place < old.place and theirs.place == new.place
    ]


def _made(question: Question, day: date, said: Sequence[Milestone], kinds: Sequence[str]) -> list[Milestone]:
    """The statements that made a change: what happened or became known that day; for activity any sign, anywhere."""
    on = day.isoformat()
    if question.clock == "then":
        said = [one for one in said if one.known_from <= on and (one.known_to is None or one.known_to > on)]
    known = question.clock == "then" or "activity" in kinds
    made = [one for one in said if _on(one, on, known)]
    here = [one for one in made if _counts(one, question)]
    return here if here or "activity" not in kinds else [one for one in made if not one.anticipated]


def _counts(milestone: Milestone, question: Question) -> bool:
    place = question.jurisdiction
    here = place is None or place in milestone.jurisdictions or not milestone.jurisdictions
    return here and not milestone.anticipated and question.lane in ("all", milestone.lane)


def _on(milestone: Milestone, day: str, known: bool) -> bool:
    last = PartialDate(milestone.date).last.isoformat() if milestone.date else ""
    return last == day or (known and milestone.known_from == day and last <= day)


def _why(kinds: Sequence[str], row: Row, made: Sequence[Milestone]) -> str | None:
    """What no milestone explains."""
    if made:
        return None
    if "activity" in kinds and row.activity == "silent":
        return "no public sign for 24 months"
    return "a statement was revised or given up"


# Tracks


class _Tracks:
    """The places of each row over time, a point where anything of it changes."""

    def __init__(self) -> None:
        self.tracks: list[tuple[list[Row], list[Point]]] = []
        self.last: list[Row] = []
        self.of_last: dict[int, tuple[list[Row], list[Point]]] = {}

    def add(self, day: date, rows: list[Row]) -> None:
        """The rows of a day."""
        of_rows = {}
        for old, new in paired(self.last, rows):
            track = self.of_last[id(old)] if old is not None else ([], [])
            if old is None:
                self.tracks.append(track)
            if new is not None:
                track[0].append(new)
                of_rows[id(new)] = track
            point = _point(day, new)
            if not track[1] or (track[1][-1].place, track[1][-1].rung, track[1][-1].activity) != (
                point.place,
                point.rung,
                point.activity,
            ):
                track[1].append(point)
        self.last, self.of_last = rows, of_rows

    def found(self) -> list[Track]:
        """Every row that ever stood, in the order of the last standings, those that left last."""
        order = {id(row): at for at, row in enumerate(self.last)}
        ordered = sorted(self.tracks, key=lambda track: order.get(id(track[0][-1]), len(order)))
        return [Track(rows[-1].id, rows[-1].programme, rows[-1].product.name, points) for rows, points in ordered]


def _point(day: date, row: Row | None) -> Point:
    if row is None:
        return Point(day.isoformat(), None, None, None)
    return Point(day.isoformat(), row.place if row.rung else None, row.rung, row.activity)
