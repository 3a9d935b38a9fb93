"""Every change of order of an arena between two days, and the milestones that made each.

The standings are those of `race`, asked only on days on which something of the arena happened or became known.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from frontrunner.errors import UsageError
from frontrunner.model import PartialDate
from frontrunner.race.answers import Changes, Leaders, Move, Point, Track
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Milestone, Race, Runner, Standing
from frontrunner.race.standings import coverage, race
from frontrunner.race.why import milestones

#: more days than a person reads, and as many races to ask
MOST_DAYS = 3000


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
    days = _days(snapshot, question, since or date.min)
    first = since or (days[0] - timedelta(1) if days else question.on)
    before = race(snapshot, msgspec.structs.replace(question, on=first))
    tracks, moves, leaders = _Tracks(), list[Move](), [_leaders(before)]
    tracks.add(first, before)
    for day in days:
        after = race(snapshot, msgspec.structs.replace(question, on=day))
        moves += _moves(snapshot, question, day, before, after)
        tracks.add(day, after)
        if _ids(_leaders(after)) != _ids(leaders[-1]):
            leaders.append(_leaders(after))
        before = after
        progress(1)
    return Changes(
        arena=question.arena(),
        since=first.isoformat(),
        until=question.on.isoformat(),
        clock=question.clock,
        moves=moves,
        leaders=[one for at, one in enumerate(leaders) if at or one.first],
        tracks=tracks.found(),
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _days(snapshot: Snapshot, question: Question, since: date) -> list[date]:
    rows = snapshot.rows("days_of_change", **question.parameters(), since=since, until=question.on)
    if len(rows) > MOST_DAYS:
        raise UsageError(f"{len(rows)} days of change in this arena; bring --from and --to closer, or narrow the arena")
    return [row["day"] for row in rows]


def _leaders(answer: Race) -> Leaders:
    first = [row for row in answer.standings if row.place == 1 and row.rung]
    return Leaders(answer.on, [Runner(row.id, row.programme) for row in first], first[0].rung if first else None)


def _ids(leaders: Leaders) -> set[str]:
    """Who leads, whatever they are called that day."""
    return {runner.id for runner in leaders.first}


# Moves


def _moves(snapshot: Snapshot, question: Question, day: date, before: Race, after: Race) -> Iterator[Move]:
    pairs = list(_paired(before.standings, after.standings))
    for old, new in pairs:
        kinds = _kinds(old, new)
        if not kinds:
            continue
        shown = new or old
        assert shown is not None, "a pair has a side"
        made = _made(snapshot, question, day, shown.id, kinds)
        yield Move(
            day=day.isoformat(),
            kinds=kinds,
            id=shown.id,
            programme=shown.programme,
            place_before=old.place if old else None,
            place=new.place if new else None,
            rung_before=old.rung if old else None,
            rung=new.rung if new else None,
            reached=new.reached if new else None,
            activity_before=old.activity if old else None,
            activity=new.activity if new else None,
            overtook=_overtaken(old, new, pairs) if "rung" in kinds or "date" in kinds else [],
            drew_level=_levelled(old, new, pairs) if "rung" in kinds or "date" in kinds else [],
            why=_why(kinds, shown, made),
            milestones=made,
        )


def _paired(before: Sequence[Standing], after: Sequence[Standing]) -> Iterator[tuple[Standing | None, Standing | None]]:
    """Rows of one product and developer; a product that changed hands, or whose furthest programme is another now."""
    left = list(before)
    for new in after:
        old = next((row for row in left if _same(row, new)), None) or next(
            (row for row in left if row.product.id == new.product.id and not any(_same(row, one) for one in after)),
            None,
        )
        if old:
            left.remove(old)
        yield old, new
    yield from ((old, None) for old in left)


def _same(old: Standing, new: Standing) -> bool:
    return old.id == new.id or (old.product.id == new.product.id and old.company == new.company)


def _kinds(old: Standing | None, new: Standing | None) -> list[str]:
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


_Pairs = Sequence[tuple[Standing | None, Standing | None]]


def _overtaken(old: Standing | None, new: Standing | None, pairs: _Pairs) -> list[Runner]:
    """Who was ahead and is behind now, or was level and is."""
    return [
        Runner(theirs.id, theirs.programme)
        for was, theirs in pairs
        if old and new and was and theirs and theirs is not new and was.place <= old.place and theirs.place > new.place
    ]


def _levelled(old: Standing | None, new: Standing | None, pairs: _Pairs) -> list[Runner]:
    """Who was ahead and is level now."""
    return [
        Runner(theirs.id, theirs.programme)
        for was, theirs in pairs
        if old and new and was and theirs and theirs is not new and was.place < old.place and theirs.place == new.place
    ]


def _made(snapshot: Snapshot, question: Question, day: date, programme: str, kinds: Sequence[str]) -> list[Milestone]:
    """The statements that made a change: what happened or became known that day; for activity any sign, anywhere."""
    found = milestones(snapshot, programme, day, question.clock)
    known = question.clock == "then" or "activity" in kinds
    made = [one for one in found if _on(one, day.isoformat(), known)]
    here = [one for one in made if _counts(one, question)]
    return here if here or "activity" not in kinds else [one for one in made if not one.anticipated]


def _counts(milestone: Milestone, question: Question) -> bool:
    place = question.jurisdiction
    here = place is None or place in milestone.jurisdictions or not milestone.jurisdictions
    return here and not milestone.anticipated and question.lane in ("all", milestone.lane)


def _on(milestone: Milestone, day: str, known: bool) -> bool:
    last = PartialDate(milestone.date).last.isoformat() if milestone.date else ""
    return last == day or (known and milestone.known_from == day and last <= day)


def _why(kinds: Sequence[str], row: Standing, made: Sequence[Milestone]) -> str | None:
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
        self.tracks: list[tuple[list[Standing], list[Point]]] = []
        self.last: list[Standing] = []

    def add(self, day: date, answer: Race) -> None:
        """The standings of a day."""
        for old, new in _paired(self.last, answer.standings):
            track = next((track for track in self.tracks if old is not None and track[0][-1] is old), None)
            if track is None:
                track = ([], [])
                self.tracks.append(track)
            if new is not None:
                track[0].append(new)
            point = _point(day, new)
            if not track[1] or (track[1][-1].place, track[1][-1].rung, track[1][-1].activity) != (
                point.place,
                point.rung,
                point.activity,
            ):
                track[1].append(point)
        self.last = answer.standings

    def found(self) -> list[Track]:
        """Every row that ever stood, in the order of the last standings, those that left last."""
        order = {id(row): at for at, row in enumerate(self.last)}
        ordered = sorted(self.tracks, key=lambda track: order.get(id(track[0][-1]), len(order)))
        return [Track(rows[-1].id, rows[-1].programme, rows[-1].product.name, points) for rows, points in ordered]


def _point(day: date, row: Standing | None) -> Point:
    if row is None:
        return Point(day.isoformat(), None, None, None)
    return Point(day.isoformat(), row.place if row.rung else None, row.rung, row.activity)
