"""Pages of an answer, one after the other, with what shows that the publisher repeats or skips some. Pure."""

from collections.abc import Callable
from itertools import count
from typing import NamedTuple, TypeVar

import msgspec

from frontrunner.errors import BadAnswer
from frontrunner.model import Answer, Ask, Steps, Tally

S = TypeVar("S")


class Page(NamedTuple):
    """The keys of the records of one page, how many there are in all (`said`) and what leads to the next page."""

    keys: list[str]
    said: int | None
    next: str | None


def pages(ask: Callable[[int, str | None], Ask], look: Callable[[Answer], Page]) -> Steps:
    """Ask page after page (`ask(number, next)`) until one leads no further.

    Raises BadAnswer where a page holds nothing but what earlier pages held.
    """
    met: set[str] = set()
    said: int | None = None
    after: str | None = None
    for number in count(1):
        answer = yield ask(number, after)
        page = look(answer)
        said = said if page.said is None else page.said
        if page.keys and met.issuperset(page.keys):
            raise BadAnswer(answer.url, f"page {number} repeats records of earlier pages")
        met.update(page.keys)
        if page.next is None:
            break
        after = page.next
    return Tally(said, len(met))


def typed(decoder: msgspec.json.Decoder[S], answer: Answer) -> S:
    """The body in the layout that the decoder knows. Raises BadAnswer with the place of what differs."""
    try:
        return decoder.decode(answer.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadAnswer(answer.url, f"its layout is not the one known here ({error})") from error
