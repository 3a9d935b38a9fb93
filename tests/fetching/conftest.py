"""Fixtures of fetching: time that passes at once, and a small registry's own expectations."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from frontrunner.fetching.live import Clock
from frontrunner.store.home import Home


class Time:
    """A clock that only sleeping moves; `slept` are the seconds of each sleep."""

    def __init__(self) -> None:
        self.at, self.slept = datetime(2026, 11, 20, 6, tzinfo=UTC), list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, monotonic=lambda: self.at.timestamp(), sleep=self.sleep)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")
