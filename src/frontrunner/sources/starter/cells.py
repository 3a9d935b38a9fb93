"""The cells of the curated-table layout: what each column may hold. Refusals name the column."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from frontrunner import vocab
from frontrunner.errors import BadRecord
from frontrunner.model import Cited, MilestoneClaim, PartialDate, TrialClaim
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

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_IDS = {
    "company": re.compile(f"org:{_SLUG}"),
    "parent": re.compile(f"org:{_SLUG}"),
    "originator": re.compile(f"org:{_SLUG}"),
    "product": re.compile(f"prod:{_SLUG}"),
    "subject": re.compile(f"(?:org|prod):{_SLUG}"),
    "programme": re.compile(f"prog:{_SLUG}/{_SLUG}(?:/{_SLUG})?"),
    "fact": re.compile(f"{_SLUG}(?:/{_SLUG})+"),
    "lang": re.compile(r"[a-z]{2}"),
    "start_date_type": re.compile("ACTUAL|ESTIMATED"),
    "phase": re.compile(r"(?:EARLY_PHASE1|PHASE[1-4]|NA)(?:\|(?:PHASE[1-4]))*"),
}
_TRIAL_ID = re.compile(
    r"NCT\d{8}|CTR\d{8}|ChiCTR[-A-Z0-9]+|ACTRN\d{14}|ISRCTN\d{8}|jRCT[a-z0-9]+|\d{4}-\d{6}-\d{2}(?:-\d{2})?", re.ASCII
)
_PARTIAL_DATES = frozenset({"happened_on", "valid_from", "valid_to", "start_date"})


def cell(table: str, field: msgspec.structs.FieldInfo, text: str) -> Any:
    """One cell as its field's value. An empty cell is the field's default; a required one must be filled."""
    name = field.name
    if not text:
        if field.required:
            raise BadRecord(name, "is empty")
        return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if name == "verified":
        return _yes_or_no(text)
    if field.type == list[str]:
        return [_checked(table, name, part.strip()) for part in text.split("|")]
    return _checked(table, name, text)


def check_row(statement: Cited) -> None:
    """What only several cells together show: nothing is known before it happened."""
    match statement:
        case MilestoneClaim(happened_on=happened) if statement.known_on < PartialDate(happened).first.isoformat():
            raise BadRecord("known_on", f"{statement.known_on} is before the fact itself ({happened})")
        case TrialClaim(start_date=None, start_date_type=str()):
            raise BadRecord("start_date_type", "there is no start date")


def _checked(table: str, name: str, text: str) -> str:
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
