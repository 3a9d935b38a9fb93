"""The first page, what the site is, and where errors are reported."""

from typing import Any

import msgspec

from frontrunner import vocab
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.race.answers import Moved
from frontrunner.race.results import Label

#: facts read for the first page, milestones and races shown of them
_READ, _NEWEST, _RACES = 60, 12, 8


class MovedRace(msgspec.Struct, frozen=True):
    """A race in which something happened: its arena, the last thing, and how many of the newest are its."""

    indication: str
    label: str
    modality: str | None
    last: Moved
    count: int


def home(asked: Asked) -> Shown:
    """Search first, then races that moved and the newest milestones."""
    asked.only()
    newest = asked.home.newest(limit=_READ)
    values = {"newest": newest.moved[:_NEWEST], "races": _races(newest.moved)[:_RACES]}
    return Shown(template="home.html", title="Frontrunner", values=values, on=newest.on, snapshot=newest.snapshot)


def _races(moved: list[Moved]) -> list[MovedRace]:
    """The races of the newest facts, in the order of their last move."""
    found: dict[tuple[Label, str | None], list[Moved]] = {}
    for one in moved:
        if one.indication:
            found.setdefault((one.indication, _group(one.modality)), []).append(one)
    return [
        MovedRace(indication.id, indication.label, group, some[0], len(some))
        for (indication, group), some in found.items()
    ]


def _group(modality: str | None) -> str | None:
    """The broadest kind of therapy that a modality belongs to: gene_therapy of aav."""
    known = vocab.load("modality")
    if modality is None or modality not in known.terms:
        return None
    above = [id for id in known.ancestors(modality) if not known.terms[id].parents]
    return "gene_therapy" if "gene_therapy" in above else min(above, default=modality)


def about(asked: Asked) -> Shown:
    """What it is, how to read it, and what the words mean."""
    asked.only()
    terms = {name: list(vocab.load(name).terms.values()) for name in ("rung", "activity", "status", "clock", "lane")}
    values: dict[str, Any] = {"terms": terms}
    return Shown(template="about.html", title="About", values=values, snapshot=asked.home.snapshot)


def report(asked: Asked) -> Shown:
    """How to report an error on a page, with what to say of it."""
    given = asked.only("about")
    values = {"about": given.get("about", "")}
    return Shown(template="report.html", title="Report an error", values=values, snapshot=asked.home.snapshot)
