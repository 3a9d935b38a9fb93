"""A sync killed with SIGKILL anywhere: the next one goes on where it stood, and the home is as if nothing had been."""

import multiprocessing
import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from frontrunner.errors import FetchFailed
from frontrunner.fetching import state, tape
from frontrunner.fetching.live import Clock, Live
from frontrunner.sources.ctgov.fetch import FEED
from frontrunner.store.home import Home
from frontrunner.syncing import sync

from .conftest import Time
from .publisher import Reply, as_json, publishing
from .registry import Registry, records
from .test_sync import held, visit

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["frontrunner.syncing", "frontrunner.sources.ctgov"])
#: pages of the registry: one request each
PAGES = 4
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


def _now() -> datetime:
    return NOW


def _at_once(seconds: float) -> None:
    return None


def _sync(home: Path, origin: str) -> None:
    clock = Clock(now=_now, sleep=_at_once)
    sync(Home(home), ["ctgov"], since=date(2026, 1, 1), through=origin, clock=clock)


@pytest.mark.slow
def test_killed_at_any_request_it_asks_nothing_twice_and_ends_the_same(tmp_path: Path, time: Time) -> None:
    registry = Registry(records(4 * PAGES))
    victim: list[int] = []

    def deadly(page: int, answer: dict[str, object]) -> Reply:
        """Kill whoever asks, once for each page, before the answer is sent."""
        if victim and page == len(killed) + 1:
            killed.append(page)
            os.kill(victim.pop(), signal.SIGKILL)
        return as_json(answer)

    killed: list[int] = []
    registry.spoil = deadly
    with publishing(registry) as publisher:
        for _ in range(PAGES):
            child = FORK.Process(target=_sync, args=(tmp_path / "home", publisher.origin))
            child.start()
            victim[:] = [child.pid or 0]
            child.join()
            assert child.exitcode == -signal.SIGKILL
        asked = len(publisher.asked)
        _sync(tmp_path / "home", publisher.origin)
        assert asked == PAGES + PAGES - 1, "what had been answered was not asked for again"
        assert len(publisher.asked) == asked + 1
    clean = Home(tmp_path / "clean")
    assert visit(clean, Registry(records(4 * PAGES)), time).complete
    assert held(Home(tmp_path / "home")) == held(clean)
    assert state.load(tmp_path / "home", "ctgov").open is None


def test_a_recording_cut_at_any_byte_is_taken_up_again(tmp_path: Path) -> None:
    """The file ends where the process died: whole exchanges are kept, the rest is cut off and asked for again."""
    whole = tmp_path / "whole.warc.gz"
    tape.begin(whole, tape.Label(source="ctgov", since=None, begun=NOW))
    after_label = whole.stat().st_size
    urls = [f"https://clinicaltrials.gov/{number}" for number in range(3)]
    with publishing(lambda address, query, headers: as_json({"address": address})) as publisher:
        live = Live(FEED, through=publisher.origin, clock=Clock(now=_now, sleep=_at_once))
        with tape.Tape(whole, live) as one:
            bodies = [one.get(url, {}).payload for url in urls]
        size = whole.stat().st_size
        for end in range(after_label, size, 97):
            cut = tmp_path / f"{end}.warc.gz"
            cut.write_bytes(whole.read_bytes()[:end])
            with tape.Tape(cut, live) as one:
                assert [one.get(url, {}).payload for url in urls] == bodies
            with tape.Tape(cut, None) as one:
                assert [one.get(url, {}).payload for url in urls] == bodies
                with pytest.raises(FetchFailed, match="ends before it"):
                    one.get(urls[0], {})
        live.close()
