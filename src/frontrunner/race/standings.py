"""The standings of an arena: places, ties, leads, what comes next, firsts and open questions.

The rules are in docs/explanation/standings.md. place = 1 + the number of programmes certainly ahead: on a higher
rung, or on the same rung with its latest possible day before this one's earliest.
"""

from bisect import bisect_left
from collections import Counter
from datetime import date, timedelta
from itertools import zip_longest

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
    found, naming = programmes(snapshot, question)
    groups = by_product(found)
    leaders = sorted((group[0] for group in groups), key=Programme.furthest_first)
    others = {group[0].id: group[1:] for group in groups}
    ranked = sorted(zip(_places(leaders), leaders, strict=True), key=lambda pair: pair[0])
    places, leaders = [place for place, _ in ranked], [leader for _, leader in ranked]
    counts = Counter(places)
    standings = [
        _standing(question, naming, leader, place, counts[place] > 1, follower, others[leader.id])
        for leader, place, follower in zip_longest(leaders, places, leaders[1:])
    ]
    return Race(
        arena=question.arena(),
        on=question.on.isoformat(),
        clock=question.clock,
        standings=standings,
        firsts=firsts(found),
        open_questions=[*_open_questions(found), *_undated_uses(snapshot, question, leaders)],
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
        exclusivity=exclusivities(snapshot, question, found),
    )


def _places(leaders: list[Programme]) -> list[int]:
    """The place of each row; rows come furthest first."""
    latest: dict[int, list[date]] = {}
    for programme in leaders:
        if programme.best:
            latest.setdefault(programme.best.order, []).append(programme.best.latest)
    for days in latest.values():
        days.sort()
    ranked = sum(len(days) for days in latest.values())

    def place(programme: Programme) -> int:
        best = programme.best
        if best is None:
            return ranked + 1
        higher = sum(len(days) for order, days in latest.items() if order > best.order)
        return 1 + higher + bisect_left(latest[best.order], best.earliest)

    return [place(programme) for programme in leaders]


def _standing(
    question: Question,
    naming: Naming,
    programme: Programme,
    place: int,
    tied: bool,
    follower: Programme | None,
    others: list[Programme],
) -> Standing:
    best, activity = programme.best, activity_of(question, programme)
    last_word = programme.activity["last_word"]
    return Standing(
        place=place,
        tied=tied,
        id=programme.id,
        programme=programme.name,
        product=naming.product(programme.product),
        company=naming.company(programme.company, programme.country) if programme.company else None,
        modality=programme.modality,
        vector=programme.vector,
        target=programme.target,
        origin=programme.origin,
        rung=best.rung if best else None,
        kind=best.kind if best else None,
        reached=best.day if best else None,
        activity=activity,
        lead=_lead(question, programme, follower) if follower else None,
        next=_next(programme, activity),
        trials=sorted(programme.activity.get("trials_seen") or []),
        status=best.status if best else last_word["status"],
        because=best.because if best else None,
        evidence=[best.evidence if best else evidence_id(last_word["doc"], last_word["place"])],
        also=[other.also for other in others],
    )


def activity_of(question: Question, programme: Programme) -> str:
    """One of the vocabulary `activity`; rung and activity are never merged."""
    seen = programme.activity
    moved = seen.get("moved_on") or date.min
    if seen.get("withdrawn_in") and set(seen.get("approved_in") or ()) <= set(seen["withdrawn_in"]):
        return "withdrawn_after_approval"
    if (seen.get("stopped_on") or date.min) > moved:
        return "stopped"
    approved = programme.at("approved") is not None
    if not approved and seen.get("registered") and set(seen["registered"]) <= set(seen.get("ended") or ()):
        return "stopped"
    if (seen.get("paused_on") or date.min) > max(moved, seen.get("resumed_on") or date.min):
        return "paused"
    last_sign = seen.get("last_sign")
    if not approved and (last_sign is None or question.on - last_sign > SILENT_AFTER):
        return "silent"
    return "active"


def _next(programme: Programme, activity: str) -> str | None:
    """The next rung of the ladder; none for what is approved or stopped, filed again for what was turned down."""
    ladder = list(vocab.load("rung").terms)
    if programme.best is None or activity in ("stopped", "withdrawn_after_approval"):
        return None
    turned_down = programme.activity["turned_down_on"] or date.min
    if programme.best.rung in ("filed", "accepted") and turned_down >= programme.best.latest:
        return "filed"
    at = ladder.index(programme.best.rung)
    return ladder[at + 1] if at + 1 < len(ladder) else None


def _lead(question: Question, leader: Programme, follower: Programme) -> Lead:
    """The lead over the next row: closed where both stand on one rung, else open and growing."""
    best, other = leader.best, follower.best
    if best is None:
        return Lead(over=follower.runner)
    if other is None or other.order < best.order:
        so_far = _months(question.on - best.latest)
        return Lead(over=follower.runner, ahead_at=best.rung, months_so_far=so_far, open=True)
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
