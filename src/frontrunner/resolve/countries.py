"""Which country an organisation is of, as far as its own name tells; unknown where it does not.

A hospital or university tells by the country behind the last comma or in brackets (`Some Hospital, Sweden`), a Chinese
name by the place in front of it, a firm by a legal form that one country alone has (`Kft`, `Oyj`; the column `country`
of rules/legal_forms.csv). The branch of a firm says nothing of the firm: `Example Japan K.K.` is Example.
"""

import re
from functools import cache, lru_cache

from frontrunner.resolve.companies import company_key, is_large, organisation_kind, parent_hint
from frontrunner.resolve.names import is_chinese, rules
from frontrunner.vocab import fold, load

_LAST = re.compile(r"(?:,\s*|\()([^,()]{4,40})\)?\.?\s*\Z")


@lru_cache(maxsize=100_000)
def country_of(name: str) -> str | None:
    """The country (an id of the vocabulary) of the organisation with that name; null where the name does not tell."""
    key = company_key(name)
    if is_large(key):
        return None
    if is_chinese(name):
        return _of_place(key)
    said = _LAST.search(name)
    behind = load("country").find(said[1].strip()) if said else None
    if organisation_kind(name) != "company":
        return behind
    words = tuple(fold(name).split())
    branch = parent_hint(name) or any(load("country").find(word) for word in words)
    return None if branch else _of_form(words)


def _of_place(key: str) -> str | None:
    row = next((row for row in rules("places_han") if key.startswith(row["place"])), None)
    return "CN" if row else None


def _of_form(words: tuple[str, ...]) -> str | None:
    sizes = range(min(4, len(words) - 1), 0, -1)
    return next((found for size in sizes if (found := _forms().get(words[-size:]))), None)


@cache
def _forms() -> dict[tuple[str, ...], str]:
    return {tuple(row["form"].split()): row["country"] for row in rules("legal_forms") if row["country"]}
