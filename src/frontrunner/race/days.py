"""The rows of an arena day by day: those of `race` on every day on which something of it changes, asked all at once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from frontrunner.errors import UsageError
from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Day, Product, Runner
from frontrunner.race.runners import Cast, Heard, Programme, Reach, Signs, by_number, by_product, called, heard, runner
from frontrunner.race.standings import activity_of, in_places

#: more days than a person reads
MOST_DAYS = 3000
#: programmes times days: what a few gigabytes hold
MOST_ROWS = 2_000_000
_NARROWER = "bring --from and --to closer, or narrow the arena"


class Row(msgspec.Struct, frozen=True):
    """One row of the standings of a day, as far as a change of order goes; `company` is an id."""

    id: str
    programme: str
    product: Product
    company: str | None
    place: int
    rung: str | None
    reached: Day | None
    activity: str

    @property
    def runner(self) -> Runner:
        """Its name in another row."""
        return Runner(self.id, self.programme)


class Changing:
    """The days of change of an arena after `since` (None: all) until the day of a question, and its rows on each.

    Raises UsageError where there are too many.
    """

    def __init__(self, snapshot: Snapshot, question: Question, since: date | None) -> None:
        span = {"since": since or date.min, "until": question.on}
        moved = snapshot.rows("days_of_change", **question.parameters(), **span)
        self.days = list(dict.fromkeys(row["day"] for row in moved))
        if len(self.days) > MOST_DAYS:
            told = f"{len(self.days)} days of change in this arena"
            raise UsageError(f"{told}; {_NARROWER}")
        programmes = len({row["number"] for row in moved})
        if len(self.days) * programmes > MOST_ROWS:
            raise UsageError(f"{len(self.days)} days of change of {programmes:,} programmes in this arena; {_NARROWER}")
        self.first = since or (self.days[0] - timedelta(1) if self.days else question.on)
        self._snapshot, self._question = snapshot, question
        self._numbers, self._on = [row["number"] for row in moved], [row["day"] for row in moved]

    def rows(self) -> Iterator[tuple[date, list[Row]]]:
        """The first day and each day of change, with the rows of that day in their order."""
        opening = msgspec.structs.replace(self._question, on=self.first)
        held = by_number(*heard(self._snapshot, opening))
        changed = self._heard()
        cast = _Casting(self._snapshot, self._question, sorted({*held, *self._numbers}), self.first)
        active: dict[int, str] = {}
        for day in [self.first, *self.days]:
            asked = msgspec.structs.replace(self._question, on=day)
            held |= changed.get(day, {})
            known, naming = cast.on(day)
            found = {number: runner(known[number], naming, *one, None) for number, one in held.items() if any(one)}
            for number in changed.get(day, {}) if day > self.first else found:
                if number in found:  # a later day would take for silence what is no change
                    active[number] = activity_of(asked, found[number])
            yield day, _rows(naming, found.values(), {one.id: active[number] for number, one in found.items()})

    def _heard(self) -> dict[date, dict[int, Heard]]:
        """What is heard of each programme on each of its days of change; nothing where it is heard of no more."""
        told: dict[date, tuple[list[Reach], list[Signs]]] = {day: ([], []) for day in self.days}
        reaches, signs = heard(self._snapshot, self._question, self._numbers, self._on) if self._numbers else ([], [])
        for reach in reaches:
            told[reach.on][0].append(reach)
        for one in signs:
            told[one.on][1].append(one)
        silent: dict[date, dict[int, Heard]] = {day: {} for day in self.days}
        for number, day in zip(self._numbers, self._on, strict=True):
            silent[day][number] = ([], None)
        return {day: silent[day] | by_number(*told[day]) for day in self.days}


class _Casting:
    """Who the programmes of an arena are on any day: asked anew only where a developer or a name may have changed."""

    def __init__(self, snapshot: Snapshot, question: Question, numbers: list[int], first: date) -> None:
        self.snapshot, self.question, self.numbers = snapshot, question, numbers
        span = {"numbers": numbers, "since": first, "until": question.on, "clock": question.clock}
        self.days = [row["day"] for row in snapshot.rows("days_of_names", **span)]
        self.part: int | None = None
        self.held: tuple[dict[int, Cast], Naming] = ({}, Naming([]))

    def on(self, day: date) -> tuple[dict[int, Cast], Naming]:
        """Their rows by number and their names."""
        part = bisect_right(self.days, day)
        if part != self.part:
            asked = msgspec.structs.replace(self.question, on=day)
            self.part, self.held = part, called(self.snapshot, asked, self.numbers)
        return self.held


def _rows(naming: Naming, found: Iterable[Programme], active: Mapping[str, str]) -> list[Row]:
    leaders = [group[0] for group in by_product(sorted(found, key=Programme.furthest_first))]
    return [_row(naming, place, leader, active[leader.id]) for place, leader in in_places(leaders)]


def _row(naming: Naming, place: int, leader: Programme, activity: str) -> Row:
    best = leader.best
    return Row(
        id=leader.id,
        programme=leader.name,
        product=naming.product(leader.cast.product),
        company=leader.cast.company,
        place=place,
        rung=best.rung if best else None,
        reached=best.day if best else None,
        activity=activity,
    )


def paired(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one product and developer; a product that changed hands, or whose furthest programme is another now."""
    left: dict[str, list[Row]] = {}
    for row in before:
        left.setdefault(row.product.id, []).append(row)
    now: dict[str, list[Row]] = {}
    for row in after:
        now.setdefault(row.product.id, []).append(row)
    for new in after:
        candidates = left.get(new.product.id, [])
        old = next((row for row in candidates if _same(row, new)), None) or next(
            (row for row in candidates if not any(_same(row, one) for one in now[new.product.id])), None
        )
        if old:
            candidates.remove(old)
        yield old, new
    yield from ((old, None) for old in before if any(old is one for one in left[old.product.id]))


def _same(old: Row, new: Row) -> bool:
    return old.id == new.id or (old.product.id == new.product.id and old.company == new.company)
