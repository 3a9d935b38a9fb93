"""Symbols of human genes by their NCBI number: the official symbol and what else a gene is or was called."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Literal

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Concept, Raw, Reading, Source
from frontrunner.model.regulators import Called
from frontrunner.reading import cells, groups, table
from frontrunner.reading.containers import Container, split

SOURCE = Source(
    id="genes",
    title="Symbols of human genes",
    publisher="National Center for Biotechnology Information, National Library of Medicine",
    homepage="https://www.ncbi.nlm.nih.gov/gene",
    licence="public domain, as a work of the United States government",
    attribution="Source: NCBI Gene (National Library of Medicine); symbols by HGNC (genenames.org)",
    authority="registry",
    record_url="https://www.ncbi.nlm.nih.gov/gene/{key}",
)

#: statement column -> place in a record
PLACES = {"id": "GeneID", "label": "names[].symbol", "synonyms": "names[].symbol"}

_HEADER = ["GeneID", "type", "symbol"]
_ID = re.compile(r"\d+", re.ASCII)


class Name(msgspec.Struct, forbid_unknown_fields=True):
    """One symbol: the official one, or a synonym."""

    type: Literal["symbol", "synonym"]
    symbol: str


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A gene with all its symbols."""

    GeneID: str
    names: list[Name]


_row = msgspec.json.Decoder(Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the table of symbols; its name does not matter."""
    return table.header(head) == _HEADER


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The genes, each with all its symbols."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, "\t")
    columns = next(rows, (1, []))[1]
    if columns != _HEADER:
        raise UnreadableInput(where, f"has no header of gene symbols ({', '.join(_HEADER)})")
    return groups.grouped(where, columns, rows, ["GeneID"], "names")


def read(raw: bytes) -> Reading:
    """One gene. Raises BadRecord with the column as its place; a gene has one official symbol."""
    row = cells.strict(_row, raw, "the gene symbols")
    if not _ID.fullmatch(row.GeneID):
        raise BadRecord("GeneID", f"{row.GeneID!r} is not a number")
    official = [one.symbol for one in row.names if one.type == "symbol" and one.symbol]
    if len(official) != 1:
        raise BadRecord("names[].symbol", f"has {len(official)} official symbols, not one")
    others = dict.fromkeys(one.symbol for one in row.names if one.type == "synonym" and one.symbol not in official)
    return Reading(
        key=row.GeneID,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=raw,
        statements=[
            Concept(
                id=f"NCBIGene:{row.GeneID}",
                label=official[0],
                synonyms=[Called(symbol, "symbol") for symbol in others if symbol],
            )
        ],
    )
