"""The pages of a disease, a target, a kind of therapy: its names, what is above and below, and its races."""

from typing import Any

from frontrunner import vocab
from frontrunner.deliver.views.race import headline, standings_table
from frontrunner.deliver.web.race import PLACES
from frontrunner.deliver.web.shown import Asked, Shown

#: rows of the race shown on the page of a term
_ROWS = 10


def indication(asked: Asked) -> Shown:
    """A disease."""
    return _term(asked, "indication", "indication")


def target(asked: Asked) -> Shown:
    """A gene or its product."""
    return _term(asked, "target", "--target")


def modality(asked: Asked) -> Shown:
    """A kind of therapy."""
    return _term(asked, "modality", "--modality")


def _term(asked: Asked, vocabulary: str, option: str) -> Shown:
    name, _ = asked.needed("name")
    known = vocab.load(vocabulary)
    term = known.terms[known.require(option, name)]
    race = asked.home.race(**{vocabulary: term.id})
    below = [other for other in known.terms.values() if term.id in other.parents]
    kinds = list(dict.fromkeys(row.modality for row in race.standings if row.modality))
    values: dict[str, Any] = {
        "term": term,
        "vocabulary": vocabulary,
        "above": [known.terms[id] for id in term.parents if id in known.terms],
        "below": below,
        "race": race,
        "headline": headline(race),
        "rows": race.standings[:_ROWS],
        "table": standings_table(race),
        "kinds": kinds if vocabulary != "modality" else [],
        "places": PLACES,
    }
    return Shown(template="term.html", title=term.label, values=values, on=race.on, snapshot=race.snapshot)
