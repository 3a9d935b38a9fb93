"""The standings of an arena: places, ties, leads, what comes next, firsts and open questions.

The rules are in docs/explanation/standings.md. place = 1 + the number of programmes certainly ahead: on a higher
rung, or on the same rung with its latest possible day before this one's earliest.
"""

from bisect import bisect_left
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, zip_longest
from operator import itemgetter

from frontrunner import vocab
from frontrunner.race.exclusivity import exclusivities
from frontrunner.race.firsts import firsts
from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.results import Coverage, Lead, OpenQuestion, Race, Standing
from frontrunner.race.runners import Programme, by_product, programmes

#: average days of a month
MONTH = 30.4375
#: a programme without any public sign for so long is silent
SILENT_AFTER = timedelta(days=730)


def race(snapshot: Snapshot, question: Question) -> Race:
    """The standings of an arena on a day, by a clock."""
    return of(snapshot, question, *programmes(snapshot, question))


def of(snapshot: Snapshot, question: Question, found: list[Programme], naming: Naming) -> Race:
    """The standings of the programmes that were found for a question, as they were called."""
    groups = {group[0].id: group for group in by_product(found)}
    rows = in_places([group[0] for group in groups.values()])
    sharing = Counter(place for place, _ in rows)
    standings = [
        _standing(
            question,
            naming,
            groups[leader.id],
            place,
            tied=sharing[place] > 1,
            lead=lead(question, leader, following[1], level=following[0] == place) if following else None,
        )
        for (place, leader), following in zip_longest(rows, rows[1:])
    ]
    return Race(
        arena=question.arena(),
        on=question.on.isoformat(),
        clock=question.clock,
        standings=standings,
        firsts=firsts(found),
        open_questions=[*_open_questions(found), *_undated_uses(snapshot, question, [row for _, row in rows])],
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
        exclusivity=exclusivities(snapshot, question, found),
    )


def in_places(leaders: list[Programme]) -> list[tuple[int, Programme]]:
    """The rows with their places, in the order of places; `leaders` come furthest first."""
    latest: dict[int, list[date]] = {}
    for programme in leaders:
        if programme.best:
            latest.setdefault(programme.best.order, []).append(programme.best.latest)
    for days in latest.values():
        days.sort()
    ranked = sum(len(days) for days in latest.values())

    higher = {rung: sum(len(days) for order, days in latest.items() if order > rung) for rung in latest}

    def place(programme: Programme) -> int:
        best = programme.best
        if best is None:
            return ranked + 1
        return 1 + higher[best.order] + bisect_left(latest[best.order], best.earliest)

    return sorted(((place(programme), programme) for programme in leaders), key=itemgetter(0))


def _standing(
    question: Question,
    naming: Naming,
    group: list[Programme],
    place: int,
    *,
    tied: bool,
    lead: Lead | None,
) -> Standing:
    programme, *others = group
    cast = programme.cast
    best, activity = programme.best, activity_of(question, programme)
    words, status = (best.evidence, best.status) if best else programme.last_word or ("", "unverified")
    return Standing(
        place=place,
        tied=tied,
        id=programme.id,
        programme=programme.name,
        product=naming.product(cast.product),
        company=naming.company(cast.company, cast.country) if cast.company else None,
        modality=cast.modality,
        vector=cast.vector,
        target=cast.target,
        origin=cast.origin,
        rung=best.rung if best else None,
        kind=best.kind if best else None,
        reached=best.day if best else None,
        activity=activity,
        lead=lead,
        next=_next(programme, activity),
        trials=programme.signs.trials if programme.signs else [],
        status=status,
        because=best.because if best else None,
        evidence=[words],
        also=[other.also for other in others],
    )


def activity_of(question: Question, programme: Programme) -> str:
    """One of the vocabulary `activity`; rung and activity are never merged."""
    seen = programme.signs
    if seen is None:
        return "silent"
    moved = seen.moved_on or date.min
    if seen.withdrawn_in and _places(question, seen.approved_in) <= _places(question, seen.withdrawn_in):
        return "withdrawn_after_approval"
    if (seen.stopped_on or date.min) > moved:
        return "stopped"
    approved = programme.best is not None and programme.best.rung == "approved"
    if not approved and seen.given_up:
        return "stopped"
    if (seen.paused_on or date.min) > max(moved, seen.resumed_on or date.min):
        return "paused"
    if not approved and question.on - seen.last_sign > SILENT_AFTER:
        return "silent"
    return "active"


def _places(question: Question, told: list[list[str]] | None) -> set[str]:
    """Where something counts, as far as was asked; an empty text: where, a statement does not tell."""
    asked = question.jurisdiction
    return {place for places in told or () for place in ([asked] if asked and asked in places else places or [""])}


def _next(programme: Programme, activity: str) -> str | None:
    """The next rung of the ladder; none for what is approved or stopped, filed again for what was turned down."""
    if programme.best is None or activity in ("stopped", "withdrawn_after_approval"):
        return None
    turned_down = (programme.signs and programme.signs.turned_down_on) or date.min
    if programme.best.rung in ("filed", "accepted") and turned_down >= programme.best.latest:
        return "filed"
    return _next_rungs().get(programme.best.rung)


@cache
def _next_rungs() -> dict[str, str]:
    return dict(pairwise(vocab.load("rung").terms))


def lead(question: Question, leader: Programme, follower: Programme, *, level: bool) -> Lead:
    """The lead over the next row: closed where both stand on one rung, else open and growing.

    Unknown where the leader is not certainly ahead of a row that another has put a place further down.
    """
    best, other = leader.best, follower.best
    if best is None:
        return Lead(over=follower.runner)
    if other is None or other.order < best.order:
        so_far = _months(question.on - best.latest)
        return Lead(over=follower.runner, ahead_at=best.rung, months_so_far=so_far, open=True)
    if not level and other.earliest < best.latest:
        return Lead(over=follower.runner, at_rung=best.rung)
    low, high = _months(other.earliest - best.latest), _months(other.latest - best.earliest)
    return Lead(over=follower.runner, at_rung=best.rung, months=round((low + high) / 2, 1), low=low, high=high)


def _months(span: timedelta) -> float:
    return round(span.days / MONTH, 1)


def _undated_uses(snapshot: Snapshot, question: Question, leaders: list[Programme]) -> list[OpenQuestion]:
    """Programmes in pivotal studies whose product has a licence that no source held ties to a use."""
    ladder = list(vocab.load("rung").terms)
    near = {one.id: one for one in leaders if one.best and one.best.rung in ladder[ladder.index("pivotal") : -1]}
    if not near:
        return []
    rows = snapshot.rows("licensed_for_other_uses", programmes=list(near), **question.parameters())
    why = "the product has a licence of that day; whether for this use these sources do not say"
    return [
        OpenQuestion(
            near[row["programme"]].name, "approved", row["happened"], why, [evidence_id(row["doc"], row["place"])]
        )
        for row in rows
    ]


def _open_questions(found: list[Programme]) -> list[OpenQuestion]:
    """Rungs that the day falls into, and rungs whose sources disagree."""
    questions = []
    for programme in found:
        best = programme.best
        for reach in programme.reaches:
            if not reach.certain and (best is None or reach.order > best.order):
                why = "the interval holds the day"
            elif reach.certain and reach.contested:
                why = f"sources disagree: {reach.earliest} to {reach.latest}"
            else:
                continue
            why += "; unverified" if reach.status == "unverified" else ""
            questions.append(OpenQuestion(programme.name, reach.rung, reach.happened, why, [reach.evidence]))
    return questions


def coverage(snapshot: Snapshot, question: Question) -> Coverage:
    """The sources that an answer rests on, those that are missing, and how many facts the clock leaves out."""
    held = snapshot.rows("coverage")
    left_out = snapshot.rows("left_out", **question.parameters())[0]["left_out"] if question.clock == "then" else 0
    return Coverage(
        sources=[row["id"] for row in held if row["documents"]],
        missing=[row["id"] for row in held if not row["documents"]],
        left_out=left_out,
    )
