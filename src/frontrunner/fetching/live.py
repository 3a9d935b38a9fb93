"""Ask a publisher: over https, within the allow-list, politely, and never for longer or more than was agreed.

A busy or broken server (429, 500, 502, 503, 504, a broken connection, a body that ends early) is asked again after a
pause that doubles, or after what its `Retry-After` says. Other answers are handed on as they are.
"""

import ipaddress
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from frontrunner.errors import FetchFailed, UsageError
from frontrunner.fetching.exchange import CutOff, Exchange
from frontrunner.model import Feed

if TYPE_CHECKING:
    import httpx

AGENT = "frontrunner (reader of registries; one request at a time)"
#: tries of one request in all
TRIES = 5
#: seconds before the second try; each further one waits twice as long
FIRST_WAIT = 2.0
#: the longest that a publisher may make us wait between two tries; beyond, the visit is put off
LONGEST_WAIT = 300.0
#: seconds without a byte
SILENCE = 60.0

_BUSY = frozenset((429, 500, 502, 503, 504))


class Clock(msgspec.Struct, frozen=True):
    """Where the time comes from and how it passes."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Live:
    """A connection to the publisher of one feed. `through` sends everything to one loopback origin, host first in
    the path, and is for rehearsals only.
    """

    def __init__(self, feed: Feed, *, through: str | None = None, clock: Clock | None = None) -> None:
        self.feed, self._clock = feed, clock or Clock()
        self._through = _rehearsal(through) if through else None
        self._client = _client(trust_env=through is None)
        self._asked_at: dict[str, float] = {}
        self.pause = feed.pause

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str]) -> Exchange:
        """The answer to a GET. Raises FetchFailed when it is not allowed, or not to be had after TRIES."""
        self._allow(url)
        wait, why = FIRST_WAIT, ""
        for attempt in range(TRIES):
            if attempt:
                self._clock.sleep(wait)
            self._be_polite(url)
            found = self._once(url, headers)
            if isinstance(found, Exchange) and found.status not in _BUSY:
                return found
            why, stated = self._trouble(found)
            wait = max(stated, FIRST_WAIT * 2**attempt)
            if wait > LONGEST_WAIT:
                raise FetchFailed(url, f"{why}; it asks to come back in {wait:.0f} seconds: sync again then")
        raise FetchFailed(url, f"{why}, {TRIES} times; sync again to go on from here")

    def _allow(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https":
            raise FetchFailed(url, "is no https address; nothing else is asked")
        if parts.hostname not in self.feed.hosts or parts.port not in (None, 443) or parts.username:
            raise FetchFailed(url, f"is outside of the hosts of this source ({', '.join(self.feed.hosts)})")

    def _be_polite(self, url: str) -> None:
        """Wait until the last request to this host is `pause` seconds ago."""
        host, now = urlsplit(url).hostname or "", self._clock.monotonic()
        since = now - self._asked_at.get(host, -self.pause)
        if since < self.pause:
            self._clock.sleep(self.pause - since)
        self._asked_at[host] = self._clock.monotonic()

    def _once(self, url: str, headers: Mapping[str, str]) -> Exchange | str:
        """One try; what went wrong where no whole answer came."""
        import httpx

        asked = {"User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
        at, until = self._clock.now(), self._clock.monotonic() + self.feed.seconds
        try:
            with self._client.stream("GET", self._address(url), headers=asked) as answer:
                payload = self._payload(url, answer, until)
        except httpx.HTTPError as error:
            return f"no whole answer ({type(error).__name__}: {error})"
        except TimeoutError:
            return f"no whole answer within {self.feed.seconds:g} seconds"
        exchange = self._exchange(url, at, asked, answer, payload)
        try:
            exchange.body(self.feed.bytes)
        except CutOff as error:
            return error.why
        return exchange

    @staticmethod
    def _exchange(
        url: str, at: datetime, asked: Mapping[str, str], answer: "httpx.Response", payload: bytes
    ) -> Exchange:
        kept = [(key, value) for key, value in answer.headers.multi_items() if key.lower() != "transfer-encoding"]
        return Exchange(
            url=url,
            at=at,
            asked=list(asked.items()),
            status=answer.status_code,
            reason=answer.reason_phrase,
            headers=kept,
            payload=payload,
        )

    def _payload(self, url: str, answer: "httpx.Response", until: float) -> bytes:
        parts, size = list[bytes](), 0
        for part in answer.iter_raw():
            size += len(part)
            if size > self.feed.bytes:
                raise FetchFailed(url, f"its answer has over {self.feed.bytes} bytes, the limit of this source")
            if self._clock.monotonic() > until:
                raise TimeoutError
            parts.append(part)
        return b"".join(parts)

    def _address(self, url: str) -> str:
        return f"{self._through}/{url.removeprefix('https://')}" if self._through else url

    def _trouble(self, found: Exchange | str) -> tuple[str, float]:
        """What is wrong, and the seconds that the publisher asks to wait."""
        if isinstance(found, str):
            return found, 0.0
        return f"answered {found.status} {found.reason}", _retry_after(found, self._clock.now())


def _retry_after(found: Exchange, now: datetime) -> float:
    text = found.header("retry-after") or ""
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _rehearsal(origin: str) -> str:
    """The origin, if it is a loopback address: nothing else may stand for a publisher."""
    host = urlsplit(origin).hostname or ""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise UsageError(f"{origin}: only a loopback address may stand for a publisher")
    return origin.rstrip("/")


def _client(*, trust_env: bool) -> "httpx.Client":
    try:
        import httpx
    except ImportError as error:
        raise UsageError("sync needs the packages of the extra 'sync': pip install 'frontrunner[sync]'") from error
    return httpx.Client(follow_redirects=False, timeout=SILENCE, trust_env=trust_env)
