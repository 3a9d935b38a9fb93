"""One claim in one scope: who holds the place, who decides against it, and how sure that is."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from frontrunner import vocab
from frontrunner.model import PartialDate
from frontrunner.race.answers import Entry, Reading
from frontrunner.race.grammar import Parsed
from frontrunner.race.ledger import by_milestone, passed, rivals
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Standing
from frontrunner.race.standings import race
from frontrunner.race.steps import Entrant, Step, entrants, order, step_of, steps

_IND = ("ind_filed", "ind_cleared")
#: rungs that whoever stands higher in the same place must have passed
_NO_WAY_ROUND = (*_IND, "phase_1", "phase_2", "filed", "accepted")


class Scope(msgspec.Struct, frozen=True):
    """A scope in words, as a question; `kind` is worded, sense, world, place or indication."""

    words: str
    kind: str
    question: Question


class _Held(msgspec.Struct, frozen=True):
    """What is known of one milestone in one scope: certain steps first in front, one a product; who runs; who may be
    ahead without a day; who stood higher before, and may have come another way."""

    scope: Scope
    found: Sequence[Step]
    known: Mapping[str, Entrant]
    undated: Sequence[Step]
    higher: Sequence[Step] = ()

    def entry(self, step: Step) -> Entry:
        """A step as an answer shows it."""
        return Entry(
            step.programme,
            self.known[step.programme].runner.programme,
            self.known[step.programme].called,
            step.happened,
            step.status,
            step.authority,
            step.because,
            step.evidence,
        )

    def entries(self, found: Sequence[Step]) -> list[Entry]:
        """Several of them."""
        return [self.entry(step) for step in found]

    def of(self, subjects: Sequence[str]) -> list[Step]:
        """The steps of products, or of companies' products, that a claim is about."""
        return [
            step
            for step in self.found
            if {self.known[step.programme].product, self.known[step.programme].company} & set(subjects)
        ]

    def reading(
        self, verdict: str, why: str, holders: Sequence[Step], rivals: Sequence[Step] = (), by: str | None = None
    ) -> Reading:
        """The answer for this scope."""
        return Reading(
            self.scope.words,
            self.scope.kind,
            self.scope.question.arena(),
            verdict,
            by,
            why,
            self.entries(holders),
            self.entries(rivals),
        )


def judged(snapshot: Snapshot, scope: Scope, parsed: Parsed) -> Reading:
    """The claim in one scope."""
    if parsed.superlatives == ["leading"]:
        return _leading(snapshot, scope, parsed)
    if parsed.milestone is None:
        return _further(snapshot, scope, parsed)
    held = _held(snapshot, scope, parsed.milestone)
    if not held.found:
        return _beyond(held, parsed)
    verdicts = [
        _only(snapshot, held, parsed) if one == "only" else _ranked(held, parsed, one) for one in parsed.superlatives
    ]
    verdicts += [_before(held, parsed.subjects, [id], says_before=True) for id in parsed.behind]
    verdicts += [_before(held, parsed.subjects, [id], says_before=False) for id in parsed.ahead]
    worst = ("contradicted by these sources", "cannot be known", "contested", "supported")
    return _hedged(held, parsed, min(verdicts, key=lambda reading: worst.index(reading.verdict)))


def _hedged(held: _Held, parsed: Parsed, reading: Reading) -> Reading:
    """A first with those who stood higher before: they may have been there, or have come another way."""
    if not held.higher or "first" not in parsed.superlatives or reading.verdict != "supported":
        return reading
    why = f"{reading.why} On a higher rung before, without a day for this one: {_list(held, held.higher)}."
    return msgspec.structs.replace(reading, why=why, rivals=[*reading.rivals, *held.entries(held.higher)])


def _held(snapshot: Snapshot, scope: Scope, milestone: str) -> _Held:
    ladder = list(vocab.load("rung").terms)
    wanted = ladder if milestone in ladder else [milestone]
    certain = [step for step in steps(snapshot, scope.question, wanted) if step.certain]
    reached = by_milestone(certain)
    abroad = _abroad(snapshot, scope.question) if milestone in _IND and scope.question.origin else []
    known = entrants(snapshot, scope.question, [step.programme for step in (*certain, *abroad)])
    found = reached.get((milestone, None), [])
    if not found:
        over = [step for step in certain if milestone in _NO_WAY_ROUND and order(step.milestone) < order(milestone)]
        return _Held(scope, [], known, abroad, _once(sorted(over, key=lambda step: step.latest)))
    kept = [found[0], *rivals(found, known)]
    dated = {known[step.programme].product for step in kept}
    ahead = {runner.id for runner in passed((milestone, None), found[0], reached, known)}
    above = [
        step
        for step in sorted(certain, key=lambda step: step.latest)
        if step.programme in ahead and order(step.milestone) < order(milestone)
    ]
    over = list(above) if milestone in _NO_WAY_ROUND else []
    over += [step for step in abroad if step.latest < found[0].earliest and known[step.programme].product not in dated]
    return _Held(scope, kept, known, _once(over), _once(above) if milestone not in _NO_WAY_ROUND else [])


def _once(found: Sequence[Step]) -> list[Step]:
    """The first step of each programme, in their order."""
    kept: dict[str, Step] = {}
    for step in found:
        kept.setdefault(step.programme, step)
    return list(kept.values())


def _abroad(snapshot: Snapshot, question: Question) -> list[Step]:
    """Studies outside the product's own country: who runs them may have had an IND that nobody dated.

    A clearance is seldom published, and a study at home needs none abroad.
    """
    return [step_of(row) for row in snapshot.rows("abroad", **question.parameters())]


def _withdrawn(snapshot: Snapshot, question: Question) -> frozenset[str]:
    """Programmes whose licence was withdrawn since."""
    rows = race(snapshot, question).standings
    return frozenset(row.id for row in rows if row.activity == "withdrawn_after_approval")


def _beyond(held: _Held, parsed: Parsed) -> Reading:
    """Where nobody has a day for a rung that none can go round: whoever stands beyond it alone was first, and only."""
    beyond = held.higher
    if not beyond:
        return held.reading("cannot be known", "nobody is on record with this step.", [], held.undated)
    alone = len({held.known[step.programme].product for step in beyond}) == 1 and not held.undated
    whose = {held.known[beyond[0].programme].product, held.known[beyond[0].programme].company}
    mine = not parsed.subjects or whose & set(parsed.subjects)
    why = f"nobody has a day for this step, but beyond it on record: {_list(held, beyond)}"
    if alone and mine and not (parsed.ahead or parsed.behind) and set(parsed.superlatives) <= {"first", "only"}:
        return held.reading("supported", f"{why}; nobody else is.", beyond)
    return held.reading("cannot be known", f"{why}.", [], [*beyond, *held.undated])


# First, second, ...


def _ranked(held: _Held, parsed: Parsed, superlative: str) -> Reading:
    rank = 1 if superlative == "first" else int(superlative)
    mine = held.of(parsed.subjects)
    if not parsed.subjects:
        return _holder(held, rank)
    if not mine:
        first = held.entry(held.found[0])
        why = f"no day is held for the one named; the first on record is {first.programme}, {first.date}."
        return held.reading("cannot be known", why, [held.found[0]], held.undated)
    others = [step for step in held.found if step not in mine]
    # of a company's products its first counts
    mine = [found[0] for one in parsed.subjects if (found := held.of([one]))]
    last = max(mine, key=lambda step: (step.latest, step.earliest))
    before = [step for step in others if step.latest < last.earliest]
    level = [step for step in others if step not in before and step.earliest <= last.latest]
    return _placed(held, rank, mine, before, level)


def _placed(held: _Held, rank: int, mine: Sequence[Step], before: Sequence[Step], level: Sequence[Step]) -> Reading:
    """The verdict from who was certainly before, and who cannot be told apart by day."""
    names = _list(held, mine)
    if len(before) > rank - 1 or len(before) + len(level) < rank - 1:
        if len(before) > rank - 1:
            why = f"{names}; before it came {_list(held, before)}."
        else:
            why = f"{names}; only {len(before)} came before it on record."
        return _unless_memory(held, "contradicted by these sources", why, mine, before or mine)
    if held.undated and rank == 1:
        why = f"{names}; {_may_be_ahead(held)}."
        return held.reading("cannot be known", why, mine, held.undated)
    if level:
        same = all(step.earliest == step.latest == mine[0].earliest for step in (*mine, *level))
        why = f"{names}; {_beside(same)} {_list(held, level)}."
        return held.reading("contested", why, mine, level, "tie" if same else "date")
    return _unless_memory(held, "supported", f"{names}; {_after(held, mine, before)}.", mine, _next(held, mine, before))


def _holder(held: _Held, rank: int) -> Reading:
    """A claim that names nobody: who holds the place."""
    if rank > len(held.found):
        return held.reading("cannot be known", f"only {len(held.found)} are on record.", [], held.found)
    step = held.found[rank - 1]
    others = [one for one in held.found if one is not step]
    level = [one for one in others if one.earliest <= step.latest and step.earliest <= one.latest]
    if held.undated and rank == 1:
        why = f"the first on record is {_said(held, step)}; {_may_be_ahead(held)}."
        return held.reading("cannot be known", why, [step], held.undated)
    if level:
        same = all(one.earliest == one.latest == step.latest for one in level)
        why = f"{_said(held, step)}; {_beside(same)} {_list(held, level)}."
        return held.reading("contested", why, [step, *level], level, "tie" if same else "date")
    before = held.found[: rank - 1]
    return _unless_memory(
        held, "supported", f"{_said(held, step)}; {_after(held, [step], before)}.", [step], _next(held, [step], before)
    )


def _may_be_ahead(held: _Held) -> str:
    """Why the first on record may not have been the first."""
    return f"without a day for this step, but in a study abroad or further on before: {_list(held, held.undated)}"


def _beside(same: bool) -> str:
    return "on the same day as" if same else "no day tells it apart from"


def _unless_memory(held: _Held, verdict: str, why: str, mine: Sequence[Step], rivals: Sequence[Step]) -> Reading:
    """What rests on memory alone decides nothing."""
    deciding = mine if verdict == "supported" else rivals
    if all(step.status == "unverified" for step in deciding):
        return held.reading("cannot be known", f"{why} It rests on memory alone.", mine, rivals)
    return held.reading(verdict, why, mine, rivals)


def _next(held: _Held, mine: Sequence[Step], before: Sequence[Step]) -> list[Step]:
    """The rivals beside a place that holds: those before it, and the one after."""
    after = [step for step in held.found if step not in mine and step not in before]
    return [*before, *after[:1]]


def _after(held: _Held, mine: Sequence[Step], before: Sequence[Step]) -> str:
    after = [step for step in held.found if step not in mine and step not in before]
    told = f"after {_list(held, before)}" if before else "no earlier one is on record"
    own = all(step.authority == "company" for step in mine)
    told += f"; the next is {_said(held, after[0])}" if after else "; no later one is"
    return told + ("; the day rests on the company's own word" if own else "")


def _said(held: _Held, step: Step) -> str:
    """`ciltacabtagene autoleucel (LCAR-B38M) in multiple myeloma, 2018-05-30, cited`."""
    entrant = held.known[step.programme]
    name, code = entrant.called.name, next((one.value for one in entrant.called.names if one.kind == "code"), None)
    called = f"{name} ({code})" if code and code != name else name
    return f"{called}{entrant.runner.programme.removeprefix(name)}, {step.happened}, {step.status}"


def _list(held: _Held, found: Sequence[Step]) -> str:
    shown = " and ".join(_said(held, step) for step in found[:4])
    return shown + (f" and {len(found) - 4} more" if len(found) > 4 else "")


# Compared with one rival


def _before(held: _Held, subjects: Sequence[str], rival: Sequence[str], *, says_before: bool) -> Reading:
    """Whether the one named (else the first) came before a rival, or after it. A rival not on record came later."""
    mine, theirs = held.of(subjects) if subjects else [held.found[0]], held.of(rival)
    if not mine or not (theirs or says_before):
        return held.reading("cannot be known", "no day is held for one of the two.", mine, theirs)
    names = _list(held, mine)
    if not theirs:
        return held.reading("supported", f"{names}; no day is on record for the rival named.", mine)
    early, late = (mine, theirs) if says_before else (theirs, mine)
    told = f"{names}; the rival named: {_list(held, theirs)}."
    if early[0].latest < late[0].earliest:
        return _unless_memory(held, "supported", told, mine, theirs)
    if late[0].latest < early[0].earliest:
        return _unless_memory(held, "contradicted by these sources", told, mine, theirs)
    same = all(step.earliest == step.latest == early[0].latest for step in (early[0], late[0]))
    return held.reading("contested", told, mine, theirs, "tie" if same else "date")


def _further(snapshot: Snapshot, scope: Scope, parsed: Parsed) -> Reading:
    """Whether the one named stands ahead of the rivals named, or behind those said to be ahead of it."""
    rows = [row for row in race(snapshot, scope.question).standings if row.rung]
    mine, before, after = (
        next((row for row in rows if {row.product.id, row.company.id if row.company else ""} & set(ids)), None)
        for ids in (parsed.subjects, parsed.ahead, parsed.behind)
    )
    order = [row for row in (before, mine, after) if row]
    arena = scope.question.arena()
    if mine is None or (parsed.ahead and not before) or (parsed.behind and not after):
        return Reading(
            scope.words, scope.kind, arena, "cannot be known", None, "no rung is held for one of them.", [], []
        )
    told = " and ".join(f"{row.programme} ({row.rung}, {row.reached.date if row.reached else ''})" for row in order)
    apart = [_apart(front, back) for front, back in pairwise(order)]
    verdict = min(apart, key=("contradicted by these sources", "contested", "supported").index)
    rivals = [_row(row) for row in (before, after) if row]
    return Reading(
        scope.words,
        scope.kind,
        arena,
        verdict,
        "date" if verdict == "contested" else None,
        f"{told}.",
        [_row(mine)],
        rivals,
    )


def _apart(front: Standing, back: Standing) -> str:
    """Whether one row stands certainly before another: by rung, else by days that do not overlap."""
    if front.rung != back.rung:
        return "supported" if front.place < back.place else "contradicted by these sources"
    days = [PartialDate(row.reached.date) for row in (front, back) if row.reached]
    if "contested" in (front.status, back.status) or front.place == back.place or len(days) < 2:
        return "contested"
    if days[0].last < days[1].first:
        return "supported"
    return "contradicted by these sources" if days[1].last < days[0].first else "contested"


# Only, leading


def _only(snapshot: Snapshot, held: _Held, parsed: Parsed) -> Reading:
    mine = held.of(parsed.subjects) if parsed.subjects else held.found[:1]
    if not mine:
        return held.reading("cannot be known", "no day is held for the one named.", [], held.found)
    others = [step for step in held.found if step not in mine]
    withdrawn = _withdrawn(snapshot, held.scope.question) if others else frozenset()
    gone = [step for step in others if step.programme in withdrawn and step.milestone == "approved"]
    names = _list(held, mine)
    if not others:
        return held.reading("supported", f"{names}; no other is on record.", mine)
    if len(gone) == len(others):
        why = f"{names}; {_list(held, gone)} had it too, and the licence was withdrawn since."
        return held.reading("supported", why, mine, gone)
    return held.reading("contradicted by these sources", f"{names}; others too: {_list(held, others)}.", mine, others)


def _leading(snapshot: Snapshot, scope: Scope, parsed: Parsed) -> Reading:
    rows = [row for row in race(snapshot, scope.question).standings if row.rung]
    arena = scope.question.arena()
    first = [row for row in rows if row.place == 1]
    if not first:
        return Reading(
            scope.words, scope.kind, arena, "cannot be known", None, "nobody has certainly reached a rung.", [], []
        )
    mine = [row for row in rows if {row.product.id, row.company.id if row.company else ""} & set(parsed.subjects)]
    names = ", ".join(f"{row.programme} ({row.rung}, {row.reached.date if row.reached else ''})" for row in first)
    if parsed.subjects and not mine:
        why = f"no rung is held for the one named; {names} stands first."
        return Reading(scope.words, scope.kind, arena, "cannot be known", None, why, list(map(_row, first)), [])
    leads = not mine or any(row.place == 1 for row in mine)
    shared = len(first) > 1
    verdict = ("contested" if shared else "supported") if leads else "contradicted by these sources"
    why = f"{names} {'share the first place' if shared else 'stands first'}."
    rivals = [row for row in first if row not in mine] if mine else rows[len(first) : len(first) + 1]
    return Reading(
        scope.words,
        scope.kind,
        arena,
        verdict,
        "tie" if leads and shared else None,
        why,
        list(map(_row, mine or first)),
        list(map(_row, rivals)),
    )


def _row(row: Standing) -> Entry:
    reached = row.reached.date if row.reached else None
    return Entry(row.id, row.programme, row.product, reached, row.status, None, row.because, row.evidence[0])
