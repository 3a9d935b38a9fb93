"""Who runs: one row per product and developer of an arena, with what each has certainly reached on the day asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.results import Also, Day, Runner

_PRECISION = {4: "year", 7: "month", 10: "day"}


class Reach(msgspec.Struct, frozen=True, gc=False):
    """One rung a programme has reached, or may have: the day shown, and the interval it certainly lies in.

    A row of reached.sql.
    """

    number: int
    on: date
    rung: str
    order: int
    kind: str | None
    happened: str
    earliest: date
    latest: date
    certain: bool
    contested: bool
    status: str
    because: str | None
    doc: int
    place: str

    @property
    def day(self) -> Day:
        """The day shown, with its precision."""
        return Day(self.happened, _PRECISION[len(self.happened)])

    @property
    def evidence(self) -> str:
        """The id of the words behind it."""
        return evidence_id(self.doc, self.place)


class Signs(msgspec.Struct, frozen=True, gc=False):
    """What is heard of a programme by a day, from which its activity follows. A row of activity.sql."""

    number: int
    on: date
    stopped_on: date | None
    moved_on: date | None
    approved_in: list[list[str]]
    withdrawn_in: list[list[str]]
    turned_down_on: date | None
    paused_on: date | None
    resumed_on: date | None
    last_sign: date
    given_up: bool
    registered: list[str] | None

    @property
    def trials(self) -> list[str]:
        """The registered studies, each once."""
        return sorted({id for ids in self.registered or () for id in ids.split("|")})


#: what is heard of a programme on a day
Heard = tuple[list[Reach], Signs | None]


class Cast(msgspec.Struct, frozen=True, gc=False):
    """What a programme is and whose on a day. A row of programmes.sql."""

    id: str
    number: int
    product: str
    indication: str | None
    indication_label: str | None
    modality: str | None
    vector: str | None
    target: str | None
    origin: str | None
    company: str | None
    country: str | None


class Programme(msgspec.Struct, frozen=True, gc=False):
    """A programme of the arena with its reaches by rung and those that are certain, highest first, and its signs.

    `best` is the highest rung certainly reached. `last_word` is the last thing that happened to it, as (evidence id,
    status): known where no rung is certain.
    """

    id: str
    name: str
    cast: Cast
    reaches: list[Reach]
    certain: list[Reach]
    best: Reach | None
    signs: Signs | None
    last_word: tuple[str, str] | None

    @property
    def runner(self) -> Runner:
        """Its name in another row."""
        return Runner(self.id, self.name)

    @property
    def use(self) -> tuple[str, str | None]:
        """Its product and disease, whoever develops it."""
        return self.cast.product, self.cast.indication

    @property
    def also(self) -> Also:
        """It as another programme of a row."""
        best = self.best
        if best is None:
            return Also(self.id, self.name, None, None, self.last_word[1] if self.last_word else "unverified")
        return Also(self.id, self.name, best.rung, best.day, best.status)

    def at(self, rung: str) -> Reach | None:
        """Its certain reach of that rung."""
        return next((reach for reach in self.certain if reach.rung == rung), None)

    def furthest_first(self) -> tuple[int, date, date, str]:
        """The order of programmes: highest rung, then earliest day there."""
        best = self.best
        if best is None:
            return (0, date.max, date.max, self.id)
        return (-best.order, best.latest, best.earliest, self.id)


def programmes(snapshot: Snapshot, question: Question) -> tuple[list[Programme], Naming]:
    """Every programme of the arena with anything that has happened, or may have, by the day asked."""
    found = by_number(*heard(snapshot, question))
    cast, naming = called(snapshot, question, list(found))
    words = last_words(snapshot, question, found)
    made = [runner(cast[number], naming, *one, words.get(number)) for number, one in found.items()]
    made.sort(key=Programme.furthest_first)
    return made, naming


def heard(
    snapshot: Snapshot, question: Question, numbers: Sequence[int] = (), days: Sequence[date] = ()
) -> tuple[list[Reach], list[Signs]]:
    """What the programmes of an arena have reached, highest first, and what else is heard of them, by the day asked.

    Of `numbers`, where they are given, by the `days` beside them.
    """
    parameters = {**question.parameters(), "numbers": list(numbers), "days": list(days)}
    return snapshot.structs("reached", Reach, **parameters), snapshot.structs("activity", Signs, **parameters)


def by_number(reaches: Iterable[Reach], signs: Iterable[Signs]) -> dict[int, Heard]:
    """What is heard of each programme on one day."""
    reached: dict[int, list[Reach]] = {}
    for reach in reaches:
        reached.setdefault(reach.number, []).append(reach)
    found: dict[int, Heard] = {one.number: (reached.pop(one.number, []), one) for one in signs}
    return found | {number: (its, None) for number, its in reached.items()}


def called(snapshot: Snapshot, question: Question, numbers: list[int]) -> tuple[dict[int, Cast], Naming]:
    """What programmes are, by number, and the names of their products and developers."""
    parameters = question.parameters()
    rows = snapshot.structs("programmes", Cast, numbers=numbers, programmes=[], **parameters)
    subjects = {row.product for row in rows} | {row.company for row in rows if row.company}
    naming = Naming(snapshot.rows("names", subjects=sorted(subjects), **parameters))
    return {row.number: row for row in rows}, naming


def runner(
    cast: Cast, naming: Naming, reaches: list[Reach], signs: Signs | None, last_word: tuple[str, str] | None
) -> Programme:
    """A programme with what is heard of it."""
    certain = [reach for reach in reaches if reach.certain]
    name = naming.programme(cast.product, cast.indication_label)
    return Programme(cast.id, name, cast, reaches, certain, certain[0] if certain else None, signs, last_word)


def last_words(snapshot: Snapshot, question: Question, found: Mapping[int, Heard]) -> dict[int, tuple[str, str]]:
    """The last thing that happened to each programme that has no certain rung."""
    numbers = [
        number for number, (reaches, signs) in found.items() if signs and not any(reach.certain for reach in reaches)
    ]
    if not numbers:
        return {}
    days = [question.on] * len(numbers)
    rows = snapshot.rows("last_words", **question.parameters(), numbers=numbers, days=days)
    return {row["number"]: (evidence_id(row["doc"], row["place"]), row["status"]) for row in rows}


def by_product(found: list[Programme]) -> list[list[Programme]]:
    """The programmes of one product and developer together, furthest first; only those with something certain."""
    groups: dict[tuple[str, str | None], list[Programme]] = {}
    for programme in found:
        if programme.best or programme.signs:
            groups.setdefault((programme.cast.product, programme.cast.company), []).append(programme)
    return list(groups.values())
