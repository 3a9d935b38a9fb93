"""What passes between a page and its template."""

from collections.abc import Callable
from typing import Any

import msgspec

from frontrunner.deliver.serving.pinned import PinnedHome
from frontrunner.deliver.views.view import View
from frontrunner.deliver.web.addresses import ARENA, WHEN, Here
from frontrunner.deliver.web.language import Language
from frontrunner.errors import UnknownOption, UsageError

#: parameters that every page takes: what the reader cited
_ALWAYS = ("snapshot",)
LONGEST = 400


class Asked(msgspec.Struct, frozen=True):
    """A question to a page: the home at its snapshot, where we are, and the language."""

    home: PinnedHome
    here: Here
    language: Language

    def only(self, *names: str) -> dict[str, str]:
        """The parameters given, empty ones left out; UnknownOption for one that the page does not take."""
        for name, value in self.here.given.items():
            if name not in (*names, *_ALWAYS):
                raise UnknownOption("parameter", name, [*names, *_ALWAYS])
            if len(value) > LONGEST or "\0" in value:
                raise UsageError(f"{name}: a value has at most {LONGEST} characters, and no control characters")
        return {name: self.here.given[name].strip() for name in names if self.here.given.get(name, "").strip()}

    def needed(self, name: str, *others: str) -> tuple[str, dict[str, str]]:
        """One parameter that must be there, and others that may."""
        given = self.only(name, *others)
        if name not in given:
            raise UsageError(f"the parameter {name!r} is missing")
        return given.pop(name), given

    def arena(self) -> dict[str, str]:
        """The parameters of a race."""
        return self.only(*ARENA, *WHEN)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A page: its template and values. `view`: the answer as tables, for files; `dated_by`: the parameter of `on`."""

    template: str
    title: str
    values: dict[str, Any] = {}
    view: View | None = None
    on: str | None = None
    dated_by: str = "on"
    clock: str | None = None
    snapshot: str | None = None
    json: str | None = None
    svg: Callable[[], str] | None = None
    moved_to: str | None = None
