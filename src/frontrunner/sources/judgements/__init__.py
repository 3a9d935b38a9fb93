"""Judgements of people on identities: kept as evidence like any record, so that they outlive the ledger.

A row each, as CSV with the header of `COLUMNS` or as JSON Lines of the same names. A judgement is its own document:
none replaces another, the last one on a pair counts when identities are derived. `known_on` may be left out.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner import vocab
from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Judgement, Raw, Reading, Source
from frontrunner.reading import table
from frontrunner.reading.containers import Container, peek, split
from frontrunner.reading.dates import full_date

SOURCE = Source(
    id="judgements",
    title="Judgements on identities",
    publisher="the reviewers of this home, or of another",
    homepage="",
    licence="the reviewers' own",
    attribution="Judgements on identities; each names who decided",
    authority="company",
    languages=("en", "zh"),
)

#: the columns of a file of judgements, in order
COLUMNS = ("left", "right", "verdict", "by", "on", "because", "known_on")

#: column of the statement -> column of the file
PLACES = {
    "left": "left",
    "right": "right",
    "verdict": "verdict",
    "judged_by": "by",
    "judged_on": "on",
    "because": "because",
    "known_on": "known_on",
}

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z?)?", re.ASCII)
_FIRST_KEYS = re.compile(rb'\s*\{[^{}]*"left"\s*:[^{}]*"right"\s*:[^{}]*"verdict"\s*:')


def recognise(name: str, head: bytes) -> bool:
    """Whether this is a table of judgements, or JSON Lines of them."""
    return set(COLUMNS[:6]) <= set(table.header(head)) or _FIRST_KEYS.match(head) is not None


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The judgements of a file, each as a JSON object of its cells."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    if peek(stream).lstrip().startswith(b"{"):
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield Raw(f"line {number}", line.strip())
        return
    yield from table.cut(where, stream, table.delimiter_of(peek(stream)))


def read(raw: bytes) -> Reading:
    """One judgement; raises BadRecord with the column as its place."""
    row = _row(raw)
    for column in row:
        if column not in COLUMNS:
            raise BadRecord(column, f"no column of judgements; the columns are {', '.join(COLUMNS)}")
    for column in COLUMNS[:6]:
        if not row.get(column):
            raise BadRecord(column, "is empty")
    if row["verdict"] not in vocab.load("verdict").terms:
        raise BadRecord("verdict", f"{row['verdict']!r} is none of {', '.join(vocab.load('verdict').terms)}")
    if not _MOMENT.fullmatch(row["on"]):
        raise BadRecord("on", f"{row['on']!r} is no day (2026-11-24) nor moment (2026-11-24T09:30)")
    if row["left"] == row["right"]:
        raise BadRecord("right", "is the same as left")
    known_on = full_date(row.get("known_on") or row["on"][:10], "known_on")
    judgement = Judgement(
        left=row["left"],
        right=row["right"],
        verdict=row["verdict"],
        judged_by=row["by"],
        judged_on=row["on"],
        because=row["because"],
        known_on=known_on,
    )
    return Reading(
        key="/".join((row["left"], row["right"], row["by"], row["on"])),
        known_on=known_on,
        known_basis="published",
        as_of=None,
        whole=True,
        canonical=msgspec.json.encode({**row, "known_on": known_on}, order="sorted"),
        statements=[judgement],
    )


def _row(raw: bytes) -> dict[str, str]:
    try:
        cells = msgspec.json.decode(raw, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRecord("row", f"its cells do not fit the header, or are no text ({error})") from error
    return {column: text.strip() for column, text in cells.items()}
