"""Parquet cut into rows; a row stands on its own as a JSON object, column -> text, nulls as empty text."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container

_BATCH_ROWS = 1024


def columns(path: Path) -> list[str]:
    """The column names of a Parquet file; empty when it is damaged."""
    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError):
        return []


def records(container: Container) -> Iterator[Raw]:
    """The rows in order; the place is `row 1` and so on. Raises UnreadableInput."""
    names = columns(container.path)
    for number, row in rows(container):
        yield Raw(f"row {number}", msgspec.json.encode(dict(zip(names, row, strict=True))))


def rows(container: Container) -> Iterator[tuple[int, list[str]]]:
    """The number of each row, from 1, and its cells in the order of the columns. Raises UnreadableInput."""
    number = 0
    try:
        with pq.ParquetFile(container.path) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield number, ["" if value is None else str(value) for value in row]
    except (pa.ArrowException, OSError) as error:
        raise UnreadableInput(f"{container.name}, row {number + 1}", f"is damaged Parquet ({error})") from error
