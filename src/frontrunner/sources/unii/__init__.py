"""UNII: the names of every substance in the FDA's register: code, non-proprietary name, brand, systematic name.

Read from the published list (`UNII Names`, tab-separated) and from the same columns as Parquet. A record is a substance
with all its names, as its rows stand together. The kind of a name is the register's, except that a common name marked
as that of a list of non-proprietary names (`VALOCTOCOGENE ROXAPARVOVEC [INN]`) is one of those, without the mark.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Literal

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Source, Substance
from frontrunner.model.regulators import Called
from frontrunner.reading import cells, groups, parquet, table
from frontrunner.reading.containers import PARQUET, Container, split

SOURCE = Source(
    id="unii",
    title="UNII names of substances",
    publisher="U.S. Food and Drug Administration, Global Substance Registration System",
    homepage="https://precision.fda.gov/uniisearch",
    licence="public domain, as a work of the United States government",
    attribution="Source: U.S. Food and Drug Administration, UNII",
    authority="regulator_list",
    records=(100_000, 400_000),
    record_url="https://precision.fda.gov/uniisearch/srs/unii/{key}",
)

#: statement column -> place in a record
PLACES = {"unii": "UNII", "label": "Display Name", "called": "names[].Name"}

_HEADER = ["Name", "TYPE", "UNII", "Display Name"]
_ID = re.compile(r"[0-9A-Z]{10}", re.ASCII)
_LISTED = re.compile(r"(.+?) \[([^\[\]]+)\]\Z")
_NON_PROPRIETARY = frozenset({"INN", "USAN", "JAN", "BAN"})
#: kind of name in the register -> ours
_KINDS = {"of": "inn", "cn": "variant", "cd": "code", "bn": "brand", "sys": "systematic"}


class Name(msgspec.Struct, forbid_unknown_fields=True, rename={"name": "Name", "kind": "TYPE"}):
    """One name: official, common, code, brand or systematic."""

    name: str
    kind: Literal["of", "cn", "cd", "bn", "sys"]


class Row(msgspec.Struct, forbid_unknown_fields=True, rename={"unii": "UNII", "display": "Display Name"}):
    """A substance with all its names."""

    unii: str
    display: str
    names: list[Name]


_row = msgspec.json.Decoder(Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the list of names; its own name does not matter."""
    if head.startswith(PARQUET):
        return head.decode("utf-8", "replace").split("\n")[1:] == _HEADER
    return table.header(head) == _HEADER


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The substances, each with all its names."""
    if container.is_parquet():
        columns = parquet.columns(container.path)
        yield from groups.grouped(container.name, columns, parquet.rows(container), _HEADER[2:], "names", "row")
    else:
        yield from split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, "\t")
    columns = next(rows, (1, []))[1]
    if columns != _HEADER:
        raise UnreadableInput(where, f"has no header of the UNII names ({', '.join(_HEADER)})")
    return groups.grouped(where, columns, rows, _HEADER[2:], "names")


def read(raw: bytes) -> Reading:
    """One substance. Raises BadRecord with the column as its place."""
    row = cells.strict(_row, raw, "the UNII names")
    if not _ID.fullmatch(row.unii):
        raise BadRecord("UNII", f"{row.unii!r} is not a code of ten letters and digits")
    names = dict.fromkeys(_called(one.name, one.kind) for one in row.names)
    return Reading(
        key=row.unii,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[Substance(unii=row.unii, label=row.display, called=[Called(*one) for one in names])],
    )


def _called(name: str, kind: str) -> tuple[str, str]:
    """A name without the list that has it, and its kind."""
    listed = _LISTED.match(name) if kind == "cn" and name.endswith("]") else None
    if listed:
        return listed[1], "inn" if listed[2] in _NON_PROPRIETARY else "variant"
    return name, _KINDS[kind]
