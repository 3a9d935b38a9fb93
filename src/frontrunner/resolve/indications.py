"""Which disease of the vocabulary a condition, a keyword or a title names; nothing where none is named safely.

The steps, in order, each named in `Match.because`: the name itself; without brackets, severity and line of therapy;
an inverted name turned round; an abbreviation in brackets; the longest term at the end of the phrase.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape

import msgspec

from frontrunner.resolve.disease_names import DiseaseNames, Words, canonical, inverted, loosened, words
from frontrunner.resolve.names import Caseless, is_chinese, may_match
from frontrunner.vocab import Vocabulary, fold, load

_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]")
_CAUSE = re.compile(
    r"[,\s]+(?:due to|caused by|associated with|linked to|because of|resulting from|secondary to|harbou?ring"
    r"|following)\b.*$",
    re.I,
)
_CAUSED = re.compile(r"[-\s](?:associated|linked|related|mutated|mutant|positive|deficient)\b", re.I)
_NEUTRAL = Caseless(r"healthy|normal volunteers?|volunteers?\b|no condition|健康")
#: words without which the pattern of that name cannot match
_NEUTRAL_CUES = ("healthy", "volunteer", "no condition")
_CAUSED_CUES = ("associated", "linked", "related", "mutated", "mutant", "positive", "deficient")
_ABBREVIATION = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,6}\Z")
_SAFE_ENDING = re.compile(r"(?:oma|omas|emia|itis|philia|cancer|pathy|osis|trophy|penia)\Z")
_ABBREVIATED = re.compile(r"(?<=[a-z]) [A-Z][A-Za-z-]{0,4}[A-Z]\Z")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9-]{2,}")
_ENTITY = re.compile(r"&\w+;")
_GLUED_NUMBER = re.compile(r"([A-Za-z])(\d)")
#: a condition of so many words is a sentence: only what stands in it as a whole counts
_SENTENCE = 15
_NOT_THIS = frozenset(
    {"related", "associated", "induced", "like", "free", "vaccine", "vaccination", "screening", "antigen", "kinase"}
)


class Match(msgspec.Struct, frozen=True):
    """A disease that a text names: its vocabulary id, the step that found it, and the place of the text."""

    id: str
    because: str
    place: str = ""


@cache
def packaged() -> "Matcher":
    """The matcher over the packaged list alone."""
    return Matcher(load("indication"))


class Matcher:
    """Finds the diseases of one vocabulary in conditions, keywords and titles."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.names = DiseaseNames(vocabulary)

    def lowest(self, found: list[Match]) -> list[Match]:
        """Each disease once, in order, without those above another one found and what is only a sign of one."""
        if len(found) < 2:
            return found
        first: dict[str, Match] = {}
        for one in found:
            first.setdefault(one.id, one)
        above = {up for id in first for up in self.names.vocabulary.ancestors(id) if up != id}
        lowest = [one for id, one in first.items() if id not in above]
        return [one for one in lowest if one.id not in words("manifestation")] or lowest

    def match(self, text: str) -> Match | None:
        """The disease that a condition or keyword names; None where none is named safely, or the people are healthy."""
        if _NEUTRAL.search(text):
            return None
        exact = self.names.vocabulary.find(text)
        loose = _ABBREVIATION.match(text) and not text[:2].isupper() and fold(text) in self.names.abbreviations
        if exact and not loose:
            return Match(exact, "its name") if len(text) > 2 or is_chinese(text) else None
        return self._match_chinese(text) if is_chinese(text) else self._match_latin(text)

    def _match_chinese(self, text: str) -> Match | None:
        folded = fold(_BRACKETS.sub("", text))
        for word in sorted(words("strip_zh"), key=len, reverse=True):
            folded = folded.replace(word, "")
        found = next(((name, id) for name, id in self.names.chinese if folded.endswith(name)), None)
        if found:
            alone = "its Chinese name, without severity and line of therapy"
            return Match(found[1], alone if found[0] == folded else f"the Chinese name at its end: {found[0]}")
        found = next(((name, id) for name, id in self.names.chinese if len(name) > 2 and name in folded), None)
        return Match(found[1], f"the Chinese name in it: {found[0]}") if found else self._written_in_chinese(text)

    def _written_in_chinese(self, text: str) -> Match | None:
        """The one disease whose abbreviation stands in a Chinese text (`治疗COPD稳定期`)."""
        ids = {self.names.abbreviations.get(fold(word)) for word in _CAPITALS.findall(text)} - {None}
        return Match(str(ids.pop()), "its abbreviation in a Chinese text") if len(ids) == 1 else None

    def _match_latin(self, text: str) -> Match | None:
        text = _unescaped(text) if "&" in text else text
        bare = _CAUSE.sub("", _BRACKETS.sub("", text))
        for candidate, because in _candidates(text, bare).items():
            tokens = canonical(fold(candidate))
            found = self.names.find(tokens)
            if found:
                return Match(found, because)
            core = self._stripped(tokens)
            found = self.names.find(core) or self._abbreviated(candidate, core)
            if found:
                return Match(found, because + ", without severity and line of therapy")
        inside = self._in_brackets(text)
        if inside:
            return inside
        tokens = canonical(fold(bare))
        return self._at_the_end(tokens) if len(tokens) < _SENTENCE else None

    def _stripped(self, tokens: Words) -> Words:
        """The longest disease left when severity, line of therapy and people go from the ends, else without any."""
        drop = words("strip")
        lead = next((n for n, token in enumerate(tokens) if token not in drop), len(tokens))
        trail = next((n for n, token in enumerate(reversed(tokens)) if token not in drop), len(tokens))
        spans = [(first, last) for first in range(lead + 1) for last in range(len(tokens) - trail, len(tokens) + 1)]
        for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
            if tokens[first:last] in self.names.index:
                return tokens[first:last]
        return tuple(token for token in tokens if token not in drop)

    def _abbreviated(self, text: str, core: Words) -> str | None:
        """The disease whose abbreviation is all that is left of a text (`Relapsed B-ALL`), if written as one."""
        sought = " ".join(core)
        if sought not in self.names.abbreviations:
            return None
        written = any(sum(c.isupper() for c in word) > 1 and fold(word) == sought for word in text.split())
        return self.names.abbreviations[sought] if written else None

    def _in_brackets(self, text: str) -> Match | None:
        insides = _BRACKETS.findall(text)
        before = canonical(fold(_BRACKETS.sub("", text))) if insides else ()
        for inside in insides:
            found = self.names.index.get(canonical(fold(inside)))
            if found is None and _ABBREVIATION.match(inside):
                found = self.names.abbreviations.get(fold(inside))
                found = found if found and self._agrees(before, found) else None
            if found:
                return Match(found, "its abbreviation or name in brackets")
        return None

    def _agrees(self, before: Sequence[str], id: str) -> bool:
        """Whether half of the telling words before an abbreviation are those of the disease that it may stand for."""
        telling = {word for word in before if word not in words("generic") and word not in words("strip")}
        own = {word for name in self.names.vocabulary.terms[id].names() for word in canonical(fold(name))}
        return 2 * len(telling & own) >= len(telling)

    def _at_the_end(self, tokens: Words) -> Match | None:
        """The longest term that ends the phrase, or that only words such as `in adults` follow.

        Of `A of B` it is A where A names a disease (`Anemia of Chronic Kidney Disease`).
        """
        spans = [
            (size, start)
            for start in range(len(tokens))
            for size in self.names.sizes(tokens, start)
            if start + size == len(tokens) or tokens[min(start + size, len(tokens) - 1)] in words("follow")
        ]
        for size, start in sorted(spans, reverse=True):
            gram = tokens[start : start + size]
            found = self.names.index.get(gram) or self.names.loose.get(loosened(gram))
            if found and _holds(gram, tokens[:start]):
                joint = next((n for n, token in enumerate(tokens[:start]) if token in words("joint")), 0)
                head = self._at_the_end(tokens[:joint]) if joint else None
                return head or Match(found, f"the term in it: {' '.join(gram)}")
        return None

    def match_title(self, title: str) -> tuple[Match, ...]:
        """The diseases that a title names, in order, the longest term at each word."""
        lower = title.lower()
        if may_match(lower, _NEUTRAL_CUES) and _NEUTRAL.search(title):
            return ()
        if is_chinese(title):
            found = self._match_chinese(title)
            return (found,) if found else ()
        tokens = canonical(fold(_CAUSED.sub(" ", title) if may_match(lower, _CAUSED_CUES) else title))
        lengths = self.names.lengths
        found_ids: dict[str, Match] = {}
        end = 0
        for start in [n for n, token in enumerate(tokens) if token in lengths]:
            size, id = self._named_here(tokens, start) if start >= end else (0, None)
            if id:
                found_ids.setdefault(id, Match(id, f"the title names {' '.join(tokens[start : start + size])}"))
                end = start + size
        return tuple(found_ids.values())

    def _named_here(self, tokens: Words, start: int) -> tuple[int, str | None]:
        """Length and id of the longest term that begins at a word of a title; (0, None) without one."""
        for size in self.names.sizes(tokens, start):
            gram = tokens[start : start + size]
            id = self.names.index.get(gram)
            after = tokens[start + size : start + size + 1]
            if id and _holds(gram, tokens[max(0, start - 2) : start]) and not (after and after[0] in _NOT_THIS):
                return size, id
        return 0, None


def _unescaped(text: str) -> str:
    """A text without the entities of one or more markups, in whatever case a registry wrote them."""
    plain = unescape(_ENTITY.sub(lambda match: match[0].lower(), text))
    return plain if plain == text else _unescaped(plain)


def _candidates(text: str, bare: str) -> dict[str, str]:
    """The forms in which a name is looked up, in order, each with the step that made it."""
    forms = {text: "its name"}
    forms.setdefault(bare, "its name without brackets and cause")
    turned = inverted(bare)
    if turned:
        forms.setdefault(turned, "its name turned round")
    forms.setdefault(_CAUSED.sub(" ", bare), "its name without what it is linked to")
    forms.setdefault(_ABBREVIATED.sub("", bare), "its name before its abbreviation")
    if ";" in bare:
        forms |= {part.strip(): "a part of its name" for part in bare.split(";") if part.strip() not in forms}
    forms.setdefault(_GLUED_NUMBER.sub(r"\1 \2", bare), "its name with the number set apart")
    if bare.lower().endswith("virus"):
        forms.setdefault(f"{bare} infection", "the infection by its virus")
        forms.setdefault(bare[: -len("virus")].strip(), "the disease of its virus")
    return forms


def _holds(gram: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a contained term may stand for the whole: no negation before it, not one loose word."""
    if words("contradict") & set(before):
        return False
    return len(gram) > 1 or (_SAFE_ENDING.search(gram[0]) is not None and len(gram[0]) > 5)
