"""What a name of a product is: its key, its kind, and where one stands in the words of a registry.

A key keeps letters and digits only (`SPK-9001`, `spk 9001` and `SPK9001®` are `spk9001`); a nonproprietary name of
two words keeps its space (`fidanacogene elaparvovec`). Pure text: no trial, no product is known here.
"""

import csv
import re
from functools import cache, cached_property, lru_cache
from pathlib import Path

import msgspec

from frontrunner.resolve.chinese import HAN
from frontrunner.vocab import fold, load

_RULES = Path(__file__).parent / "rules"

#: kinds in the order in which they serve as the preferred name; `zh` is any name in Chinese characters
KINDS = ("code", "inn", "construct", "brand", "plain", "combination", "zh")

_MARKS = re.compile(r"\((?:r|tm|c)\)|[®™©℠]", re.I)
#: the four letters that the FDA sets behind a biologic's proper name; Greek letters and regimens are none
_SUFFIX = re.compile(
    r"(?<=[a-z]{4})(?:(?<=cel)[- ][a-zA-Z])?[- ](?!(?:al[fp]a|beta|zeta|iota|chop|dhap|rice)\Z)[a-z]{4}\Z"
)
#: the letter of a cell product's own name (`sipuleucel-T`)
_CELL_LETTER = re.compile(r"(?<=cel)[- ][a-zA-Z]\Z")
#: the first Greek letter goes without saying (`efgartigimod alfa`); the others tell one substance from the first
_ALFA = re.compile(r"[- ]al(?:f|ph)a\Z")
GREEK = frozenset({"beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"})
#: how a biologic's proper name ends where it is no stem of rules/inn_stems.csv, and common words that follow one
_BIOLOGIC = re.compile(
    r"(?:(?<!dise)(?<!rele)(?<!cre)(?<!ph)(?<!le)(?<!\bb)(?<!\bc)ase|grastim|fusp|cel|vec|tropin|trogon|pacitan|ermin"
    r"|kinra|leukin|(?<!de)tox|toxin[ab]?|pegol|dalcibep|aspart|glargine|lispro|degludec|detemir|cog|poetin|relin|cept"
    r"|plasmin|(?:ase|poetin|tropin|cog|feron) (?:alfa|beta|gamma))\Z"
)
_COMMON = re.compile(
    r"\b(?:acid|body|cell|dose|drug|edta|food|form|free|gene|hpma|like|line|oral|only|plus|rich|sham|skin|term|test|tris"
    r"|type|unit)\Z",
    re.I,
)
_PREFIXES = ("ado ", "fam ", "tbo ", "ziv ")
_PREFIX = re.compile(r"\A(?:ado|fam|tbo|ziv) (?=[a-z]{6})")
_CONSTRUCT_KEY = re.compile(r"(?:r|sc|ss|tg|dc)*aav\w{2}")
_SPACED_HYPHEN = re.compile(r"(?<=\w) ?[-‐‑–] ?(?=\d)")
_CONSTRUCT = re.compile(
    r"(?<![\w.])(?i:(?:r|sc|ss|dc)*AAV)[\w.]*"
    r"(?: ?- ?|[-./:\x00]| (?=[A-Z0-9.]{3,}\b|\d[\x00.]))[\w.\x00:-]*\w"
)
_GLUED = re.compile(r"(?<!\w)(?i:(?:r|sc|ss|dc)*AAV)(?:rh|hu)?\d{1,3}[A-Za-z]{2}\w*")
_SEROTYPE_ONLY = re.compile(
    r"(?:r|sc|ss|dc)*aav(?:rh|hu)?\d{0,3}(?:genes?|vectors?|virus|based|mediated|delivered|serotype)?\w{0,2}"
)
_SPACED_CODE = re.compile(r"(?<![\w-])([A-Z][A-Za-z]{1,6}) (\d{3,8}[A-Za-z]?)(?![\w.%/-])")
_TOKEN_CODE = re.compile(r"(?<![\w./+%-])(?:\d[A-Z]-(?=\d{2})|[A-Za-z])[A-Za-z0-9]*(?:-[A-Za-z0-9]+){0,3}(?![\w+%])")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FORM_BEHIND = re.compile(
    r"-(?:low|mid|medium|high|dose|arm|placebo|injection|oral|iv|sc|im|tablets?|treated|matched)\Z", re.I
)
_LETTERS = re.compile(r"[^\W\d_]+")
#: bytes of ASCII texts: all but small letters are blanks
_BLANKED = bytes(code if 97 <= code <= 122 else 32 for code in range(256))
_BAR = re.compile(r"\|(?![^(]*\))")
_DIGIT = re.compile(r"\d")
_ISOTOPE = re.compile(r"\b\d{1,3}[A-Z][a-z]?-(?=[A-Za-z]{5})")
#: how an antibody's name ends, and a payload may follow
_ANTIBODY = ("mab", "tug", "bart", "mig", "ment")
#: ends of the first words of nonproprietary names of two words
BEFORE_SECOND_WORD = ("gene", *_ANTIBODY)
_LETTER_CODE = re.compile(r"[A-Z]{2,5}-[A-Z]{2,5}")


class Name(msgspec.Struct, frozen=True):
    """A name as stated (`value`), the key that joins its spellings, and its kind (one of `KINDS`)."""

    value: str
    key: str
    kind: str


class Tested(msgspec.Struct, frozen=True):
    """A product under study in one trial.

    `position` numbers it within the trial: the index of its intervention, or a negative number where the
    intervention states another product first or only the title names it. `at` is that index, None for a title;
    `place` the exact place. `generic`: a gene or cell product that no specific name tells apart from another
    sponsor's. `because` is the reason, in words. `shared`: the intervention states another product too.
    """

    position: int
    at: int | None
    place: str
    names: tuple[Name, ...]
    generic: bool
    because: str
    shared: bool = False


class Caseless:
    """A pattern that is searched for without regard to case.

    An ASCII text is searched in lower case, which costs a third; so a match tells its span, and its words are in
    lower case. A pattern that itself tells capitals apart is tried as it is.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._tells_capitals = re.search(r"[A-Z]|\(\?-i", re.sub(r"\\.", "", pattern)) is not None

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(self._pattern, re.I)

    @cached_property
    def _lower(self) -> re.Pattern[str]:
        return re.compile(self._pattern)

    def search(self, text: str) -> re.Match[str] | None:
        if self._tells_capitals or not text.isascii():
            return self._any.search(text)
        return self._lower.search(text.lower())


@cache
def rules(table: str) -> tuple[dict[str, str], ...]:
    """The rows of `rules/<table>.csv`, in file order; empty cells are empty strings."""
    with (_RULES / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, strict=True))


@cache
def words(table: str, flag: str) -> frozenset[str]:
    """The words of a table whose column `flag` is set."""
    return frozenset(row["word"] for row in rules(table) if row[flag])


@cache
def _stops() -> Caseless:
    return Caseless(r"\A(?:" + "|".join(f"(?:{row['pattern']})" for row in rules("codes_stop")) + r")\Z")


def _is_stopped(token: str) -> bool:
    """Whether rules/codes_stop.csv says that a token is no code."""
    return _stops().search(token) is not None


def stem_pattern(stem: str) -> str:
    """A stem of rules/inn_stems.csv as the pattern of a whole name: it may have letters before it."""
    return stem if stem.startswith(r"\w") else r"\w*" + stem


@cache
def _stems() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(stem_pattern(row["stem"]) for row in rules("inn_stems")) + r")\Z")


@cache
def target_keys() -> frozenset[str]:
    """Keys of every target symbol and synonym: they name a gene, never a product."""
    terms = load("target").terms.values()
    return frozenset(name_key(word) for term in terms for word in (term.id, term.label, *term.synonyms))


@cache
def _payloads() -> re.Pattern[str]:
    return re.compile(next(row["stem"] for row in rules("inn_stems") if row["modality"] == "adc"))


@lru_cache(maxsize=100_000)
def has_stem(name: str) -> bool:
    """Whether a name in lower case ends in a stem of the nonproprietary names."""
    return _stems().match(name) is not None


@lru_cache(maxsize=100_000)
def is_inn(folded: str) -> bool:
    """Whether a folded name of one or two words ends in a stem of the nonproprietary names.

    Two words are one name after `...gene`, where a payload follows an antibody (`loncastuximab tesirine`), and where a
    Greek letter tells it from another (`agalsidase beta`).
    """
    first, _, second = folded.rpartition(" ")
    if first:
        if second in GREEK:
            return is_inn(first)
        two = first.endswith("gene") or (first.endswith(_ANTIBODY) and _payloads().fullmatch(second) is not None)
        return two and " " not in first and (has_stem(folded) or is_inn(second))
    return (
        len(folded) > 5
        and folded not in words("generic", "generic")
        and (folded.isalpha() or not any(c.isdigit() for c in folded))
        and has_stem(folded)
    )


def is_salt(key: str, base: str) -> bool:
    """Whether a nonproprietary name is another one with a salt or form behind it; a Greek letter tells two apart."""
    return key.startswith(base) and key.rpartition(" ")[2] not in GREEK


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between bars that stand outside brackets."""
    return _BAR.split(pattern)


def letter_words(lower: str) -> list[str]:
    """The runs of letters of a text in lower case, in order."""
    return lower.encode().translate(_BLANKED).decode().split() if lower.isascii() else _LETTERS.findall(lower)


def may_match(lower: str, cues: tuple[str, ...]) -> bool:
    """Whether a pattern that needs one of its Latin `cues` can match a text, given in lower case.

    Searching for a few literals costs a tenth of a pattern of alternatives. Beyond ASCII the answer is yes: there a
    pattern without case also takes letters that lower case leaves alone (the long s for an s).
    """
    return not lower.isascii() or any(map(lower.__contains__, cues))


def is_chinese(text: str) -> bool:
    """Whether any Chinese character stands in it."""
    return not text.isascii() and HAN.search(text) is not None


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """The key of a product name; empty when the text has neither letters nor digits.

    The four-letter suffix of a biologic (`-drlb`, `-sndz`) and the letter of a cell product (`-T`) are dropped from
    proper names, and so is a prefix that the FDA set before one (`ado-`, `fam-`): they tell makers apart and
    not substances. `alfa` goes without saying (`efgartigimod alfa`), `beta` tells another substance.
    """
    plain = fold(_MARKS.sub("", text))
    bare = without_suffix(plain) if " " in plain else plain
    if is_inn(bare):
        return bare
    return plain if bare != plain and is_inn(plain) else bare.replace(" ", "")


def without_suffix(name: str) -> str:
    """A proper name, folded or as written, without what the FDA puts behind or before it; any other text as it is."""
    end = name[-6:]
    if " " not in end and "-" not in end and not name.startswith(_PREFIXES):
        return name
    bare = _PREFIX.sub("", _CELL_LETTER.sub("", _SUFFIX.sub("", name)))
    first = _ALFA.sub("", bare)
    if first == name:
        return name
    if is_inn(fold(first)):
        return first
    return bare if _BIOLOGIC.search(bare.lower()) and not _COMMON.search(name) else name


@lru_cache(maxsize=200_000)
def kind_of(key: str) -> str:
    """The kind that a key itself tells: code, inn, construct, combination, zh or plain."""
    if is_chinese(key):
        return "zh"
    if "+" in key:
        return "combination"
    if is_inn(key):
        return "inn"
    if _CONSTRUCT_KEY.match(key):
        return "construct"
    return "code" if any(c.isdigit() for c in key) and any(c.isalpha() for c in key) else "plain"


def slug(key: str) -> str:
    """A key as part of an id: words joined by hyphens; Chinese stays as it is."""
    return fold(key).replace(" ", "-")


def _named(value: str, kind: str | None = None) -> Name:
    value = " ".join(_MARKS.sub("", value).replace("\x00", "/").split())
    key = name_key(value)
    return Name(value, key, kind or kind_of(key))


def codes(text: str, *, alone: bool = False) -> list[Name]:
    """The code names that stand in a text (`BBM-H901`, `LN - 144`, `BAY 2599023`), in order.

    A code has at least two digits (three after a single letter); one digit is enough after three letters when the
    text is nothing else (`alone`: `AUTO1`). Antigens, viruses, isotopes, regimens, doses and words that count are
    none (rules/codes_stop.csv), nor are gene symbols.
    """
    if not _DIGIT.search(text):
        return []
    text = _SPACED_HYPHEN.sub("-", text)
    found: list[tuple[int, Name]] = []
    for match in _SPACED_CODE.finditer(text):
        if not (match[1].istitle() and len(match[1]) > 3) and not _is_stopped(match[1] + match[2]):
            found.append((match.start(), _named(match[0], "code")))
    for match in _TOKEN_CODE.finditer(text):
        token = _FORM_BEHIND.sub("", match[0]) if "-" in match[0] else match[0]
        if _is_code(token, alone and match[0] == text.strip()):
            found.append((match.start(), _named(token, "code")))
    return [name for _, name in sorted(found, key=lambda item: item[0])]


def _is_code(token: str, alone: bool) -> bool:
    digits = sum(map(str.isdigit, token))
    if not digits or (digits == 1 and not (alone and token[:3].isupper())):
        return False
    letters = re.match(r"\d?[A-Za-z]+", token)
    if letters is None or (len(letters[0]) == 1 and digits < 3) or len(token) > 24:
        return False
    return name_key(token) not in target_keys() and not _is_stopped(token)


def constructs(text: str) -> list[Name]:
    """The vector constructs that stand in a text (`AAV5-hFIXco-Padua`, `rAAV2-ND4`, `scAAV8OTC`), in order.

    A vector without serotype before a bare gene symbol (`AAV-RPGR`) is none: several sponsors call theirs so.
    """
    if "aav" not in text.lower():
        return []
    text = re.sub(r"(?i)(aav ?\d*)/(?=\w)", "\\1\x00", text)
    found = [m[0] for m in _CONSTRUCT.finditer(text)] or [m[0] for m in _GLUED.finditer(text)]
    return [_named(value, "construct") for value in found if _is_construct(value)]


def _is_construct(value: str) -> bool:
    key = name_key(value)
    if _SEROTYPE_ONLY.fullmatch(key):
        return False
    return re.search(r"aav(?:rh|hu)?\d", key) is not None or len(re.findall(r"[-./:\x00]", value)) > 1


def plain(text: str) -> Name | None:
    """The drug-like name that a short text is, once doses, routes and forms at its ends are taken off.

    One or two words of letters (a nonproprietary name at any length); None where a word is generic
    (rules/generic.csv) or names a gene. A salt at the end is dropped, and names nothing alone.
    """
    tokens = [(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text)]
    wraps = words("generic", "wrap")
    while tokens and _all_in(tokens[-1][2], wraps):
        tokens.pop()
    while tokens and _all_in(tokens[0][2], wraps):
        tokens.pop(0)
    if len(tokens) > 1 and tokens[-1][2] in words("salts", "word") and len(tokens[0][2]) > 6:
        tokens.pop()
    if len(tokens) == 1 and tokens[0][2] in words("salts", "word"):
        return None
    if not 1 <= len(tokens) <= 2 or any(_is_generic(token) for _, _, token in tokens):
        return None
    value = text[tokens[0][0] : tokens[-1][1]]
    kind = "code" if _LETTER_CODE.fullmatch(value) else "brand" if "®" in text or "™" in text else None
    key = name_key(value)
    gene = key in target_keys() and not is_inn(key)
    return None if gene or _SEROTYPE_ONLY.fullmatch(key) else _named(value, kind)


def _all_in(token: str, vocabulary: frozenset[str]) -> bool:
    return all(part in vocabulary or part.isdigit() or part[0].isdigit() for part in token.split())


@lru_cache(maxsize=50_000)
def _is_generic(token: str) -> bool:
    letters = sum(map(str.isalpha, token))
    return (
        letters < 4
        or (_DIGIT.search(token) is not None and _is_stopped(token.replace(" ", "")))
        or sum(map(str.isdigit, token)) > 1
        or not words("generic", "generic").isdisjoint(token.split())
    )


def inns(text: str) -> list[Name]:
    """The nonproprietary names, told by their stems, that stand in a longer text, in order."""
    found: list[Name] = []
    before = ""
    for token in _WORD.findall(_ISOTOPE.sub("", text) if _DIGIT.search(text) else text):
        if len(token) > 6:
            bare = without_suffix(token) if "-" in token else token
            lower = bare.lower()
            if before.lower().endswith(BEFORE_SECOND_WORD) and is_inn(f"{before.lower()} {lower}"):
                found = [name for name in found if name.value != before]
                found.append(_named(f"{before} {bare}", "inn"))
            elif is_inn(lower):
                found.append(_named(token if _CELL_LETTER.search(token) else bare, "inn"))
        before = token
    return found
