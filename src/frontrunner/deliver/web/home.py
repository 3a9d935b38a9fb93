"""The first page, what the site is, and where errors are reported."""

from typing import Any

from frontrunner import vocab
from frontrunner.deliver.views.moved import moved_races
from frontrunner.deliver.web.language import sourced
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.race.answers import Moved

#: facts read for the first page, milestones and races shown of them
_READ, _NEWEST, _RACES = 80, 12, 8


def home(asked: Asked) -> Shown:
    """Search first, then races that moved and the newest milestones."""
    asked.only()
    newest = asked.home.newest(limit=_READ)
    told: dict[tuple[str, str], Moved] = {}  # what one record says, however many programmes it says it of
    for one in newest.moved:
        told.setdefault((one.evidence.partition("@")[0], one.event), one)
    values = {"newest": list(told.values())[:_NEWEST], "races": moved_races(newest.moved)[:_RACES]}
    return Shown(template="home.html", title="Frontrunner", values=values, on=newest.on, snapshot=newest.snapshot)


def about(asked: Asked) -> Shown:
    """What it is, how to read it, and what the words mean."""
    asked.only()
    terms = {name: list(vocab.load(name).terms.values()) for name in ("rung", "activity", "status", "clock", "lane")}
    values: dict[str, Any] = {"terms": terms, "sourced": sourced()}
    return Shown(template="about.html", title="About", values=values, snapshot=asked.home.snapshot)


def report(asked: Asked) -> Shown:
    """How to report an error on a page, with what to say of it."""
    given = asked.only("about")
    values = {"about": given.get("about", "")}
    return Shown(template="report.html", title="Report an error", values=values, snapshot=asked.home.snapshot)
