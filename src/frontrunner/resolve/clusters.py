"""One product, many names: clusters of name keys, whatever the order in which records come."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from frontrunner.resolve.names import KINDS, is_salt, kind_of, slug


class Conflict(msgspec.Struct, frozen=True):
    """Names that records tie to several known products: they were left out. `keys` sorted, `products` sorted."""

    keys: tuple[str, ...]
    products: tuple[str, ...]


class Clusters(msgspec.Struct, frozen=True):
    """Name key -> product id, and the conflicts that were cut."""

    ids: dict[str, str]
    conflicts: list[Conflict]


def cluster(groups: Iterable[Sequence[str]], known: Mapping[str, str]) -> dict[str, str]:
    """`clusters` without its conflicts."""
    return clusters(groups, known).ids


def clusters(groups: Iterable[Sequence[str]], known: Mapping[str, str]) -> Clusters:
    """A product id for every name key, from groups of keys that one record each says are the same thing.

    The answer does not depend on the order of groups or keys. A key takes the known product that its groups lead
    to; where they lead to two, the key is cut out (a conflict) and stands alone. An INN names one product: a group
    with two of them is a combination and joins nothing. A phrase that several sponsors use is no name (`stated`).
    An unknown cluster is `prod:` + slug of its INN, else of its preferred key: the first by kind (`KINDS`), then the
    shortest, then by alphabet; further records change it only by bringing a key before that.
    """
    said = {tuple(sorted(frozenset(group))) for group in groups if group}
    edges = sorted({part for group in said for part in _joining(group, known)})
    labels, contested = _spread(edges, dict(known) | _inns(edges, known))
    ids = dict(known) | labels
    for keys in _components(edges, ids.keys() | contested):
        name = min(keys, key=_preference)
        ids |= dict.fromkeys(keys, f"prod:{slug(name)}")
    ids |= {key: f"prod:{slug(key)}" for key in contested}
    direct = [edge for edge in edges if len({known[key] for key in edge if key in known}) > 1]
    conflicts = {Conflict((key,), tuple(sorted(products))) for key, products in contested.items()}
    conflicts |= {Conflict(edge, tuple(sorted({known[key] for key in edge if key in known}))) for edge in direct}
    return Clusters(ids, sorted(conflicts, key=lambda c: (c.keys, c.products)))


def _joining(edge: tuple[str, ...], known: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The group whole where its INNs are of one product (one INN, or one with its salts), else each key alone."""
    inns = sorted((key for key in edge if kind_of(key) == "inn"), key=len)
    if len({known.get(key, key) for key in inns}) < 2 or all(is_salt(key, inns[0]) for key in inns[1:]):
        return [edge]
    return [(key,) for key in edge]


def _inns(edges: Iterable[tuple[str, ...]], known: Mapping[str, str]) -> dict[str, str]:
    """The product of every INN that is not known: the one known product its own groups name, else one of its own."""
    beside: dict[str, set[str]] = {}
    for edge in edges:
        products = {known[key] for key in edge if key in known}
        for key in edge:
            if key not in known and kind_of(key) == "inn":
                beside.setdefault(key, set()).update(products)
    return {key: min(found) if len(found) == 1 else f"prod:{slug(key)}" for key, found in beside.items()}


def _preference(key: str) -> tuple[int, int, str]:
    return KINDS.index(kind_of(key)), len(key), key


def _spread(edges: Sequence[tuple[str, ...]], known: Mapping[str, str]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Carry known products along the groups, round by round; keys that two reach in one round are contested."""
    labels = dict(known)
    contested: dict[str, set[str]] = {}
    waiting = list(edges)
    while True:
        reached: dict[str, set[str]] = {}
        later = []
        for edge in waiting:
            products = {labels[key] for key in edge if key in labels}
            if products:
                for key in edge:
                    if key not in labels and key not in contested:
                        reached.setdefault(key, set()).update(products)
            else:
                later.append(edge)
        if not reached:
            return labels, contested
        labels |= {key: next(iter(products)) for key, products in reached.items() if len(products) == 1}
        contested |= {key: products for key, products in reached.items() if len(products) > 1}
        waiting = later


def _components(edges: Sequence[tuple[str, ...]], settled: Collection[str]) -> list[list[str]]:
    """Connected keys that no known product reached."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for edge in edges:
        free = [key for key in edge if key not in settled]
        for key in free:
            root.setdefault(key, key)
        for key in free[1:]:
            root[find(key)] = find(free[0])
    members: dict[str, list[str]] = {}
    for key in root:
        members.setdefault(find(key), []).append(key)
    return list(members.values())
