"""The forecast of an arena: its standings by the clock asked become the facts that `forecast.racing` races."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from frontrunner import vocab
from frontrunner.forecast.answers import Forecast
from frontrunner.model import PartialDate
from frontrunner.race import standings, steps
from frontrunner.race.question import Asking, Question, Snapshot, asked
from frontrunner.race.results import Arena, Standing

if TYPE_CHECKING:
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import Entrant

#: the options of a forecast that are not those of a race
_OWN = ("years", "prior_weight", "correlation", "class_failure", "seed")


class ForecastAsking(Asking, total=False):
    """The options of a race, and what a forecast assumes."""

    years: int
    prior_weight: float
    correlation: float
    class_failure: float
    seed: int


def forecast(snapshot: Snapshot, indication: str | None, asking: ForecastAsking) -> Forecast:
    """The forecast of an arena; by the clock `then` where none is named. Raises UsageError for what cannot be asked."""
    from frontrunner.forecast import limits, racing

    chosen = racing.Settings(**{name: value for name, value in asking.items() if name in _OWN})  # type: ignore[arg-type]
    question = asked(indication, **{"clock": "then"} | narrowed(asking), within=snapshot)
    race = standings.race(snapshot, question)
    orphans = _orphans(snapshot, question)
    field = [_entrant(question, row, orphans) for row in race.standings]
    found = racing.race(field, _past(snapshot, question, field), question.on, chosen)
    arena = race.arena
    names = {
        "indication": arena.indication.id if arena.indication else None,
        **{name: getattr(arena, name) for name in ("modality", "target", "origin", "lane")},
    }
    return Forecast(
        title=_title(arena),
        arena=names,
        jurisdiction=arena.jurisdiction,
        on=race.on,
        clock=race.clock,
        horizon=found.nobody_by[-1].by,
        **found._asdict(),
        assumptions=racing.assumptions(chosen, question.on),
        limits=limits.of("forecast"),
        snapshot=race.snapshot,
        built_at=race.built_at,
    )


def _title(arena: Arena) -> str:
    """What is raced for: `hemophilia B, AAV gene therapy, target F9`."""
    kind = vocab.load("modality").terms[arena.modality].label if arena.modality else None
    target = f"target {arena.target}" if arena.target else None
    return ", ".join(filter(None, (arena.indication.label if arena.indication else None, kind, target)))


def narrowed(asking: ForecastAsking) -> dict[str, Any]:
    """The options that are those of a race."""
    return {name: value for name, value in asking.items() if name not in _OWN}


def _entrant(question: Question, row: Standing, orphans: set[str]) -> Entrant:
    from frontrunner.forecast.racing import Entrant, month

    months = 0
    if row.reached:
        reached = PartialDate(row.reached.date)
        middle = reached.first + (reached.last - reached.first) / 2
        months = max(month(question.on) - month(middle), 0)
    return Entrant(
        id=row.id,
        programme=row.programme,
        kinds=tuple(_kinds(row.modality)),
        target=row.target,
        orphan=True if row.id in orphans else None,
        rung=row.rung,
        months=months,
        activity=row.activity,
        reached_on=row.reached.date if row.reached else None,
    )


def _kinds(modality: str | None) -> Iterable[str]:
    """A kind of medicine and what it is a kind of, the nearest first; nothing for none."""
    terms, waiting, seen = vocab.load("modality").terms, [modality] if modality else [], set[str]()
    while waiting:
        one = waiting.pop(0)
        if one not in seen and one in terms:
            seen.add(one)
            waiting += terms[one].parents
            yield one


def _orphans(snapshot: Snapshot, question: Question) -> set[str]:
    """The programmes with an orphan designation that is certain on the day."""
    held = steps.steps(snapshot, question, ["orphan_designation"])
    return {step.programme for step in held if step.certain}


def _past(snapshot: Snapshot, question: Question, field: Iterable[Entrant]) -> list[History]:
    """The dated rungs of each programme and when the public first saw one; whoever is active gives a sign today."""
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import RUNGS, month, rising

    public: dict[str, int] = {}
    for moment in steps.moments(snapshot, question, list(RUNGS)):
        if moment.step:
            known = month(moment.day)
            public[moment.programme] = min(public.get(moment.programme, known), known)
    reached: dict[str, list[tuple[int, str]]] = {}
    for step in steps.steps(snapshot, question, list(RUNGS)):
        if step.certain and step.phase is None and step.programme in public:
            middle = step.earliest + (step.latest - step.earliest) / 2
            reached.setdefault(step.programme, []).append((month(middle), RUNGS[step.milestone]))
    quiet = {one.id for one in field if one.activity in ("silent", "stopped")}
    today = month(question.on)
    return [
        History(
            programme=programme,
            steps=rising(path),
            known_from=public[programme],
            signs=() if programme in quiet else (today,),
        )
        for programme, path in reached.items()
    ]
