"""Why the names of a company or a product are one, in words."""

from datetime import date
from typing import Any

from frontrunner.race.question import Snapshot
from frontrunner.race.results import Name
from frontrunner.resolve.companies import company_key


def reasons(snapshot: Snapshot, company: str, names: list[Name]) -> list[str]:
    """A line for the spellings that one key joins, one for what sources call it, one for each judgement on it."""
    by_key: dict[str, list[str]] = {}
    for value in dict.fromkeys(name.value for name in names if name.kind == "variant"):
        by_key.setdefault(company_key(value), []).append(value)
    told = [
        f"{_listed(spelt)}: one key, {key!r}, once legal forms, places and departments are dropped"
        for key, spelt in by_key.items()
        if len(spelt) > 1
    ]
    sourced = list(dict.fromkeys(name.value for name in names if name.kind != "variant"))
    if len(sourced) > 1:
        told.append(f"{_listed(sourced)}: called so by curated sources")
    own = {company, *(name.value for name in names)}
    own |= {str(row["id"]) for row in snapshot.rows("joined_companies") if row["same"] == company}
    told += [_decided(row) for row in snapshot.rows("review_judgements") if row["left"] in own or row["right"] in own]
    return told


def of_product(snapshot: Snapshot, product: str, on: date, clock: str) -> list[str]:
    """A line for each two names that records state together, the commonest first, and for each judgement on it."""
    told = [
        f"{row['name']!r} and {row['other']!r} are stated together by {row['record']} ({row['source']})"
        + (f" and {row['records'] - 1} more" if row["records"] > 1 else "")
        for row in snapshot.rows("stated_together", product=product, on=on, clock=clock)
    ]
    return told + [
        _decided(row) for row in snapshot.rows("review_judgements") if product in (row["left"], row["right"])
    ]


def _decided(row: dict[str, Any]) -> str:
    return (
        f"{row['left']!r} and {row['right']!r} are {row['verdict']}: {row['because']} ({row['by']}, {row['on'][:10]})"
    )


def _listed(texts: list[str]) -> str:
    shown = ", ".join(repr(text) for text in texts[:5])
    return shown if len(texts) <= 5 else f"{shown} and {len(texts) - 5} more"
