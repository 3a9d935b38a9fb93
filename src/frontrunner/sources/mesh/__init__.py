"""MeSH descriptors: their names, and where each stands in the trees of the thesaurus.

Two forms, both tab-separated: names (`mesh_id`, `mesh_name`) and trees (`mesh_id`, `mesh_name`, `mesh_tree_number`). Of
the trees a record is one descriptor with all its numbers; a number's beginning is the number of what stands above it.
All descriptors are read; which trees are diseases is decided where vocabularies are joined.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, Raw, Reading, Source
from frontrunner.reading import cells, groups, table
from frontrunner.reading.containers import Container, split

SOURCE = Source(
    id="mesh",
    title="Medical Subject Headings (MeSH)",
    publisher="National Library of Medicine, U.S. National Institutes of Health",
    homepage="https://www.nlm.nih.gov/mesh",
    licence="free of charge under https://www.nlm.nih.gov/databases/download/terms_and_conditions.html: say that it is "
    "the NLM's, of which year, and that it may not be the newest",
    attribution="Source: Medical Subject Headings (National Library of Medicine)",
    authority="registry",
    record_url="https://meshb.nlm.nih.gov/record/ui?ui={key}",
)

#: statement column -> place in a record of the trees
PLACES = {"id": "mesh_id", "label": "mesh_name", "treeNumbers": "trees[].mesh_tree_number"}
_NAMES = "application/vnd.mesh.names+json"
#: media type of a document -> statement column -> place in it
FORMS = {"application/json": PLACES, _NAMES: {"id": "mesh_id", "label": "mesh_name"}}

_NAMED = ["mesh_id", "mesh_name"]
_TREES = [*_NAMED, "mesh_tree_number"]
_ID = re.compile(r"D\d{6,9}", re.ASCII)
_NUMBER = re.compile(r"[A-Z]\d\d(?:\.\d{3})*", re.ASCII)


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    """One place in the trees."""

    mesh_tree_number: str


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A descriptor with its places in the trees; without them it is a row of the names."""

    mesh_id: str
    mesh_name: str
    trees: list[Tree] | None = None


_row = msgspec.json.Decoder(Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is one of the two forms; its name does not matter."""
    return table.header(head) in (_NAMED, _TREES)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The descriptors, each with all that the file says of it."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, "\t")
    columns = next(rows, (1, []))[1]
    if columns == _TREES:
        return groups.grouped(where, columns, rows, _NAMED, "trees")
    if columns != _NAMED:
        raise UnreadableInput(where, "has no header of MeSH (mesh_id, mesh_name, mesh_tree_number)")
    return (Raw(f"line {number}", table.as_object(columns, row)) for number, row in rows)


def read(raw: bytes) -> Reading:
    """One descriptor. Raises BadRecord with the column as its place."""
    row = cells.strict(_row, raw, "MeSH")
    if not _ID.fullmatch(row.mesh_id):
        raise BadRecord("mesh_id", f"{row.mesh_id!r} is not an id such as D002836")
    if not row.mesh_name:
        raise BadRecord("mesh_name", "is empty")
    numbers = [one.mesh_tree_number for one in row.trees or [] if one.mesh_tree_number]
    wrong = next((number for number in numbers if not _NUMBER.fullmatch(number)), None)
    if wrong:
        raise BadRecord("trees[].mesh_tree_number", f"{wrong!r} is not a number such as C15.378.100")
    return Reading(
        key=row.mesh_id if row.trees is not None else f"names/{row.mesh_id}",
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[Concept(id=f"MESH:{row.mesh_id}", label=row.mesh_name, tree_numbers=numbers)],
        media_type="application/json" if row.trees is not None else _NAMES,
    )
