"""A press claim as parts: superlative, milestone, scope, subject. Or the words that were not understood.

The words are in `claim_words.csv` and in the vocabularies; docs/reference/claims.md tells how they combine. Every word
of a claim must have a meaning here or be one that changes nothing: a claim is never answered with a word left over.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from frontrunner import vocab
from frontrunner.model import PartialDate
from frontrunner.vocab import fold

#: the longest phrase sought, in characters
_LONGEST = 90
_PHASES = ("phase_1", "phase_1_2", "phase_2", "pivotal")
_LISTS = ("target", "modality", "indication", "jurisdiction")
_MONTHS = [date(2000, month, 1).strftime("%B").lower() for month in range(1, 13)]
_BY_DAY = re.compile(
    r"(?P<as_of>\b(?:as of|by|until|before the end of)\s+|截至|截止)?(?:"
    r"(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2})日?|月)?"
    r"|(?:(?P<d2>\d{1,2})\s+)?(?P<name>" + "|".join(f"{m}|{m[:3]}" for m in _MONTHS) + r")\.?\s+"
    r"(?:(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)(?:年|\b))",
    re.IGNORECASE,
)

_ANY = re.compile("[a-z0-9]+|.")
#: a folded name -> (product, company, indication or target; its id)
Names = Mapping[str, tuple[str, str]]


class Word(msgspec.Struct, frozen=True):
    """Words of the claim as they were read: their kind (superlative, place, ...) and what they mean."""

    text: str
    kind: str
    value: str


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was understood.

    `superlatives` holds first, only, leading or a rank as digits. `place` is a jurisdiction, or None; `worldwide` says
    that the claim speaks of the whole world. `subjects` are product and company ids, none where it names nobody.
    """

    words: list[Word]
    superlatives: list[str]
    milestone: str | None
    indication: str | None
    modality: str | None
    target: str | None
    place: str | None
    worldwide: bool
    origin: str | None
    lane: str
    subjects: list[str]
    as_of: str | None
    dated: str | None


class NotUnderstood(Exception):
    """What of a claim was not understood: words, or what is missing."""

    def __init__(self, words: list[str], why: str) -> None:
        super().__init__(why)
        self.words, self.why = words, why


def parse(claim: str, names: Callable[[list[str]], Names]) -> Parsed:
    """The parts of a claim; `names` is asked what phrases name, only where the lists leave words over.

    Raises NotUnderstood.
    """
    text, as_of, dated = _without_dates(claim)
    words = _scan(text, {})
    if any(word.kind == "" for word in words):
        words = _scan(text, names(_phrases_of(text, words)))
    unknown = [word.text for word in words if word.kind == ""]
    if unknown:
        raise NotUnderstood(unknown, "these words are not known here")
    for word in words:
        if word.kind == "refused":
            raise NotUnderstood([word.text], f"{word.value} cannot be checked")
    told = [word for word in words if word.kind != "filler"]
    place, origin = _places(told)
    return Parsed(
        words=told,
        superlatives=_superlatives(told),
        milestone=_milestone(told),
        indication=_one(told, "indication"),
        modality=_narrowest(told),
        target=_one(told, "target"),
        place=place,
        worldwide="GLOBAL" in _values(told, "place"),
        origin=origin,
        lane=_one(told, "lane") or "registrational",
        subjects=_subjects(told),
        as_of=as_of,
        dated=dated,
    )


# Words


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    """Every phrase of the list, folded -> (kind, value); the first that says it wins."""
    text = resources.files(__package__).joinpath("claim_words.csv").read_text("utf-8")
    found: dict[str, tuple[str, str]] = {}
    for row in csv.DictReader(text.splitlines(), strict=True):
        for phrase in row["words"].split("|"):
            found.setdefault(fold(phrase), (row["kind"], row["value"]))
    for term in vocab.load("jurisdiction").terms.values():
        for name in {fold(name) for name in (term.label, term.id, *term.synonyms)}:
            found.setdefault(f"in {name}", ("place", term.id))
            for head in ("from", "made in", "developed in", "discovered in", "originating in", "invented in"):
                found.setdefault(f"{head} {name}", ("origin", term.id))
            for tail in ("made", "developed", "origin"):
                found.setdefault(f"{name} {tail}", ("origin", term.id))
    return found


def _scan(text: str, names: Names) -> list[Word]:
    """The claim in words, each the longest phrase that begins where the one before ended."""
    folded, shouted = fold(text), _shouted(text)
    words, at = list[Word](), 0
    while at < len(folded):
        if folded[at] == " ":
            at += 1
            continue
        end = next((end for end in _ends(folded, at) if _meaning(folded[at:end], names, shouted)), None)
        if end is None:
            unknown = _ANY.match(folded, at)
            end = unknown.end() if unknown else at + 1
        kind, value = _meaning(folded[at:end], names, shouted) or ("", "")
        words.append(Word(folded[at:end], kind, value))
        at = end
    return words


def _ends(folded: str, at: int) -> Iterable[int]:
    """Where a phrase that begins at a place may end, the furthest first: never within a Latin word or number."""
    for end in range(min(len(folded), at + _LONGEST), at, -1):
        if folded[end - 1] != " " and not (end < len(folded) and _within(folded, end)):
            yield end


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _shouted(text: str) -> frozenset[str]:
    """The words written in capitals, folded; none where the whole claim is."""
    if not any(char.islower() for char in text) and text.isascii():
        return frozenset()
    return frozenset(fold(word) for word in re.findall(r"[A-Za-z0-9]+", text) if word == word.upper())


def _meaning(phrase: str, names: Names, shouted: frozenset[str]) -> tuple[str, str] | None:
    """What a phrase means, or None. A short Latin name of a list counts only where it is written in capitals."""
    short = len(phrase) <= 4 and phrase.isascii() and " " not in phrase
    listed = _phrases().get(phrase)
    if listed and not (short and phrase in shouted and listed[0] == "filler") and (phrase != "us" or phrase in shouted):
        return listed
    if not short or phrase in shouted:
        for name in _LISTS:
            if found := vocab.load(name).find(phrase):
                return ("place" if name == "jurisdiction" else name, found)
    return names.get(phrase) or (listed if phrase != "us" else None)


def _phrases_of(text: str, words: list[Word]) -> list[str]:
    """The phrases of a claim that hold a word that nothing else explains."""
    folded, unknown = fold(text), {word.text for word in words if word.kind == ""}
    starts = [at for at in range(len(folded)) if folded[at] != " " and not _within(folded, at)]
    phrases = {folded[at:end] for at in starts for end in _ends(folded, at) if end - at > 1}
    return sorted(phrase for phrase in phrases if any(one in phrase for one in unknown))


def _within(folded: str, at: int) -> bool:
    """Whether a place lies within a Latin word or number."""
    return at > 0 and _latin(folded[at - 1]) and _latin(folded[at])


def _without_dates(claim: str) -> tuple[str, str | None, str | None]:
    """The claim without its dates and possessives; the day up to which it speaks; the day that it states."""
    found: dict[bool, str] = {}

    def taken(match: re.Match[str]) -> str:
        part = match.groupdict()
        year, day = part["y"] or part["y2"] or part["y3"], part["d"] or part["d2"] or part["d3"]
        month = part["m"] or (part["name"] and str([m[:3] for m in _MONTHS].index(part["name"][:3].lower()) + 1))
        text = "-".join(piece.zfill(2) for piece in (year, month, day) if piece)
        try:
            found[bool(part["as_of"])] = PartialDate(text).text
        except ValueError:
            raise NotUnderstood([match.group().strip()], "this is no date") from None
        return " "

    bare = _BY_DAY.sub(taken, claim)
    return re.sub(r"['’]s\b", " ", bare), found.get(True), found.get(False)


# Parts


def _values(words: list[Word], kind: str) -> list[str]:
    return list(dict.fromkeys(word.value for word in words if word.kind == kind))


def _one(words: list[Word], kind: str) -> str | None:
    """The one value of a kind; of diseases one below the other, the lower."""
    found = _values(words, kind)
    if kind == "indication" and len(found) > 1:
        terms = vocab.load("indication")
        above = {id: terms.ancestors(id) - {id} if id in terms.terms else frozenset() for id in found}
        found = [id for id in found if not any(id in higher for higher in above.values())]
    if len(found) > 1:
        raise NotUnderstood([word.text for word in words if word.kind == kind], f"these name more than one {kind}")
    return found[0] if found else None


def _narrowest(words: list[Word]) -> str | None:
    """The kind of therapy: `in vivo AAV gene therapy` names three, of which one is below the others."""
    found, terms = _values(words, "modality"), vocab.load("modality")
    low = [id for id in found if not any(id != other and id in terms.ancestors(other) for other in found)]
    if len(low) > 1:
        raise NotUnderstood(
            [word.text for word in words if word.kind == "modality"], "these are two kinds of therapy at once"
        )
    return low[0] if low else None


def _superlatives(words: list[Word]) -> list[str]:
    found = _values(words, "superlative")
    if _values(words, "both"):
        found = ["first", "only", *found]
    found = list(dict.fromkeys(found))
    ranks = [one for one in found if one == "first" or one.isdigit()]
    if not found:
        raise NotUnderstood([], "it claims no first, second, only or leading place")
    if len(ranks) > 1 or ("leading" in found and len(found) > 1):
        raise NotUnderstood(found, "these places contradict each other")
    return found


def _subjects(words: list[Word]) -> list[str]:
    """The products named, else the companies."""
    return _values(words, "product") or _values(words, "company")


def _places(words: list[Word]) -> tuple[str | None, str | None]:
    """Where it counts and where the product comes from.

    A country by its bare name is the place, unless another place is named: then it is the origin. An adjective is the
    origin, unless it stands before a step (`the first Chinese approval`) and no place is named.
    """
    places, origins = _values(words, "place"), _values(words, "origin")
    for at, word in enumerate(words):
        if word.kind == "adjective":
            step = at + 1 < len(words) and words[at + 1].kind in ("noun", "verb", "milestone")
            (places if step and not places else origins).append(word.value)
    for value in _values(words, "loose"):
        (origins if any(place != value for place in places) and value not in places else places).append(value)
    places = [place for place in dict.fromkeys(places) if place != "GLOBAL"]
    origins = list(dict.fromkeys(origins))
    if len(places) > 1 or len(origins) > 1:
        raise NotUnderstood([*places, *origins], "these are several places; check one at a time")
    place = places[0] if places else None
    origin = origins[0] if origins else None
    if origin == "PLACE":
        if place != "CN":  # `the first domestic one with a US IND` is said at home, wherever that is
            raise NotUnderstood(
                [word.text for word in words if word.value == "PLACE"], "it does not say of which country"
            )
        origin = place
    return place, origin


def _milestone(words: list[Word]) -> str | None:
    """The step claimed: a fixed phrase, else a noun with its verb, else a verb; None where there is none."""
    fixed, nouns, verbs = (_values(words, kind) for kind in ("milestone", "noun", "verb"))
    phases = [noun for noun in nouns if noun in _PHASES]
    if len(fixed) > 1 or len(phases) > 1:
        raise NotUnderstood([*fixed, *phases], "it names two milestones")
    if fixed:
        return phases[0] if fixed == ["first_patient"] and phases else fixed[0]
    return _of_noun(nouns, verbs, phases) or _of_verb(verbs)


def _of_noun(nouns: list[str], verbs: list[str], phases: list[str]) -> str | None:
    passed = "approve" in verbs or "clear" in verbs
    asked = "file" in verbs or "accept" in verbs
    if "ind" in nouns:
        return "ind_filed" if asked and not passed else "ind_cleared"
    if "application" in nouns:
        return "approved" if passed else "accepted" if "accept" in verbs else "filed"
    if phases or "clinic" in nouns:
        if "readout" in verbs:
            return "topline_positive"
        return "ind_cleared" if passed else phases[0] if phases else "first_patient"
    return "first_patient" if "patient" in nouns and "dose" in verbs else None


_STEPS = {
    "readout": "topline_positive",
    "launch": "launched",
    "approve": "approved",
    "accept": "accepted",
    "file": "filed",
    "clear": "ind_cleared",
    "dose": "first_patient",
    "register": "registered",
}


def _of_verb(verbs: list[str]) -> str | None:
    found = [_STEPS[verb] for verb in _STEPS if verb in verbs]
    if len(found) > 1 and found[:2] != ["accepted", "filed"]:
        raise NotUnderstood(found, "it names two milestones")
    return found[0] if found else None
