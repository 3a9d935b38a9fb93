"""Pairs of companies and of products that are worth a decision, and the judgements that were made.

What comes first would change most: the programmes and then the trials of the lesser of the two.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from frontrunner.race import doubts
from frontrunner.race.dossiers import subject
from frontrunner.race.doubts import Doubt, Side
from frontrunner.race.question import Snapshot
from frontrunner.vocab import fold, load


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
    products = [Side(**row) for row in snapshot.rows("review_products")]
    told = {frozenset((_side(one.left, sides), _side(one.right, sides))) for one in made}
    proposed = [*doubts.companies(sides), *doubts.products(products)]
    found = [doubt for doubt in proposed if frozenset((doubt.left.id, doubt.right.id)) not in told]
    found.sort(key=lambda doubt: (-doubt.value, -min(doubt.left.trials, doubt.right.trials), doubt.left.id))
    return Review(found[:most], made, snapshot.name)


def _side(text: str, sides: Iterable[Side]) -> str:
    """The id that one side of a judgement stands for today."""
    if text.startswith(("org:", "prod:")):
        return text
    sought = fold(text)
    return next((side.id for side in sides if any(fold(name) == sought for name in side.names)), text)


def decisions(snapshot: Snapshot, decided: Iterable[Decision | tuple[str, str, str, str]], by: str) -> list[Decision]:
    """Judgements (left, right, verdict, because) of this moment, and those of an earlier one as they are.

    Raises UnknownName for a side that is neither known nor was judged before, UnknownOption for another verdict.
    """
    before = {side for row in snapshot.rows("review_judgements") for side in (row["left"], row["right"])}
    before |= {str(row["id"]) for row in snapshot.rows("joined_companies")}
    made = list[Decision]()
    for one in decided:
        if isinstance(one, Decision):
            made.append(one)
            continue
        left, right, verdict, because = one
        for text in {left, right} - before:
            subject(snapshot, "product" if text.startswith("prod:") else "company", text)
        made.append(decided_now(left, right, load("verdict").require("--verdict", verdict), because, by))
    return made


def decided_now(left: str, right: str, verdict: str, because: str, by: str) -> Decision:
    """A judgement of this moment, which is known from today."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Decision(left, right, verdict, by, now, because, now[:10])


def open_doubts(doubts: Iterable[Doubt], decided: Iterable[Decision]) -> list[Doubt]:
    """The pairs that nothing of what was decided since they were asked for is about."""
    told = {frozenset((one.left, one.right)) for one in decided}
    return [doubt for doubt in doubts if frozenset((doubt.left.id, doubt.right.id)) not in told]


def as_file(decisions: Iterable[Decision]) -> bytes:
    """Judgements as JSON Lines that any home reads, in their order."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in decisions)
