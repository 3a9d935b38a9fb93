"""What each programme of an arena has reached, rungs and other milestones, on a day or day by day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from frontrunner import vocab
from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.results import Product, Runner

#: the events beside the rungs in which being first means something, in the order in which they tend to come
EVENTS = (
    "registered",
    "first_patient",
    "orphan_designation",
    "fast_track",
    "rmat",
    "breakthrough_designation",
    "prime",
    "sakigake",
    "enrolment_complete",
    "primary_completion",
    "topline_positive",
    "results_posted",
    "priority_review",
    "orphan_exclusivity",
    "first_commercial_patient",
    "launched",
)
#: the rungs that a study reaches
PHASES = ("phase_1", "phase_1_2", "phase_2", "pivotal")


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone that one programme has reached, or may have: the day shown, and the interval that it lies in."""

    programme: str
    milestone: str
    phase: str | None
    happened: str
    kind: str | None
    earliest: date
    latest: date
    certain: bool
    contested: bool
    status: str
    because: str | None
    authority: str
    evidence: str


class Moment(msgspec.Struct, frozen=True):
    """From `day` on this is what is known of one milestone of one programme; no step: nothing any more."""

    day: date
    programme: str
    milestone: str
    phase: str | None
    step: Step | None


class Entrant(msgspec.Struct, frozen=True):
    """A programme as a rival: other products only are rivals of a product."""

    runner: Runner
    product: str
    called: Product
    company: str | None
    modality: str | None
    origin: str | None
    indication: str | None

    @property
    def use(self) -> tuple[str, str | None]:
        """Its product and disease, whoever develops it."""
        return self.product, self.indication


def steps(snapshot: Snapshot, question: Question, wanted: Sequence[str] = ()) -> list[Step]:
    """What is known on the day asked, by the clock asked; `wanted` narrows it to some milestones."""
    return [moment.step for moment in _moments(snapshot, question, wanted, history=False) if moment.step]


def moments(snapshot: Snapshot, question: Question, wanted: Sequence[str] = ()) -> list[Moment]:
    """How what the public could know changed until the day asked, oldest first."""
    public = msgspec.structs.replace(question, clock="then")
    return _moments(snapshot, public, wanted, history=True)


def entrants(snapshot: Snapshot, question: Question, programmes: Sequence[str]) -> dict[str, Entrant]:
    """The programmes by id, called as on the day asked."""
    parameters = question.parameters()
    rows = snapshot.rows("programmes", numbers=[], programmes=sorted(set(programmes)), **parameters)
    naming = Naming(snapshot.rows("names", subjects=sorted({row["product"] for row in rows}), **parameters))
    return {
        row["programme"]: Entrant(
            Runner(row["programme"], naming.programme(row["product"], row["indication_label"])),
            row["product"],
            naming.product(row["product"]),
            row["company"],
            row["modality"],
            row["origin"],
            row["indication"],
        )
        for row in rows
    }


def order(milestone: str) -> int:
    """Where a milestone stands: the rungs from the highest down, then the events."""
    ladder = list(reversed(vocab.load("rung").terms))
    return ladder.index(milestone) if milestone in ladder else len(ladder) + EVENTS.index(milestone)


def _moments(snapshot: Snapshot, question: Question, wanted: Sequence[str], history: bool) -> list[Moment]:
    events = [event for event in EVENTS if event != "first_patient"]
    rows = snapshot.rows(
        "steps", **question.parameters(), events=events, phases=PHASES, wanted=list(wanted), history=history
    )
    return [_moment(row) for row in rows]


def _moment(row: dict[str, Any]) -> Moment:
    step = step_of(row) if row["doc"] is not None else None
    return Moment(row["day"], row["programme"], row["milestone"], row["phase"], step)


def step_of(row: dict[str, Any]) -> Step:
    """A step from a row that has its columns, the document and the place in it."""
    proof = evidence_id(row["doc"], row["place"])
    return Step(**{name: row[name] for name in _COLUMNS}, because=row["because"] or None, evidence=proof)


_COLUMNS = [field for field in Step.__struct_fields__ if field not in ("because", "evidence")]
