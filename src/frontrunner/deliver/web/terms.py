"""The pages of a disease, a target, a kind of therapy: its names, what is above and below, and its races."""

from typing import Any

from frontrunner.deliver.views.concept import concept_view
from frontrunner.deliver.web.addresses import Here
from frontrunner.deliver.web.race import PLACES, told
from frontrunner.deliver.web.shown import Asked, Shown

#: rows of the race shown on the page of a term
_ROWS = 10


def indication(asked: Asked) -> Shown:
    """A disease."""
    return _term(asked, "indication")


def target(asked: Asked) -> Shown:
    """A gene or its product."""
    return _term(asked, "target")


def modality(asked: Asked) -> Shown:
    """A kind of therapy."""
    return _term(asked, "modality")


def _term(asked: Asked, vocabulary: str) -> Shown:
    name, _ = asked.needed("name")
    term = asked.home.concept(vocabulary, name)
    race = asked.home.race(**{vocabulary: term.id})
    kinds = list(dict.fromkeys(row.modality for row in race.standings if row.modality))
    values: dict[str, Any] = {
        "term": term,
        "race": race,
        "headline": told(asked, race),
        "rows": race.standings[:_ROWS],
        "kinds": kinds if vocabulary != "modality" else [],
        "places": PLACES,
    }
    values["race_page"] = Here(asked.here.lang, "race", {vocabulary: term.id}, asked.here.base)
    return Shown(
        template="term.html",
        title=term.label,
        values=values,
        view=concept_view(term),
        snapshot=race.snapshot,
        json="concept",
    )
