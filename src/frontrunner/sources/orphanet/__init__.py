"""Orphanet: how common rare diseases are, and the genes that have to do with them.

Two tables, comma-separated; a record is one disease with all its rows in the table.

- Epidemiology: the mean is per 100,000, except where cases or families were counted. `0.0` beside a class alone means
  that no mean is given. A class (`1-9 / 100 000`) is an interval; `Unknown` and `Not yet documented` have none.
- Genes: the kind of association is kept as published; only `Disease-causing ...` makes a gene a cause.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, DiseaseGene, Prevalence, Raw, Reading, Source, Statement
from frontrunner.reading import cells, groups, json, table
from frontrunner.reading.containers import Container, split
from frontrunner.sources.orphanet.rows import EPIDEMIOLOGY, GENES, Counted, Epidemiology, Gene, Genes

SOURCE = Source(
    id="orphanet",
    title="Orphanet: epidemiology and genes of rare diseases",
    publisher="Orphanet (INSERM)",
    homepage="https://www.orphadata.com",
    licence="CC BY 4.0: https://creativecommons.org/licenses/by/4.0/",
    attribution="Source: Orphadata, free access data from Orphanet, (c) INSERM 1999, CC BY 4.0",
    authority="registry",
    record_url="https://www.orpha.net/en/disease/detail/{key}",
)

#: statement column -> place in a record of the epidemiology
PLACES = {
    "id": "orpha_code",
    "disease": "orpha_code",
    "label": "name",
    "measure": "prevalences[].prevalence_type",
    "value": "prevalences[].val_moy",
    "low": "prevalences[].prevalence_class",
    "high": "prevalences[].prevalence_class",
    "class": "prevalences[].prevalence_class",
    "count": "prevalences[].val_moy",
    "area": "prevalences[].prevalence_geographic",
    "validated": "prevalences[].prevalence_validation_status",
    "citation": "prevalences[].source",
}
_GENES = "application/vnd.orphanet.genes+json"
#: media type of a document -> statement column -> place in it
FORMS = {
    "application/json": PLACES,
    _GENES: {
        "id": "orpha_code",
        "disease": "orpha_code",
        "label": "disorder_name",
        "symbol": "genes[].gene_symbol",
        "geneName": "genes[].gene_name",
        "geneType": "genes[].gene_type",
        "locus": "genes[].gene_locus",
        "association": "genes[].association_type",
        "assessed": "genes[].association_status",
        "citation": "genes[].source_of_validation",
    },
}

_MEASURES = {
    "Point prevalence": "point_prevalence",
    "Prevalence at birth": "birth_prevalence",
    "Lifetime Prevalence": "lifetime_prevalence",
    "Annual incidence": "annual_incidence",
    "Cases/families": "cases",
}
_VALUED, _CASES, _FAMILIES = "Value and class", "Case(s)", "Family(ies)"
_QUALIFICATIONS = (_VALUED, "Class only", _CASES, _FAMILIES, "")
#: class -> its ends per 100,000
_CLASSES: dict[str, tuple[float | None, float | None]] = {
    "": (None, None),
    "Unknown": (None, None),
    "Not yet documented": (None, None),
    "<1 / 1 000 000": (0.0, 0.1),
    "1-9 / 1 000 000": (0.1, 0.9),
    "1-9 / 100 000": (1.0, 9.0),
    "1-5 / 10 000": (10.0, 50.0),
    "6-9 / 10 000": (60.0, 90.0),
    ">1 / 1000": (100.0, None),
}
_VALIDATED = {"Validated": True, "Not yet validated": False, "": False}
_ASSESSED = {"Assessed": True, "Not yet assessed": False}
_ID = re.compile(r"\d+", re.ASCII)
#: what all rows of a disease say alike
_SHARED = ["orpha_code", "disorder_id", "name", "disorder_type", "disorder_group"]

T = TypeVar("T")

_epidemiology = msgspec.json.Decoder(Epidemiology)
_genes = msgspec.json.Decoder(Genes)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is one of the two tables; its name does not matter."""
    return table.header(head) in (EPIDEMIOLOGY, GENES)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The diseases, each with all its rows."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, ",")
    columns = next(rows, (1, []))[1]
    if columns == EPIDEMIOLOGY:
        return groups.grouped(where, columns, rows, _SHARED, "prevalences")
    if columns != GENES:
        raise UnreadableInput(where, "has no header of Orphanet (disorder_id, orpha_code, ...)")
    return groups.grouped(where, columns, rows, ["orpha_code", "disorder_id", "disorder_name"], "genes")


def read(raw: bytes) -> Reading:
    """One disease by one table. Raises BadRecord with the column as its place."""
    if "genes" in json.parse(raw):
        linked = cells.strict(_genes, raw, "Orphanet's genes")
        id = _curie(linked.orpha_code)
        found: list[Statement] = [_gene(id, one) for one in linked.genes]
        return _reading(raw, f"genes/{linked.orpha_code}", id, linked.disorder_name, found, _GENES)
    counted = cells.strict(_epidemiology, raw, "Orphanet's epidemiology")
    id = _curie(counted.orpha_code)
    rows: list[Statement] = [_prevalence(id, one) for one in counted.prevalences]
    return _reading(raw, counted.orpha_code, id, counted.name, rows, "application/json")


def _reading(raw: bytes, key: str, id: str, label: str, rows: list[Statement], media_type: str) -> Reading:
    return Reading(
        key=key,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[Concept(id=id, label=label or None), *rows],
        media_type=media_type,
    )


def _curie(code: str) -> str:
    if not _ID.fullmatch(code):
        raise BadRecord("orpha_code", f"{code!r} is not a number")
    return f"ORPHA:{code}"


def _prevalence(disease: str, row: Counted) -> Prevalence:
    measure = _known(_MEASURES, row.prevalence_type, "prevalence_type")
    low, high = _known(_CLASSES, row.prevalence_class, "prevalence_class")
    if row.prevalence_qualification not in _QUALIFICATIONS:
        raise BadRecord("prevalences[].prevalence_qualification", f"{row.prevalence_qualification!r} is not known")
    mean = _number(row.val_moy)
    counted = row.prevalence_qualification in (_CASES, _FAMILIES)
    return Prevalence(
        disease=disease,
        measure="families" if row.prevalence_qualification == _FAMILIES else measure,
        value=mean if row.prevalence_qualification == _VALUED and mean else None,
        low=low,
        high=high,
        class_=row.prevalence_class or None,
        count=int(mean) if counted and mean else None,
        area=row.prevalence_geographic or None,
        validated=_known(_VALIDATED, row.prevalence_validation_status, "prevalence_validation_status"),
        citation=row.source or None,
    )


def _known(values: dict[str, T], text: str, column: str) -> T:
    if text not in values:
        raise BadRecord(f"prevalences[].{column}", f"{text!r} is none of {', '.join(filter(None, values))}")
    return values[text]


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        raise BadRecord("prevalences[].val_moy", f"{text!r} is not a number") from error


def _gene(disease: str, row: Gene) -> DiseaseGene:
    if row.association_status not in _ASSESSED:
        raise BadRecord("genes[].association_status", f"{row.association_status!r} is none of {', '.join(_ASSESSED)}")
    return DiseaseGene(
        disease=disease,
        symbol=row.gene_symbol,
        gene_name=row.gene_name,
        association=row.association_type,
        gene_type=row.gene_type or None,
        locus=row.gene_locus or None,
        assessed=_ASSESSED[row.association_status],
        citation=row.source_of_validation or None,
    )
