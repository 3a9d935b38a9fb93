"""What the rules say of one text: the kind of medicine that its words name (rules/modality.csv, inn_stems.csv).

A rule is tried where one of its cues occurs; its guard silences it. A `weak` rule (`gene therapy`, `T cells`) says
only a group and gives way to a kind below it.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from frontrunner.model import Intervention
from frontrunner.resolve.names import is_inn, name_key, rules, stem_pattern, words
from frontrunner.vocab import load

#: (place in the record, the words there)
Said = tuple[str, str]

#: rank of what a nonproprietary name says by its stem: before every rule
BY_STEM = -1

_NO_PRODUCT = re.compile(
    r"lead[- ]?in\b|run[- ]?in\b|natural history|pre-?screening|seroprevalence|patient preference", re.I
)
_BEFORE = re.compile(
    r"(?:after|following|post|prior|previous(?:ly)?|before|received|receiving|undergoing|treated with|refractory to"
    r"|failed|failure of|relaps\w+ (?:after|from|following)|toxicit\w+ (?:of|after|from)|associated with|induced by"
    r"|caused by|related to|candidates? for|eligible for|eligibility for|history of|bridging (?:\w+ )?(?:to|before)"
    r"|complications? of|in patients with|consolidat\w+|exposed to)\W+(?:[\w+-]+\W+){0,3}\Z",
    re.I,
)
_WORD = re.compile(r"(?<![\w.-])[^\W\d_]{4,}(?![\w-])")
_BIOLOGIC_SUFFIX = re.compile(r"(?<=[a-z]{4})-[a-z]{4}\b")


class Hit(msgspec.Struct, frozen=True):
    """A modality that a text names, the words, the rank of the rule (smaller first) and whether it is weak."""

    rank: int
    modality: str
    words: str
    weak: bool


class _Rule(msgspec.Struct, frozen=True):
    rank: int
    pattern: re.Pattern[str]
    guard: re.Pattern[str] | None
    modality: str
    scope: str
    weak: bool


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """Cue -> the rules that are tried where it occurs."""
    by_cue: dict[str, list[_Rule]] = {}
    for rank, row in enumerate(rules("modality")):
        guard = re.compile(row["guard"], re.I) if row["guard"] else None
        pattern = re.compile(row["pattern"], re.I)
        rule = _Rule(rank, pattern, guard, row["modality"], row["scope"], bool(row["weak"]))
        for cue in row["cues"].split("|"):
            by_cue.setdefault(cue, []).append(rule)
    return {cue: tuple(found) for cue, found in by_cue.items()}


@cache
def _stems() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """(pattern of a whole name, modality, target or empty) of each stem, in order."""
    return tuple((re.compile(stem_pattern(row["stem"])), row["modality"], row["target"]) for row in rules("inn_stems"))


@lru_cache(maxsize=200_000)
def of_inn(name: str) -> tuple[int, str, str] | None:
    """(row, modality, target or empty) that the stem of a lower-case name of one or two words tells."""
    found = ((n, stem[1], stem[2]) for n, stem in enumerate(_stems()) if stem[0].fullmatch(name))
    return next(found, None) if len(name) > 5 and name not in words("generic", "generic") else None


@cache
def antibodies() -> dict[str, tuple[str, str]]:
    """Name key -> (modality, targets) of the antibodies that we list."""
    return {name_key(row["inn"]): (row["modality"], row["target"]) for row in rules("antibodies")}


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
    lower = text.lower()
    cues = [cue for cue in _rules() if cue in lower]
    tried = {rule.rank: rule for cue in cues for rule in _rules()[cue]} if cues else {}
    found = []
    for _, rule in sorted(tried.items()):
        match = None if title and rule.scope == "name" else rule.pattern.search(text)
        if match is None or (rule.guard and rule.guard.search(text)):
            continue
        if not (title and _BEFORE.search(text, max(0, match.start() - 80), match.start())):
            found.append(Hit(rule.rank, rule.modality, match[0], rule.weak))
    return tuple(found)


@lru_cache(maxsize=200_000)
def by_stem(text: str) -> Hit | None:
    """What a nonproprietary name in the text says by its stem, the most telling stem first, or by our antibodies."""
    told: list[tuple[int, str, str]] = []
    before = ""
    for word in _WORD.findall(_BIOLOGIC_SUFFIX.sub("", text.lower())):
        name = f"{before} {word}" if is_inn(f"{before} {word}") else word
        said = of_inn(name) or of_inn(word)
        if said:
            told.append((said[0], said[1], name))
        before = word
    if not told:
        return None
    _, modality, name = min(told)
    known = antibodies().get(name_key(name))
    return Hit(BY_STEM, known[0] if known else modality, name, False)


def best(said: Sequence[Said], title: bool) -> tuple[Hit, str] | None:
    """The hit of the earliest rule among all texts, with its place: strong ones first."""
    found = [(hit, place) for place, text in said for hit in hits(text, title)]
    return min(found, key=lambda item: (item[0].weak, item[0].rank), default=None)


def of_names(said: Sequence[Said]) -> tuple[Hit, str] | None:
    """What names say: a stem before any rule."""
    for place, text in said:
        stem = by_stem(text)
        if stem:
            return stem, place
    return best(said, title=False)


def of_intervention(intervention: Intervention) -> str | None:
    """The modality that an intervention's own names say."""
    return _of_texts((intervention.name, *intervention.other_names))


@lru_cache(maxsize=100_000)
def _of_texts(texts: tuple[str, ...]) -> str | None:
    found = of_names([("", text) for text in texts])
    return found[0].modality if found else None


@lru_cache(maxsize=100_000)
def title_gives_living(title: str) -> bool:
    """Whether a title is about giving a gene or cell product (not about patients who had one, nor a lead-in)."""
    found = None if is_before_product(title) else best([("", title)], title=True)
    return found is not None and is_living(found[0].modality)


def is_before_product(title: str) -> bool:
    """Whether a title is that of a lead-in, natural history or screening study: no product is given in it."""
    return _NO_PRODUCT.search(title) is not None
