"""Rows that are about one thing made one record: the cells they share, and a list of what each has besides.

A record is a JSON object `{<column of the thing>: ..., <list>: [{<other column>: ...}, ...]}`; its place is that of its
first row. Rows of a thing have to stand together, as publishers that sort their tables by it write them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading import table


def grouped(
    where: str, columns: Sequence[str], lines: Iterable[table.Line], by: Sequence[str], under: str, unit: str = "line"
) -> Iterator[Raw]:
    """A record for each run of rows with the same cells in the columns `by`; their other cells in the list `under`.

    A row that does not fit the columns comes out as `table.as_object` has it, for its reader to refuse. Raises
    UnreadableInput where a thing (its first column in `by`) comes again after others.
    """
    shared = [columns.index(column) for column in by]
    beside = [(column, index) for index, column in enumerate(columns) if index not in shared]
    seen: set[str] = set()
    for fits, run in groupby(lines, key=lambda line: _key(line[1], len(columns), shared)):
        rows = list(run)
        if fits is None:
            yield from (Raw(f"{unit} {number}", table.as_object(list(columns), row)) for number, row in rows)
            continue
        place = f"{unit} {rows[0][0]}"
        if fits[0] in seen:
            raise UnreadableInput(f"{where}, {place}", f"{fits[0]} comes again: sort the table by {by[0]}")
        seen.add(fits[0])
        told = [{column: row[index] for column, index in beside} for _, row in rows]
        yield _record(place, {**dict(zip(by, fits, strict=True)), under: told})


def _key(row: list[str], width: int, shared: Sequence[int]) -> tuple[str, ...] | None:
    """The cells that rows of one thing share; null for a row that does not fit its header."""
    if len(row) != width:
        return None
    found = itemgetter(*shared)(row)
    return found if isinstance(found, tuple) else (found,)


def _record(place: str, record: dict[str, object]) -> Raw:
    try:
        return Raw(place, msgspec.json.encode(record))
    except UnicodeEncodeError:
        return Raw(place, repr(record).encode("utf-8", "surrogateescape"))
