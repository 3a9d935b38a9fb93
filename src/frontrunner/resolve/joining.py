"""Join the concepts of several publishers into one vocabulary: the packaged core, extended by what a home holds.

A concept of another publisher is the same as one of ours by the mappings, else by its label where that names one
concept only; what joins nothing is a concept of its own. Names are kept by how sure they are: where several
concepts claim a name equally, it is that of the one above all others, and without such a one nobody's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from frontrunner.resolve.disease_names import inverted
from frontrunner.vocab import Term, Vocabulary, fold

#: how sure a name is, surest first: the core's, a label of the leading publisher, its exact synonyms, labels of others
CORE, LABEL, EXACT, OTHER_LABEL, RELATED = range(5)
#: words before the name of a disease that make a narrower one of it
_QUALIFYING = frozenset(
    {"metastatic", "recurrent", "relapsed", "refractory", "advanced", "severe", "adult", "childhood", "pediatric"}
)
_KINDS = {"exact": EXACT, "symbol": RELATED, "related": RELATED}


#: id -> the name as written, its kind and its source
Claims = dict[str, tuple[str, str, str]]


class Told(msgspec.Struct, frozen=True):
    """What one document says of one concept (a row of concepts.sql); `synonyms` are (name, kind)."""

    source: str
    id: str
    label: str | None
    synonyms: list[tuple[str, str]]
    parents: list[str]
    tree_numbers: list[str]
    same_as: list[str]


class Name(msgspec.Struct, frozen=True):
    """A name that a concept answers to, and who says so. `kind` is id, label, label_zh, synonym or external, or
    contested: several concepts claim it, and none answers to it."""

    name: str
    value: str
    id: str
    kind: str
    source: str


class Joined(msgspec.Struct, frozen=True):
    """A vocabulary of a home and all its names, each of one concept only unless contested."""

    vocabulary: Vocabulary
    names: list[Name]


class Joining:
    """The concepts of all publishers while they are joined; `leading` is the source whose ids are ours."""

    def __init__(self, core: Vocabulary, told: Iterable[Told], leading: str, id_of: Callable[[Told], str]) -> None:
        self.core, self.leading, self.id_of = core, leading, id_of
        self.told = list(told)
        self.same = self._mapped()
        self.labels: dict[str, str] = {}
        self.sources: dict[str, str] = dict.fromkeys(core.terms, "core")
        self.claims: dict[str, dict[int, Claims]] = {}
        self.above: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._claim_core()
        self._claim_told()

    def joined(self) -> Joined:
        """The vocabulary: the core's terms first and in their order, then the others by id."""
        parents = self._parents()
        names = [name for folded, ranks in self.claims.items() for name in _named(folded, ranks, parents)]
        values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in names:
            if name.source != "core":
                values[name.kind][name.id].append(name.value)
        terms = {id: self._term(id, values["synonym"][id], values["external"][id], parents[id]) for id in parents}
        return Joined(Vocabulary(self.core.name, terms), names)

    def _ids(self) -> list[str]:
        return [*self.core.terms, *sorted(id for id in self.labels if id not in self.core.terms)]

    def _term(self, id: str, synonyms: list[str], external: list[str], parents: tuple[str, ...]) -> Term:
        known = self.core.terms.get(id) or Term(id, self.labels[id], "", (), (), None, {})
        ids = "|".join([*filter(None, [known.external_id]), *external]) or None
        return msgspec.structs.replace(known, synonyms=(*known.synonyms, *synonyms), parents=parents, external_id=ids)

    def _mapped(self) -> dict[str, str]:
        """Id of another publisher -> ours, where one of ours alone is mapped to it; the core's word goes before."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.told:
            for other in one.same_as:
                found[other].add(one.id)
        same = {other: ids.pop() for other, ids in found.items() if len(ids) == 1}
        for term in self.core.terms.values():
            same |= dict.fromkeys((term.external_id or "").split("|"), term.id)
        return same

    def _claim_core(self) -> None:
        for term in self.core.terms.values():
            kinds = [(term.id, "id"), (term.label, "label"), (term.label_zh, "label_zh")]
            kinds += [(name, "synonym") for name in term.synonyms]
            kinds += [(name, "external") for name in (term.external_id or "").split("|")]
            for value, kind in kinds:
                self._claim(value, CORE, term.id, kind, "core")

    def _claim_told(self) -> None:
        """What is mapped goes first, so that what is not can find it by its label."""
        alone = []
        for one in self.told:
            if one.source == self.leading or one.id in self.same:
                self._claim_names(one, self.same.get(one.id, self.id_of(one)))
            else:
                alone.append(one)
        for one in alone:
            self._claim_names(one, self._by_label(one))
        for other, id in self.same.items():
            if id in self.sources:
                self._claim(other, EXACT, id, "external", self.leading)

    def _claim_names(self, one: Told, id: str) -> None:
        self.above[id][one.source] += one.parents
        self._claim(one.id, EXACT, id, "id" if one.id == id else "external", one.source)
        if one.label:
            own = self.sources.setdefault(id, one.source) == one.source
            kind = "label" if self.labels.setdefault(id, one.label) == one.label and own else "synonym"
            self._claim(one.label, LABEL if one.source == self.leading else OTHER_LABEL, id, kind, one.source)
        for value, kind in one.synonyms:
            self._claim(value, _KINDS[kind], id, "synonym", one.source)

    def _by_label(self, one: Told) -> str:
        """The one concept that the label of a concept names, also turned round or in the singular, else its own id."""
        label = one.label or ""
        for name in (label, inverted(label) or label, *((label[:-1],) if label.endswith("s") else ())):
            claimed = self.claims.get(fold(name), {})
            rank = min(claimed, default=RELATED)
            if rank < RELATED and len(claimed[rank]) == 1:
                self.same[one.id] = next(iter(claimed[rank]))
                break
        return self.same.get(one.id, self.id_of(one))

    def _claim(self, value: str, rank: int, id: str, kind: str, source: str) -> None:
        folded = fold(value)
        if folded:
            self.claims.setdefault(folded, {}).setdefault(rank, {}).setdefault(id, (value, kind, source))

    def _parents(self) -> dict[str, tuple[str, ...]]:
        """Of each term the core's parents and those of the first publisher that knows any, without cycles."""
        known = set(self._ids())
        parents: dict[str, tuple[str, ...]] = {}
        for id in self._ids():
            above = list(self.core.terms[id].parents) if id in self.core.terms else []
            told = next((some for some in self.above[id].values() if some), [])
            found = [self.same.get(up, up) for up in told] or ([] if above else self._unqualified(id))
            parents[id] = tuple(dict.fromkeys(up for up in (*above, *found) if up in known and up != id))
        return without_cycles(parents)

    def _unqualified(self, id: str) -> list[str]:
        """Of a term that no publisher places, the one named by its label without `metastatic`, `recurrent`, `adult`."""
        words = fold(self.labels.get(id, "")).split()
        while words and words[0] in _QUALIFYING:
            words = words[1:]
            ranks = self.claims.get(" ".join(words))
            named = ranks[min(ranks)] if ranks else {}
            if len(named) == 1:
                return list(named)
        return []


def _named(folded: str, ranks: Mapping[int, Claims], parents: Mapping[str, tuple[str, ...]]) -> list[Name]:
    """Whose a name is by the surest claims: the one concept's, or that of the one above all others, else contested."""
    claims = {id: claim for id, claim in ranks[min(ranks)].items() if id in parents}
    ids = [id for id in claims if all(id in above(parents, other) for other in claims)][:1]
    if ids:
        value, kind, source = claims[ids[0]]
        return [Name(folded, value, ids[0], kind, source)]
    return [Name(folded, value, id, "contested", source) for id, (value, _, source) in claims.items()]


def above(parents: Mapping[str, tuple[str, ...]], id: str) -> dict[str, int]:
    """Every ancestor of a term, itself included, with the steps up to it."""
    distances, level, steps = {id: 0}, [id], 0
    while level:
        steps += 1
        level = [up for at in level for up in parents[at] if up not in distances]
        distances |= dict.fromkeys(level, steps)
    return distances


def without_cycles(parents: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The same tree without the edges that lead back to where one came from; the first met in the order given stay."""
    done: dict[str, tuple[str, ...]] = {}
    for start in parents:
        path: dict[str, list[str]] = {}
        ahead: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            path[start], ahead = [], [(start, iter(parents[start]))]
        while ahead:
            at, rest = ahead[-1]
            up = next(rest, None)
            if up is None:
                done[at] = tuple(path.pop(at))
                ahead.pop()
            elif up not in path:
                path[at].append(up)
                if up not in done:
                    path[up] = []
                    ahead.append((up, iter(parents.get(up, ()))))
    return {id: done[id] for id in parents}
