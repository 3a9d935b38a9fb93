"""The names of a vocabulary of diseases, made ready to be found in the words of a text."""

from functools import cache, cached_property, lru_cache
from itertools import chain

from frontrunner.resolve.names import is_chinese, rules
from frontrunner.vocab import Vocabulary, fold

#: the words of a name, or of a text
Words = tuple[str, ...]


@cache
def words(role: str) -> frozenset[str]:
    """The words of the rules that play a role in conditions: strip, follow, contradict, ..."""
    return frozenset(row["word"] for row in rules("indication_words") if row["role"] == role)


@cache
def _respellings() -> dict[str, str]:
    return {row["word"]: row["canonical"] for row in rules("respellings")}


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    """The singular of a plural; a word that has a respelling of its own stays."""
    if word in _respellings() or len(word) < 5 or word.endswith(("ss", "is", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def canonical(folded: str) -> Words:
    """The words of a folded text in the singular and in American spelling; a respelling may have two words."""
    respelt = _respellings()
    found = [_singular(word) if word[-1] == "s" else word for word in folded.split()]
    if respelt.keys().isdisjoint(found):
        return tuple(found)
    return tuple(" ".join([respelt.get(word, word) for word in found]).split())


@cache
def _like() -> dict[str, str]:
    return {row["word"]: row["canonical"] for row in rules("like_words")}


def loosened(name: Words) -> Words:
    """The words of a name with those of a kind alike: `carcinoma`, `tumor` and `neoplasm` are `cancer`."""
    like = _like()
    return name if like.keys().isdisjoint(name) else tuple(like.get(word, word) for word in name)


def inverted(name: str) -> str | None:
    """`Lymphoma, Large B-Cell, Diffuse` -> `Diffuse Large B-Cell Lymphoma`; None without a comma."""
    parts = [part.strip() for part in name.split(",")]
    return " ".join(reversed(parts)) if 2 <= len(parts) <= 4 and all(parts) else None


def _is_abbreviation(name: str) -> bool:
    return " " not in name and len(name) <= 7 and sum(c.isupper() for c in name) > 1


class DiseaseNames:
    """A vocabulary of diseases and its names in the forms in which they are looked up, each made when first needed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def index(self) -> dict[Words, str]:
        """Canonical words of each label and synonym -> id; abbreviations are kept apart."""
        index: dict[Words, str] = {}
        turned: dict[Words, str] = {}
        terms = self.vocabulary.terms.values()
        for id, name in chain(
            ((term.id, term.label) for term in terms), ((term.id, name) for term in terms for name in term.synonyms)
        ):
            if not _is_abbreviation(name) and not is_chinese(name):
                index.setdefault(canonical(fold(name)), id)
                other = inverted(name) if "," in name else None
                if other:
                    turned.setdefault(canonical(fold(other)), id)
        index = turned | index
        index.pop((), None)
        return index

    @cached_property
    def loose(self) -> dict[Words, str]:
        """Names with the words of a kind alike, in their order and sorted -> id, the first that is so called."""
        loose: dict[Words, str] = {}
        for name, id in self.index.items():
            loose.setdefault(loosened(name), id)
        for name, id in list(loose.items()):
            loose.setdefault(tuple(sorted(name)), id)
        return loose

    def find(self, tokens: Words) -> str | None:
        """The id that some words are a name of: as they stand, in another order, or with a word of the same kind."""
        found = self.index.get(tokens) or (self.bags.get(tuple(sorted(tokens))) if len(tokens) > 1 else None)
        if found or len(tokens) < 2:
            return found
        alike = loosened(tokens)
        return self.loose.get(alike) or self.loose.get(tuple(sorted(alike)))

    @cached_property
    def bags(self) -> dict[Words, str]:
        """Sorted words of each name of two words and more -> id: `Diabetes Type 2` is `type 2 diabetes`."""
        bags: dict[Words, str] = {}
        for name, id in self.index.items():
            if len(name) > 1:
                bags.setdefault(tuple(sorted(name)), id)
        return bags

    @cached_property
    def lengths(self) -> dict[str, dict[str, tuple[int, ...]]]:
        """First word of the names -> second word, or empty for none -> how many words they have, longest first."""
        lengths: dict[str, dict[str, set[int]]] = {}
        for name in self.index:
            sizes = lengths.setdefault(name[0], {})
            sizes.setdefault(name[1] if len(name) > 1 else "", set()).add(len(name))
        return {
            first: {second: tuple(sorted(sizes, reverse=True)) for second, sizes in seconds.items()}
            for first, seconds in lengths.items()
        }

    def sizes(self, tokens: Words, start: int) -> tuple[int, ...]:
        """How many words the names have that may begin at a word, longest first."""
        seconds = self.lengths.get(tokens[start])
        if seconds is None:
            return ()
        longer = seconds.get(tokens[start + 1], ()) if start + 1 < len(tokens) else ()
        return longer + seconds.get("", ())

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviations of three letters and more, as written in capitals -> id."""
        return {
            fold(name): term.id
            for term in self.vocabulary.terms.values()
            for name in term.synonyms
            if _is_abbreviation(name) and len(fold(name)) > 2
        }

    @cached_property
    def chinese(self) -> tuple[tuple[str, str], ...]:
        """(folded Chinese name, id), longest first."""
        pairs = {
            fold(name): term.id
            for term in self.vocabulary.terms.values()
            for name in (term.label_zh, *term.synonyms)
            if is_chinese(name)
        }
        return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))
