"""Controlled vocabularies: small lists written by us, one CSV each beside this module.

Columns: `id`, `label`, `label_zh`, `synonyms`, `parents`, `external_id`, then columns of that list alone, which
become `Term.extra`. Several values in one cell are separated by `|`. Every id, label, synonym and external id
answers to one term only (a test proves it), compared by `fold`.

Extra columns: `rung.order` and `authority.order` (integers; for authority the smaller wins), `event.rung` (the rung
that the event reaches by itself, or empty), `event.effect` (what it does to activity: `advance`, `stop`, `pause`,
`resume`, `revive`, `withdraw_licence`, `none`; `revive` only matters after a stop), `event.everywhere` (`1`: a
GLOBAL row counts in every jurisdiction), `country.jurisdiction` (`EU` for the member states of today and their
territories inside the Union).

Ids of indications are MONDO CURIEs, or `FR:slug` for a concept without one; of targets HGNC symbols, or `FR:slug`.
MONDO (CC BY 4.0, https://mondo.monarchinitiative.org) and HGNC (https://www.genenames.org) are the sources of those
ids; names in Chinese and the choice of concepts are ours.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path

import msgspec

from frontrunner.errors import UnknownName, UnknownOption

_FOLDER = Path(__file__).parent
_COLUMNS = ("id", "label", "label_zh", "synonyms", "parents", "external_id")
#: lists too long to be shown whole in a message: a wrong value is answered with the nearest names
_OPEN = frozenset({"indication", "target", "vector", "jurisdiction", "country"})

_WORD = re.compile("[a-z0-9]+")
#: apostrophes vanish, Latin letters that do not decompose get their usual spelling, Greek letters are written out
_LETTERS = str.maketrans(
    dict.fromkeys("'`\u00b4\u02bc\u2018\u2019", "")
    | {"&": " and ", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u0131": "i"}
    | {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta"}
    | {"ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi"}
    | {"ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi"}
    | {"ω": "omega"}
)


def fold(text: str) -> str:
    """The form in which names are compared: words of lower-case letters and digits, one space between them.

    Compatibility forms (full width, ligatures), case, Latin accents, quotes, dashes, punctuation and spacing are
    folded; Greek letters are written out (`β-Thalassemia` is `beta thalassemia`); apostrophes vanish; `&` is `and`.
    A space beside a Chinese character vanishes (`血友病 B` is `血友病b`). Word order, digits against letters
    (`SPK9001`, `SPK-9001`) and traditional against simplified characters are left alone. Folding twice changes
    nothing; a text of punctuation alone folds to the empty string.
    """
    if text.isascii():  # three replacements cost a tenth of a translation
        return " ".join(_WORD.findall(text.lower().replace("'", "").replace("`", "").replace("&", " and ")))
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in bare if not "\u0300" <= c <= "\u036f").translate(_LETTERS)
    plain = unicodedata.normalize("NFKC", bare).casefold()
    return _join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain).split())


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _join(words: list[str]) -> str:
    """One space between words, none where one of the two characters that would meet is Chinese."""
    joined = ""
    for word in words:
        joined += word if not joined or _is_han(joined[-1]) or _is_han(word[0]) else " " + word
    return joined


class Term(msgspec.Struct, frozen=True):
    """One entry of a list; `external_id` may hold several CURIEs separated by `|`."""

    id: str
    label: str
    label_zh: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]
    external_id: str | None
    extra: dict[str, str]

    def names(self) -> Iterable[str]:
        """Everything the term answers to: id, labels, synonyms, external ids."""
        yield from (self.id, self.label, self.label_zh, *self.synonyms)
        yield from _split(self.external_id or "")


class Vocabulary:
    """One list: `terms` by id in the order of the file, and what its names and its tree answer."""

    def __init__(self, name: str, terms: Mapping[str, Term]) -> None:
        self.name = name
        self.terms = dict(terms)
        self._above: dict[str, frozenset[str]] = {}

    @cached_property
    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for term in self.terms.values():
            for name in term.names():
                index.setdefault(fold(name), term.id)
        index.pop("", None)
        return index

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for term in self.terms.values():
            for parent in term.parents:
                children.setdefault(parent, []).append(term.id)
        return children

    def find(self, text: str) -> str | None:
        """The id that `text` names (id, label, Chinese label, synonym or external id, folded), or None."""
        return text if text in self.terms else self._index.get(fold(text))

    def nearest(self, text: str, n: int = 5) -> list[str]:
        """Labels of up to `n` terms whose names look like `text`, best first; for error messages."""
        from difflib import get_close_matches

        sought = fold(text)
        similar = get_close_matches(sought, self._index, n=4 * n, cutoff=0.5)
        holding = [name for name in self._index if sought and sought in name]
        labels = [self.terms[self._index[name]].label for name in (*similar, *sorted(holding, key=len))]
        return list(dict.fromkeys(labels))[:n]

    def require(self, option: str, text: str) -> str:
        """The id that `text` names, else UnknownName (with the nearest labels) or, in a short list, UnknownOption."""
        found = self.find(text)
        if found is not None:
            return found
        if self.name in _OPEN:
            raise UnknownName(option, text, self.nearest(text))
        raise UnknownOption(option, text, list(self.terms))

    def ancestors(self, id: str) -> frozenset[str]:
        """`id` and everything above it. KeyError for an id that is not in the list."""
        found = self._above.get(id)
        if found is None:
            found = self._above[id] = self._reach(id, lambda at: self.terms[at].parents)
        return found

    def descendants(self, id: str) -> frozenset[str]:
        """`id` and everything below it. KeyError for an id that is not in the list."""
        return self._reach(id, lambda at: self._children.get(at, ()))

    def _reach(self, id: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
        reached, ahead = {self.terms[id].id}, [id]
        while ahead:
            new = [at for at in step(ahead.pop()) if at not in reached]
            reached.update(new)
            ahead += new
        return frozenset(reached)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _term(row: dict[str, str]) -> Term:
    return Term(
        id=row["id"],
        label=row["label"],
        label_zh=row["label_zh"],
        synonyms=_split(row["synonyms"]),
        parents=_split(row["parents"]),
        external_id=row["external_id"] or None,
        extra={column: cell for column, cell in row.items() if column not in _COLUMNS},
    )


def names() -> list[str]:
    """The names of all vocabularies, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.csv"))


@cache
def load(name: str) -> Vocabulary:
    """The vocabulary called `name`, read once; UnknownOption for a name that is not one of `names()`."""
    if name not in names():
        raise UnknownOption("vocabulary", name, names())
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return Vocabulary(name, {row["id"]: _term(row) for row in csv.DictReader(file, strict=True)})
