"""Which names of a product the public took for another's, and until when: identity respects the day asked.

Names that records state together are one product, but not before the first of these records was public: of two codes
that a record of 2022 joins, each had runs of its own in 2020. What a curated row or the register of substances joins
has no such day, and is taken for known.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from frontrunner.resolve.names import KINDS, kind_of, slug

#: a set of name keys that some record gives one product, with the first day on which one did, if any is dated
Dated = tuple[Sequence[str], date | None]


class Part(msgspec.Struct, frozen=True):
    """What a name was alone: the product of the names known by then to be one with it, and until when."""

    product: str
    until: date


def parts(keys: Mapping[str, str], groups: Iterable[Dated], timeless: Iterable[Iterable[str]]) -> dict[str, Part]:
    """Key -> its part, of the keys that a later record joined with the rest of their product (`keys`: key -> product).

    `groups` are what records state, `timeless` what is joined without a day. Of the names in use before, those that the
    product has its id from have no part of their own, else those that were public first.
    """
    several = _several(keys)
    forest = _Forest(keys)
    for group in timeless:
        forest.join([key for key in group if keys.get(key) in several], None)
    told = [(day, group) for group, day in groups if any(keys.get(key) in several for key in group)]
    for group in (group for day, group in told if day is None):
        forest.join([key for key in group if keys.get(key) in several], None)
    found: dict[str, Part] = {}
    for day, group in sorted((day, group) for day, group in told if day):
        for members in forest.join([key for key in group if keys.get(key) in several], day):
            name = min(members, key=lambda key: (KINDS.index(kind_of(key)), len(key), key))
            found |= dict.fromkeys(members, Part(f"prod:{slug(name)}", day))
    return found


def _several(keys: Mapping[str, str]) -> frozenset[str]:
    """Products with more than one key."""
    return frozenset(product for product, number in Counter(keys.values()).items() if number > 1)


class _Tree(msgspec.Struct, eq=False):
    """Keys joined so far, and the first day on which a record used one of them."""

    keys: set[str]
    first: date | None = None


class _Forest:
    """Keys of products joined day by day."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.products = keys
        self.tree_of: dict[str, _Tree] = {}

    def join(self, group: list[str], day: date | None) -> list[list[str]]:
        """Join the keys of a group, product by product: the members of each tree that was in use before that day."""
        late = []
        for product in dict.fromkeys(self.products[key] for key in group):
            late += self._join([key for key in group if self.products[key] == product], product, day)
        return late

    def _join(self, group: list[str], product: str, day: date | None) -> list[list[str]]:
        trees: list[_Tree] = []
        for key in group:
            tree = self.tree_of.setdefault(key, _Tree({key}))
            if not any(tree is other for other in trees):
                trees.append(tree)
        if len(trees) == 1:
            trees[0].first = trees[0].first or day
            return []
        used = [tree for tree in trees if day and tree.first and tree.first < day]
        rest = min(used, key=lambda tree: (not _names(tree, product), tree.first, min(tree.keys)), default=None)
        late = [sorted(tree.keys) for tree in used if tree is not rest]
        days = [tree.first for tree in trees if tree.first] + ([day] if day else [])
        joined = _Tree(set().union(*(tree.keys for tree in trees)), min(days, default=None))
        self.tree_of.update(dict.fromkeys(joined.keys, joined))
        return late


def _names(tree: _Tree, product: str) -> bool:
    """Whether the product has its id from a name of the tree."""
    return any(f"prod:{slug(key)}" == product for key in tree.keys)
