"""Addresses of pages: what is asked stands in them whole, so that each is permanent and can be cited."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

import msgspec

#: parameters of a race, in the order in which an address says them
ARENA = ("indication", "modality", "target", "jurisdiction", "origin", "lane")
WHEN = ("on", "clock")


class Here(msgspec.Struct, frozen=True):
    """The page that is asked for: its language, its name, and the parameters given."""

    lang: str
    page: str
    given: dict[str, str]
    base: str

    def at(self, page: str, **params: Any) -> str:
        """The address of another page in the same language."""
        return address(self.lang, page, params)

    def changed(self, **params: Any) -> str:
        """This page with some parameters changed; None takes one away."""
        return address(self.lang, self.page, {**self.given, **params})

    def in_language(self, code: str) -> str:
        """This page in another language."""
        return address(code, self.page, self.given)

    def permanent(self, **params: Any) -> str:
        """The whole address of this page with what it rests on."""
        return self.base + address(self.lang, self.page, {**self.given, **params})

    def query(self) -> str:
        """What the API is asked for the same answer."""
        return urlencode([(name, value) for name, value in self.given.items() if value and name != "snapshot"])

    def download(self, form: str) -> str:
        """This answer as a file."""
        return address(self.lang, f"{self.page}.{form}", self.given)

    def embedded(self) -> str:
        """The chart of this page alone, to be framed."""
        return "/embed" + address(self.lang, self.page, self.given)

    def framed(self, title: str) -> str:
        """The lines that show the chart of this page in another page."""
        source, name = escape(self.base + self.embedded()), escape(title)
        return f'<iframe src="{source}" title="{name}" width="100%" height="420"></iframe>'

    def pictured(self, title: str) -> str:
        """The same of a page whose chart is a picture."""
        return f'<img src="{escape(self.base + self.download("svg"))}" alt="{escape(title)}">'


def address(lang: str, page: str, params: Mapping[str, Any]) -> str:
    """`/en/race?indication=...`; parameters without a value are left out."""
    said = urlencode([(name, value) for name, value in params.items() if value not in (None, "")])
    return f"/{lang}/{page}" + (f"?{said}" if said else "")
