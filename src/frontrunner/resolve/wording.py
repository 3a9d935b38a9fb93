"""What the rules say of one text: the kind of medicine that its words name (rules/modality.csv, inn_stems.csv).

A rule is tried where one of its cues occurs; its guard silences it. A `weak` rule (`gene therapy`, `T cells`) says
only a group and gives way to a kind below it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Generic, TypeVar

import msgspec

from frontrunner.model import Intervention
from frontrunner.resolve import known
from frontrunner.resolve.names import (
    BEFORE_SECOND_WORD,
    Caseless,
    alternatives,
    has_stem,
    is_inn,
    letter_words,
    may_match,
    name_key,
    rules,
    stem_pattern,
    words,
)
from frontrunner.vocab import load

#: (place in the record, the words there)
Said = tuple[str, str]

#: rank of what a nonproprietary name says by its stem: before every rule
BY_STEM = -1

#: rank of what we know a product to be by its name: after every rule, because the record does not say it
BY_NAME = 1_000

_NO_PRODUCT = Caseless(
    r"lead[- ]?in\b|run[- ]?in\b|natural history|pre-?screening|seroprevalence|patient preference|decision[- ]making"
    r"|attitudes?\b|perceptions?\b|perspectives\b|interviews?\b|predictab|predictors? of|prognos|on outcomes? of"
    r"|resource use|costs? of|cost[- ]effectiveness|referral"
    r"|(?:to|for) predict(?:ing)? (?:\w+ ){0,2}(?:outcomes?|response|toxicit|relapse)"
)
_NO_PRODUCT_CUES = (
    *("lead", "run", "natural history", "screening", "seroprevalence", "patient preference", "decision", "attitude"),
    *("percept", "perspectives", "interview", "predict", "prognos", "outcome", "resource", "cost"),
    "referral",
)
_BEFORE = re.compile(
    r"(?:after|following|post(?!-transplant)|prior|previous(?:ly)?|before|received|receiving|undergoing|treated with"
    r"|refractory to|failed|failure of|relaps\w+ (?:after|from|following)|toxicit\w+ (?:of|after|from)|associated with"
    r"|induced by|caused by|related to|candidates? for|eligible for|eligibility for|history of"
    r"|bridging (?:\w+ )?(?:to|before)|complications? of|in patients with|consolidat\w+|exposed to"
    r"|responses? to|during|adjuvant for|recipients of|preparation (?:to|for)"
    r"|(?:cardiovascular|cardiac|adverse|side|late|neurolog\w+|cognitive|metabolic) (?:effects?|events?) (?:of|in))"
    r"\W+(?:[\w+-]+\W+){0,3}\Z",
    re.I,
)
#: what stands right behind a product in a title that is about what it does to people
_BEHIND = re.compile(
    r"(?:\W*\b(?:(?:t|nk)[- ]?)?(?:cells?|lymphocytes?|therap(?:y|ies)|immunotherapy|infusions?|treatment)\b"
    r"|\s*\([^)]{1,12}\))*"
    r"(?:\W+|-)(?:related|associated(?! with)|induced|recipients|survivors|candidates|toxicit\w+|imaging)\b",
    re.I,
)
_WORD = re.compile(r"(?<![\w.-])[^\W\d_]{4,}(?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]+")
#: letters of the second word of a nonproprietary name, and of one that is a single word, are more than these
_SHORTEST_INN = 5
#: words without a cue that are remembered
_MOST_DULL = 200_000
_BIOLOGIC_SUFFIX = re.compile(r"(?<=[a-z]{4})-[a-z]{4}\b|(?<=cel)-[a-z]\b")


class Hit(msgspec.Struct, frozen=True):
    """A modality that a text names, the words, the rank of the rule (smaller first) and whether it is weak."""

    rank: int
    modality: str
    words: str
    weak: bool


T = TypeVar("T")


class Cued(Generic[T]):
    """Rules that are tried only where one of their cues occurs, given as (cues separated by `|`, rule).

    A cue is a literal, or after `~` a pattern of one word (`~^tils?$`: not `until`). Titles are new each time but
    their words are not: which cues may stand at a word is looked up, and only those are searched for in the text.
    Most words hold none, and are told by one look at those known to be `dull`.
    """

    def __init__(self, rules: Iterable[tuple[str, T]]) -> None:
        self._rules: list[T] = []
        self._by_word: dict[str, list[tuple[str, int]]] = {}
        self._of_words: list[tuple[re.Pattern[str], int]] = []
        for rank, (cues, rule) in enumerate(rules):
            self._rules.append(rule)
            for cue in alternatives(cues):
                if cue.startswith("~"):
                    self._of_words.append((re.compile(cue[1:]), rank))
                else:
                    # the longest word of a cue; a cue without letters is searched for in every text
                    word = max(_LETTERS.findall(cue), key=len, default="")
                    self._by_word.setdefault(word, []).append((cue, rank))
        self._near = lru_cache(maxsize=50_000)(self._cues_near)
        self._dull: set[str] = set()
        self._everywhere = self._by_word.pop("", [])
        # most words hold no cue at all: one search says so
        parts = (*map(re.escape, sorted(self._by_word)), *(f"(?:{pattern.pattern})" for pattern, _ in self._of_words))
        self._any = re.compile("|".join(parts) or "(?!)")

    def _cues_near(self, word: str) -> tuple[tuple[str, int], ...]:
        if not self._any.search(word):
            if len(self._dull) < _MOST_DULL:
                self._dull.add(word)
            return ()
        literal = chain.from_iterable(cues for part, cues in self._by_word.items() if part in word)
        return (*literal, *(("", rank) for pattern, rank in self._of_words if pattern.search(word)))

    def tried(self, text: str) -> list[T]:
        """The rules one of whose cues occurs in the text in lower case, in their order."""
        lower = text.lower()
        all_words = letter_words(lower)
        if not self._everywhere and self._dull.issuperset(all_words):
            return []
        near = [*self._everywhere, *chain.from_iterable(map(self._near, all_words))]
        if not near:
            return []
        return [self._rules[rank] for rank in sorted({rank for cue, rank in near if cue in lower})]


class _Rule(msgspec.Struct, frozen=True):
    rank: int
    pattern: Caseless
    guard: Caseless | None
    modality: str
    scope: str
    weak: bool


@cache
def _rules() -> Cued[_Rule]:
    found = []
    for rank, row in enumerate(rules("modality")):
        guard = Caseless(row["guard"]) if row["guard"] else None
        pattern = Caseless(row["pattern"])
        found.append((row["cues"], _Rule(rank, pattern, guard, row["modality"], row["scope"], bool(row["weak"]))))
    return Cued(found)


@cache
def _stems() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """(pattern of a whole name, modality, target or empty) of each stem, in order."""
    return tuple((re.compile(stem_pattern(row["stem"])), row["modality"], row["target"]) for row in rules("inn_stems"))


@lru_cache(maxsize=200_000)
def of_inn(name: str) -> tuple[int, str, str] | None:
    """(row, modality, target or empty) that the stem of a lower-case name of one or two words tells."""
    if len(name) < 6 or not has_stem(name) or name in words("generic", "generic"):
        return None
    return next((n, stem[1], stem[2]) for n, stem in enumerate(_stems()) if stem[0].fullmatch(name))


@cache
def listed_inns() -> dict[str, tuple[str, str]]:
    """Name key -> (modality, targets) of the nonproprietary names that we list: those whose stem tells no target."""
    return {name_key(row["inn"]): (row["modality"], row["target"]) for row in rules("listed_inns")}


@cache
def _listed_ranks() -> dict[str, int]:
    """Listed name of one or two words in lower case -> the row of its stem, or of the first stem of its kind."""
    first: dict[str, int] = {}
    for n, (_, modality, _) in enumerate(_stems()):
        first.setdefault(modality, n)
    listed = {row["inn"]: row["modality"] for row in rules("listed_inns")}
    return {name: (of_inn(name) or (first.get(modality, len(_stems())),))[0] for name, modality in listed.items()}


@cache
def families(modality: str) -> frozenset[str]:
    """A modality and everything above it."""
    return load("modality").ancestors(modality)


@cache
def is_living(modality: str) -> bool:
    """Gene and cell products and oncolytic viruses; not the transplant, which is a procedure."""
    return modality != "hsct" and bool(families(modality) & {"gene_therapy", "cell_therapy", "oncolytic_virus"})


@lru_cache(maxsize=200_000)
def hits(text: str, title: bool) -> tuple[Hit, ...]:
    """What the rules say of one text, in their order; of a `title` not what patients had before."""
    found: list[Hit] = []
    for rule in _rules().tried(text):
        # a group says nothing beside a kind
        idle = (title and rule.scope == "name") or (rule.weak and any(not hit.weak for hit in found))
        match = None if idle else rule.pattern.search(text)
        if match is None or (rule.guard and rule.guard.search(text)):
            continue
        if not (title and _is_about_effects(text, match.start(), match.end())):
            found.append(Hit(rule.rank, rule.modality, text[match.start() : match.end()], rule.weak))
    return tuple(found)


def _is_about_effects(title: str, start: int, end: int) -> bool:
    """Whether the product that a title names there is what people had before, or what did something to them."""
    return bool(_BEFORE.search(title, max(0, start - 80), start) or _BEHIND.match(title, end))


@lru_cache(maxsize=200_000)
def by_stem(text: str) -> Hit | None:
    """What a nonproprietary name in the text says by our list or its stem, the most telling stem first."""
    told: list[tuple[int, str, str]] = []
    before = ""
    lower = text.lower()
    ranks = _listed_ranks()
    for word in _WORD.findall(_BIOLOGIC_SUFFIX.sub("", lower) if "-" in lower else lower):
        listed = next((name for name in (f"{before} {word}", word) if name in ranks), None)
        if listed:
            told.append((ranks[listed], "", listed))
        elif len(word) > _SHORTEST_INN:
            two = before.endswith(BEFORE_SECOND_WORD) and is_inn(f"{before} {word}")
            name = f"{before} {word}" if two else word
            said = of_inn(name) or of_inn(word)
            if said:
                told.append((said[0], said[1], name))
        before = word
    if not told:
        return None
    _, modality, name = min(told)
    ours = listed_inns().get(name_key(name))
    return Hit(BY_STEM, ours[0] if ours else modality, name, False)


def by_name(text: str) -> Hit | None:
    """What a text says by naming a product that is known, not as something that patients had before."""
    product = known.of_text(text)
    at = text.find(product.words) if product else 0
    if product is None or _BEFORE.search(text, max(0, at - 80), at):
        return None
    return Hit(BY_NAME, product.modality, product.words, False)


def best(said: Sequence[Said], title: bool) -> tuple[Hit, str] | None:
    """The hit of the earliest rule among all texts, with its place: strong ones first."""
    found = [(hit, place) for place, text in said for hit in hits(text, title)]
    return min(found, key=_strength, default=None)


def of_names(said: Sequence[Said]) -> tuple[Hit, str] | None:
    """What names say: a stem before any rule."""
    found = _of_texts(tuple([text for _, text in said]))
    return (found[0], said[found[1]][0]) if found else None


def of_intervention(intervention: Intervention) -> str | None:
    """The modality that an intervention's own names say."""
    found = _of_texts((intervention.name, *intervention.other_names))
    return found[0].modality if found else None


@lru_cache(maxsize=100_000)
def _of_texts(texts: tuple[str, ...]) -> tuple[Hit, int] | None:
    """The hit with the index of its text: a stem, a rule, a product known by its name, a weak rule."""
    stem = next(((stem, at) for at, text in enumerate(texts) if (stem := by_stem(text))), None)
    if stem:
        return stem if is_living(stem[0].modality) else _living_beside(texts) or stem
    told = min(((hit, at) for at, text in enumerate(texts) for hit in hits(text, False)), key=_strength, default=None)
    if told is None or told[0].weak:
        return next(((hit, at) for at, text in enumerate(texts) if (hit := by_name(text))), told)
    return told


def _living_beside(texts: Sequence[str]) -> tuple[Hit, int] | None:
    """The gene or cell product that stands beside a named medicine (`CD19 CAR-T combined with tislelizumab`)."""
    found = (
        (hit, at)
        for at, text in enumerate(texts)
        if " " in text
        for hit in (*hits(text, True), *filter(None, [by_name(text)]))
        if _counts(hit, text)
    )
    return min(found, key=_strength, default=None)


def _counts(hit: Hit, text: str) -> bool:
    """Whether a hit says for certain that a gene or cell product is given, a weak one in a sum (`T cells + IL-2`)."""
    return is_living(hit.modality) and (not hit.weak or "+" in text)


def _strength(found: tuple[Hit, object]) -> tuple[bool, int]:
    return found[0].weak, found[0].rank


@lru_cache(maxsize=100_000)
def title_gives_living(title: str) -> bool:
    """Whether a title is about giving a gene or cell product (not about patients who had one, nor a lead-in)."""
    found = best([("", title)], title=True)
    return found is not None and is_living(found[0].modality) and not is_before_product(title)


@lru_cache(maxsize=100_000)
def title_is_before_living(title: str) -> bool:
    """Whether a title names a gene or cell product only as what comes after or before (`Bridging Before CAR-T`)."""
    said = [hit for hit in hits(title, False) if is_living(hit.modality)]
    return bool(said) and not any(map(is_living, _given_by(title)))


def _given_by(title: str) -> Iterable[str]:
    """The kinds that a title says are given; a name alone (`NK Cells`) is enough where it begins the title."""
    return [hit.modality for hit in hits(title, True)] or [
        hit.modality
        for hit in hits(title, False)
        if not _BEFORE.search(title, 0, max(title.lower().find(hit.words.lower()), 0))
    ]


def is_before_product(title: str) -> bool:
    """Whether a title is that of a lead-in, natural history or screening study: no product is given in it."""
    return may_match(title.lower(), _NO_PRODUCT_CUES) and _NO_PRODUCT.search(title) is not None
