"""The snapshot in force, held open while anybody asks of it; questions are bounded in number, time and memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

import msgspec

from frontrunner import edition
from frontrunner.api import HomeHandle
from frontrunner.deliver.serving.pinned import PinnedHome
from frontrunner.errors import HomeError, TookTooLong


class Limits(msgspec.Struct, frozen=True):
    """What one server allows: questions at a time, seconds for one and for its turn, memory of the database."""

    at_once: int = 4
    seconds: float = 20.0
    memory: str = "256MB"


class _Pin:
    """A pinned snapshot and how many are asking of it."""

    def __init__(self, home: PinnedHome) -> None:
        self.home, self.users, self.stale = home, 0, False


class Desk:
    """The one place where a server asks its home. A newly published snapshot is used from the next question on."""

    def __init__(self, handle: HomeHandle, limits: Limits | None = None) -> None:
        self.handle, self.limits = handle, limits or Limits()
        self._lock, self._turns = Lock(), BoundedSemaphore(self.limits.at_once)
        self._pin: _Pin | None = None

    @contextmanager
    def asking(self) -> Iterator[PinnedHome]:
        """The home at the snapshot in force, for as long as the block runs; TookTooLong where the queue is too long."""
        if not self._turns.acquire(timeout=self.limits.seconds):
            raise TookTooLong("too many questions at once; ask again in a moment")
        try:
            pin = self._taken()
            try:
                yield pin.home
            finally:
                self._given_back(pin)
        finally:
            self._turns.release()

    def state(self) -> str:
        """What the answers rest on: the snapshot in force and when it was built. Empty where there is none."""
        try:
            pin = self._taken()
        except HomeError:
            return ""
        try:
            return f"{pin.home.snapshot} {pin.home.built_at}"
        finally:
            self._given_back(pin)

    def outdated(self) -> str | None:
        """The snapshot in force, where another edition of the code built it; HomeError where it cannot be opened."""
        if self.handle.in_force() is None:
            return None
        with self.asking() as home:
            return home.snapshot if home.edition != edition.whole() else None

    def close(self) -> None:
        """Let go of the snapshot."""
        with self._lock:
            self._replace(None)

    def _taken(self) -> _Pin:
        with self._lock:
            if self._pin is None or self._pin.home.snapshot != self.handle.in_force():
                home = PinnedHome(self.handle.path, self.limits.seconds)
                home.bound(self.limits.memory)
                self._replace(_Pin(home))
            assert self._pin is not None, "just pinned"
            self._pin.users += 1
            return self._pin

    def _given_back(self, pin: _Pin) -> None:
        with self._lock:
            pin.users -= 1
            if pin.stale and not pin.users:
                pin.home.close()

    def _replace(self, pin: _Pin | None) -> None:
        old, self._pin = self._pin, pin
        if old is not None:
            old.stale = True
            if not old.users:
                old.home.close()
