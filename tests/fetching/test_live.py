"""What one request may cost and where it may go; the slow and the large over real sockets."""

import gzip
from datetime import UTC, date, datetime

import msgspec
import pytest

from frontrunner.errors import BadAnswer, FetchFailed
from frontrunner.fetching.exchange import Exchange
from frontrunner.fetching.live import TRIES, Clock, Live
from frontrunner.model import Ask, Feed, Steps, Tally

from .publisher import Reply, publishing


def _steps(since: date | None) -> Steps:
    yield Ask(url="https://one.example/", types=("text/plain",))
    return Tally()


FEED = Feed(hosts=("one.example",), terms="", steps=_steps, pause=0.0, bytes=1000, seconds=0.2)


def get(reply: Reply, url: str = "https://one.example/a", feed: Feed = FEED) -> tuple[Exchange | FetchFailed, int]:
    """The answer or the error, and how often it was asked for."""
    with publishing(lambda address, query, headers: reply) as publisher:
        live = Live(feed, through=publisher.origin, clock=Clock(sleep=lambda seconds: None))
        try:
            return live.get(url, {}), len(publisher.asked)
        except FetchFailed as error:
            return error, len(publisher.asked)
        finally:
            live.close()


def test_a_slow_drip_ends_at_the_time_limit() -> None:
    error, asked = get(Reply(200, b"x" * 40, drip=0.02))
    assert asked == TRIES
    assert str(error).startswith(f"https://one.example/a: no whole answer within 0.2 seconds, {TRIES} times")


def test_an_answer_beyond_the_byte_limit_is_not_asked_for_again() -> None:
    error, asked = get(Reply(200, b"x" * 1001), feed=msgspec.structs.replace(FEED, seconds=60))
    assert (str(error), asked) == ("https://one.example/a: its answer has over 1000 bytes, the limit of this source", 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://one.example/",
        "https://two.example/",
        "https://one.example.org/",
        "https://one.example:8443/",
        "https://user@one.example/",
        "https://127.0.0.1/",
        "file:///etc/hosts",
    ],
)
def test_whatever_is_outside_of_the_allow_list_is_not_asked(url: str) -> None:
    error, asked = get(Reply(200, b"x"), url)
    assert isinstance(error, FetchFailed) and asked == 0


def _exchange(payload: bytes) -> Exchange:
    return Exchange(
        url="https://one.example/",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        asked=[],
        status=200,
        reason="OK",
        headers=[("Content-Encoding", "gzip")],
        payload=payload,
    )


def test_a_body_expands_up_to_its_limit_and_no_further() -> None:
    body = b"x" * (3 << 20)
    assert _exchange(gzip.compress(body)).body(len(body)) == body
    with pytest.raises(BadAnswer, match="expands to over 3145727 bytes"):
        _exchange(gzip.compress(body)).body(len(body) - 1)
