"""MONDO's own mappings to other vocabularies (SSSOM), from the repository in which MONDO is kept."""

from datetime import date

from frontrunner.model import Ask, Feed, Steps, Tally


def _steps(since: date | None) -> Steps:
    """One download."""
    yield Ask(
        url="https://raw.githubusercontent.com/monarch-initiative/mondo/master/src/ontology/mappings/mondo.sssom.tsv",
        types=("text/plain", "text/tab-separated-values"),
        name="mondo.sssom.tsv",
        conditional=True,
    )
    return Tally()


FEED = Feed(
    hosts=("raw.githubusercontent.com",),
    terms="https://mondo.monarchinitiative.org/pages/download/",
    steps=_steps,
    whole=True,
    pause=5.0,
)
