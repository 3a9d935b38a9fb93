"""A sync over real sockets: what comes, what it does with a publisher that misbehaves, and what it remembers."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import frontrunner
from frontrunner.deliver.cli import frontrunner as command
from frontrunner.errors import UnreadableInput, UsageError
from frontrunner.fetching import state, tape
from frontrunner.race.question import Snapshot
from frontrunner.store.home import Home
from frontrunner.syncing import Fetched, replay, sync

from .conftest import Time
from .publisher import Reply, as_json, publishing
from .registry import Registry, records

SINCE = date(2026, 1, 1)


def visit(home: Home, registry: Registry, time: Time, since: date | None = SINCE) -> Fetched:
    """One sync of ClinicalTrials.gov as this registry has it."""
    with publishing(registry) as publisher:
        report = sync(home, ["ctgov"], since=since, through=publisher.origin, clock=time.clock())
    return report.visits[0]


def held(home: Home) -> list[tuple[Any, ...]]:
    """The documents of a home: their keys, hashes and when they were fetched."""
    with Snapshot(home) as snapshot:
        sql = "select document.key, hash, fetched_on from document join sighting using (doc) order by all"
        return snapshot.connection.execute(sql).fetchall()


def test_every_page_is_read(home: Home, time: Time) -> None:
    told = visit(home, Registry(records(10)), time)
    assert (told.asked, told.documents, told.said, told.met, told.complete) == (3, 3, 10, 10, True)
    assert len(held(home)) == 10
    assert {row[2] for row in held(home)} == {date(2026, 11, 20)}


def test_the_pauses_of_the_source_are_kept(home: Home, time: Time) -> None:
    visit(home, Registry(records(10)), time)
    assert time.slept == [1.5, 1.5]


def test_the_next_sync_asks_for_what_changed_since_two_days_before_the_last(home: Home, time: Time) -> None:
    registry = Registry(records(2))
    assert visit(home, registry, time).complete
    time.at = datetime(2026, 11, 22, tzinfo=UTC)
    visit(home, registry, time, since=None)
    assert registry.sinces[1:] == ["AREA[LastUpdatePostDate]RANGE[2026-11-18,MAX]"]


def test_a_visit_for_everything_that_finds_a_handful_is_not_complete(home: Home, time: Time) -> None:
    told = visit(home, Registry(records(3)), time, since=None)
    assert told.problem == "ctgov: 3 records came where 500000 to 1000000 were expected"
    assert state.load(home.path, "ctgov").last is None


def _status(code: int, **headers: str) -> Reply:
    return Reply(code, b"busy", {"Content-Type": "text/plain", **headers})


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        (_status(500), [2, 4]),
        (_status(503), [2, 4]),
        (_status(429, **{"Retry-After": "7"}), [7, 7]),
        (_status(429, **{"Retry-After": "Fri, 20 Nov 2026 06:00:31 GMT"}), [31 - 1.5, 4]),
    ],
)
def test_a_busy_publisher_is_asked_again_after_a_while(
    home: Home, time: Time, trouble: Reply, waits: list[float]
) -> None:
    registry, left = Registry(records(6)), [trouble, trouble]
    registry.spoil = lambda page, answer: left.pop() if page == 2 and left else as_json(answer)
    told = visit(home, registry, time)
    assert told.complete and len(held(home)) == 6
    assert time.slept[1:3] == waits


def test_one_that_asks_to_come_back_tomorrow_is_left_alone_and_gone_on_with_then(home: Home, time: Time) -> None:
    registry = Registry(records(6))
    registry.spoil = lambda page, answer: _status(429, **{"Retry-After": "7200"}) if page == 2 else as_json(answer)
    told = visit(home, registry, time)
    assert told.problem and "it asks to come back in 7200 seconds" in told.problem
    assert len(held(home)) == 4, "what came before was read"
    time.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    registry.spoil = lambda page, answer: as_json(answer)
    told = visit(home, registry, time)
    assert (told.complete, told.resumed, told.asked) == (True, 1, 2)
    assert len(held(home)) == 6


def _spoilt(page: int, spoil: Callable[[dict[str, Any]], Reply]) -> Callable[[int, dict[str, Any]], Reply]:
    return lambda number, answer: spoil(answer) if number == page else as_json(answer)


def _without(answer: dict[str, Any], key: str) -> Reply:
    return as_json({name: value for name, value in answer.items() if name != key})


FIRST = records(4)
MISBEHAVIOURS: dict[str, tuple[Callable[[int, dict[str, Any]], Reply], str]] = {
    "a body that ends early": (
        _spoilt(2, lambda answer: as_json(answer)._replace(cut=20)),
        "no whole answer (RemoteProtocolError",
    ),
    "a compressed body that ends early": (
        _spoilt(2, lambda answer: (whole := as_json(answer, zipped=True))._replace(body=whole.body[:-20])),
        "its compressed body is cut off",
    ),
    "another type": (
        _spoilt(2, lambda answer: Reply(200, b"<html></html>", {"Content-Type": "text/html; charset=utf-8"})),
        "answered text/html where application/json was asked for",
    ),
    "not found": (_spoilt(2, lambda answer: _status(404)), "answered 404 Not Found"),
    "a page that repeats": (
        _spoilt(2, lambda answer: as_json({**answer, "studies": FIRST})),
        "page 2 repeats records of earlier pages",
    ),
    "a page that is skipped": (
        _spoilt(1, lambda answer: as_json({**answer, "nextPageToken": "8"})),
        "the publisher says that there are 10 records, 6 came",
    ),
    "a total that does not match": (
        _spoilt(3, lambda answer: as_json({**answer, "totalCount": 12})),
        "the publisher says that there are 12 records, 10 came",
    ),
    "a changed layout": (
        _spoilt(2, lambda answer: _without(answer, "studies")),
        "its layout is not the one known here (Object missing required field `studies`)",
    ),
    "a redirect to elsewhere": (
        _spoilt(2, lambda answer: Reply(302, b"", {"Location": "https://example.org/studies"})),
        "redirects to https://example.org/studies, outside of the hosts of this source",
    ),
    "a redirect to http": (
        _spoilt(2, lambda answer: Reply(302, b"", {"Location": "http://clinicaltrials.gov/api/v2/studies"})),
        "outside of the hosts of this source",
    ),
}


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_a_publisher_that_misbehaves_is_reported_and_loses_nothing(home: Home, time: Time, name: str) -> None:
    spoil, why = MISBEHAVIOURS[name]
    registry = Registry(records(10))
    registry.spoil = spoil
    told = visit(home, registry, time)
    assert told.problem and why in told.problem
    assert not told.complete and state.load(home.path, "ctgov").last is None
    assert told.documents >= 1, "the first page was read"
    assert told.ingested and told.ingested.read >= 4


@pytest.mark.parametrize("name", ["a body that ends early", "a changed layout"])
def test_what_went_wrong_once_is_made_good_by_the_next_sync(home: Home, time: Time, name: str) -> None:
    registry = Registry(records(10))
    registry.spoil = MISBEHAVIOURS[name][0]
    visit(home, registry, time)
    registry.spoil = lambda page, answer: as_json(answer)
    told = visit(home, registry, time)
    assert told.complete and len(held(home)) == 10


def test_a_redirect_within_the_allow_list_is_followed(home: Home, time: Time) -> None:
    registry, moved = Registry(records(2)), ["https://clinicaltrials.gov/api/v2/studies?countTotal=true&pageSize=9"]
    registry.spoil = lambda page, answer: Reply(307, b"", {"Location": moved.pop()}) if moved else as_json(answer)
    assert visit(home, registry, time).complete


def test_a_recording_gives_the_same_documents(home: Home, time: Time, tmp_path: Path) -> None:
    assert visit(home, Registry(records(10)), time).complete
    other = Home(tmp_path / "other")
    told = replay(other, ["ctgov"], home.path / state.FOLDER).visits
    assert [(one.complete, one.asked, one.resumed) for one in told] == [(True, 3, 3)]
    assert held(other) == held(home)


def test_a_source_without_a_fetcher_says_what_to_do(home: Home) -> None:
    with pytest.raises(UsageError, match="starter has no fetcher: save its files by hand"):
        sync(home, ["starter"])


def test_nothing_but_loopback_may_stand_for_a_publisher(home: Home) -> None:
    with pytest.raises(UsageError, match="only a loopback address"):
        sync(home, ["ctgov"], through="http://example.org")


def test_the_command_replays_a_recording_and_says_what_was_not_complete(home: Home, time: Time, tmp_path: Path) -> None:
    run, registry = CliRunner(), Registry(records(10))
    registry.spoil = lambda page, answer: as_json({**answer, "totalCount": 12}) if page == 3 else as_json(answer)
    visit(home, registry, time)
    arguments = ["sync", "--replay", str(home.path / state.FOLDER), "--home", str(tmp_path / "other"), "--json"]
    done = run.invoke(command, arguments)
    assert done.exit_code == 3
    (told,) = json.loads(done.stdout)["visits"]
    assert (told["said"], told["met"], told["ingested"]["new"], told["complete"]) == (12, 10, 10, False)
    shown = run.invoke(command, [*arguments[:-1], "--format", "md"]).stdout
    assert "ctgov: the publisher says that there are 12 records, 10 came" in shown.replace("\\", "")


def test_a_recording_can_be_ingested_like_any_file(home: Home, time: Time, tmp_path: Path) -> None:
    """What is no answer of a source is skipped; records that do not date themselves are of the day of the recording."""
    recording = visit(home, Registry(records(5, posted=None)), time).recording
    other = Home(tmp_path / "other")
    report = frontrunner.open(other.path).ingest(recording)
    assert (report.read, report.skipped) == (5, 0)
    assert held(other) == held(home)
    with pytest.raises(UnreadableInput, match="holds no answer of a publisher"):
        tape.begin(tmp_path / "empty.warc.gz", tape.Label(source="ctgov", since=None, begun=time.at))
        frontrunner.open(other.path).ingest(tmp_path / "empty.warc.gz")
