"""A home held at one snapshot, for several questions about one state of things."""

from pathlib import Path

from frontrunner.api import HomeHandle
from frontrunner.race.question import Snapshot
from frontrunner.store.home import Home


class PinnedHome(HomeHandle):
    """A home at the snapshot in force when it was made, opened once: later ones are not seen.

    Questions may come from many threads; one that takes longer than `seconds` ends in TookTooLong.
    """

    def __init__(self, path: Path, seconds: float | None) -> None:
        super().__init__(path)
        self._seconds, self._held = seconds, Snapshot(Home(path))

    @property
    def snapshot(self) -> str:
        """The name of the snapshot."""
        return self._held.name

    @property
    def built_at(self) -> str:
        """When the snapshot was built."""
        return self._held.built_at

    @property
    def edition(self) -> str:
        """Which edition of the code built the snapshot."""
        ((edition,),) = self._held.connection.cursor().execute("select edition from published").fetchall()
        return str(edition)

    def bound(self, memory: str) -> None:
        """Let the database take no more than `memory`, such as 256MB."""
        self._held.connection.execute("set memory_limit = $memory", {"memory": memory})

    def close(self) -> None:
        """Close the snapshot."""
        self._held.close()

    def _snapshot(self) -> Snapshot:
        return self._held.again(self._seconds)
