"""Which companies and which products may be one and should be looked at: rules propose, people decide.

Two companies are proposed when what is left of their names, legal forms, places and words that many firms share left
out, is equal, the beginning of the other's, or spelt alike; two products when their proper names are spelt alike, or
when one sponsor has one under a proper name and one under another, of one kind and target. `value` is how many
programmes a join would touch: those of the lesser of the two.
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
#: kinds that have the name of their place, as strangers there have
_OF_A_PLACE = frozenset({"hospital", "university"})
_LEFT_OUT = "once legal forms, places and words that many names share are left out"


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

    Hospitals and universities are asked about only where they are spelt alike: which of a place are one is a rule.
    """
    if left.parent == right.id or right.parent == left.id or {left.kind, right.kind} == _OF_A_PLACE:
        return []
    of_place = len({left.kind, right.kind} & _OF_A_PLACE) + (left.kind == right.kind in _OF_A_PLACE)
    names = ((a, b) for a in left.names[:8] for b in right.names[:8])
    found = min(filter(None, (_likeness(a, b, of_place) for a, b in names)), default=None)
    return [found[1], *_beside(left, right, "country", "countries")] if found else []


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
        named, unnamed = sorted((left, right), key=lambda side: "inn" not in side.kinds)
        alike = f"both are of one sponsor, of one kind and against one target ({left.target})"
        return [f"{alike}; {named.name!r} is a nonproprietary name, {unnamed.name!r} may be its code or brand"]
    return []


def _also(left: Side, right: Side) -> list[str]:
    told = _beside(left, right, "origin", "origins")
    if left.target and right.target and left.target != right.target:
        told.append(f"targets {left.target} and {right.target}, which speaks against it")
    return told


def _likeness(one: str, other: str, of_place: int) -> tuple[int, str] | None:
    """Why two names may be of one company, and its rank among the reasons, the best first.

    `of_place` is how many of the two are a hospital or university: the beginning that they share may be the place.
    """
    told, others = (" ".join(telling_words(name)) for name in (one, other))
    if told == others and told.count(" ") >= of_place:
        return 0, f"{one!r} and {other!r} both come down to {told!r} {_LEFT_OUT}"
    if len(told) > len(others):
        one, told, other, others = other, others, one, told
    if f"{others} ".startswith(f"{told} ") and told.count(" ") >= of_place:
        return 1, f"{one!r} comes down to {told!r} and {other!r} to {others!r}, which begins alike, {_LEFT_OUT}"
    likeness = SequenceMatcher(None, told, others, autojunk=False).ratio()
    if _ALIKE <= likeness < 1 and len(told) > 4:
        alike = f"spelt alike ({likeness:.0%} of their letters)"
        return 2, f"{one!r} and {other!r} come down to {told!r} and {others!r} {_LEFT_OUT}: {alike}"
    return None


def _beside(left: Side, right: Side, place: str, places: str) -> list[str]:
    """What speaks for or against it beside the names."""
    told = []
    if left.country and right.country:
        told.append(f"one {place}" if left.country == right.country else f"two {places}, which speaks against it")
    if left.kind and right.kind and left.kind != right.kind:
        told.append(f"kinds {left.kind} and {right.kind}, which speaks against it")
    return told
