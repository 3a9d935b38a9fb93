"""The pages of the other answers about an arena: firsts, changes, places side by side, readouts; and of a claim."""

from collections.abc import Callable
from functools import partial
from typing import Any

from frontrunner.deliver.page import chances
from frontrunner.deliver.page.bump import bump
from frontrunner.deliver.page.plot import alone
from frontrunner.deliver.views.changes import changes_view
from frontrunner.deliver.views.check import check_view
from frontrunner.deliver.views.firsts import firsts_view
from frontrunner.deliver.views.forecast import forecast_view
from frontrunner.deliver.views.jurisdictions import jurisdictions_view
from frontrunner.deliver.views.readouts import readouts_view
from frontrunner.deliver.views.view import View
from frontrunner.deliver.web.addresses import ARENA, WHEN
from frontrunner.deliver.web.race import OTHERS, placed
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.race.results import Arena

#: answer -> what draws it, and what its picture tells somebody who cannot see it
_DRAWN: dict[str, Callable[[Any], Callable[[], str] | None]] = {
    "changes": lambda found: partial(bump, found),
    "forecast": lambda found: (lambda: alone(chances.drawing(found))) if found.programmes else None,
}
_ALT = {
    "changes": "The places of the race over time; the table below says the same in words.",
    "forecast": "Chances of approval over time, order of entry and dates; the tables below say the same in words.",
}


def firsts(asked: Asked) -> Shown:
    """Who was first at each step."""
    return _of_arena(asked, "firsts", firsts_view)


def jurisdictions(asked: Asked) -> Shown:
    """The same products in five jurisdictions side by side."""
    return _of_arena(asked, "jurisdictions", jurisdictions_view)


def readouts(asked: Asked) -> Shown:
    """What the studies of a race found."""
    return _of_arena(asked, "readouts", readouts_view)


def forecast(asked: Asked) -> Shown:
    """Who may be approved, when, and who first."""
    given = asked.arena()
    found = asked.home.forecast(**dict[str, Any](given))
    return _shown(asked, "forecast", forecast_view(found), found, found.on, given)


def changes(asked: Asked) -> Shown:
    """Every change of order, and what made it."""
    given = asked.only(*ARENA, "clock", "since", "until")
    found = asked.home.changes(**dict[str, Any](given))
    return _shown(asked, "changes", changes_view(found), found, found.until, given)


def check(asked: Asked) -> Shown:
    """A press claim against the record; without one, the form that asks for it."""
    given = asked.only("claim", *WHEN)
    if "claim" not in given:
        values = {"view": None, "claim": ""}
        return Shown(template="check.html", title="Check a claim", values=values, snapshot=asked.home.snapshot)
    claim = given.pop("claim")
    found = asked.home.check(claim, **given)
    return Shown(
        template="check.html",
        title=claim,
        values={"view": check_view(found), "claim": claim},
        view=check_view(found),
        on=found.on,
        clock=found.clock,
        snapshot=found.snapshot,
        json="check",
    )


def _arena(found: Any) -> list[str]:
    """The arena in words, part by part."""
    return placed(found.arena) if isinstance(found.arena, Arena) else str(found.title).split(", ")


def _of_arena(asked: Asked, name: str, as_view: Callable[[Any], View]) -> Shown:
    given = asked.arena()
    found = getattr(asked.home, name)(**given)
    return _shown(asked, name, as_view(found), found, found.on, given)


def _shown(asked: Asked, name: str, view: View, found: Any, on: str, given: dict[str, str]) -> Shown:
    arena = {part: given[part] for part in (*ARENA, "clock") if part in given}
    ways = [("race", "Standings and timeline", asked.here.at("race", **arena))]
    svg = _DRAWN[name](found) if name in _DRAWN else None
    values: dict[str, Any] = {"view": view, "ways": ways, "heading": dict(OTHERS)[name], "alt": _ALT.get(name, "")}
    values["about"] = [*_arena(found), f"until {on}" if name == "changes" else f"on {on}"]
    values["embedded"] = asked.here.pictured(asked.language.say(view.title)) if svg else ""
    return Shown(
        template="view.html",
        title=view.title,
        values=values,
        view=view,
        on=on,
        dated_by="until" if name == "changes" else "on",
        clock=found.clock,
        snapshot=found.snapshot,
        json=name,
        svg=svg,
    )
