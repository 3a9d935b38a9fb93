"""The cells of the curated-table layout: what each column may hold. Refusals name the column."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from frontrunner import vocab
from frontrunner.errors import BadRecord
from frontrunner.model import Cited, DealClaim, MilestoneClaim, PartialDate, TrialClaim
from frontrunner.reading.dates import full_date, partial_date

#: columns whose values are ids of a vocabulary; (table, column) wins over column
_VOCABULARIES: dict[str | tuple[str, str], str] = {
    "authority": "authority",
    "known_basis": "known_basis",
    "country": "country",
    "countries": "country",
    "origin": "country",
    "modality": "modality",
    "vector": "vector",
    "target": "target",
    "indication": "indication",
    "role": "role",
    "territory": "jurisdiction",
    "jurisdiction": "jurisdiction",
    "event": "event",
    "rung": "rung",
    "lane": "lane",
    ("companies", "kind"): "organisation_kind",
    ("names", "kind"): "name_kind",
    ("milestones", "kind"): "approval_kind",
}
#: columns that take a few words only
_WORDS: dict[str | tuple[str, str], tuple[str, ...]] = {
    ("deals", "event"): ("licence_deal", "acquisition", "divestiture", "financing"),
    "basis": ("list", "net", "reimbursed"),
    "per": ("treatment", "year", "dose", "pack"),
}

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_IDS = {
    "company": re.compile(f"org:{_SLUG}"),
    "parent": re.compile(f"org:{_SLUG}"),
    "originator": re.compile(f"org:{_SLUG}"),
    "product": re.compile(f"prod:{_SLUG}"),
    "subject": re.compile(f"(?:org|prod):{_SLUG}"),
    "programme": re.compile(f"prog:{_SLUG}/{_SLUG}(?:/{_SLUG})?"),
    "giver": re.compile(f"org:{_SLUG}"),
    "taker": re.compile(f"org:{_SLUG}"),
    "deal": re.compile(_SLUG),
    "currency": re.compile(r"[A-Z]{3}"),
    "fact": re.compile(f"{_SLUG}(?:/{_SLUG})+"),
    "lang": re.compile(r"[a-z]{2}"),
    "start_date_type": re.compile("ACTUAL|ESTIMATED"),
    "phase": re.compile(r"(?:EARLY_PHASE1|PHASE[1-4]|NA)(?:\|(?:PHASE[1-4]))*"),
}
_TRIAL_ID = re.compile(
    r"NCT\d{8}|CTR\d{8}|ChiCTR[-A-Z0-9]+|ACTRN\d{14}|ISRCTN\d{8}|jRCT[a-z0-9]+|\d{4}-\d{6}-\d{2}(?:-\d{2})?", re.ASCII
)
_AMOUNTS = frozenset({"upfront", "total", "price"})
_AMOUNT = re.compile(r"\d{1,15}(?:\.\d{1,4})?", re.ASCII)
_PARTIAL_DATES = frozenset({"happened_on", "valid_from", "valid_to", "start_date"})


def cell(table: str, field: msgspec.structs.FieldInfo, text: str) -> Any:
    """One cell as its field's value. An empty cell is the field's default; a required one must be filled."""
    name = field.name
    if not text:
        if field.required:
            raise BadRecord(name, "is empty")
        return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if name in _AMOUNTS:
        return _amount(name, text)
    if name == "verified":
        return _yes_or_no(text)
    if name == "target" or field.type == list[str]:
        parts = [_checked(table, name, part.strip()) for part in text.split("|")]
        return "|".join(parts) if name == "target" else parts
    return _checked(table, name, text)


def check_row(statement: Cited) -> None:
    """What only several cells together show: nothing is known before it happened, no amount without its currency."""
    match statement:
        case DealClaim(currency=None) if statement.upfront is not None or statement.total is not None:
            raise BadRecord("currency", "is empty, where there is an amount")
        case MilestoneClaim() | DealClaim() if (
            statement.known_on < PartialDate(statement.happened_on).first.isoformat()
        ):
            raise BadRecord("known_on", f"{statement.known_on} is before the fact itself ({statement.happened_on})")
        case TrialClaim(start_date=None, start_date_type=str()):
            raise BadRecord("start_date_type", "there is no start date")


def _first(day: str) -> str:
    return PartialDate(day).first.isoformat()


def _amount(name: str, text: str) -> float:
    """A plain number, without signs, spaces or separators of thousands: `1200000` or `12.5`."""
    if not _AMOUNT.fullmatch(text):
        raise BadRecord(name, f"{text!r} is not a plain number such as 1200000")
    return float(text)


def _checked(table: str, name: str, text: str) -> str:
    words = _WORDS.get((table, name)) or _WORDS.get(name)
    if words and text not in words:
        raise BadRecord(name, f"{text!r} is none of {', '.join(words)}")
    vocabulary = _VOCABULARIES.get((table, name)) or _VOCABULARIES.get(name)
    if vocabulary:
        return _term(name, vocabulary, text)
    check = _CHECKS.get(name)
    return check(text, name) if check else text


def _term(name: str, vocabulary: str, text: str) -> str:
    known = vocab.load(vocabulary)
    if text not in known.terms:
        near = ", ".join(known.nearest(text))
        raise BadRecord(name, f"{text!r} is no id of the vocabulary {vocabulary}; near: {near}")
    return text


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise BadRecord("verified", f"{text!r} is neither yes nor no")
    return text == "yes"


def _shape(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    def check(text: str, place: str) -> str:
        if not pattern.fullmatch(text):
            raise BadRecord(place, f"{text!r} has not the form {pattern.pattern}")
        return text

    return check


#: column -> what gives its text back or refuses it at the column
_CHECKS: dict[str, Callable[[str, str], str]] = {
    **{name: _shape(pattern) for name, pattern in _IDS.items()},
    **dict.fromkeys(_PARTIAL_DATES, partial_date),
    **dict.fromkeys(("trial_id", "trials"), _shape(_TRIAL_ID)),
    "known_on": full_date,
}
