"""One text after another to what it names: the answers of `frontrunner resolve`, each with how sure and why.

A text that names nothing safely has no id: abstaining is an answer. What a home or the packaged tables know by name
comes in `Named` layers; for the rest the rules alone speak.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import msgspec

from frontrunner.errors import UnknownOption
from frontrunner.model import Intervention
from frontrunner.resolve import companies, indications, modality, wording
from frontrunner.resolve.names import name_key, rules, slug
from frontrunner.resolve.stated import is_nothing, names
from frontrunner.vocab import Vocabulary, fold, load

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{2,}")


class Answer(msgspec.Struct, frozen=True):
    """What one text names: an id with its label, or neither; the reason says why in words.

    `confidence` runs from 0 to 1: 0.95 and more, a name that a source or a list knows; 0.8, a rule of its own;
    0.5, only its spelling. `parent` is the id of a company's owner at the top, where one is known.
    """

    id: str | None
    label: str | None
    confidence: float
    reason: str
    parent: str | None = None


class Named(msgspec.Struct, frozen=True):
    """A company or product as known: its id, one of its names, its display name, a company's owner."""

    id: str
    value: str
    label: str
    parent: str | None = None


_Ids = defaultdict[str, set[str]]
Resolve = Callable[[str], Answer]


class Known:
    """Names by the key under which they are looked up, in layers: the first that knows a name answers."""

    def __init__(self, layers: Iterable[Iterable[Named]], key: Callable[[str], str]) -> None:
        self.labels: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self._layers: list[tuple[_Ids, _Ids]] = []
        self._key = key
        for layer in layers:
            self.add(layer)

    def add(self, layer: Iterable[Named]) -> None:
        """Names that answer where none before them does."""
        exact, loose = _Ids(set), _Ids(set)
        self._layers.append((exact, loose))
        for one in layer:
            exact[fold(one.value)].add(one.id)
            loose[self._key(one.value)].add(one.id)
            self.labels.setdefault(one.id, one.label)
            if one.parent:
                self.parents.setdefault(one.id, one.parent)

    def ids(self, text: str) -> list[str]:
        """What answers to a name: as it is written, else by its key; several only where none is called by the key."""
        return self.found(text, self._key(text))

    def found(self, text: str, key: str) -> list[str]:
        """What answers to a name of which the key is known."""
        written = fold(text)
        for exact, loose in self._layers:
            for found in (exact.get(written), loose.get(key)):
                if found:
                    called = found & exact.get(key, set())
                    return sorted(called if len(found) > 1 and len(called) == 1 else found)
        return []

    def shorter(self, key: str) -> list[str]:
        """What answers to a Chinese company's key once the words of trade at its end are dropped."""
        found = (self.ids(shorter) for shorter in companies.without_trade_han(key))
        return next((ids for ids in found if ids), [])


def known_companies(*layers: Iterable[Named]) -> Known:
    """The names of companies in layers, behind them the Chinese names of listed firms (rules/company_aliases.csv)."""
    known = Known(layers, companies.company_key)
    listed = []
    for row in rules("company_aliases"):
        ids = known.ids(row["company"])
        id = ids[0] if len(ids) == 1 else "org:" + companies.slug(companies.company_key(row["company"]))
        listed += [Named(id, name, known.labels.get(id, row["company"])) for name in (row["name"], row["company"])]
    known.add(listed)
    return known


def resolver(kind: str, *layers: Iterable[Named], diseases: Vocabulary | None = None) -> Resolve:
    """The function that resolves texts of a kind: company, product, indication, modality or target.

    `layers` are the known names of companies or products, those of a home before the packaged ones; `diseases` what a
    home knows of them, else the packaged list is asked. Raises UnknownOption for another kind.
    """
    if kind == "company":
        return _Companies(known_companies(*layers)).resolve
    if kind == "product":
        return _Products(Known(layers, name_key)).resolve
    plain: Mapping[str, Resolve] = {"indication": _indication(diseases), "modality": _modality, "target": _target}
    if kind not in plain:
        raise UnknownOption("KIND", kind, ["company", "product", *plain])
    return plain[kind]


def _abstains(reason: str) -> Answer:
    return Answer(None, None, 0.0, reason)


def _ambiguous(ids: list[str]) -> Answer:
    return _abstains(f"the name of more than one: {', '.join(ids)}")


class _Companies:
    """Sponsors' names: the known company that a name's key is of, else one of its own, named by its key."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def resolve(self, text: str) -> Answer:
        if not fold(text):
            return _abstains("no name")
        key = companies.company_key(text)
        ids = self.known.ids(text) or self.known.ids(companies.without_place(key)) or self.known.shorter(key)
        if len(ids) > 1:
            return _ambiguous(ids)
        parent = self._parent(text, ids[0] if ids else None)
        owned = "".join(f"; {fact}" for fact in companies.ownership(text)) if parent else ""
        if ids:
            return Answer(ids[0], self.known.labels[ids[0]], 0.98, f"known by the name {key!r}{owned}", parent)
        reason = (
            "its own name" if fold(text) == key else f"{key!r} once legal forms, places and departments are dropped"
        )
        return Answer("org:" + companies.slug(key), text.strip(), 0.8, reason + owned, parent)

    def _parent(self, text: str, id: str | None) -> str | None:
        known = self.known.parents.get(id) if id else None
        if known:
            return known
        key = companies.parent_key(text)
        if key is None:
            return None
        ids = self.known.ids(key)
        return ids[0] if len(ids) == 1 else "org:" + companies.slug(key)


class _Products:
    """Names of medicines: the known product that answers to one, else one of its own where it is a specific name."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def resolve(self, text: str) -> Answer:
        if not fold(text) or is_nothing(text):
            return _abstains("no medicine")
        stated = names(Intervention(name=text))
        for value in (text, *(name.value for name in stated)):
            ids = self.known.ids(value)
            if len(ids) > 1:
                return _ambiguous(ids)
            if ids:
                return Answer(ids[0], self.known.labels[ids[0]], 0.98, f"known by the name {value.strip()!r}")
        if not stated:
            return _abstains("a phrase that many products share, or no medicine")
        first = stated[0]
        return Answer("prod:" + slug(first.key), first.value, 0.5, "a name that no source knows")


def _indication(vocabulary: Vocabulary | None) -> Resolve:
    """Conditions, over the diseases of a home or the packaged ones."""
    matcher = indications.Matcher(vocabulary) if vocabulary else indications.packaged()

    def resolve(text: str) -> Answer:
        found = matcher.match(text)
        if found is None:
            return _abstains("no disease of the list is named safely")
        sure = 0.95 if found.because == "its name" else 0.8
        return Answer(found.id, matcher.names.vocabulary.terms[found.id].label, sure, found.because)

    return resolve


def _modality(text: str) -> Answer:
    """What a title or intervention says is tested; a gene or cell product before any other."""
    labels = modality.of_text(text)
    label = next((label for label in labels if wording.is_living(label.modality)), labels[0] if labels else None)
    if label is None:
        return _abstains("no kind of medicine is named as tested")
    return Answer(label.modality, load("modality").terms[label.modality].label, 0.8, f"the words {label.words!r}")


def _target(text: str) -> Answer:
    """The gene that a text is, else that of the product it states, else those whose symbols it holds."""
    targets = load("target")
    found = targets.find(text.strip())
    if found:
        return Answer(found, targets.terms[found].label, 0.95, "its name")
    label = next((label for label in modality.of_text(text) if label.target), None)
    if label and label.target:
        return _of_targets(label.target.split("|"), f"the target of {label.words!r}")
    words = [targets.find(word) for word in _WORD.findall(text) if any(char.isupper() for char in word)]
    ids = list(dict.fromkeys(id for id in words if id))
    return _of_targets(ids, "a symbol in it") if ids else _abstains("no gene of the list is named")


def _of_targets(ids: list[str], reason: str) -> Answer:
    terms = load("target").terms
    return Answer("|".join(ids), "|".join(terms[id].label if id in terms else id for id in ids), 0.8, reason)
