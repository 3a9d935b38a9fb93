"""The curated-table layout: eight CSV tables, one statement a row, each with its own citation.

| table | statement | a row says |
|---|---|---|
| `companies` | `CompanyClaim` | an organisation exists |
| `products` | `ProductClaim` | a therapeutic candidate exists |
| `names` | `NameClaim` | a company or product is called so |
| `programmes` | `ProgrammeClaim` | a company has a role in a programme |
| `milestones` | `MilestoneClaim` | something dated happened to a programme |
| `trials` | `TrialClaim` | a registered trial belongs to a programme |
| `deals` | `DealClaim` | one company gave rights, or itself, to another; of a programme also its milestone |
| `prices` | `PriceClaim` | a product costs so much somewhere |

Columns are the statement's fields in snake case, its own first, the citation last (`columns`). An empty cell is null,
several values are separated by `|`, `verified` is `yes` or `no`; UTF-8 with a header row. A table is told by its
header, never by its file name.

A row is a record. Its key is the table and the columns of `KEYS`; two rows with one key and different `known_on` are
two versions of one statement (its source revised it). Two statements about one `fact` carry different values in the
optional column `row` of `milestones`; without them they would be taken for versions.

Reading is strict: an unknown column, an id outside its vocabulary, a bad date or a missing citation is a `BadRecord`
whose place is the column.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import (
    Cited,
    CompanyClaim,
    DealClaim,
    MilestoneClaim,
    NameClaim,
    PriceClaim,
    ProductClaim,
    ProgrammeClaim,
    Raw,
    Reading,
    TrialClaim,
)
from frontrunner.reading import table
from frontrunner.reading.containers import Container, peek, split
from frontrunner.reading.layout_cells import cell, check_row

Claim = CompanyClaim | ProductClaim | NameClaim | ProgrammeClaim | MilestoneClaim | TrialClaim | DealClaim | PriceClaim

#: table -> its statement type
TABLES: dict[str, type[Claim]] = {
    "companies": CompanyClaim,
    "products": ProductClaim,
    "names": NameClaim,
    "programmes": ProgrammeClaim,
    "milestones": MilestoneClaim,
    "trials": TrialClaim,
    "deals": DealClaim,
    "prices": PriceClaim,
}

#: table -> the columns that tell one statement from another, beside the table itself
KEYS: dict[str, tuple[str, ...]] = {
    "companies": ("company",),
    "products": ("product",),
    "names": ("subject", "kind", "lang", "value"),
    "programmes": ("programme", "company", "role", "territory", "valid_from"),
    "milestones": ("fact", "row"),
    "trials": ("trial_id", "programme"),
    "deals": ("deal",),
    "prices": ("product", "jurisdiction", "basis", "per", "valid_from"),
}

#: columns of a table that its statement does not have
_EXTRA: dict[str, tuple[str, ...]] = {"milestones": ("row",)}


def columns(name: str) -> tuple[str, ...]:
    """The header of a table, in order."""
    own = [field for field in TABLES[name].__struct_fields__ if field not in Cited.__struct_fields__]
    return (*own, *_EXTRA.get(name, ()), *Cited.__struct_fields__)


def places() -> dict[str, str]:
    """Statement column (as the ledger spells it) -> CSV column, over all tables."""
    return {
        encoded: name
        for statement in TABLES.values()
        for encoded, name in zip(statement.__struct_encode_fields__, statement.__struct_fields__, strict=True)
    }


def table_of(header: list[str]) -> str | None:
    """The table whose header this is: every column that a row must fill is there once, in any order; else null."""
    if len(set(header)) < len(header) or "table" in header:
        return None
    for name, statement in TABLES.items():
        required = {field.name for field in msgspec.structs.fields(statement) if field.required}
        if required <= set(header):
            return name
    return None


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of a table (or of each table in a zip), each as a JSON object of its cells with the table's name.

    Raises UnreadableInput for a file that is none of the tables, or where it breaks off.
    """
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    name = table_of(table.header(peek(stream)))
    if name is None:
        raise UnreadableInput(where, f"its header is of none of the tables {', '.join(TABLES)}")
    for raw in table.cut(where, stream, ","):
        yield Raw(raw.place, _named(name, raw.body))


def _named(name: str, row: bytes) -> bytes:
    """The row with its table; what is no row of cells stays as it is, to be refused when it is read."""
    try:
        return msgspec.json.encode({"table": name} | _row(row))
    except BadRecord:
        return row


def read(raw: bytes, *, as_of: str | None = None) -> Reading:
    """One row as a statement. `as_of` is the day of the edition that the row stands in, where there are editions.

    Raises BadRecord with the column as its place.
    """
    row = _row(raw)
    name = row.get("table", "")
    if name not in TABLES:
        raise BadRecord("table", f"{name!r} is none of {', '.join(TABLES)}")
    cells = {column: text.strip() for column, text in row.items() if column != "table"}
    for column in cells:
        if column not in columns(name):
            raise BadRecord(column, f"no column of {name}; its columns are {', '.join(columns(name))}")
    statement = _statement(name, cells)
    key = "/".join((name, *(cells.get(column) or "-" for column in KEYS[name])))
    return Reading(
        key=key,
        known_on=statement.known_on,
        known_basis=statement.known_basis,
        as_of=as_of,
        whole=True,
        canonical=msgspec.json.encode({"table": name} | {k: v for k, v in cells.items() if v}, order="sorted"),
        statements=[statement, *_beside(statement)],
    )


def _beside(statement: Claim) -> list[MilestoneClaim]:
    """A deal over a programme is something that happened to it."""
    if not isinstance(statement, DealClaim) or statement.programme is None:
        return []
    cited = {field: getattr(statement, field) for field in Cited.__struct_fields__}
    return [
        MilestoneClaim(
            fact=f"deal/{statement.deal}",
            programme=statement.programme,
            event=statement.event,
            jurisdiction=statement.jurisdiction or "GLOBAL",
            happened_on=statement.happened_on,
            **cited,
        )
    ]


def _row(raw: bytes) -> dict[str, str]:
    try:
        return msgspec.json.decode(raw, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRecord("row", f"its cells do not fit the header, or are no text ({error})") from error


def _statement(name: str, cells: dict[str, str]) -> Claim:
    fields = msgspec.structs.fields(TABLES[name])
    values = {field.name: cell(name, field, cells.get(field.name, "")) for field in fields}
    statement = TABLES[name](**values)
    check_row(statement)
    return statement
