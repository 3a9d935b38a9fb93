"""Drive the steps of a source over a tape: what they ask is fetched, checked, and kept as files to be read."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import msgspec

from frontrunner.errors import BadAnswer, FetchFailed
from frontrunner.fetching.exchange import Exchange
from frontrunner.fetching.live import AGENT
from frontrunner.fetching.tape import Tape
from frontrunner.model import Answer, Ask, Feed, Steps, Tally

#: hops of one redirect
HOPS = 5
#: what one visit may ask and take in all, far above any publisher's whole set
ASKS, BYTES = 50_000, 64 << 30

_MOVED = frozenset((301, 302, 303, 307, 308))
_UNCHANGED = 304
#: header of an answer -> the header that asks for what changed since
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Visited(msgspec.Struct, kw_only=True):
    """What a visit brought so far: `documents` were written to its folder, `unchanged` answers were not sent again.

    `validators` are the headers to ask with next time, by address.
    """

    asked: int = 0
    documents: int = 0
    unchanged: int = 0
    bytes: int = 0
    tally: Tally | None = None
    validators: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)


class Visit:
    """One visit to the publisher of a feed; documents go to `folder` under the names that the steps give them."""

    def __init__(self, feed: Feed, tape: Tape, folder: Path) -> None:
        self._feed, self._tape, self._folder = feed, tape, folder
        self._robots: dict[str, RobotFileParser] = {}
        self.got = Visited()

    def run(self) -> None:
        """Every step, to the end. Raises FetchFailed; what came before it is in `got` and in the folder."""
        steps = self._feed.steps(self._tape.label.since)
        ask: Ask | None = next(steps)
        while ask:
            answer = self._answer(ask)
            following = self._following(steps, answer)
            if ask.name and not answer.unchanged:
                self._keep(ask.name, answer.body)
            ask = following

    def _following(self, steps: Steps, answer: Answer) -> Ask | None:
        """What the steps ask next; null at their end. An answer that they refuse is not kept as a document."""
        try:
            return steps.send(answer)
        except StopIteration as end:
            self.got.tally = end.value
            return None

    def _answer(self, ask: Ask) -> Answer:
        if ask.page:
            self._heed_robots(ask.url)
        known = self._tape.label.validators.get(ask.url, {}) if ask.conditional else {}
        exchange = self._follow(ask.url, {"Accept": ", ".join(ask.types), **known})
        if known and exchange.status == _UNCHANGED:
            self.got.unchanged += 1
            self.got.validators[ask.url] = known
            return Answer(url=exchange.url, headers={}, body=b"", unchanged=True)
        body = self._checked(ask, exchange)
        if ask.conditional:
            self.got.validators[ask.url] = _validators(exchange)
        return Answer(url=exchange.url, headers={key.lower(): value for key, value in exchange.headers}, body=body)

    def _follow(self, url: str, headers: Mapping[str, str]) -> Exchange:
        """The exchange at the end of the redirects, none of which leaves the allow-list."""
        for _ in range(HOPS):
            self.got.asked += 1
            if self.got.asked > ASKS or self.got.bytes > BYTES:
                raise BadAnswer(url, f"the visit has grown beyond {ASKS} requests or {BYTES >> 30} GiB")
            exchange = self._tape.get(url, headers)
            target = exchange.header("location") if exchange.status in _MOVED else None
            if target is None:
                return exchange
            url = urljoin(url, target)
            if urlsplit(url).scheme != "https" or urlsplit(url).hostname not in self._feed.hosts:
                raise BadAnswer(exchange.url, f"redirects to {url}, outside of the hosts of this source")
        raise BadAnswer(url, f"redirects more than {HOPS} times")

    def _checked(self, ask: Ask, exchange: Exchange) -> bytes:
        if exchange.status != 200:
            raise BadAnswer(exchange.url, f"answered {exchange.status} {exchange.reason}")
        if exchange.media_type() not in ask.types:
            said = exchange.media_type() or "no type"
            raise BadAnswer(exchange.url, f"answered {said} where {' or '.join(ask.types)} was asked for")
        return exchange.body(self._feed.bytes)

    def _keep(self, name: str, body: bytes) -> None:
        with open(self._folder / name, "xb") as file:
            file.write(body)
        self.got.documents += 1
        self.got.bytes += len(body)

    def _heed_robots(self, url: str) -> None:
        """Raise FetchFailed where the host's robots.txt does not allow this page, or cannot be had."""
        host = f"https://{urlsplit(url).netloc}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if not robots.can_fetch(AGENT, url):
            raise BadAnswer(url, f"{host}/robots.txt does not allow it: save the page by hand and ingest it")
        self._tape.slow_down(float(robots.crawl_delay(AGENT) or 0))

    def _read_robots(self, host: str) -> RobotFileParser:
        """A host without the file (4xx) allows everything (RFC 9309, 2.3.1.3)."""
        exchange = self._follow(f"{host}/robots.txt", {"Accept": "text/plain"})
        if exchange.status != 200 and not 400 <= exchange.status < 500:
            raise FetchFailed(exchange.url, f"answered {exchange.status}: what the host allows is not known")
        robots = RobotFileParser()
        text = exchange.body(self._feed.bytes).decode("utf-8", "replace") if exchange.status == 200 else ""
        robots.parse(text.splitlines())
        return robots


def _validators(exchange: Exchange) -> dict[str, str]:
    found = {asked: exchange.header(told) for told, asked in _VALIDATORS.items()}
    return {asked: value for asked, value in found.items() if value}
