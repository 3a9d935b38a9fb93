"""The pages of one thing: a programme, a product, a company, a trial, the words behind an id, what the home holds."""

from collections.abc import Sequence
from typing import Any

from frontrunner.deliver.views.dossiers import company_view, programme_view, trial_view
from frontrunner.deliver.views.status import status_view
from frontrunner.deliver.views.view import View, label
from frontrunner.deliver.views.why import why_view
from frontrunner.deliver.web.addresses import WHEN
from frontrunner.deliver.web.cells import named
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.errors import AmbiguousName
from frontrunner.race.parts import CompanyDossier


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
    developers = dict.fromkeys(role.name for role in held.roles if role.role in ("developer", "originator"))
    about = [
        *developers,
        label("modality", held.modality),
        held.vector or "",
        f"target {held.target}" if held.target else "",
    ]
    heading = named(held.programme, asked.language)
    return _page("programme", programme_view(held), held.snapshot, when, links, heading, about)


def company(asked: Asked) -> Shown:
    """A company, its names and its programmes."""
    name, when = asked.needed("name", *WHEN)
    try:
        held = asked.home.company(name, **when)
    except AmbiguousName as error:
        return _choice(asked, error, "company")
    about = [label("organisation_kind", held.kind), label("country", held.country), *_chinese(held)]
    return _page("company", company_view(held), held.snapshot, when, about=about)


def _chinese(held: CompanyDossier) -> list[str]:
    """The first Chinese name, where there is one."""
    return [name.value for name in held.names if name.lang.startswith("zh")][:1]


def trial(asked: Asked) -> Shown:
    """One registered study with every version of its record."""
    id, when = asked.needed("id", *WHEN)
    held = asked.home.trial(id, history=True, **when)
    title = str(held.record.get("briefTitle") or "")
    return _page(
        "trial", trial_view(held), held.snapshot, when, heading=title, about=[f"Trial {held.id}"] if title else []
    )


def why(asked: Asked) -> Shown:
    """The words behind an id."""
    id, _ = asked.needed("id")
    held = asked.home.why(id)
    page = next(
        (page for start, page in (("prog:", "programme"), ("org:", "company")) if held.id.startswith(start)), None
    )
    ways = [(page, f"The {page}", asked.here.at(page, name=held.id))] if page else []
    heading = named(held.label, asked.language) if page == "programme" else held.label
    return _page("why", why_view(held), held.snapshot, {}, ways, heading, [held.id])


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
    about: Sequence[str] = (),
) -> Shown:
    values: dict[str, Any] = {"view": view, "ways": ways, "heading": heading, "embedded": ""}
    values["about"] = [part for part in about if part]
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
