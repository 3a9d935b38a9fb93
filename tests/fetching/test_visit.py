"""What a visit heeds on its way: robots.txt, what did not change, and that a recording answers only what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadAnswer, FetchFailed
from frontrunner.fetching import tape
from frontrunner.fetching.live import Live
from frontrunner.fetching.visit import Visit
from frontrunner.model import Ask, Feed, Steps, Tally

from .conftest import Time
from .publisher import Reply, Script, publishing

PAGE, FILE = "https://one.example/list", "https://two.example/files/a.csv"
HTML, CSV = {"Content-Type": "text/html"}, {"Content-Type": "text/csv", "ETag": '"7"'}
ALLOWED = "User-agent: *\nDisallow: /private\nCrawl-delay: 9\n"


def _steps(since: date | None) -> Steps:
    yield Ask(url=PAGE, types=("text/html",), page=True)
    yield Ask(url=FILE, types=("text/csv",), name="a.csv", page=True, conditional=True)
    return Tally()


FEED = Feed(hosts=("one.example", "two.example"), terms="", steps=_steps, pause=1.0)
LABEL = tape.Label(source="one", since=None, begun=datetime(2026, 11, 20, tzinfo=UTC))


@contextmanager
def visiting(script: Script, folder: Path, time: Time, label: tape.Label = LABEL) -> Iterator[tuple[Visit, list[str]]]:
    """A visit to this publisher, ready to run, and the addresses that it asks for."""
    tape.begin(folder / "one.warc.gz", label)
    with publishing(script) as publisher:
        live = Live(FEED, through=publisher.origin, clock=time.clock())
        with tape.Tape(folder / "one.warc.gz", live) as one:
            yield Visit(FEED, one, folder), publisher.asked
        live.close()


def serving(robots: Reply) -> Script:
    def script(address: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        if address.endswith("/robots.txt"):
            return robots
        if headers.get("if-none-match") == '"7"':
            return Reply(304)
        return Reply(200, b"<html>", HTML) if address == PAGE else Reply(200, b"a\n1\n", CSV)

    return script


def test_robots_are_asked_first_and_once_a_host_and_their_pause_is_kept(tmp_path: Path, time: Time) -> None:
    robots = Reply(200, ALLOWED.encode(), {"Content-Type": "text/plain"})
    with visiting(serving(robots), tmp_path, time) as (visit, asked):
        visit.run()
    assert asked == ["https://one.example/robots.txt", PAGE, "https://two.example/robots.txt", FILE]
    assert time.slept == [9.0, 9.0]
    assert (tmp_path / "a.csv").read_bytes() == b"a\n1\n"


@pytest.mark.parametrize(
    ("robots", "error"),
    [
        (Reply(200, b"User-agent: *\nDisallow: /\n"), BadAnswer),
        (Reply(200, b"User-agent: frontrunner\nDisallow: /list\n"), BadAnswer),
        (Reply(501), FetchFailed),
    ],
)
def test_a_page_that_robots_keep_from_us_is_not_asked(
    tmp_path: Path, time: Time, robots: Reply, error: type[Exception]
) -> None:
    with visiting(serving(robots), tmp_path, time) as (visit, asked), pytest.raises(error):
        visit.run()
    assert asked == ["https://one.example/robots.txt"]


def test_a_host_without_robots_allows_everything(tmp_path: Path, time: Time) -> None:
    with visiting(serving(Reply(404)), tmp_path, time) as (visit, _):
        visit.run()
    assert visit.got.documents == 1


def test_what_did_not_change_is_not_sent_again(tmp_path: Path, time: Time) -> None:
    with visiting(serving(Reply(404)), tmp_path, time) as (visit, _):
        visit.run()
    known = visit.got.validators
    assert known == {FILE: {"If-None-Match": '"7"'}}
    (tmp_path / "again").mkdir()
    label = msgspec.structs.replace(LABEL, validators=known)
    with visiting(serving(Reply(404)), tmp_path / "again", time, label) as (visit, _):
        visit.run()
    assert (visit.got.documents, visit.got.unchanged, visit.got.validators) == (0, 1, known)
    with tape.Tape(tmp_path / "again" / "one.warc.gz", None) as one:
        replayed = Visit(FEED, one, tmp_path)
        replayed.run()
    assert (replayed.got.documents, replayed.got.unchanged) == (0, 1)


def test_a_recording_of_other_questions_is_not_taken_for_an_answer(tmp_path: Path, time: Time) -> None:
    with visiting(serving(Reply(404)), tmp_path, time) as (visit, _):
        visit.run()
    with tape.Tape(tmp_path / "one.warc.gz", None) as one, pytest.raises(tape.OffTape, match="in its place"):
        one.get("https://one.example/other", {})
