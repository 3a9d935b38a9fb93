"""What a source asks of its publisher and what it is answered: fetching without a network.

A source's `fetch.py` describes a visit as a generator: it yields an `Ask`, is sent the `Answer`, and returns a `Tally`.
It opens nothing and reads no clock, so the same answers always give the same questions: a visit that was cut off is
taken up again by answering its first questions from the recording.
"""

from collections.abc import Callable, Generator
from datetime import date

import msgspec


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One GET. `types` are the media types that the answer may have.

    `name` is the file name under which the answer is read as a document of the source; null for one that is only looked
    at. `page` marks what robots.txt has a say on: a web page, or a file that is found through one, not an API.
    `conditional` asks only for what changed since the last complete visit: the answer may then be `unchanged`.
    """

    url: str
    types: tuple[str, ...]
    name: str | None = None
    page: bool = False
    conditional: bool = False


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: the body decoded, `url` after redirects, header names in lower case."""

    url: str
    headers: dict[str, str]
    body: bytes
    unchanged: bool = False


class Tally(msgspec.Struct, frozen=True):
    """How many records the publisher says there are (`said`, null where it does not) and how many the visit met.

    `met` is null where only reading the documents can count them.
    """

    said: int | None = None
    met: int | None = None


Steps = Generator[Ask, Answer, Tally]


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """How a source is fetched.

    `hosts` are the only ones that may be asked or redirected to; `terms` is where the publisher allows it. `steps`
    takes the day since which changes are wanted, null for everything; a source that always comes `whole` is only asked
    for everything. `pause` is the least number of seconds between two requests to one host; `bytes` bounds one answer,
    `seconds` the time that it may take.
    """

    hosts: tuple[str, ...]
    terms: str
    steps: Callable[[date | None], Steps]
    whole: bool = False
    pause: float = 1.0
    bytes: int = 256 << 20
    seconds: float = 600.0
