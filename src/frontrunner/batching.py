"""Cut what a user gave, or what the evidence holds, into batches that `intake.take` can take in any process."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

from frontrunner import intake, sources
from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container, containers, head
from frontrunner.store import evidence
from frontrunner.store.home import Home

#: Bytes of records a batch: enough to keep a worker busy for a second, small enough for many to wait.
BATCH_BYTES = 8 << 20
#: Bytes of input from which other processes help; below, starting them costs more than it brings.
PARALLEL_FROM = 16 << 20
#: Bytes of input that are added up before the rest does not matter.
ENOUGH = 1 << 30
#: A file of at most this share of the input is opened by a worker; a larger one is cut here, so that all can help.
WHOLE_SHARE = 8
#: How much larger than its zip a batch of members is taken to be.
ZIP_RATIO = 3


class Batches:
    """The batches of some paths; what no reader takes gathers in `skipped`, one line each."""

    def __init__(
        self, home: Home, source: str | None, staging: Path, known: Path, today: date, known_on: date | None
    ) -> None:
        self.home = home.path.resolve()
        self.small = 0
        self.source = source
        self.staging, self.known, self.today, self.known_on = staging, known, today, known_on
        self.numbers = count(1)
        self.skipped: list[str] = []

    def of(self, paths: Iterable[Path]) -> Iterator[intake.Batch]:
        """Many files go to the workers as they are, a zip as ranges of its members; what is left is cut here.

        The home's own files are passed over. Raises UnreadableInput for a path that is not there.
        """
        paths = list(paths)
        self.small = size(paths) // WHOLE_SHARE
        for path in paths:
            for container in containers(path):
                if container.path.resolve().is_relative_to(self.home):
                    continue
                try:
                    yield from self._of_container(container)
                except UnreadableInput as error:
                    self.skipped.append(str(error))

    def _of_container(self, container: Container) -> Iterator[intake.Batch]:
        module = sources.named(self.source) if self.source else sources.recognise(container.name, head(container))
        if module is None:
            self.skipped.append(f"{container.name}: no source recognises this; name one with --source")
            return
        source = module.SOURCE.id
        given = container.path.stat().st_size
        parts = container.slices(1 + ZIP_RATIO * given // BATCH_BYTES)
        if len(parts) > 1 or given <= self.small:
            for part in parts:
                yield self._batch(source, container.name, part=part)
            return
        for records in _cut(intake.surviving(module.records(container), self.skipped)):
            yield self._batch(source, container.name, records=records)

    def _batch(
        self, source: str, container: str, *, records: list[Raw] | None = None, part: Container | None = None
    ) -> intake.Batch:
        return intake.Batch(
            number=next(self.numbers),
            source=source,
            container=container,
            records=records or [],
            part=part,
            fetched_on=self.today,
            known_on=self.known_on,
            staging=self.staging,
            known=self.known,
        )


def replayed(home: Home, run: int, staging: Path) -> Iterator[intake.Batch]:
    """The kept documents of a run, a segment, source and container each."""
    for number, (source, container, records) in enumerate(evidence.replay(home, run), start=1):
        yield intake.Batch(
            number=number,
            source=source,
            container=container,
            records=records,
            fetched_on=date.min,
            known_on=None,
            staging=staging,
            known=None,
        )


def workers(paths: Iterable[Path]) -> int | None:
    """How many processes the input is worth: one for little, else (None) as many as there are processors."""
    return None if size(paths) >= PARALLEL_FROM else 1


def size(paths: Iterable[Path]) -> int:
    """Bytes of some files and folders, counted up to ENOUGH."""
    found = 0
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            found += file.stat().st_size if file.is_file() else 0
            if found >= ENOUGH:
                return found
    return found


def _cut(records: Iterable[Raw]) -> Iterator[list[Raw]]:
    """Runs of records of about BATCH_BYTES."""
    gathered, size = list[Raw](), 0
    for raw in records:
        gathered.append(raw)
        size += len(raw.body)
        if size >= BATCH_BYTES:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered
