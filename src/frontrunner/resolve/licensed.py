"""What a regulator's row says of itself, as rows: which product it is about, by which names, for which diseases.

Pure and per document, like the labels of a trial. A brand names one product; a proper name that several makers share
(`coagulation factor IX`) names none, so that it joins nothing.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

import msgspec

from frontrunner.model import Approval, Called, Designation, Letter
from frontrunner.resolve import indications
from frontrunner.resolve.modality import Label, classify
from frontrunner.resolve.names import Name, codes, constructs, inns, is_inn, name_key, plain, words
from frontrunner.resolve.stated import shared_names
from frontrunner.resolve.wording import listed_inns
from frontrunner.vocab import fold

Regulated = Approval | Designation | Letter

#: statement -> its position in a document that states several
POSITIONS: dict[type[msgspec.Struct], int] = {Approval: 0, Designation: 1, Letter: 2}

_SHORTEST_BRAND = 3
#: what follows a nonproprietary name: the suffix of an American biologic (`-drlb`), the letter of a code (`-T`)
_LETTERS_BEHIND = re.compile(r"(?<=[a-z]{4})(?:-[A-Z])?(?:-(?!alfa|beta)[a-z]{4})?\Z")
#: between the substances of a fixed combination
_BESIDE = re.compile(r"\s*;\s*|,?\s+and\s+|\s*/\s*|,\s+", re.I)
#: the enzyme that lets a large dose under the skin makes no other product of an antibody
_ONLY_SPREADS = "hyaluronidase"
#: a proper name with these in it is a description, or several names
_DESCRIBES = re.compile(r"[(),/\d]|\band\b|\bwith\b", re.I)
#: what a label says of patients and partners and not of the use itself, up to the next stop
_NOT_THE_USE = re.compile(
    r"\b(?:without|excluding|except|unless|other than|not (?:indicated|for|been)|history of|arising from|intoleran\w+"
    r"|prior|contraindicat\w+|who (?:have|had) (?:been|failed|received)|previous(?:ly)?(?! untreated)|after"
    r"|following(?! indication))\b"
    r"(?:(?!\bincluding\b)[^.;,()])*",
    re.I,
)
#: a trouble of patients who have another disease, and what puts them at risk: the other disease is not the use
_OF_PATIENTS_WITH = re.compile(
    r"(\b(?:an(?:a)?emia|neutropenia|pain|immunodeficienc\w+|hypogammaglobulin\w+|nausea|vomiting|thrombocytopenia"
    r"|mobili[sz]\w+)\b[^.;]{0,80}?)\b(?:in|with|associated with|receiving|undergoing)\b[^.;]*"
    r"|()\b(?:risk factors?|co-?morbid\w*|receiving|undergoing|diagnostic use|who (?:are|test) [^.;]{0,120}?negative)"
    r"\b[^.;]*",
    re.I,
)
#: the point in a number ends no sentence
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
#: a name that says what it prevents: `Chikungunya Vaccine, Live`
_PREVENTS = re.compile(
    r"\A(?P<disease>[^,(]{3,60}?)(?:\W(?:mono|bi|tri|quadri|tetra|\d+-)valent)?(?: \(.*\))? vaccine\b", re.I
)
#: `hemophilia A or B` are two diseases
_EITHER = re.compile(r"\b([a-z]{5,}) ([A-Z]|\d|I{1,3}) (or|and) ([A-Z]|\d|I{1,3})\b(?![-\w])")
_NUMERAL = re.compile(r"[ivx]+[ab]?|\d+")
#: the cells that something was made in are not the product
_MADE_IN = re.compile(r"\b(?:produced|made|expressed|manufactured)\b.*", re.I)
#: `X is a CD19-directed ... immunotherapy` before `indicated for`
_WHAT_IT_IS = re.compile(r"\A[^.]{1,40}? is an? (?P<kind>[^.]{3,200}?),? indicated\b", re.I)


class Disease(msgspec.Struct, frozen=True):
    """One disease that a regulator's row names as the use: its id, the column that says so, the step that found it."""

    indication: str
    place: str
    because: str


def names(called: list[Called]) -> list[Name]:
    """The names that tell the product from others: every brand, and what is no shared description."""
    found = [name for one in called for name in _of_called(one.value, one.kind)]
    return list({name.key: name for name in reversed(found)}.values())[::-1]


@lru_cache(maxsize=50_000)
def _of_called(value: str, kind: str) -> tuple[Name, ...]:
    if kind == "brand":
        key = name_key(value)
        return (Name(value, key, "brand"),) if len(key) >= _SHORTEST_BRAND and key not in shared_names() else ()
    if kind == "reference":
        return ()
    if kind == "inn":
        found = [proper(part) for part in _substances(value)]
        return _together([name for name in found if name]) if all(found) else ()
    return (*constructs(value), *codes(value, alone=True), *(name for name in inns(value) if name.value == value))


def _substances(value: str) -> list[str]:
    """The proper names in a cell: several behind semicolons, or where each between `and` or `/` is a known one."""
    if ";" in value:
        return list(dict.fromkeys(part.strip() for part in value.casefold().split(";")))
    parts = _BESIDE.split(value)
    bare = [_LETTERS_BEHIND.sub("", part.strip()) for part in parts]
    others = [part for part, name in zip(parts, bare, strict=True) if fold(name) != _ONLY_SPREADS]
    if len(others) == 1 < len(parts):
        return others
    known = len(parts) > 1 and all(is_inn(name_key(name)) for name in bare if fold(name) != _ONLY_SPREADS)
    return others if known else [value]


def proper(text: str) -> Name | None:
    """A proper name that is one substance's: with a stem of the nonproprietary names, or one or two telling words."""
    bare = _LETTERS_BEHIND.sub("", text.strip())
    key = name_key(bare)
    if is_inn(key):
        return Name(_common(bare), key, "inn")
    if _DESCRIBES.search(text) or not words("describing_words", "word").isdisjoint(fold(text).split()):
        return None
    name = plain(bare)
    return Name(_common(name.value), name.key, "inn") if name and name.key not in shared_names() else None


def _common(name: str) -> str:
    """A nonproprietary name as the common noun that it is: `Odronextamab` is `odronextamab`."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def is_description(name: str) -> bool:
    """Whether every word of a proper name only describes (`human normal immunoglobulin`): many makers' products."""
    told = [word for word in fold(name).split() if len(word) > 1 and not _NUMERAL.fullmatch(word)]
    return words("describing_words", "word").issuperset(told)


def _together(parts: list[Name]) -> tuple[Name, ...]:
    """The one name, or that of a fixed combination, which is a product of its own."""
    if len(parts) < 2:
        return tuple(parts)
    parts = sorted(parts, key=lambda name: name.key)
    return (Name("/".join(name.value for name in parts), "+".join(name.key for name in parts), "combination"),)


def label(statement: Regulated) -> Label | None:
    """Modality, vector and target that the names say, completed by what the label says that the product is.

    A proper name goes before a brand, which says something only as a whole: `Imaavy` is no AAV.
    """
    proper = [("names", _MADE_IN.sub(" ", one.value)) for one in statement.names if one.kind != "brand"]
    kind = _WHAT_IT_IS.match(getattr(statement, "indication", None) or "")
    found = classify(proper, [("indication", kind["kind"])] if kind else ())
    if found:
        return msgspec.structs.replace(found, target=_targets(statement.names) or found.target)
    brands = [one.value for one in statement.names if one.kind == "brand"]
    told = (classify([("names", brand)]) for brand in brands)
    return next((one for one, brand in zip(told, brands, strict=True) if one and fold(one.words) == fold(brand)), None)


def _targets(called: list[Called]) -> str | None:
    """The targets of a combination, of each of its substances that we list, in the order of the names."""
    parts = [part for one in called if one.kind in ("inn", "reference") for part in _substances(one.value)]
    listed = [listed_inns().get(name_key(_LETTERS_BEHIND.sub("", part.strip()))) for part in parts]
    told = [target for one in listed if one and one[1] for target in one[1].split("|")]
    return "|".join(dict.fromkeys(told)) or None


def _prevented(proper: Iterable[str], matcher: indications.Matcher) -> Iterator[Disease]:
    """What the proper name of a vaccine says that it prevents, where that is one disease."""
    for name in proper:
        told = _PREVENTS.match(name)
        match = matcher.match(told["disease"]) if told and " and " not in told["disease"] else None
        if match:
            yield Disease(match.id, "names", match.because)


def diseases(
    areas: Iterable[str], text: str | None, matcher: indications.Matcher, proper: Iterable[str] = ()
) -> list[Disease]:
    """The diseases that a row gives as the use: its areas, its label's text, else its name; the most exact ones."""
    found = [*_diseases(areas, text, matcher), *_prevented(proper, matcher)]
    lowest = {match.id for match in matcher.lowest([indications.Match(one.indication, "") for one in found])}
    return list({one.indication: one for one in reversed(found) if one.indication in lowest}.values())[::-1]


def _diseases(areas: Iterable[str], text: str | None, matcher: indications.Matcher) -> Iterator[Disease]:
    for area in areas:
        match = matcher.match(area)
        if match:
            yield Disease(match.id, "areas", match.because)
    if text:
        for match in matcher.match_title(_of_the_use(text)):
            yield Disease(match.id, "indication", match.because.replace("the title names", "the label names"))


def _of_the_use(text: str) -> str:
    """A label without what it says of patients, partners and risks."""
    said = _OF_PATIENTS_WITH.sub(lambda match: f"{match[1] or ''} ", _POINT.sub("·", unescape(text)))
    return _EITHER.sub(r"\1 \2 \3 \1 \4", _NOT_THE_USE.sub(" ", said))
