"""Which companies and which products may be one and should be looked at: rules propose, people decide.

Two companies are proposed when the telling words of their names begin with the same one or are spelt alike; two
products when their proper names are spelt alike, or when one sponsor has one under a code and one under a proper name,
of one kind and target. `value` is how many programmes a join would touch: those of the lesser of the two.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

import msgspec

from frontrunner.resolve.companies import telling_words
from frontrunner.resolve.names import name_key

#: a beginning, or a sponsor, that more of them than this share tells nothing
_COMMON = 12
#: likeness of telling words from which two names are worth a look, and of proper names
_ALIKE = 0.82
_ALIKE_INNS = 0.9


class Side(msgspec.Struct, frozen=True):
    """A company or product as a reviewer sees it: its names, and what rests on it.

    Of a product, `kind` is the modality, `country` the origin, `parent` the sponsor and `target` the gene.
    """

    id: str
    name: str
    kind: str | None
    country: str | None
    parent: str | None
    names: list[str]
    programmes: int
    trials: int
    target: str | None = None
    kinds: list[str] = []


class Doubt(msgspec.Struct, frozen=True):
    """Two companies or products that may be one: `value` as above, `reasons` why it is asked."""

    left: Side
    right: Side
    value: int
    reasons: list[str]


def companies(sides: Sequence[Side]) -> Iterator[Doubt]:
    """The pairs of companies that may be one."""
    return _doubts(_sharing(sides, _beginnings), _of_companies)


def products(sides: Sequence[Side]) -> Iterator[Doubt]:
    """The pairs of products that may be one."""
    return _doubts(_sharing(sides, _marks), _of_products)


def _doubts(pairs: Iterable[tuple[Side, Side]], reasons: Callable[[Side, Side], list[str]]) -> Iterator[Doubt]:
    for left, right in pairs:
        found = reasons(left, right)
        if found:
            yield Doubt(left, right, min(left.programmes, right.programmes), found)


def _sharing(sides: Sequence[Side], marks: Callable[[Side], set[str]]) -> Iterator[tuple[Side, Side]]:
    """Pairs that share a mark which few have."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, side in enumerate(sides):
        for mark in marks(side):
            holders[mark].append(at)
    pairs = {pair for having in holders.values() if len(having) <= _COMMON for pair in combinations(having, 2)}
    for left, right in sorted(pairs):
        yield sides[left], sides[right]


def _beginnings(side: Side) -> set[str]:
    return {word[:4] for name in side.names for word in telling_words(name)}


def _marks(side: Side) -> set[str]:
    """How a proper name begins, and whose product of which kind and target it is."""
    begun = {name_key(side.name)[:6]} if "inn" in side.kinds else set()
    whose = {f"{side.parent} {side.kind} {side.target}"} if side.parent and side.kind and side.target else set()
    return begun | whose


def _of_companies(left: Side, right: Side) -> list[str]:
    """Why two companies may be one; empty where the owner of one is the other, or nothing speaks for it.

    A hospital is not asked about with a university of its name: which of them are one is a rule.
    """
    if left.parent == right.id or right.parent == left.id or {left.kind, right.kind} == {"hospital", "university"}:
        return []
    found = [reason for a in left.names[:8] for b in right.names[:8] if (reason := _alike(a, b))]
    return [found[0], *_beside(left, right, "country", "countries")] if found else []


def _of_products(left: Side, right: Side) -> list[str]:
    """Why two products may be one: never where both have a proper name of their own, unless that is spelt alike."""
    proper = [("inn" in side.kinds) for side in (left, right)]
    if all(proper):
        one, other = name_key(left.name), name_key(right.name)
        likeness = SequenceMatcher(None, one, other, autojunk=False).ratio()
        if likeness < _ALIKE_INNS:
            return []
        return [
            f"{left.name!r} and {right.name!r} are spelt alike ({likeness:.0%} of their letters)",
            *_also(left, right),
        ]
    if any(proper) and left.parent and left.parent == right.parent and left.target and left.target == right.target:
        return ["one sponsor, one kind and one target; one goes by a code, one by a proper name", *_also(left, right)]
    return []


def _also(left: Side, right: Side) -> list[str]:
    told = _beside(left, right, "origin", "origins")
    if left.target and right.target and left.target != right.target:
        told.append(f"targets {left.target} and {right.target}, which speaks against it")
    return told


def _alike(one: str, other: str) -> str | None:
    """Why two names may be of one company."""
    told, others = " ".join(telling_words(one)), " ".join(telling_words(other))
    if told == others or f"{told} ".startswith(f"{others} ") or f"{others} ".startswith(f"{told} "):
        return f"{one!r} and {other!r} begin with the same telling word"
    likeness = SequenceMatcher(None, told, others, autojunk=False).ratio()
    if likeness >= _ALIKE and len(told) > 4:
        return f"the telling words of {one!r} and {other!r} are alike ({likeness:.0%} of their letters)"
    return None


def _beside(left: Side, right: Side, place: str, places: str) -> list[str]:
    """What speaks for or against it beside the names."""
    told = []
    if left.country and right.country:
        told.append(f"one {place}" if left.country == right.country else f"two {places}, which speaks against it")
    if left.kind and right.kind and left.kind != right.kind:
        told.append(f"kinds {left.kind} and {right.kind}, which speaks against it")
    return told
