"""One trial, several registries: which ids are of one trial, by what the records themselves declare.

A record lists numbers of its trial in other registries as secondary ids. Two ids are of one trial where one of them
declares the other, unless that is in doubt: where two trials of one registry declare the same number, neither has it,
save that one of them alone is declared in return. No trial gets two ids of one registry: a second one is an
extension, a cohort or a mistake. Nothing is joined by likeness.

The WHO universal trial number is no registry's, and joins like one. `rules/registries.csv` has the ids by their form,
in the order in which a trial is called by one of them.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources

import msgspec

_SPELT = {"CHICTR": "ChiCTR", "JRCT": "jRCT"}
#: the id of a submission of one trial: with or without its number
RESUBMITTED = r"(\d{4}-5\d{5}-\d{2})(?:-\d{2})?"
_CTIS = re.compile(RESUBMITTED)


class Registration(msgspec.Struct, frozen=True):
    """One id of a trial that has several. `trial` is the id it is called by; `held` whether a record of it is here.

    `declared_by` is the id whose record names it (or that it names), `doc` that document.
    """

    id: str
    registry: str
    trial: str
    held: bool
    declared_by: str
    doc: int


@cache
def _rules() -> list[tuple[str, str]]:
    """The registries and the form of their ids, in order."""
    with resources.files(__package__).joinpath("rules/registries.csv").open(encoding="utf-8") as file:
        return [(row["registry"], row["pattern"]) for row in csv.DictReader(file)]


def likely() -> str:
    """A pattern that every text with an id of a registry in it has, for the database to search with."""
    return "(?i)" + "|".join(pattern for _, pattern in _rules())


@cache
def _pattern() -> re.Pattern[str]:
    named = "|".join(f"(?P<{registry}>{pattern})" for registry, pattern in _rules())
    return re.compile(rf"(?<![0-9-])(?:(?<![a-z])|(?<=euctr))(?:{named})(?!\d)", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=100_000)
def ids_in(text: str) -> tuple[tuple[str, str], ...]:
    """The ids in a text, each with its registry, in their usual spelling."""
    found = []
    for match in _pattern().finditer(text.replace("JPRN-", "")):
        registry, id = str(match.lastgroup), match[0].upper()
        for upper, spelt in _SPELT.items():
            id = spelt + id.removeprefix(upper) if id.startswith(upper) else id
        found.append((id.replace("jRCTS", "jRCTs"), registry))
    return tuple(found)


def nodes(id: str, text: str) -> list[str]:
    """What stands for the trials that a secondary id brings together, that of its record first; none without an id."""
    found = [_node(other) for other, _ in ids_in(text)]
    return list(dict.fromkeys([_node(id), *found])) if found else []


def _node(id: str) -> str:
    """What stands for a trial of a registry: its id without the number of a resubmission."""
    match = _CTIS.fullmatch(id)
    return match[1] if match else id


class _Declared:
    """The pairs of ids that declare each other, one way or both."""

    def __init__(self, held: Iterable[str], said: Iterable[tuple[str, str, int]]) -> None:
        self.registry: dict[str, str] = {}
        self.spelling: dict[str, str] = {}
        self.held: set[str] = set()
        self.pairs: dict[tuple[str, str], int] = {}
        self.partners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for id, text, doc in sorted(said):
            self._declare(id, text, doc)
        for id in held:
            node = _node(id)
            if node in self.registry:
                self.held.add(node)
                self.spelling[node] = id

    def _add(self, id: str, registry: str) -> str:
        node = _node(id)
        self.registry.setdefault(node, registry)
        self.spelling.setdefault(node, id)
        return node

    def _declare(self, id: str, text: str, doc: int) -> None:
        found = ids_in(text)
        if not found:
            return
        own = ids_in(id)
        by = self._add(id, own[0][1] if own else id)
        for other, registry in found:
            node = self._add(other, registry)
            if registry != self.registry[by]:
                self.pairs.setdefault((by, node), doc)
                self.partners[by][registry].add(node)
                self.partners[node][self.registry[by]].add(by)

    def sound(self) -> Iterator[tuple[str, str, int]]:
        """The pairs that are in no doubt, those that go both ways first."""
        both = [(a, b) not in self.pairs or (b, a) not in self.pairs for a, b in self.pairs]
        for _, (a, b), doc in sorted(zip(both, self.pairs, self.pairs.values(), strict=True)):
            if self._is_only(a, b) and self._is_only(b, a):
                yield a, b, doc

    def _is_only(self, one: str, other: str) -> bool:
        """Whether `other` is the only one of its registry for `one`, or the only one that goes both ways."""
        rivals = self.partners[one][self.registry[other]]
        if len(rivals) == 1:
            return other in rivals
        mutual = {rival for rival in rivals if (one, rival) in self.pairs and (rival, one) in self.pairs}
        return mutual == {other}


def joined(held: Iterable[str], said: Iterable[tuple[str, str, int]]) -> list[Registration]:
    """Every id of every trial that has several, sorted by trial.

    `held` are the trial ids of records, `said` (trial id, secondary id, document). The order of either does not matter.
    """
    declared = _Declared(held, said)
    members = {node: {node} for node in declared.registry}
    proof: dict[str, tuple[str, int]] = {}
    for a, b, doc in declared.sound():
        if members[a] is not members[b]:
            if {declared.registry[node] for node in members[a]} & {declared.registry[node] for node in members[b]}:
                continue
            members[a] |= members[b]
            members |= dict.fromkeys(members[b], members[a])
        proof.setdefault(b, (a, doc))
        proof.setdefault(a, (a, doc))
    trials = {id(group): group for group in members.values() if len(group) > 1}
    return sorted(_registrations(declared, trials.values(), proof), key=lambda one: (one.trial, one.id))


def _registrations(
    declared: _Declared, trials: Iterable[set[str]], proof: dict[str, tuple[str, int]]
) -> Iterator[Registration]:
    order = {registry: rank for rank, (registry, _) in enumerate(_rules())}
    for group in trials:
        called = min(group, key=lambda n: (n not in declared.held, order.get(declared.registry[n], len(order)), n))
        for node in group:
            by, doc = proof[node]
            yield Registration(
                id=declared.spelling[node],
                registry=declared.registry[node],
                trial=declared.spelling[called],
                held=node in declared.held,
                declared_by=declared.spelling[by],
                doc=doc,
            )
