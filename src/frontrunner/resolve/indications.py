"""Which disease of the vocabulary a condition, a keyword or a title names; nothing where none is named safely.

The steps, in order, each named in `Match.because`: the name itself; without brackets, severity and line of therapy;
an inverted name turned round; an abbreviation in brackets; the longest term at the end of the phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from frontrunner.model import Trial
from frontrunner.resolve.names import is_chinese, rules
from frontrunner.vocab import fold, load

_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_CAUSE = re.compile(
    r"[,\s]+(?:due to|caused by|associated with|linked to|because of|resulting from|secondary to|harbou?ring)\b.*$",
    re.I,
)
_CAUSED = re.compile(r"[-\s](?:associated|linked|related|mutated|mutant|positive|deficient)\b", re.I)
_NEUTRAL = re.compile(r"healthy|normal volunteers?|volunteers?\b|no condition|健康", re.I)
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,6}\Z")
_SAFE_ENDING = re.compile(r"(?:oma|omas|emia|philia|cancer|pathy|osis|trophy|penia)\Z")
_NOT_THIS = frozenset({"related", "associated", "induced", "like", "free", "vaccine", "vaccination", "screening"})

_TITLES = (
    ("brief_title", "protocolSection.identificationModule.briefTitle"),
    ("official_title", "protocolSection.identificationModule.officialTitle"),
)


class Match(msgspec.Struct, frozen=True):
    """A disease that a text names: its vocabulary id, the step that found it, and the place of the text."""

    id: str
    because: str
    place: str = ""


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rules("indication_words") if row["role"] == role)


@cache
def _respellings() -> dict[str, str]:
    return {row["word"]: row["canonical"] for row in rules("respellings")}


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    """One word in American spelling and the singular."""
    respelt = _respellings().get(word)
    if respelt:
        return respelt
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "is", "us")):
        word = word[:-1]
    return _respellings().get(word, word)


def _canonical(folded: str) -> tuple[str, ...]:
    return tuple(_word(word) for word in folded.split())


@cache
def _index() -> dict[tuple[str, ...], str]:
    """Canonical words of each label and synonym -> id; abbreviations are kept apart."""
    index: dict[tuple[str, ...], str] = {}
    for term in load("indication").terms.values():
        for name in (term.label, *term.synonyms):
            if not _is_abbreviation(name) and not is_chinese(name):
                index.setdefault(_canonical(fold(name)), term.id)
                inverted = _inverted(name)
                if inverted:
                    index.setdefault(_canonical(fold(inverted)), term.id)
    index.pop((), None)
    return index


@cache
def _longest() -> int:
    return max(map(len, _index()))


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations of three letters and more, as written in capitals -> id."""
    return {
        fold(name): term.id
        for term in load("indication").terms.values()
        for name in term.synonyms
        if _is_abbreviation(name) and len(fold(name)) > 2
    }


@cache
def _chinese() -> tuple[tuple[str, str], ...]:
    """(folded Chinese name, id), longest first."""
    pairs = {
        fold(name): term.id
        for term in load("indication").terms.values()
        for name in (term.label_zh, *term.synonyms)
        if is_chinese(name)
    }
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _is_abbreviation(name: str) -> bool:
    return " " not in name and len(name) <= 7 and sum(c.isupper() for c in name) > 1


def _inverted(name: str) -> str | None:
    """`Lymphoma, Large B-Cell, Diffuse` -> `Diffuse Large B-Cell Lymphoma`; None without a comma."""
    parts = [part.strip() for part in name.split(",")]
    return " ".join(reversed(parts)) if 2 <= len(parts) <= 4 and all(parts) else None


@lru_cache(maxsize=200_000)
def match(text: str) -> Match | None:
    """The disease that a condition or keyword names; None where none is named safely, or the people are healthy."""
    if _NEUTRAL.search(text):
        return None
    exact = load("indication").find(text)
    if exact and not (_ABBREVIATION.match(text) and not text[:2].isupper() and fold(text) in _abbreviations()):
        return Match(exact, "its name") if len(text) > 2 else None
    return _match_chinese(text) if is_chinese(text) else _match_latin(text)


def _match_chinese(text: str) -> Match | None:
    folded = fold(text)
    for word in sorted(_words("strip_zh"), key=len, reverse=True):
        folded = folded.replace(word, "")
    for name, id in _chinese():
        if folded == name:
            return Match(id, "its Chinese name, without severity and line of therapy")
    found = next(((name, id) for name, id in _chinese() if len(name) > 2 and name in folded), None)
    return Match(found[1], f"the Chinese name in it: {found[0]}") if found else None


def _match_latin(text: str) -> Match | None:
    bare = _CAUSE.sub("", _BRACKETS.sub("", text))
    for because, candidate in _candidates(text, bare):
        found = _index().get(_canonical(fold(candidate)))
        if found:
            return Match(found, because)
        stripped = _stripped(_canonical(fold(candidate)))
        found = _index().get(stripped)
        if found and stripped:
            return Match(found, because + ", without severity and line of therapy")
    inside = _in_brackets(text)
    if inside:
        return inside
    return _at_the_end(_canonical(fold(bare)))


def _candidates(text: str, bare: str) -> Iterator[tuple[str, str]]:
    yield "its name", text
    yield "its name without brackets and cause", bare
    inverted = _inverted(bare)
    if inverted:
        yield "its name turned round", inverted
    yield "its name without what it is linked to", _CAUSED.sub(" ", bare)


@lru_cache(maxsize=100_000)
def _stripped(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Words without severity, line of therapy and people at either end, then anywhere if that names a disease."""
    drop = _words("strip")
    first, last = 0, len(tokens)
    while first < last and tokens[first] in drop and tokens[first:last] not in _index():
        first += 1
    while last > first and tokens[last - 1] in drop and tokens[first:last] not in _index():
        last -= 1
    if tokens[first:last] in _index():
        return tokens[first:last]
    return tuple(token for token in tokens if token not in drop)


def _in_brackets(text: str) -> Match | None:
    for inside in _BRACKETS.findall(text):
        found = _abbreviations().get(fold(inside)) if _ABBREVIATION.match(inside) else None
        found = found or _index().get(_canonical(fold(inside)))
        if found:
            return Match(found, "its abbreviation or name in brackets")
    return None


def _at_the_end(tokens: tuple[str, ...]) -> Match | None:
    """The longest term that ends the phrase, or that only words such as `in adults` follow."""
    for size in range(min(_longest(), len(tokens)), 0, -1):
        for start in range(len(tokens) - size, -1, -1):
            gram = tokens[start : start + size]
            found = _index().get(gram)
            after = tokens[start + size :]
            if found and _holds(gram, tokens[:start]) and (not after or after[0] in _words("follow")):
                return Match(found, f"the term in it: {' '.join(gram)}")
    return None


def _holds(gram: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a contained term may stand for the whole: no negation before it, not one loose word."""
    if _words("contradict") & set(before):
        return False
    return len(gram) > 1 or (_SAFE_ENDING.search(gram[0]) is not None and len(gram[0]) > 5)


@lru_cache(maxsize=100_000)
def match_title(title: str) -> tuple[Match, ...]:
    """The diseases that a title names, longest terms first taken, none inside another."""
    if _NEUTRAL.search(title):
        return ()
    if is_chinese(title):
        found = _match_chinese(title)
        return (found,) if found else ()
    tokens = _canonical(fold(_CAUSED.sub(" ", title)))
    taken = [False] * len(tokens)
    found_at: dict[int, Match] = {}
    for size in range(min(_longest(), len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            if any(taken[start : start + size]):
                continue
            gram = tokens[start : start + size]
            id = _index().get(gram)
            if id and _holds(gram, tokens[max(0, start - 2) : start]) and not _NOT_THIS & {*tokens[start + size :][:1]}:
                found_at[start] = Match(id, f"the title names {' '.join(gram)}")
                taken[start : start + size] = [True] * size
    return tuple(found_at[start] for start in sorted(found_at))


def of_trial(trial: Trial) -> list[Match]:
    """The diseases a trial is about, each once, with the place that says so; never more than its own list.

    Conditions first. Keywords, then titles, are read only where the conditions name no disease, or none but heads of
    the tree (`Retinal Disease`); then they may only name something below those heads. A disease above another
    one found is left out.
    """
    found = list(_of_list(trial.conditions, "conditions"))
    if all(_is_head(m.id) for m in found):
        for more in (list(_of_list(trial.keywords, "keywords")), *(_of_titles(trial))):
            below = [m for m in more if not found or _below_any(m.id, found)]
            if below:
                found += below
                break
    return _lowest(found)


def _of_list(texts: Sequence[str], field: str) -> Iterator[Match]:
    for index, text in enumerate(texts):
        found = match(text)
        if found:
            yield Match(found.id, found.because, f"protocolSection.conditionsModule.{field}[{index}]")


def _of_titles(trial: Trial) -> Iterator[list[Match]]:
    for field, place in _TITLES:
        title = getattr(trial, field)
        if title:
            yield [Match(m.id, m.because, place) for m in match_title(title)]


@cache
def _is_head(id: str) -> bool:
    """Whether a term only groups: nothing above it or one step below such a term, and others below it."""
    tree = load("indication")
    parents = tree.terms[id].parents
    high = not parents or all(not tree.terms[parent].parents for parent in parents)
    return high and len(tree.descendants(id)) > 1


def _below_any(id: str, found: Iterable[Match]) -> bool:
    above = load("indication").ancestors(id)
    return any(m.id in above and m.id != id for m in found)


def _lowest(found: Iterable[Match]) -> list[Match]:
    """Each disease once, in order, without those above another one found."""
    first: dict[str, Match] = {}
    for m in found:
        first.setdefault(m.id, m)
    tree = load("indication")
    above = {up for id in first for up in tree.ancestors(id) if up != id}
    return [m for id, m in first.items() if id not in above]
