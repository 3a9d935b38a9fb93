"""What judgements make of the identities that rules propose: pure, derived anew each time, so an un-merge is one row.

Of the verdicts on one pair the last counts. `same` joins two ids; `different` keeps two ids apart, whatever else
would join them, and gives a spelling that shares its id with another an id of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from frontrunner.model import Judgement
from frontrunner.vocab import fold

Pair = frozenset[str]


class Judged(msgspec.Struct, frozen=True):
    """Ids that became another (`same`), spellings that got an id of their own (`cut`), what could not be done.

    `cut` is by the folded spelling; `refused` has a line a judgement that others exclude; `since` is the day from
    which each joined id could be known to be another.
    """

    same: dict[str, str]
    cut: dict[str, str]
    refused: list[str]
    since: dict[str, str] = {}

    def id(self, name: str, base: str) -> str:
        """The id of a spelling whose rules gave it `base`."""
        found = self.cut.get(fold(name), base)
        return self.same.get(found, found)


def is_id(text: str) -> bool:
    """Whether a side of a judgement is an id, not a name."""
    return text.startswith(("org:", "prod:"))


def judged(
    names: Mapping[str, str],
    judgements: Sequence[Judgement],
    fixed: Collection[str] = (),
    new_id: Callable[[str], str] = lambda name: "org:" + fold(name).replace(" ", "-"),
) -> Judged:
    """Apply judgements, the oldest first, to what rules propose: `names` is folded spelling -> id.

    Of joined ids the one that a source gives (`fixed`) stays, else the first by name. A name that is not known here is
    left alone: the judgement waits for it.
    """
    latest: dict[Pair, Judgement] = {}
    for one in judgements:
        pair = frozenset((_side(one.left), _side(one.right)))
        latest.pop(pair, None)
        latest[pair] = one
    cut, refused = _cut(names, latest.values(), new_id)
    nodes = _Nodes(names, cut)
    last = {ends: one for one in latest.values() if len(ends := nodes.pair(one)) == 2}
    groups = _Groups({ends for ends, one in last.items() if one.verdict == "different"})
    for one in sorted(last.values(), key=lambda one: one.judged_on):
        left, right = sorted(nodes.pair(one))
        if one.verdict == "same" and not groups.join(left, right, one.known_on):
            refused.append(f"{one.left} is not joined with {one.right}: a later or other judgement keeps them apart")
    same = groups.representatives(fixed)
    return Judged(same, cut, refused, {id: groups.since[id] for id in same})


def _side(text: str) -> str:
    return text if is_id(text) else fold(text)


def _cut(
    names: Mapping[str, str], latest: Iterable[Judgement], new_id: Callable[[str], str]
) -> tuple[dict[str, str], list[str]]:
    """Spellings that `different` takes out of the id they share with another, with their own id."""
    cut: dict[str, str] = {}
    refused: list[str] = []
    for one in latest:
        ends = [text if is_id(text) else names.get(fold(text)) for text in (one.left, one.right)]
        if one.verdict != "different" or None in ends or ends[0] != ends[1]:
            continue
        own = [fold(text) for text in (one.right, one.left) if not is_id(text) and new_id(text) != ends[0]]
        if own:
            cut[own[0]] = new_id(own[0])
        else:
            refused.append(f"{one.left} and {one.right} have one id by themselves; name one by another spelling")
    return cut, refused


class _Nodes:
    """The id that each side of a judgement stands for, cuts considered."""

    def __init__(self, names: Mapping[str, str], cut: Mapping[str, str]) -> None:
        self.ids = {**names, **cut}

    def pair(self, one: Judgement) -> Pair:
        """The ids of both sides that are known: two, or fewer where there is nothing to do."""
        sides = (side if is_id(side) else self.ids.get(fold(side)) for side in (one.left, one.right))
        return frozenset(side for side in sides if side)


class _Groups:
    """Ids joined step by step; no group ever holds two that are kept apart."""

    def __init__(self, apart: Collection[Pair]) -> None:
        self.apart = apart
        self.of: dict[str, set[str]] = {}
        self.since: dict[str, str] = {}

    def join(self, one: str, other: str, known_on: str) -> bool:
        """Join the groups of two ids, unless that would bring together two that are kept apart."""
        left, right = self.of.get(one, {one}), self.of.get(other, {other})
        if any(frozenset((a, b)) in self.apart for a in left for b in right):
            return False
        joined = left | right
        self.of.update(dict.fromkeys(joined, joined))
        self.since.update({id: max(self.since.get(id, ""), known_on) for id in joined})
        return True

    def representatives(self, fixed: Collection[str]) -> dict[str, str]:
        """Each joined id that is not the one that stands for its group -> that one."""
        chosen = {id: min(group, key=lambda at: (at not in fixed, at)) for id, group in self.of.items()}
        return {id: to for id, to in chosen.items() if id != to}
