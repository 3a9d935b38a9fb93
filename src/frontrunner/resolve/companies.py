"""Who a sponsor is, as far as its name tells: the key that joins spellings, its parent, its kind.

A key joins spellings of one name (legal forms, case, punctuation) and the departments of one institution. That Kite
belongs to Gilead is a fact of its own, never a merge.
"""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from html import unescape

from frontrunner.resolve.institutions import institution_key
from frontrunner.resolve.names import rules
from frontrunner.resolve.owners import Owner, chain, top_owner
from frontrunner.vocab import fold

_TAIL = re.compile(
    r"[\s,(\[-]+(?:"
    r"(?:an?|the)\s+(?:indirect\s+)?(?:(?:wholly|fully)[- ]owned\s+)?(?:subsidiary|affiliate|division|part|member)"
    r"\s+of\s+(?P<a>[^()]+)"
    r"|(?:is\s+)?(?:now|currently|since \d{4})\s+(?:a\s+)?(?:part|subsidiary|owned)\s+(?:of|by)\s+(?P<b>[^()]+)"
    r"|part of (?P<c>[^()]+)"
    r"|an?\s+(?P<d>[^(),]+?)\s+(?:company|subsidiary|business|affiliate))(?:\W+(?:inc|llc|ltd|limited))?\W*$",
    re.I,
)
_FORMERLY = re.compile(
    r"[\s,(\[-]+(?:formerly|previously|former|f/?k/?a|ehemals|anciennement|acquired by|merged (?:with|into))\b.*$", re.I
)
_DOING_BUSINESS = re.compile(r"\b(?:d/?b/?a|t/a|trading as|doing business as|c/o)\b.*$", re.I)
#: a legal form behind which the name of a firm is over: `Maruho Co., Ltd. Kyoto R&D Center`
_ENDS = re.compile(
    r"(?<=\w)([\s,]+(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|LLC|GmbH|AG|AB|S\.?A\.?S|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V"
    r"|A/S|Oy|PLC)\b\.?)(?=[\s,;:/–—-]).*$",
    re.I,
)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]")
_CJK = re.compile(r"[㐀-鿿]")
#: likeness from which a long name counts as a large firm's, misspelt: one or two letters in ten
_ALIKE = 0.9
_ACADEMIC = frozenset({"university", "universite", "college", "school", "hospital", "universitat", "foundation"})
#: words of a clinic, which has a firm's name by chance (`Arrowhead Regional Medical Center`)
_CARE = re.compile(r"\b(?:medical (?:center|centre|group)|health (?:system|network|care system)|clinics?)\b")
_TRADE = re.compile(r"pharma|therapeutics|biotech|laborator|farma", re.I)
_INDIVIDUAL = re.compile(
    r"^\[individual\]$|,\s*(?:m\.?\s?d|ph\.?\s?d|dr\.?\s?med|d\.?o|mph|msc|facs)\.?\b|^(?:dr|prof|professor)\.?\s", re.I
)
#: what a firm does, behind its name in Chinese
_TRADE_HAN = ("生物", "医药", "科技", "技术", "制药", "药业", "工程", "制品")
#: legal forms that are no firm's
_ASSOCIATIONS = frozenset({("asbl",), ("onlus",), ("ev",), ("e", "v"), ("me",), ("sdn",)})
_CLASSES = {
    "INDUSTRY": "company",
    "NIH": "government",
    "FED": "government",
    "OTHER_GOV": "government",
    "U.S._FED": "government",
    "INDIV": "individual",
}


@lru_cache(maxsize=200_000)
def company_key(name: str) -> str:
    """The key that joins the spellings of one organisation's name; never empty, and its own key.

    Legal forms of many languages, a leading article, brackets, `a ... Company`, `now part of ...`, `formerly ...`
    are dropped; of a Chinese name the legal suffixes 股份有限公司, 有限公司, 集团; of a firm's name the country
    and the trade behind it (`Ipsen Pharma S.A.`); the branches of a large firm have its key
    (rules/company_heads.csv), and the departments of a university or hospital that of the whole (`institutions`).
    """
    seen = [_key(name)]
    while (shorter := _key(seen[-1])) not in seen:
        seen.append(shorter)
    return min(seen[seen.index(shorter) :])


def _key(name: str) -> str:
    text = unescape(name)
    for cut in (_DOING_BUSINESS, _FORMERLY, _TAIL, _BRACKETS):
        shorter = cut.sub("", text)
        text = shorter if fold(shorter) else text
    text = _ENDS.sub(r"\1", text)
    folded = fold(text) or fold(name) or name.strip().lower() or "unknown"
    if _CJK.search(folded):
        return _without_forms_han(folded)
    bare = _without_forms(folded)
    head = _head(folded) or _head(bare) or institution_key(name)
    return head or (_without_trade(bare) if bare != folded or _TRADE.search(bare) else bare)


def is_large(key: str) -> bool:
    """Whether a key is of a firm whose branches have it too (rules/company_heads.csv)."""
    return key in _heads().values()


@cache
def _heads() -> dict[tuple[str, ...], str]:
    return {tuple(row["head"].split()): row["key"] for row in rules("company_heads")}


def _head(bare: str) -> str | None:
    """The key of a large firm that a name begins with; none for a university or clinic of the same name."""
    words = tuple(bare.split())
    cared_for = bool(_ACADEMIC & set(words) or _CARE.search(bare))
    begun = (words[:size] for size in range(min(5, len(words)), 0, -1))
    found = next(
        (_heads()[head] for head in begun if head in _heads() and not (cared_for and not _ACADEMIC & set(head))), None
    )
    return found or (None if cared_for else _misspelt_head(words))


@cache
def _long_heads() -> dict[str, list[tuple[str, int, str]]]:
    """First three letters -> (head of ten letters and more, its words, key)."""
    by_start: dict[str, list[tuple[str, int, str]]] = {}
    for words, key in _heads().items():
        if len("".join(words)) > 9:
            by_start.setdefault("".join(words)[:3], []).append((" ".join(words), len(words), key))
    return by_start


def _misspelt_head(words: tuple[str, ...]) -> str | None:
    """The key of a large firm whose long name a name begins with but for a slip (`Glaxosmithkine`).

    Every word begins with its own letter: `Shanghai Runshi` is not `Shanghai Junshi`.
    """
    for head, size, key in _long_heads().get("".join(words)[:3], ()):
        said = " ".join(words[:size])
        if abs(len(said) - len(head)) < 3 and _initials(said) == _initials(head) and _is_slip(said, head):
            return key
    return None


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split())


def _is_slip(said: str, head: str) -> bool:
    return SequenceMatcher(None, said.replace(" ", ""), head.replace(" ", ""), autojunk=False).ratio() > _ALIKE


def _without_trade(bare: str) -> str:
    """A firm's name without country, `pharma` and the like at its end, if a telling word is left."""
    tails = _tails()
    words = bare.split()
    while len(words) > 1 and words[-1] in tails:
        words = words[:-1]
    while len(words) > 1 and words[-1] in ("and", "of", "the", "r"):
        words = words[:-1]
    return (
        bare
        if words[-1] in tails or (len(words) == 1 and (len(words[0]) < 3 or words[0] in _loose()))
        else " ".join(words)
    )


@cache
def _tails() -> frozenset[str]:
    return frozenset(row["word"] for row in rules("company_tails"))


def telling_words(name: str) -> tuple[str, ...]:
    """The words of a name's key that few firms share; all of them where none is left (`The Medicines Company`)."""
    words = company_key(name).split()
    return tuple(word for word in words if word not in _tails() and word not in _loose()) or tuple(words)


@cache
def _loose() -> frozenset[str]:
    """Words too common to be a firm's name alone (`The Medicines Company`)."""
    return frozenset(row["word"] for row in rules("company_loose"))


@lru_cache(maxsize=50_000)
def parent_hint(name: str) -> str | None:
    """The parent that a name itself states (`Kite, A Gilead Company` -> `gilead`), as a key; a hint, not a fact."""
    match = _TAIL.search(name)
    parent = next((match[group] for group in ("a", "b", "c", "d") if match[group]), None) if match else None
    return company_key(parent) if parent and fold(parent) else None


def parent_key(name: str, on: date | None = None, *, sourced: bool = False) -> str | None:
    """The key of the owner at the top on a day, by the table, else by what the name states; null if unknown.

    With `sourced` the facts of the table that rest on memory do not count.
    """
    key, hint = company_key(name), parent_hint(name)
    found = top_owner(key, on, sourced=sourced) or (hint and (top_owner(hint, on, sourced=sourced) or hint))
    return found if found != key else None


def ownership(name: str, on: date | None = None) -> list[str]:
    """Who owned the company of a name on a day, owner by owner, in words with the source."""
    return [_ownership(company, fact) for company, fact in chain(company_key(name), on)]


def _ownership(company: str, fact: Owner) -> str:
    how = {"renamed": "was renamed", "part": "is part of"}.get(fact.how, "belongs to")
    told = fact.source if fact.sourced else "unverified: from memory"
    return f"{company} {how} {fact.owner}{f' since {fact.since}' if fact.since else ''} ({told})"


@cache
def _forms() -> tuple[frozenset[tuple[str, ...]], int, tuple[str, ...]]:
    """Latin legal forms as word tuples, the length of the longest, and the Chinese ones, longest first."""
    latin = frozenset(tuple(row["form"].split()) for row in rules("legal_forms") if row["script"] == "latin")
    han = sorted((row["form"] for row in rules("legal_forms") if row["script"] == "han"), key=len, reverse=True)
    return latin, max(map(len, latin)), tuple(han)


def _without_forms(folded: str) -> str:
    latin, longest, _ = _forms()
    words = _without_leads(folded.split())
    while True:
        size = next((n for n in range(min(longest, len(words) - 1), 0, -1) if tuple(words[-n:]) in latin), 0)
        if not size:
            break
        words = words[:-size]
    while len(words) > 1 and words[-1] in ("and", "of", "the"):
        words = words[:-1]
    return " ".join(words)


def _without_leads(words: list[str]) -> list[str]:
    """Without an article and the words that firms of some countries put before their name (`Laboratorios Leti`)."""
    if words[0] in ("les", "los") and words[1:2] and words[1] in _leads():
        words = words[1:]
    while len(words) > 1 and (words[0] == "the" or (words[0] in _leads() and words[1] not in _tails())):
        words = words[1:]
    return words


@cache
def _leads() -> frozenset[str]:
    return frozenset(row["word"] for row in rules("company_leads"))


def _without_forms_han(folded: str) -> str:
    _, _, han = _forms()
    text = folded.translate(_simplified())
    while True:
        suffix = next((form for form in han if text.endswith(form) and len(text) > len(form) + 1), None)
        if suffix is None:
            return text
        text = text[: -len(suffix)]


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters that names of firms hold -> simplified."""
    return {ord(row["traditional"]): row["simplified"] for row in rules("traditional")}


def without_place(key: str) -> str:
    """A Chinese name's key without the place it begins with (`江苏恒瑞医药`); the key where nothing telling is left.

    Two firms may differ by the place alone: who drops it has to see that only one is meant.
    """
    for row in rules("places_han"):
        if key.startswith(row["place"]) and len(key) > len(row["place"]) + 2:
            return key.removeprefix(row["place"]).removeprefix("省").removeprefix("市")
    return key


def without_trade_han(key: str) -> Iterator[str]:
    """A Chinese name's key without the words of trade at its end (`君实生物医药科技`), one after another.

    It ends before only a place, a trade or two characters are left: who looks them up has to find a known name.
    """
    key = without_place(key)
    while word := next((word for word in _TRADE_HAN if key.endswith(word) and len(key) > len(word) + 2), None):
        key = key.removesuffix(word)
        if any(key.removeprefix(row["place"]) in _TRADE_HAN for row in rules("places_han")):
            return
        yield key


def slug(key: str) -> str:
    """A key as part of an id: words joined by hyphens; Chinese stays as it is."""
    return fold(key).replace(" ", "-") or "unknown"


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"], re.I)) for row in rules("organisation_kinds"))


def _is_firm(name: str) -> bool:
    """Whether a name ends in the legal form of a firm, not of an association."""
    latin, longest, _ = _forms()
    words = fold(name).split()
    ends = (tuple(words[-size:]) for size in range(1, min(longest, len(words) - 1) + 1))
    return any(end in latin and end not in _ASSOCIATIONS for end in ends)


@lru_cache(maxsize=100_000)
def organisation_kind(name: str, registry_class: str | None = None) -> str:
    """An id of the vocabulary `organisation_kind`, by the registry's class first, then by words; `other` if neither.

    The class `INDUSTRY` is a company, `NIH` and `FED` are government, and so is `OTHER_GOV` unless the words say
    hospital or university (public hospitals of other countries are often registered so). A name that no word tells is
    a company where it ends in a firm's legal form.
    """
    told = _CLASSES.get((registry_class or "").upper().replace(" ", "_"))
    if told and registry_class != "OTHER_GOV":
        return told
    said = next((kind for kind, pattern in _kinds() if pattern.search(name)), None)
    if not told and said in (None, "other", "company") and _is_firm(name):
        return "company"
    if _INDIVIDUAL.search(name):
        return "individual"
    if told == "government":
        return said if said in ("hospital", "university") else "government"
    return said or "other"
