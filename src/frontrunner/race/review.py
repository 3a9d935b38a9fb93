"""Which companies may be one and should be looked at: rules propose, people decide.

Two companies are proposed when the telling words of their names begin with the same one or are spelt alike. What comes
first would change most: the programmes and then the trials of the lesser of the two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import combinations

import msgspec

from frontrunner.race.dossiers import subject
from frontrunner.race.question import Snapshot
from frontrunner.resolve.companies import telling_words
from frontrunner.vocab import fold, load

#: a beginning that more companies than this share tells nothing
_COMMON = 12
#: likeness of telling words from which two names are worth a look
_ALIKE = 0.82


class Side(msgspec.Struct, frozen=True):
    """A company as a reviewer sees it: its names, and what rests on it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    parent: str | None
    names: list[str]
    programmes: int
    trials: int


class Doubt(msgspec.Struct, frozen=True):
    """Two companies that may be one: `value` is how many programmes a join would touch, `reasons` why it is asked."""

    left: Side
    right: Side
    value: int
    reasons: list[str]


class Decision(msgspec.Struct, frozen=True):
    """A judgement as it is kept: who decided what about two names or ids, when, and why."""

    left: str
    right: str
    verdict: str
    by: str
    on: str
    because: str
    known_on: str


class Review(msgspec.Struct, frozen=True):
    """The pairs worth a decision, the most valuable first, and the judgements that were made, the last first."""

    doubts: list[Doubt]
    judgements: list[Decision]
    snapshot: str


def review(snapshot: Snapshot, most: int = 50) -> Review:
    """Up to `most` doubtful pairs that nobody has judged, and every judgement."""
    made = [Decision(**row) for row in snapshot.rows("review_judgements")]
    sides = [Side(**row) for row in snapshot.rows("review_companies")]
    told = {frozenset((_side(one.left, sides), _side(one.right, sides))) for one in made}
    found = [doubt for doubt in _doubts(sides) if frozenset((doubt.left.id, doubt.right.id)) not in told]
    found.sort(key=lambda doubt: (-doubt.value, -min(doubt.left.trials, doubt.right.trials), doubt.left.id))
    return Review(found[:most], made, snapshot.name)


def _side(text: str, sides: Iterable[Side]) -> str:
    """The id that one side of a judgement stands for today."""
    if text.startswith(("org:", "prod:")):
        return text
    sought = fold(text)
    return next((side.id for side in sides if any(fold(name) == sought for name in side.names)), text)


def _doubts(sides: list[Side]) -> Iterator[Doubt]:
    for left, right in _sharing(sides):
        reasons = _reasons(left, right)
        if reasons:
            yield Doubt(left, right, min(left.programmes, right.programmes), reasons)


def _sharing(sides: list[Side]) -> Iterator[tuple[Side, Side]]:
    """Pairs of companies of whose names a telling word begins alike, where few companies have such a word."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, side in enumerate(sides):
        for start in {word[:4] for name in side.names for word in telling_words(name)}:
            holders[start].append(at)
    pairs = {pair for having in holders.values() if len(having) <= _COMMON for pair in combinations(having, 2)}
    for left, right in sorted(pairs):
        yield sides[left], sides[right]


def _reasons(left: Side, right: Side) -> list[str]:
    """Why two companies may be one; empty where the owner of one is the other, or nothing speaks for it."""
    if left.parent == right.id or right.parent == left.id:
        return []
    found = [reason for a in left.names[:8] for b in right.names[:8] if (reason := _alike(a, b))]
    return [found[0], *_beside(left, right)] if found else []


def _alike(one: str, other: str) -> str | None:
    """Why two names may be of one company."""
    told, others = " ".join(telling_words(one)), " ".join(telling_words(other))
    if told == others or f"{told} ".startswith(f"{others} ") or f"{others} ".startswith(f"{told} "):
        return f"{one!r} and {other!r} begin with the same telling word"
    likeness = SequenceMatcher(None, told, others, autojunk=False).ratio()
    if likeness >= _ALIKE and len(told) > 4:
        return f"the telling words of {one!r} and {other!r} are alike ({likeness:.0%} of their letters)"
    return None


def _beside(left: Side, right: Side) -> list[str]:
    """What speaks for or against it beside the names."""
    told = []
    if left.country and right.country:
        told.append("one country" if left.country == right.country else "two countries, which speaks against it")
    if left.kind and right.kind and left.kind != right.kind:
        told.append(f"kinds {left.kind} and {right.kind}, which speaks against it")
    return told


def decisions(snapshot: Snapshot, decided: Iterable[tuple[str, str, str, str]], by: str) -> list[Decision]:
    """Judgements (left, right, verdict, because) of this moment.

    Raises UnknownName for a side that is neither known nor was judged before, UnknownOption for another verdict.
    """
    before = {side for row in snapshot.rows("review_judgements") for side in (row["left"], row["right"])}
    before |= {str(row["id"]) for row in snapshot.rows("joined_companies")}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    made = []
    for left, right, verdict, because in decided:
        for text in {left, right} - before:
            subject(snapshot, "product" if text.startswith("prod:") else "company", text)
        made.append(Decision(left, right, load("verdict").require("--verdict", verdict), by, now, because, now[:10]))
    return made


def as_file(decisions: Iterable[Decision]) -> bytes:
    """Judgements as JSON Lines that any home reads, in their order."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in decisions)
