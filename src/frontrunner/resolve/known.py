"""What a product is by its name alone: codes and brands of gene, cell and RNA medicines (rules/known_codes.csv).

Pure knowledge of the field, for records whose words do not say what is given (`EDIT-301 in Sickle Cell Disease`).
"""

import re
from functools import cache, lru_cache

import msgspec

from frontrunner.resolve.names import alternatives, letter_words, may_match, rules

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_WITH_DIGIT = re.compile(r"(?<![A-Za-z0-9-])(?=[A-Za-z-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
#: in names of letters that are written with a hyphen (`relma-cel`, `Pexa-Vec`, `Lenti-D`)
_SHORT_NAMES = (
    *("-cel", "-vec", "lenti-", "lcar-", "orca-", "hucns-"),
    *("allo-asc", "xcel-", "maxi-k", "vt-ebv", "pbgene-", "db-oto", "ak-otof", "rexin-g", "smt-nk", "msc-ffm"),
)
_SPACED = re.compile(r"\b([A-Z]{2,5}) (?=\d{2})")
_DIGIT = re.compile(r"\d")
#: a shorter code in small letters is something else (`np2`)
_SHORTEST_IN_SMALL_LETTERS = 5


class Known(msgspec.Struct, frozen=True):
    """A product's modality, vector and targets (separated by `|`) as vocabulary ids, and the words that name it."""

    words: str
    modality: str
    vector: str | None
    target: str | None


#: a product of which nothing is known
UNKNOWN = Known("", "", None, None)


@cache
def _table() -> tuple[dict[str, dict[str, str]], dict[str, list[tuple[re.Pattern[str], dict[str, str]]]]]:
    """Rows by whole name, and rows with a pattern by the two characters with which it begins."""
    exact: dict[str, dict[str, str]] = {}
    series: dict[str, list[tuple[re.Pattern[str], dict[str, str]]]] = {}
    for row in rules("known_codes"):
        for name in alternatives(row["names"]):
            if name.isalnum():
                exact[name] = row
            else:
                series.setdefault(name[:2], []).append((re.compile(name), row))
    return exact, series


@lru_cache(maxsize=200_000)
def _of_token(token: str) -> Known | None:
    if len(token) < _SHORTEST_IN_SMALL_LETTERS and token.islower():
        return None
    parts = token.lower().split("-")
    row = _row("".join(parts)) or (_row("".join(parts[:2])) if len(parts) > 2 else None)
    return Known(token, row["modality"], row["vector"] or None, row["target"] or None) if row else None


def _row(key: str) -> dict[str, str] | None:
    exact, series = _table()
    found = exact.get(key)
    if found is None and any(map(str.isdigit, key)):
        found = next((row for pattern, row in series.get(key[:2], ()) if pattern.fullmatch(key)), None)
    return found


@lru_cache(maxsize=100_000)
def of_text(text: str) -> Known | None:
    """The first product in a text that is known by its name, a code before a brand; None where there is none."""
    if _DIGIT.search(text):
        spaced = _SPACED.sub(r"\1-", text)
        found = next(filter(None, map(_of_token, _WITH_DIGIT.findall(spaced))), None)
        if found:
            return found
    lower = text.lower()
    if _brands().isdisjoint(letter_words(lower)) and not may_match(lower, _SHORT_NAMES):
        return None
    return next(filter(None, map(_of_token, _TOKEN.findall(text))), None)


@cache
def _brands() -> frozenset[str]:
    return frozenset(name for name in _table()[0] if name.isalpha())
