"""Who owns whom, as dated facts: an acquired firm keeps its own key and names its owner; nothing is merged.

rules/company_owners.csv has a row a fact: `company` and `owner` as keys of `companies`, `how` (acquired, part, renamed,
independent: it left its owner), `since` (a year, month or day; empty: always) and the `source`. A row whose source is
`memory` rests on no document that is held.
"""

from datetime import date
from functools import cache

import msgspec

from frontrunner.resolve.names import rules


class Owner(msgspec.Struct, frozen=True):
    """One fact: since when a company belongs to `owner` (a key; null: to nobody), how, and who says so."""

    owner: str | None
    how: str
    since: str
    source: str


@cache
def _owners() -> dict[str, tuple[Owner, ...]]:
    """Company -> its owners, the earliest first."""
    found: dict[str, list[Owner]] = {}
    for row in sorted(rules("company_owners"), key=lambda row: row["since"]):
        fact = Owner(row["owner"] or None, row["how"], row["since"], row["source"])
        found.setdefault(row["company"], []).append(fact)
    return {company: tuple(owners) for company, owners in found.items()}


def owner(company: str, on: date | None = None) -> Owner | None:
    """Who owned the company of that key on a day (today without one); null where no fact is known.

    A year or month counts from its first day: the fact is known to fall in it, not when.
    """
    last = (on or date.max).isoformat()
    facts = [fact for fact in _owners().get(company, ()) if fact.since <= last]
    return facts[-1] if facts else None


def top_owner(company: str, on: date | None = None) -> str | None:
    """The owner of the owner, up to the last; null for a company that nobody is known to own."""
    top, seen = None, {company}
    while (fact := owner(top or company, on)) and fact.owner and fact.owner not in seen:
        top = fact.owner
        seen.add(top)
    return top
