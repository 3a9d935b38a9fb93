"""MONDO: diseases with their names, what stands above each, and what other vocabularies call them.

| form | columns | a record |
|---|---|---|
| names | `ID`, `LABEL`, `SYNONYMS` | one disease, its synonyms separated by bars |
| hierarchy | `child`, `child_label`, `parent`, `parent_label` | one disease and all its parents |
| mappings (SSSOM) | `subject_id`, `subject_label`, `predicate_id`, `object_id`, ... | one disease and all its matches |

All are tab-separated; a mapping file begins with comments, one of which names its release (`as_of`). The other forms
name none, except in a file's name (`mondo_rare_diseases_2026-08.tsv`). Only exact matches are the same thing.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, Raw, Reading, Source
from frontrunner.model.regulators import Called
from frontrunner.reading import cells, groups, json, table
from frontrunner.reading.containers import Container, split
from frontrunner.sources.mondo.rows import MAPPED, Edges, Mappings, Named

SOURCE = Source(
    id="mondo",
    title="Mondo Disease Ontology",
    publisher="Monarch Initiative",
    homepage="https://mondo.monarchinitiative.org",
    licence="CC BY 4.0: https://creativecommons.org/licenses/by/4.0/; the mapping files are CC0",
    attribution="Source: Mondo Disease Ontology (Monarch Initiative), CC BY 4.0",
    authority="registry",
    records=(10_000, 150_000),
    record_url="https://monarchinitiative.org/{key}",
)

#: statement column -> column of the names
PLACES = {"id": "ID", "label": "LABEL", "synonyms": "SYNONYMS"}
_HIERARCHY, _MAPPINGS = "application/vnd.mondo.hierarchy+json", "application/vnd.mondo.mappings+json"
#: media type of a document -> statement column -> place in it
FORMS = {
    "application/json": PLACES,
    _HIERARCHY: {"id": "child", "label": "child_label", "parents": "is_a[].parent"},
    _MAPPINGS: {
        "id": "subject_id",
        "label": "subject_label",
        "sameAs": "matches[].object_id",
        "synonyms": "matches[].object_label",
    },
}

_NAMED = ["ID", "LABEL", "SYNONYMS"]
_EDGES = ["child", "child_label", "parent", "parent_label"]
_MAPPED = ["subject_id", "subject_label", "predicate_id", "object_id"]
_COMMENT = "#"
_SET = b"mondo/mappings/"
_RELEASE = re.compile(r"/releases/(\d{4}-\d\d-\d\d)/mappings/")
_IN_A_NAME = re.compile(r"(?<!\d)(20\d\d-\d\d(?:-\d\d)?)(?!\d)")
_ID = re.compile(r"MONDO:\d{7}", re.ASCII)

_named = msgspec.json.Decoder(Named)
_edges = msgspec.json.Decoder(Edges)
_mappings = msgspec.json.Decoder(Mappings)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is one of the three forms; its name does not matter."""
    if head.startswith(b"#"):
        return _SET in head
    return table.header(head) in (_NAMED, _EDGES) and (b"MONDO:" in head)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The diseases of every file, each with all that the file says of it."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, "\t")
    comments: list[str] = []
    first = next(rows, (1, []))
    while first[1] and first[1][0].startswith(_COMMENT):
        comments.append(" ".join(first[1]))
        first = next(rows, (1, []))
    columns, as_of = first[1], _as_of(where, comments)
    found: Iterator[Raw]
    if columns == _NAMED:
        found = (Raw(f"line {number}", table.as_object(columns, row)) for number, row in rows)
    elif columns == _EDGES:
        found = groups.grouped(where, columns, rows, _EDGES[:2], "is_a")
    elif columns[:4] == _MAPPED or set(_MAPPED) <= set(columns):
        found = groups.grouped(where, columns, rows, _MAPPED[:2], "matches")
    else:
        raise UnreadableInput(where, "has no header of MONDO (ID, LABEL, SYNONYMS; child, ...; subject_id, ...)")
    yield from (Raw(one.place, one.body, as_of) for one in found)


def _as_of(where: str, comments: list[str]) -> str | None:
    """The release that a mapping file names, else the day or month in the file's name."""
    found = next((match for line in comments if (match := _RELEASE.search(line))), None)
    found = found or _IN_A_NAME.search(where)
    return found[1] if found else None


def read(raw: bytes) -> Reading:
    """What one file says of one disease. Raises BadRecord with the column as its place."""
    record = json.parse(raw)
    if "child" in record:
        edges = cells.strict(_edges, raw, "MONDO's hierarchy")
        parents = [_checked(one.parent, "is_a[].parent") for one in edges.is_a]
        concept = Concept(id=_checked(edges.child, "child"), label=edges.child_label or None, parents=parents)
        return _reading(raw, f"is_a/{concept.id}", concept, _HIERARCHY)
    if "subject_id" in record:
        mapped = cells.strict(_mappings, raw, "MONDO's mappings")
        same = [one for one in mapped.matches if one.predicate_id == "skos:exactMatch"]
        concept = Concept(
            id=_checked(mapped.subject_id, "subject_id"),
            label=mapped.subject_label or None,
            same_as=[_curie(one.object_id) for one in same],
            synonyms=[Called(one.object_label, "related") for one in same if one.object_label],
        )
        whose = mapped.matches[0].object_id.partition(":")[0].lower()
        return _reading(raw, f"{whose}/{concept.id}", concept, _MAPPINGS)
    return _read_named(raw)


def _read_named(raw: bytes) -> Reading:
    row = cells.strict(_named, raw, "MONDO's names")
    if not row.label:
        raise BadRecord("LABEL", "is empty")
    synonyms = [Called(name, "exact") for name in dict.fromkeys(row.synonyms.split("|")) if name and name != row.label]
    concept = Concept(id=_checked(row.id, "ID"), label=row.label, synonyms=synonyms)
    return _reading(raw, concept.id, concept, "application/json")


def _reading(raw: bytes, key: str, concept: Concept, media_type: str) -> Reading:
    return Reading(
        key=key,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[concept],
        media_type=media_type,
    )


def _checked(id: str, place: str) -> str:
    if not _ID.fullmatch(id):
        raise BadRecord(place, f"{id!r} is not an id such as MONDO:0010604")
    return id


def _curie(id: str) -> str:
    """An id of another vocabulary with the prefix that is in use here (`mesh:D002836` is `MESH:D002836`)."""
    prefix, _, local = id.partition(":")
    if prefix not in MAPPED:
        raise BadRecord("matches[].object_id", f"{id!r} is of none of {', '.join(MAPPED)}")
    return f"{MAPPED[prefix]}:{local}"
