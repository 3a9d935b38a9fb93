"""What the signs of the timeline mean, each beside its sign."""

from collections.abc import Callable

from frontrunner.deliver.page.drawing import sign
from frontrunner.deliver.page.markup import Markup, tag

_SIGNS = (
    ("rung", "", "a rung reached"),
    ("approval", "", "an approval"),
    ("rung", "open", "hollow: implied, contested, unverified or only expected"),
    ("stop", "", "stopped"),
    ("pause", "", "paused"),
    ("resume", "", "resumed"),
    ("withdrawn", "", "licence withdrawn"),
    ("side", "", "another milestone: point at it, or see the table"),
)


def legend(say: Callable[[str], str] = str) -> Markup:
    """The signs as a list, with what the bars and bands are; `say` puts the words into another language."""
    items = [
        tag("li", _picture(sign(kind, 10, 11), f"mark {kind} {state}".strip()), say(words))
        for kind, state, words in _SIGNS
    ]
    bar = tag("rect", class_="span", x=1, y=6, width=18, height=10, rx=2)
    items.append(tag("li", _picture(bar, "mark rung"), say("a month or a year, where no day is known")))
    bands = [
        tag("rect", class_="band", x=7 * at, y=11 - high / 2, width=7, height=high)
        for at, high in enumerate((3, 7, 11))
    ]
    items.append(
        tag("li", _picture(tag("g", *bands), ""), say("thicker as the rung is higher, pale while paused or silent"))
    )
    return tag("ul", *items, class_="legend")


def _picture(drawn: Markup, class_: str) -> Markup:
    inside = tag("g", drawn, class_=class_ or None)
    return tag("svg", inside, width=20, height=22, viewBox="0 0 20 22", aria_hidden="true")
