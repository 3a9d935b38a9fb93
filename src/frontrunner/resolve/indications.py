"""Which disease of the vocabulary a condition, a keyword or a title names; nothing where none is named safely.

The steps, in order, each named in `Match.because`: the name itself; without brackets, severity and line of therapy;
an inverted name turned round; an abbreviation in brackets; the longest term at the end of the phrase.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from html import unescape
from itertools import chain

import msgspec

from frontrunner.model import Trial
from frontrunner.resolve.names import Caseless, is_chinese, may_match, rules
from frontrunner.vocab import fold, load

_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_CAUSE = re.compile(
    r"[,\s]+(?:due to|caused by|associated with|linked to|because of|resulting from|secondary to|harbou?ring)\b.*$",
    re.I,
)
_CAUSED = re.compile(r"[-\s](?:associated|linked|related|mutated|mutant|positive|deficient)\b", re.I)
_NEUTRAL = Caseless(r"healthy|normal volunteers?|volunteers?\b|no condition|健康")
#: words without which the pattern of that name cannot match
_NEUTRAL_CUES = ("healthy", "volunteer", "no condition")
_CAUSED_CUES = ("associated", "linked", "related", "mutated", "mutant", "positive", "deficient")
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,6}\Z")
_SAFE_ENDING = re.compile(r"(?:oma|omas|emia|philia|cancer|pathy|osis|trophy|penia)\Z")
_GLUED_NUMBER = re.compile(r"([A-Za-z])(\d)")
#: a term with more terms than this at or below it is a group
_MANY = 8
#: a condition of so many words is a sentence: only what stands in it as a whole counts
_SENTENCE = 15
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
def _singular(word: str) -> str:
    """The singular of a plural; a word that has a respelling of its own stays."""
    if word in _respellings() or len(word) < 5 or word.endswith(("ss", "is", "us")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _canonical(folded: str) -> tuple[str, ...]:
    """The words of a folded text in the singular and in American spelling; a respelling may have two words."""
    respelt = _respellings()
    words = [_singular(word) if word[-1] == "s" else word for word in folded.split()]
    if respelt.keys().isdisjoint(words):
        return tuple(words)
    return tuple(" ".join([respelt.get(word, word) for word in words]).split())


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
def _bags() -> dict[tuple[str, ...], str]:
    """Sorted words of each name of two words and more -> id: `Diabetes Type 2` is `type 2 diabetes`."""
    bags: dict[tuple[str, ...], str] = {}
    for words, id in _index().items():
        if len(words) > 1:
            bags.setdefault(tuple(sorted(words)), id)
    return bags


@cache
def _lengths() -> dict[str, dict[str, tuple[int, ...]]]:
    """First word of the names -> second word, or empty for none -> how many words they have, longest first."""
    lengths: dict[str, dict[str, set[int]]] = {}
    for words in _index():
        sizes = lengths.setdefault(words[0], {})
        sizes.setdefault(words[1] if len(words) > 1 else "", set()).add(len(words))
    return {
        first: {second: tuple(sorted(sizes, reverse=True)) for second, sizes in seconds.items()}
        for first, seconds in lengths.items()
    }


def _sizes(tokens: tuple[str, ...], start: int) -> tuple[int, ...]:
    """How many words the names have that may begin at a word, longest first."""
    seconds = _lengths().get(tokens[start])
    if seconds is None:
        return ()
    longer = seconds.get(tokens[start + 1], ()) if start + 1 < len(tokens) else ()
    return longer + seconds.get("", ())


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
    text = unescape(text) if "&" in text else text
    bare = _CAUSE.sub("", _BRACKETS.sub("", text))
    for candidate, because in _candidates(text, bare).items():
        tokens = _canonical(fold(candidate))
        found = _index().get(tokens) or _bags().get(tuple(sorted(tokens)))
        if found:
            return Match(found, because)
        core = _stripped(tokens)
        found = _index().get(core) or _bags().get(tuple(sorted(core)))
        if found:
            return Match(found, because + ", without severity and line of therapy")
    inside = _in_brackets(text)
    if inside:
        return inside
    tokens = _canonical(fold(bare))
    return _at_the_end(tokens) if len(tokens) < _SENTENCE else None


def _candidates(text: str, bare: str) -> dict[str, str]:
    """The forms in which a name is looked up, in order, each with the step that made it."""
    forms = {text: "its name"}
    forms.setdefault(bare, "its name without brackets and cause")
    inverted = _inverted(bare)
    if inverted:
        forms.setdefault(inverted, "its name turned round")
    forms.setdefault(_CAUSED.sub(" ", bare), "its name without what it is linked to")
    forms.setdefault(_GLUED_NUMBER.sub(r"\1 \2", bare), "its name with the number set apart")
    return forms


@lru_cache(maxsize=100_000)
def _stripped(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The longest disease left when severity, line of therapy and people go from the ends; else without any of them."""
    drop = _words("strip")
    lead = next((n for n, token in enumerate(tokens) if token not in drop), len(tokens))
    trail = next((n for n, token in enumerate(reversed(tokens)) if token not in drop), len(tokens))
    spans = [(first, last) for first in range(lead + 1) for last in range(len(tokens) - trail, len(tokens) + 1)]
    for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
        if tokens[first:last] in _index():
            return tokens[first:last]
    return tuple(token for token in tokens if token not in drop)


def _in_brackets(text: str) -> Match | None:
    insides = _BRACKETS.findall(text)
    before = _canonical(fold(_BRACKETS.sub("", text))) if insides else ()
    for inside in insides:
        found = _index().get(_canonical(fold(inside)))
        if found is None and _ABBREVIATION.match(inside):
            found = _abbreviations().get(fold(inside))
            found = found if found and _agrees(before, found) else None
        if found:
            return Match(found, "its abbreviation or name in brackets")
    return None


def _agrees(before: Sequence[str], id: str) -> bool:
    """Whether half of the telling words before an abbreviation are those of the disease that it may stand for."""
    telling = {word for word in before if word not in _words("generic") and word not in _words("strip")}
    own = {word for name in load("indication").terms[id].names() for word in _canonical(fold(name))}
    return 2 * len(telling & own) >= len(telling)


def _at_the_end(tokens: tuple[str, ...]) -> Match | None:
    """The longest term that ends the phrase, or that only words such as `in adults` follow.

    Of `A of B` it is A where A names a disease (`Anemia of Chronic Kidney Disease`).
    """
    spans = [
        (size, start)
        for start in range(len(tokens))
        for size in _sizes(tokens, start)
        if start + size == len(tokens) or tokens[min(start + size, len(tokens) - 1)] in _words("follow")
    ]
    for size, start in sorted(spans, reverse=True):
        gram = tokens[start : start + size]
        found = _index().get(gram)
        if found and _holds(gram, tokens[:start]):
            joint = next((n for n, token in enumerate(tokens[:start]) if token in _words("joint")), 0)
            head = _at_the_end(tokens[:joint]) if joint else None
            return head or Match(found, f"the term in it: {' '.join(gram)}")
    return None


def _holds(gram: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a contained term may stand for the whole: no negation before it, not one loose word."""
    if _words("contradict") & set(before):
        return False
    return len(gram) > 1 or (_SAFE_ENDING.search(gram[0]) is not None and len(gram[0]) > 5)


@lru_cache(maxsize=20_000)
def match_title(title: str) -> tuple[Match, ...]:
    """The diseases that a title names, in order, the longest term at each word."""
    lower = title.lower()
    if may_match(lower, _NEUTRAL_CUES) and _NEUTRAL.search(title):
        return ()
    if is_chinese(title):
        found = _match_chinese(title)
        return (found,) if found else ()
    tokens = _canonical(fold(_CAUSED.sub(" ", title) if may_match(lower, _CAUSED_CUES) else title))
    lengths = _lengths()
    found_ids: dict[str, Match] = {}
    end = 0
    for start in [n for n, token in enumerate(tokens) if token in lengths]:
        size, id = _named_here(tokens, start) if start >= end else (0, None)
        if id:
            found_ids.setdefault(id, Match(id, f"the title names {' '.join(tokens[start : start + size])}"))
            end = start + size
    return tuple(found_ids.values())


def _named_here(tokens: tuple[str, ...], start: int) -> tuple[int, str | None]:
    """Length and id of the longest term that begins at a word of a title; (0, None) without one."""
    for size in _sizes(tokens, start):
        gram = tokens[start : start + size]
        id = _index().get(gram)
        after = tokens[start + size : start + size + 1]
        if id and _holds(gram, tokens[max(0, start - 2) : start]) and not (after and after[0] in _NOT_THIS):
            return size, id
    return 0, None


def of_trial(trial: Trial) -> list[Match]:
    """The diseases a trial is about, each once, with the place that says so; never more than its own list.

    Conditions first. Keywords, then titles, are read only where the conditions name no disease, or only groups
    (`Retinal Disease`); then they may only name something below those groups. A disease above another one found is
    left out, and so is what is only a sign of one (`Blindness`).
    """
    found = _of_list(trial.conditions, "conditions")
    if all(_is_group(m.id) for m in found):
        for more in chain((_of_list(trial.keywords, "keywords"),), _of_titles(trial)):
            below = [m for m in more if not found or _below_any(m.id, found)]
            if below:
                found += below
                break
    return lowest(found)


def _of_list(texts: Sequence[str], field: str) -> list[Match]:
    """Matches of a list; `Retinoschisis`, `X-Linked` are one name that its registry cut at the comma."""
    matches: list[Match] = []
    told = list(map(match, texts))
    if not any(told):
        return matches
    for index, found in enumerate(told):
        if found is None:
            continue
        if index + 1 < len(texts) and told[index + 1] is None:
            whole = match(f"{texts[index]}, {texts[index + 1]}")
            found = whole if whole and _below_any(whole.id, [found]) else found
        matches.append(Match(found.id, found.because, f"protocolSection.conditionsModule.{field}[{index}]"))
    return matches


def _of_titles(trial: Trial) -> Iterator[list[Match]]:
    for field, place in _TITLES:
        title = getattr(trial, field)
        if title:
            yield [Match(m.id, m.because, place) for m in match_title(title)]


@cache
def _is_group(id: str) -> bool:
    """Whether a term says little: many diseases stand below it (`Lymphoma`, `Retinal Degeneration`)."""
    return len(load("indication").descendants(id)) > _MANY


def _below_any(id: str, found: Iterable[Match]) -> bool:
    above = load("indication").ancestors(id)
    return any(m.id in above and m.id != id for m in found)


def lowest(found: list[Match]) -> list[Match]:
    """Each disease once, in order, without those above another one found."""
    if len(found) < 2:
        return found
    first: dict[str, Match] = {}
    for m in found:
        first.setdefault(m.id, m)
    tree = load("indication")
    above = {up for id in first for up in tree.ancestors(id) if up != id}
    lowest = [m for id, m in first.items() if id not in above]
    return [m for m in lowest if m.id not in _words("manifestation")] or lowest
