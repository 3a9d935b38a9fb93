"""The page of what is read, on what terms and how it comes, and of what is not, from the sources themselves."""

import csv
from collections.abc import Iterator
from importlib import resources

from frontrunner import sources
from frontrunner.model import Source

NOT_READ = "not_read.csv"
_BUILT_IN = {"starter": "in the package (`frontrunner demo`)", "user": "`frontrunner ingest` of a table of yours"}


def read() -> Iterator[tuple[str, ...]]:
    """A row a source: id, publisher, how it comes, records of its whole set, what its reader was written from."""
    feeds = sources.feeds()
    for name, module in sources.load().items():
        source: Source = module.SOURCE
        how = f"`frontrunner sync {name}`, allowed by [its terms]({feeds[name].terms})" if name in feeds else None
        how = how or _BUILT_IN.get(name, "a saved file, by `frontrunner ingest`")
        yield f"[{name}](sources.md#{name})", source.publisher, how, _range(source), source.sample


def terms() -> Iterator[tuple[str, ...]]:
    """A row a source: id, attribution, licence."""
    for name, module in sources.load().items():
        yield name, module.SOURCE.attribution, module.SOURCE.licence


def expected() -> Iterator[tuple[str, ...]]:
    """A row a column that the records of a source must say: source, column, the least share of them."""
    for name, module in sources.load().items():
        for column, share in module.SOURCE.filled.items():
            yield name, f"`{column}`", f"{share:.0%}"


def not_read() -> Iterator[tuple[str, ...]]:
    """A row a thing that is not read: publisher, what, why, what to do instead."""
    text = resources.files(sources).joinpath(NOT_READ).read_text("utf-8")
    yield from (tuple(row.values()) for row in csv.DictReader(text.splitlines(), strict=True))


def _range(source: Source) -> str:
    return f"{source.records[0]:,} to {source.records[1]:,}" if source.records else ""
