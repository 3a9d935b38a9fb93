"""The list of names that FDA keeps in its archive, replaced at the same address with every release."""

from datetime import date

from frontrunner.model import Ask, Feed, Steps, Tally


def _steps(since: date | None) -> Steps:
    """One download."""
    yield Ask(
        url="https://precision.fda.gov/uniisearch/archive/latest/UNIIs.zip",
        types=("application/zip", "application/x-zip-compressed", "application/octet-stream"),
        name="UNIIs.zip",
        page=True,
        conditional=True,
    )
    return Tally()


FEED = Feed(
    hosts=("precision.fda.gov",),
    terms="https://precision.fda.gov/uniisearch/archive",
    steps=_steps,
    whole=True,
    pause=5.0,
)
