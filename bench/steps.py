"""What one record costs in a reading process, step by step, in microseconds of CPU; nothing is kept.

Each step is done for PIECE records at a time on what the step before gave, as `frontrunner.intake` does. Labels are
met for the first time, as in a first ingest: texts seen before cost less. The first piece is not counted: in it a
process learns the layout of the records and compiles the patterns of the rules.

    python -m bench.steps CORPUS
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bench.synthetic import Corpus
from frontrunner.model import Raw, Reading, Trial
from frontrunner.reading.containers import containers
from frontrunner.resolve import labels
from frontrunner.sources import ctgov
from frontrunner.store import columns, evidence, segments

PIECE, PIECES = 500, 10
Result = TypeVar("Result")


class Spent:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def on(self, step: str, work: Callable[[], Result]) -> Result:
        """What the work gives; its time goes to the step."""
        started = time.process_time()
        result = work()
        self.seconds[step] = self.seconds.get(step, 0.0) + time.process_time() - started
        return result


def measure(corpus: Path) -> dict[str, float]:
    """Step -> microseconds of CPU a record."""
    spent, count = Spent(), 0
    records = _records(corpus)
    with tempfile.TemporaryDirectory() as folder:
        _take(list(islice(records, PIECE)), Path(folder) / "segment.parquet", Spent())
        for _ in range(PIECES):
            piece = spent.on("gunzip and cut", lambda: list(islice(records, PIECE)))
            _take(piece, Path(folder) / "segment.parquet", spent)
            count += len(piece)
    return {step: 1e6 * seconds / count for step, seconds in spent.seconds.items()}


def _records(corpus: Path) -> Iterator[Raw]:
    for container in containers(Corpus(corpus).form("gz")):
        yield from (item for item in ctgov.records(container) if isinstance(item, Raw))


def _take(piece: list[Raw], segment: Path, spent: Spent) -> None:
    readings: list[Reading] = spent.on(
        "read: decode, typed row, canonical form", lambda: [ctgov.read(raw.body) for raw in piece]
    )
    hashes = spent.on("hash", lambda: [evidence.identity(reading.canonical) for reading in readings])
    trials = [statement for reading in readings for statement in reading.statements]
    spent.on("label", lambda: [labels.of(trial) for trial in trials])
    docs = [evidence.doc_id(digest) for digest in hashes]
    spent.on("columns", lambda: columns.table(Trial, docs, trials))
    spent.on("compress and write evidence", lambda: _keep(segment, docs, hashes, readings, piece))


def _keep(path: Path, docs: list[int], hashes: list[bytes], readings: list[Reading], piece: list[Raw]) -> None:
    segment = segments.Writer(path)
    for doc, digest, reading, raw in zip(docs, hashes, readings, piece, strict=True):
        segment.add(segments.Document(doc, digest, "ctgov", reading.key, reading.media_type, raw.body))
    segment.close()
    segments.sync(path)


if __name__ == "__main__":
    gc.disable()  # as in a reading process
    for name, microseconds in measure(Path(sys.argv[1])).items():
        print(f"| {name} | {microseconds:.0f} |")
