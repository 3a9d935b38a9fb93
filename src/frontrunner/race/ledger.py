"""The firsts ledger: who was first at each rung and milestone of an arena, and what the answer was on earlier days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from frontrunner import vocab
from frontrunner.race.answers import FirstOf, Firsts, Podium
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Runner
from frontrunner.race.standings import coverage
from frontrunner.race.steps import PHASES, Entrant, Moment, Step, entrants, moments, order, steps

#: the places that a ledger without --in tells apart, beside the first anywhere
PLACES = ("CN", "US", "EU", "UK", "JP")

_Key = tuple[str, str | None]


def ledger(snapshot: Snapshot, question: Question) -> Firsts:
    """One row per rung and milestone that anybody has certainly reached, by place; highest rung first."""
    places = [question.jurisdiction] if question.jurisdiction else [None, *PLACES]
    rows = [row for place in places for row in _rows(snapshot, msgspec.structs.replace(question, jurisdiction=place))]
    at = {place: number for number, place in enumerate(places)}
    rows.sort(key=lambda row: (order(row.milestone), row.phase is not None, _phase(row), at[row.jurisdiction]))
    return Firsts(
        arena=question.arena(),
        on=question.on.isoformat(),
        clock=question.clock,
        firsts=rows,
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _phase(row: FirstOf) -> int:
    return -PHASES.index(row.phase) if row.phase else 0


def _rows(snapshot: Snapshot, question: Question) -> list[FirstOf]:
    held = [step for step in steps(snapshot, question) if step.certain]
    past = moments(snapshot, question)
    known = entrants(snapshot, question, [step.programme for step in held] + [moment.programme for moment in past])
    told: dict[_Key, list[Moment]] = {}
    for moment in past:
        told.setdefault((moment.milestone, moment.phase), []).append(moment)
    reached = by_milestone(held)
    return [
        _row(question, key, reached, known, history(told.get(key, ()), known))
        for key in sorted(reached, key=lambda key: (order(key[0]), key[1] or ""))
    ]


def by_milestone(held: Iterable[Step]) -> dict[_Key, list[Step]]:
    """Steps by milestone and phase, the first of each in front."""
    reached: dict[_Key, list[Step]] = {}
    for step in held:
        reached.setdefault((step.milestone, step.phase), []).append(step)
    for found in reached.values():
        found.sort(key=_first)
    return reached


def _first(step: Step) -> tuple[date, date, str]:
    return (step.latest, step.earliest, step.programme)


def equals(found: Sequence[Step], known: Mapping[str, Entrant]) -> list[Step]:
    """Steps of other products that no day puts after the first; `found` comes first in front, one step a product."""
    return [one for one in rivals(found, known) if one.earliest <= found[0].latest]


def rivals(found: Sequence[Step], known: Mapping[str, Entrant]) -> list[Step]:
    """The steps of other products than the first's, each product's first only."""
    taken = {known[found[0].programme].product}
    kept = []
    for step in found[1:]:
        if (product := known[step.programme].product) not in taken:
            taken.add(product)
            kept.append(step)
    return kept


def passed(key: _Key, first: Step, reached: Mapping[_Key, list[Step]], known: Mapping[str, Entrant]) -> list[Runner]:
    """Who stood on a higher rung before that day and has no dated step here; nobody for what is no rung."""
    ladder = list(vocab.load("rung").terms)
    if key[0] not in ladder:
        return []
    dated = {known[step.programme].use for step in reached[key]}
    higher = [
        step
        for rung in ladder[ladder.index(key[0]) + 1 :]
        for step in reached.get((rung, None), ())
        if step.latest < first.earliest and known[step.programme].use not in dated
    ]
    return list(dict.fromkeys(known[step.programme].runner for step in sorted(higher, key=_first)))


def _row(
    question: Question,
    key: _Key,
    reached: Mapping[_Key, list[Step]],
    known: Mapping[str, Entrant],
    past: list[Podium],
) -> FirstOf:
    found = reached[key]
    first, others, tied = found[0], rivals(found, known), equals(found, known)
    second = next(iter([*tied, *others]), None)
    return FirstOf(
        milestone=key[0],
        rung=key[0] if key[0] in vocab.load("rung").terms else None,
        phase=key[1],
        jurisdiction=question.jurisdiction,
        id=first.programme,
        programme=known[first.programme].runner.programme,
        date=first.happened,
        status=first.status,
        because=first.because,
        runner_up=known[second.programme].runner if second else None,
        runner_up_date=second.happened if second else None,
        gap_low=(second.earliest - first.latest).days if second else None,
        gap_high=(second.latest - first.earliest).days if second else None,
        tied=[known[step.programme].runner for step in tied],
        passed_by=passed(key, first, reached, known),
        evidence=[first.evidence, *(step.evidence for step in tied)],
        history=past,
    )


def history(told: Iterable[Moment], known: Mapping[str, Entrant]) -> list[Podium]:
    """How the answer to one milestone changed, by what the public could know on each day; oldest first."""
    held: dict[str, Step] = {}
    answers: list[Podium] = []
    days: dict[date, list[Moment]] = {}
    for moment in told:
        days.setdefault(moment.day, []).append(moment)
    for day, changed in days.items():
        relevant = _relevant(held, changed)
        for moment in changed:
            held.pop(moment.programme, None)
            if moment.step and moment.step.certain:
                held[moment.programme] = moment.step
        if relevant:
            answer = _podium(day, list(held.values()), known)
            if (answer.first, answer.date) != ((answers[-1].first, answers[-1].date) if answers else ([], None)):
                answers.append(answer)
    return answers


def _relevant(held: Mapping[str, Step], changed: Sequence[Moment]) -> bool:
    """Whether a change can touch who is first: in a wide arena hardly any does."""
    if not held:
        return True
    until = min(step.latest for step in held.values())
    touched = [step for moment in changed for step in (moment.step, held.get(moment.programme)) if step]
    return any(step.earliest <= until for step in touched)


def _podium(day: date, held: list[Step], known: Mapping[str, Entrant]) -> Podium:
    if not held:
        return Podium(day.isoformat(), [], None)
    held.sort(key=_first)
    leaders = [held[0], *equals(held, known)]
    return Podium(day.isoformat(), [known[step.programme].runner for step in leaders], held[0].happened)
