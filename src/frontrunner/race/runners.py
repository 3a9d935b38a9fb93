"""Who runs: one row per product and developer of an arena, with what each has certainly reached on the day asked."""

from datetime import date
from typing import Any

import msgspec

from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot, evidence_id, indexed
from frontrunner.race.results import Also, Day, Runner


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """One rung a programme has reached, or may have: the day shown, and the interval it certainly lies in."""

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
    evidence: str

    @property
    def day(self) -> Day:
        """The day shown, with its precision."""
        return Day(self.happened, {4: "year", 7: "month", 10: "day"}[len(self.happened)])


class Programme(msgspec.Struct, kw_only=True):
    """A programme of the arena with its reaches by rung and those that are certain, highest first, and its activity."""

    id: str
    name: str
    product: str
    indication: str | None
    company: str | None
    country: str | None
    modality: str | None
    vector: str | None
    target: str | None
    origin: str | None
    reaches: list[Reach]
    certain: list[Reach]
    activity: dict[str, Any]

    @property
    def best(self) -> Reach | None:
        """The highest rung certainly reached."""
        return self.certain[0] if self.certain else None

    @property
    def runner(self) -> Runner:
        """Its name in another row."""
        return Runner(self.id, self.name)

    @property
    def also(self) -> Also:
        """It as another programme of a row."""
        best = self.best
        return Also(self.id, self.name, best.rung if best else None, best.day if best else None)

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
    parameters = question.parameters()
    reaches: dict[str, list[Reach]] = {}
    for row in snapshot.rows("reached", **parameters):
        reaches.setdefault(row["programme"], []).append(_reach(row))
    activity = indexed(snapshot.rows("activity", **parameters), "programme")
    ids = sorted(reaches.keys() | activity.keys())
    rows = snapshot.rows("programmes", programmes=ids, **parameters)
    subjects = {row["product"] for row in rows} | {row["company"] for row in rows if row["company"]}
    naming = Naming(snapshot.rows("names", subjects=sorted(subjects), **parameters))
    found = [
        Programme(
            id=row["programme"],
            name=naming.programme(row["product"], row["indication_label"]),
            product=row["product"],
            indication=row["indication"],
            company=row["company"],
            country=row["country"],
            modality=row["modality"],
            vector=row["vector"],
            target=row["target"],
            origin=row["origin"],
            reaches=reaches.get(row["programme"], []),
            certain=[reach for reach in reaches.get(row["programme"], []) if reach.certain],
            activity=activity.get(row["programme"], {}),
        )
        for row in rows
    ]
    return sorted(found, key=Programme.furthest_first), naming


def by_product(found: list[Programme]) -> list[list[Programme]]:
    """The programmes of one product and developer together, furthest first; only those with something certain."""
    groups: dict[tuple[str, str | None], list[Programme]] = {}
    for programme in found:
        if programme.best or programme.activity:
            groups.setdefault((programme.product, programme.company), []).append(programme)
    return list(groups.values())


def _reach(row: dict[str, Any]) -> Reach:
    return Reach(
        rung=row["rung"],
        order=row["rung_order"],
        kind=row["kind"],
        happened=row["happened"],
        earliest=row["earliest"],
        latest=row["latest"],
        certain=row["certain"],
        contested=row["contested"],
        status=row["status"],
        because=row["because"] or None,
        evidence=evidence_id(row["doc"], row["place"]),
    )
