"""Which products an intervention states, and by which names.

Generic phrases (`gene transfer`, `CAR-T cells`) state none: they never join two sponsors' products.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import combinations

from frontrunner.model import Intervention
from frontrunner.resolve import chinese
from frontrunner.resolve.names import (
    Caseless,
    Name,
    codes,
    constructs,
    inns,
    is_chinese,
    may_match,
    name_key,
    plain,
    rules,
)

MEDICINES = frozenset({"DRUG", "BIOLOGICAL", "GENETIC", "COMBINATION_PRODUCT", "COMBINATION PRODUCT", ""})
_TOGETHER = re.compile(
    r"\s\+\s|\s?＋\s?|\bplus\b|\b(?:in combination|combined|together|co-?administered) with\b|\bfollowed by\b|\bwith\b"
    r"|\bversus\b|\bvs\b\.?|\band\b|\bor\b|\s&\s|、",
    re.I,
)
_APART = re.compile(
    r"[;()\[\]{}（）；，：]|,(?!\d{3}\b)|(?<=\w): |\s=\s|\ba\.?k\.?a\b\.?|\balso (?:known|referred to|called) as\b"
    r"|\bformerly(?: known as| called)?\b|\bpreviously(?: known as| called)?\b|\bi\.e\.",
    re.I,
)
_MAY_BE_APART = re.compile(r"[;()\[\]{}（）；，：,:=]|known|called|a\.?k\.?a|i\.e|formerly|previously", re.I)
_SLASH = re.compile(r"(?<=[\w)®™]{3})\s?/\s?(?=[\w(][\w-]{2})")
#: a code of a series: the letters before its number, the number, a letter or two behind it
_SERIES = re.compile(r"([a-z]{2,})(\d{2,})[a-z]{0,2}")
_SEROTYPE_SLASH = re.compile(r"(?i)(aav ?\d*)/(?=\w)")
_NOTHING = Caseless(
    r"placebo|\bsham\b|\bdummy\b|\bvehicle\b|^saline|standard[- ]of[- ]care|standard (?:care|treatment|therapy)\b"
    r"|\busual care|best supportive|best available|\bno (?:treatment|intervention)|^control\b|安慰剂|对照",
)
#: words without which the pattern of that name cannot match
_NOTHING_CUES = ("placebo", "sham", "dummy", "vehicle", "saline", "standard", "care", "best", "no ", "control")
_TOGETHER_CUES = ("+", "plus", "with", "followed", "versus", "vs", "and", "or", "&")


def names(intervention: Intervention) -> list[Name]:
    """The specific names of what is given: of its name and, where that states one product, of its other names.

    Generic phrases give none. `a/b` of two plain or nonproprietary names is a fixed combination, a product of its
    own with the key `a+b` (sorted), unless one part is background (`torcetrapib/atorvastatin` is torcetrapib); a
    code beside a name (`PF-06838435/ fidanacogene elaparvovec`) is one product. Of `a plus b` only the first
    product is named here: `tested` states each.
    """
    stated = stated_products(intervention)
    return list(stated[0]) if stated else []


def stated_products(intervention: Intervention) -> list[tuple[Name, ...]]:
    """The products that an intervention states, background partners left out, each with its names."""
    found = _products(intervention.name, intervention.type or "")
    if len(found) > 1:
        own = [product for product in found if not all(is_background(name.key) for name in product)]
        return [product for names in own or found for product in apart(names)]
    first = list(found[0]) if found else []
    others = [(other, _products(other, intervention.type or "")) for other in intervention.other_names]
    copies = {name.key for other, more in others if _is_copy(other) for names in more for name in names}
    for other, more in others:
        first += more[0] if len(more) == 1 and not _is_copy(other) else ()
    copies -= {name.key for names in found for name in names}
    return apart(unique(name for name in first if name.key not in copies))


@lru_cache(maxsize=200_000)
def _is_copy(text: str) -> bool:
    """Whether a text speaks of a biosimilar: the proper name in it is that of its reference."""
    return "biosimilar" in text.lower() or "生物类似" in text


def apart(names: tuple[Name, ...]) -> list[tuple[Name, ...]]:
    """The products that some names are: one, or each its own where two codes of one series stand together.

    `BIIB111 and BIIB112` are two products, and which of them a name beside them is cannot be told.
    """
    codes = [name.key for name in names if name.kind == "code"]
    if any(_are_of_one_series(one, other) for one, other in combinations(codes, 2)):
        return [(name,) for name in names]
    return [names] if names else []


@lru_cache(maxsize=200_000)
def is_nothing(text: str) -> bool:
    """Whether a text says placebo, sham, standard care or the like."""
    return may_match(text.lower(), _NOTHING_CUES) and _NOTHING.search(text) is not None


@lru_cache(maxsize=200_000)
def _products(text: str, kind: str) -> list[tuple[Name, ...]]:
    found = []
    for part in _TOGETHER.split(text) if _may_be_two(text) else (text,):
        for own in part.split(";") if ";" in part and is_nothing(part) else (part,):
            named = () if is_nothing(own) else unique(_of_part(own, kind))
            named = tuple(name for name in named if name.kind != "inn") if _is_copy(own) else named
            if named:
                found.append(named)
    return found


@lru_cache(maxsize=200_000)
def is_only_nothing(text: str) -> bool:
    """Whether all that a text adds up is placebo, standard care or the like (`MSC + standard care` is not)."""
    return is_nothing(text) and (not _may_be_two(text) or all(map(is_nothing, _TOGETHER.split(text))))


def _may_be_two(text: str) -> bool:
    return (" " in text or "＋" in text or "、" in text) and may_match(text.lower(), _TOGETHER_CUES)


def unique(found: Iterable[Name]) -> tuple[Name, ...]:
    named = [name for name in found if name.key]
    return tuple({name.key: name for name in reversed(named)}.values())[::-1] if len(named) > 1 else tuple(named)


def _of_part(part: str, kind: str) -> list[Name]:
    """The names of one product: a part without `plus`, `and`, `or`."""
    protected = _SEROTYPE_SLASH.sub("\\1\x00", part) if "/" in part else part
    found: list[Name] = []
    for piece in _APART.split(protected) if _MAY_BE_APART.search(protected) else (protected,):
        sides = [of_piece(side, kind) for side in (_SLASH.split(piece) if "/" in piece else (piece,))]
        found += _combined([side for side in sides if side])
    return found


def _are_of_one_series(code: str, other: str) -> bool:
    """Whether two keys of codes differ in their number alone (`biib111`, `biib112`): two products of one maker.

    Not where the number is only written otherwise: with noughts before it, its end alone (`jnj4528`), with that of its
    salt behind it (`bms79005205`), a digit left out. A catalogue (NSC) gives one substance several numbers.
    """
    one, two = _SERIES.fullmatch(code), _SERIES.fullmatch(other)
    if one is None or two is None or one[1] != two[1] or one[1] == "nsc":
        return False
    short, long = sorted((one[2].lstrip("0"), two[2].lstrip("0")), key=len)
    if long.endswith(short) or (long.startswith(short) and len(long) == len(short) + 2):
        return False
    return len(short) < 5 or not any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _combined(sides: Sequence[Sequence[Name]]) -> list[Name]:
    """Names on the sides of slashes: synonyms, or the one name of a fixed combination."""
    if len(sides) < 2:
        return [name for side in sides for name in side]
    sides = [side for n, side in enumerate(sides) if not any(_of_one_series(side, other) for other in sides[:n])]
    flat = [name for side in sides for name in side]
    kinds = {name.kind for name in flat}
    if len(sides) < 2 or kinds & {"code", "construct"} or ("zh" in kinds and len(kinds) > 1):
        return flat
    own = [side for side in sides if not is_background(side[0].key)] or sides
    if len(own) == 1:
        return list(own[0])
    first = sorted((side[0] for side in own), key=lambda name: name.key)
    return [Name("/".join(n.value for n in first), "+".join(n.key for n in first), "combination")]


def _of_one_series(side: Sequence[Name], other: Sequence[Name]) -> bool:
    """Whether two sides are codes of one series (`LN-145/LN-144`): two products, the first is meant."""
    one, two = side[0], other[0]
    return one.kind == two.kind == "code" and _are_of_one_series(one.key, two.key)


@lru_cache(maxsize=200_000)
def of_piece(piece: str, kind: str) -> list[Name]:
    piece = piece.replace("\x00", "/").strip()
    if not piece:
        return []
    if is_chinese(piece):
        piece = chinese.LABEL.sub("", piece).strip()
        if is_chinese(piece):
            return _chinese(piece)
    found = constructs(piece)
    if not found:
        found = codes(piece, alone=True)
    found = [name for name in found if name.key not in shared_names()] + inns(piece)
    if not found and kind in MEDICINES:
        single = plain(piece)
        # under GENETIC a common word is an assay or a gene (`gene mapping`), a capital begins a product's name
        usual = single is not None and (kind != "GENETIC" or (single.value[0].isupper() and " " not in single.value))
        found = [single] if single and usual and single.key not in shared_names() else []
    return found


def _chinese(piece: str) -> list[Name]:
    found = codes(chinese.HAN.sub(" ", piece))
    bare = chinese.proper(piece, beside_code=bool(found))
    return [Name(bare, name_key(bare), "zh"), *found] if bare else found


@cache
def shared_names() -> frozenset[str]:
    """Keys that several products share (a vector's name, a firm's), so that they name none."""
    told = (*(row["name"] for row in rules("shared_names")), *(row["head"] for row in rules("company_heads")))
    return frozenset(map(name_key, told))


@cache
def background() -> dict[str, str]:
    """Name key -> class of the medicines usually given beside the one under study (rules/background.csv)."""
    return {name_key(row["name"]): row["class"] for row in rules("background")}


def is_background(key: str) -> bool:
    """Whether a key is a medicine usually given beside the one under study."""
    return key in background()
