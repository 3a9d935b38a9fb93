"""Who owns whom, as dated facts: an acquired firm keeps its own key and names its owner; nothing is merged.

rules/company_owners.csv has a row a fact: `company` and `owner` as keys of `companies`, `how` (acquired, part, renamed,
independent: it left its owner), `since` (a year, month or day; empty: always) and the `source` that anybody can look
up. A row whose source is `memory` rests on none: it is shown as unverified and no score counts it.
"""

from collections.abc import Iterator
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

    @property
    def sourced(self) -> bool:
        """Whether a source that can be looked up says so."""
        return self.source != "memory"


@cache
def _owners() -> dict[str, tuple[Owner, ...]]:
    """Company -> its owners, the earliest first."""
    found: dict[str, list[Owner]] = {}
    for row in sorted(rules("company_owners"), key=lambda row: row["since"]):
        fact = Owner(row["owner"] or None, row["how"], row["since"], row["source"])
        found.setdefault(row["company"], []).append(fact)
    return {company: tuple(owners) for company, owners in found.items()}


def owner(company: str, on: date | None = None, *, sourced: bool = False) -> Owner | None:
    """Who owned the company of that key on a day (today without one); null where no fact is known.

    A year or month counts from its first day: the fact is known to fall in it, not when. With `sourced` only facts
    whose source can be looked up count.
    """
    last = (on or date.max).isoformat()
    facts = [fact for fact in _owners().get(company, ()) if fact.since <= last and (fact.sourced or not sourced)]
    return facts[-1] if facts else None


def chain(company: str, on: date | None = None, *, sourced: bool = False) -> Iterator[tuple[str, Owner]]:
    """Each company from one up to the owner at the top, with the fact that names its owner."""
    at, seen = company, {company}
    while (fact := owner(at, on, sourced=sourced)) and fact.owner and fact.owner not in seen:
        yield at, fact
        at = fact.owner
        seen.add(at)


def top_owner(company: str, on: date | None = None, *, sourced: bool = False) -> str | None:
    """The owner of the owner, up to the last; null for a company that nobody is known to own."""
    return next((fact.owner for _, fact in reversed(list(chain(company, on, sourced=sourced)))), None)
