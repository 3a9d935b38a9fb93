"""HTML that cannot be broken into: every text is escaped unless `tag` itself made it.

A template engine would be a dependency for one page; these few lines give the one property that matters here, that a
name out of somebody's file stays text wherever it is put, by type and not by memory.
"""

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta", "br", "hr"})


class Markup(str):
    """Text that is already HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        """As templates ask."""
        return str(self)


def tag(name: str, /, *children: str | Markup | None, **attributes: object) -> Markup:
    """An element. Children that are no Markup are escaped; None is left out, as is an attribute of None.

    In the names of attributes a trailing underscore falls off (`class_`) and others become hyphens (`aria_label`),
    except in the few SVG attributes that are written in camel case, which are given as they are.
    """
    given = "".join(f' {_name(key)}="{escape(str(value))}"' for key, value in attributes.items() if value is not None)
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(children)}</{name}>")


def joined(parts: Iterable[str | Markup | None], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is Markup."""
    return Markup(between.join(text(part) for part in parts if part is not None))


def text(part: str | Markup) -> Markup:
    """The part itself if it is Markup, else escaped."""
    return part if isinstance(part, Markup) else Markup(escape(part))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
