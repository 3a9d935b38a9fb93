"""The publishers whose records are read, one module or folder each, found by name: there is no registry to edit.

A source only states: it turns a record's bytes into statements, each column with its place in the record. It knows no
store, no clock and no network; `SourceModule` is what it has to bring.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Protocol, cast, runtime_checkable

from frontrunner.errors import UnknownOption, UnreadableInput
from frontrunner.model import Feed, Raw, Reading, Source
from frontrunner.reading.containers import Container


@runtime_checkable
class SourceModule(Protocol):
    """What a source brings. `SOURCE.id` is the name of its module."""

    @property
    def SOURCE(self) -> Source:
        """Who publishes, under which terms, and how much it counts when sources disagree."""
        ...

    @property
    def PLACES(self) -> Mapping[str, str]:
        """Statement column (as tables spell it) -> its place in a record of the main form."""
        ...

    def recognise(self, name: str, head: bytes) -> bool:
        """Whether a file of this name that begins so (4 KiB, decompressed) is of this source."""
        ...

    def records(self, container: Container) -> Iterator[Raw | UnreadableInput]:
        """The records of a container; an UnreadableInput for a part that cannot be read, raised at a broken end."""
        ...

    def read(self, raw: bytes) -> Reading:
        """What one record says. Pure; raises BadRecord with the exact place."""
        ...


@cache
def load() -> dict[str, SourceModule]:
    """Every source by its id, in the order of the ids."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: _module(name) for name in names}


def forms(module: SourceModule) -> Mapping[str, Mapping[str, str]]:
    """Where each column stands, by the media type of the document: `FORMS` of a source with several, else `PLACES`."""
    found: Mapping[str, Mapping[str, str]] = getattr(module, "FORMS", {"application/json": module.PLACES})
    return found


def feeds() -> dict[str, Feed]:
    """How each source that can be fetched is fetched (`FEED` of its `fetch.py`), in the order of the ids."""
    found = {}
    for name in load():
        if find_spec(f"{__name__}.{name}.fetch"):
            feed = import_module(f"{__name__}.{name}.fetch").FEED
            assert isinstance(feed, Feed), name
            found[name] = feed
    return found


def _module(name: str) -> SourceModule:
    module = import_module(f"{__name__}.{name}")
    if not isinstance(module, SourceModule) or module.SOURCE.id != name:
        raise TypeError(f"{module.__name__} is no source: it lacks a part of SourceModule, or its id is not {name!r}")
    return cast(SourceModule, module)


def named(source: str) -> SourceModule:
    """The source of this id. Raises UnknownOption with the ids that there are."""
    found = load().get(source)
    if found is None:
        raise UnknownOption("--source", source, list(load()))
    return found


def recognise(name: str, head: bytes) -> SourceModule | None:
    """The source that a file of this name and beginning is of; null when none takes it."""
    return next((module for module in load().values() if module.recognise(name, head)), None)
