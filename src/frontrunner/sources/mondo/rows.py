"""The rows of each form, and how the vocabularies that MONDO maps to are abbreviated."""

import msgspec

#: prefix in the mappings -> prefix in use here
MAPPED = {
    "DOID": "DOID",
    "mesh": "MESH",
    "NCIT": "NCIT",
    "OMIM": "OMIM",
    "Orphanet": "ORPHA",
    "icd11.foundation": "ICD11F",
}


class Named(msgspec.Struct, forbid_unknown_fields=True, rename="upper"):
    """A disease, its label and its synonyms with bars between."""

    id: str
    label: str
    synonyms: str


class Parent(msgspec.Struct, forbid_unknown_fields=True):
    """What stands above a disease."""

    parent: str
    parent_label: str


class Edges(msgspec.Struct, forbid_unknown_fields=True):
    """A disease and what stands above it."""

    child: str
    child_label: str
    is_a: list[Parent]


class Match(msgspec.Struct, forbid_unknown_fields=True):
    """One id of another vocabulary for a disease."""

    predicate_id: str
    object_id: str
    mapping_justification: str
    object_label: str | None = None


class Mappings(msgspec.Struct, forbid_unknown_fields=True):
    """A disease and its ids in one other vocabulary."""

    subject_id: str
    subject_label: str
    matches: list[Match]
