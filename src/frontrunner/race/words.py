"""The words of a press claim: its dates, then each word or phrase by the longest entry that fits.

Entries are those of `claim_words.csv` and of the vocabularies, then the names of a home.
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

#: whose first: `China's first` is a place's, `Pfizer's first` its own
_OWN = re.compile(r"['’]s?\s+(?=(?:very\s+)?(?:first|second|third|only)\b)", re.IGNORECASE)
_ANY = re.compile("[a-z0-9]+|.")
#: a folded name -> (product, company, indication or target; its id)
Names = Mapping[str, tuple[str, str]]


class Word(msgspec.Struct, frozen=True):
    """Words of the claim as they were read: their kind (superlative, place, ...) and what they mean."""

    text: str
    kind: str
    value: str


class NotUnderstood(Exception):
    """What of a claim was not understood: words, or what is missing."""

    def __init__(self, words: list[str], why: str) -> None:
        super().__init__(why)
        self.words, self.why = words, why


def words_of(text: str, names: Callable[[list[str]], Names]) -> list[Word]:
    """The words of a claim without its dates; `names` is asked only where the lists leave words over.

    Raises NotUnderstood for a word that nothing explains, or that says what cannot be checked.
    """
    words = _scan(text, {})
    if any(word.kind == "" for word in words):
        words = _scan(text, names(_phrases_of(text, words)))
    unknown = [word.text for word in words if word.kind == ""]
    if unknown:
        raise NotUnderstood(unknown, "these words are not known here")
    for word in words:
        if word.kind == "refused":
            raise NotUnderstood([word.text], f"{word.value} cannot be checked")
    return words


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


def without_dates(claim: str) -> tuple[str, str | None, str | None]:
    """The claim without its dates and possessives; the day up to which it speaks; the day that it states."""
    found: dict[bool, str] = {}

    def taken(match: re.Match[str]) -> str:
        part = match.groupdict()
        year, day = part["y"] or part["y2"] or part["y3"], part["d"] or part["d2"] or part["d3"]
        month = part["m"] or (part["name"] and str([m[:3] for m in _MONTHS].index(part["name"][:3].lower()) + 1))
        text = "-".join(piece.zfill(2) for piece in (year, month, day) if piece)
        try:
            told = PartialDate(text).text
        except ValueError:
            raise NotUnderstood([match.group().strip()], "this is no date") from None
        if found.setdefault(bool(part["as_of"]), told) != told:
            raise NotUnderstood([match.group().strip()], "it gives two dates")
        return " "

    bare = _OWN.sub(" its ", _BY_DAY.sub(taken, claim))
    return re.sub(r"['’]s\b", " ", bare), found.get(True), found.get(False)
