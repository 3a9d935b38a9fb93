"""The pages of one thing: a programme, a product, a company, a trial, the words behind an id, what the home holds."""

from collections.abc import Sequence
from typing import Any

from frontrunner.deliver.views.dossiers import company_view, programme_view, trial_view
from frontrunner.deliver.views.status import status_view
from frontrunner.deliver.views.view import View
from frontrunner.deliver.views.why import why_view
from frontrunner.deliver.web.addresses import WHEN
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.errors import AmbiguousName


def programme(asked: Asked) -> Shown:
    """Everything held on one product in one disease."""
    name, when = asked.needed("name", *WHEN)
    try:
        held = asked.home.programme(name, **when)
    except AmbiguousName as error:
        return _choice(asked, error, "programme")
    use = held.indication
    arena = {"indication": use.id if use else None, "modality": held.modality, "target": None if use else held.target}
    links = [("race", "The race it is in", asked.here.at("race", **arena))] if any(arena.values()) else []
    return _page("programme", programme_view(held), held.snapshot, when, links)


def company(asked: Asked) -> Shown:
    """A company, its names and its programmes."""
    name, when = asked.needed("name", *WHEN)
    try:
        held = asked.home.company(name, **when)
    except AmbiguousName as error:
        return _choice(asked, error, "company")
    return _page("company", company_view(held), held.snapshot, when)


def trial(asked: Asked) -> Shown:
    """One registered study with every version of its record."""
    id, when = asked.needed("id", *WHEN)
    held = asked.home.trial(id, history=True, **when)
    return _page("trial", trial_view(held), held.snapshot, when, heading=str(held.record.get("briefTitle") or ""))


def why(asked: Asked) -> Shown:
    """The words behind an id."""
    id, _ = asked.needed("id")
    held = asked.home.why(id)
    return _page("why", why_view(held), held.snapshot, {})


def coverage(asked: Asked) -> Shown:
    """What the home holds, source by source, and how fresh it is."""
    asked.only()
    held = asked.home.status()
    view = status_view(held)
    told = View("Coverage and freshness", view.sections, view.stamp)
    return _page("status", told, held.snapshot, {})


def _choice(asked: Asked, error: AmbiguousName, page: str) -> Shown:
    """What a name may mean, each with its page."""
    values = {"name": error.name, "choices": [(id, asked.here.at(page, name=id)) for id in error.candidates]}
    return Shown(template="choose.html", title=error.name, values=values, snapshot=asked.home.snapshot)


def _page(
    name: str,
    view: View,
    snapshot: str,
    when: dict[str, str],
    ways: Sequence[tuple[str, str, str]] = (),
    heading: str = "",
) -> Shown:
    values: dict[str, Any] = {"view": view, "ways": ways, "heading": heading, "embedded": ""}
    return Shown(
        template="view.html",
        title=view.title,
        values=values,
        view=view,
        on=when.get("on"),
        clock=when.get("clock"),
        snapshot=snapshot,
        json=name,
    )
