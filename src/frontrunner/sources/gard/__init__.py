"""GARD: the names of rare diseases that the Genetic and Rare Diseases Information Center lists.

A row is one name (`text`) of one disease (`curie`); a record is a disease with all its names.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, Raw, Reading, Source
from frontrunner.model.regulators import Called
from frontrunner.reading import cells, groups, table
from frontrunner.reading.containers import Container, split

SOURCE = Source(
    id="gard",
    title="GARD names of rare diseases",
    publisher="Genetic and Rare Diseases Information Center, National Center for Advancing Translational Sciences",
    homepage="https://rarediseases.info.nih.gov",
    licence="public domain, as a work of the United States government",
    attribution="Source: Genetic and Rare Diseases Information Center (NCATS, NIH)",
    authority="registry",
)

#: statement column -> place in a record
PLACES = {"id": "curie", "label": "name", "synonyms": "names[].text"}

_HEADER = ["text", "curie", "name", "predicate", "source"]
_ID = re.compile(r"gard:(\d+)", re.ASCII)
#: predicate -> kind of name; null for the label itself
_KINDS = {"oboInOwl:hasRelatedSynonym": "related", "oboInOwl:hasExactSynonym": "exact", "rdfs:label": None}


class Name(msgspec.Struct, forbid_unknown_fields=True):
    """One name of a disease, how it relates to it, and whose it is."""

    text: str
    predicate: str
    source: str


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A disease with all its names."""

    curie: str
    name: str
    names: list[Name]


_row = msgspec.json.Decoder(Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the table of names; its name does not matter."""
    return table.header(head) == _HEADER and b"\tgard:" in head


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The diseases, each with all its names."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, "\t")
    columns = next(rows, (1, []))[1]
    if columns != _HEADER:
        raise UnreadableInput(where, f"has no header of GARD's names ({', '.join(_HEADER)})")
    return groups.grouped(where, columns, rows, ["curie", "name"], "names")


def read(raw: bytes) -> Reading:
    """One disease. Raises BadRecord with the column as its place."""
    row = cells.strict(_row, raw, "GARD's names")
    match = _ID.fullmatch(row.curie)
    if not match:
        raise BadRecord("curie", f"{row.curie!r} is not an id such as gard:10415")
    names: dict[str, str] = {}
    for one in row.names:
        if one.predicate not in _KINDS:
            raise BadRecord("names[].predicate", f"{one.predicate!r} is none of {', '.join(_KINDS)}")
        kind = _KINDS[one.predicate]
        if kind and one.text and one.text != row.name:
            names.setdefault(one.text, kind)
    return Reading(
        key=f"GARD:{match[1]}",
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[
            Concept(
                id=f"GARD:{match[1]}",
                label=row.name,
                synonyms=[Called(text, kind) for text, kind in names.items()],
            )
        ],
    )
