"""DOID, the Human Disease Ontology, as a table: one disease a row, common diseases too.

Its synonyms and parents stand with bars between. Words in brackets that another vocabulary adds to say what kind of
thing it means (`(disorder)`, `(qualifier value)`) are no part of a name and are taken off.
"""

import re
from collections.abc import Iterator

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, Raw, Reading, Source
from frontrunner.model.regulators import Called
from frontrunner.reading import cells, table
from frontrunner.reading.containers import Container

SOURCE = Source(
    id="doid",
    title="Human Disease Ontology (DOID)",
    publisher="Institute for Genome Sciences, University of Maryland School of Medicine",
    homepage="https://disease-ontology.org",
    licence="CC0 1.0: https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="Source: Human Disease Ontology (disease-ontology.org)",
    authority="registry",
    record_url="https://disease-ontology.org/term/{key}",
)

#: statement column -> column of the table
PLACES = {"id": "id", "label": "label", "synonyms": "synonyms", "parents": "parents"}

_HEADER = ["id", "label", "synonyms", "parents"]
_ID = re.compile(r"DOID:\d+", re.ASCII)
_QUALIFIER = re.compile(
    r"\s*\((?:disorder|finding|morphologic abnormality|qualifier value|body structure|situation|observable entity)\)$"
)


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A disease, its synonyms and parents with bars between."""

    id: str
    label: str
    synonyms: str
    parents: str


_row = msgspec.json.Decoder(Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the table; its name does not matter."""
    return table.header(head) == _HEADER and b"DOID:" in head


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows, each as a JSON object of its cells."""
    return table.records(container, "\t")


def read(raw: bytes) -> Reading:
    """One disease. Raises BadRecord with the column as its place."""
    row = cells.strict(_row, raw, "the Disease Ontology")
    parents = [_checked(one, "parents") for one in row.parents.split("|") if one]
    if not row.label:
        raise BadRecord("label", "is empty")
    names = dict.fromkeys(_QUALIFIER.sub("", name).strip() for name in row.synonyms.split("|"))
    concept = Concept(
        id=_checked(row.id, "id"),
        label=row.label,
        synonyms=[Called(name, "related") for name in names if name and name != row.label],
        parents=parents,
    )
    return Reading(
        key=concept.id,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[concept],
    )


def _checked(id: str, place: str) -> str:
    if not _ID.fullmatch(id):
        raise BadRecord(place, f"{id!r} is not an id such as DOID:12259")
    return id
