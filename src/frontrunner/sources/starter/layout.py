"""The curated-table layout: six CSV tables, one statement a row, each with its own citation.

| table | statement | a row says |
|---|---|---|
| `companies` | `CompanyClaim` | an organisation exists |
| `products` | `ProductClaim` | a therapeutic candidate exists |
| `names` | `NameClaim` | a company or product is called so |
| `programmes` | `ProgrammeClaim` | a company has a role in a programme |
| `milestones` | `MilestoneClaim` | something dated happened to a programme |
| `trials` | `TrialClaim` | a registered trial belongs to a programme |

Columns are the statement's fields in snake case, its own first, the citation last (`columns`). An empty cell is null,
several values are separated by `|`, `verified` is `yes` or `no`; UTF-8 with a header row. A table is told by its
header, never by its file name.

A row is a record. Its key is the table and the columns of `KEYS`; two rows with one key and different `known_on` are
two versions of one statement (its source revised it). Two statements about one `fact` carry different values in the
optional column `row` of `milestones`; without them they would be taken for versions.

Reading is strict: an unknown column, an id outside its vocabulary, a bad date or a missing citation is a `BadRecord`
whose place is the column.
"""

import csv
import io
from collections.abc import Iterator

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import (
    Cited,
    CompanyClaim,
    MilestoneClaim,
    NameClaim,
    ProductClaim,
    ProgrammeClaim,
    Raw,
    Reading,
    TrialClaim,
)
from frontrunner.reading.containers import Container
from frontrunner.sources.starter.cells import cell, check_row

Claim = CompanyClaim | ProductClaim | NameClaim | ProgrammeClaim | MilestoneClaim | TrialClaim

#: table -> its statement type
TABLES: dict[str, type[Claim]] = {
    "companies": CompanyClaim,
    "products": ProductClaim,
    "names": NameClaim,
    "programmes": ProgrammeClaim,
    "milestones": MilestoneClaim,
    "trials": TrialClaim,
}

#: table -> the columns that tell one statement from another, beside the table itself
KEYS: dict[str, tuple[str, ...]] = {
    "companies": ("company",),
    "products": ("product",),
    "names": ("subject", "kind", "lang", "value"),
    "programmes": ("programme", "company", "role", "territory", "valid_from"),
    "milestones": ("fact", "row"),
    "trials": ("trial_id", "programme"),
}

#: columns of a table that its statement does not have
_EXTRA: dict[str, tuple[str, ...]] = {"milestones": ("row",)}


def columns(table: str) -> tuple[str, ...]:
    """The header of a table, in order."""
    own = [name for name in TABLES[table].__struct_fields__ if name not in Cited.__struct_fields__]
    return (*own, *_EXTRA.get(table, ()), *Cited.__struct_fields__)


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
    for table, statement in TABLES.items():
        required = {field.name for field in msgspec.structs.fields(statement) if field.required}
        if required <= set(header):
            return table
    return None


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows of one table, each as a JSON object of its cells with the table's name; a broken file ends the rows."""
    line = 1
    try:
        with container.open() as stream:
            rows = csv.reader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), strict=True)
            header = next(rows, [])
            table = table_of(header)
            if table is None:
                yield UnreadableInput(container.name, f"its header is of none of the tables {', '.join(TABLES)}")
                return
            line = rows.line_num + 1
            for row in rows:
                if row:
                    yield Raw(place=f"line {line}", body=_body(table, header, row))
                line = rows.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        yield UnreadableInput(f"{container.name}, line {line}", f"{error}; the rows before it were read")
    except UnreadableInput as error:
        yield error


def _body(table: str, header: list[str], row: list[str]) -> bytes:
    cells = dict(zip(header, row, strict=False))
    cells |= {f"column {n}": value for n, value in enumerate(row, start=1) if n > len(header)}
    return msgspec.json.encode({"table": table} | cells)


def read(raw: bytes, *, as_of: str | None = None) -> Reading:
    """One row as a statement. `as_of` is the day of the edition that the row stands in, where there are editions.

    Raises BadRecord with the column as its place.
    """
    row = _row(raw)
    table = row.get("table", "")
    if table not in TABLES:
        raise BadRecord("table", f"{table!r} is none of {', '.join(TABLES)}")
    cells = {name: value.strip() for name, value in row.items() if name != "table"}
    for name in cells:
        if name not in columns(table):
            raise BadRecord(name, f"no column of {table}; its columns are {', '.join(columns(table))}")
    statement = _statement(table, cells)
    key = "/".join((table, *(cells.get(name) or "-" for name in KEYS[table])))
    return Reading(
        key=key,
        known_on=statement.known_on,
        known_basis=statement.known_basis,
        as_of=as_of,
        whole=True,
        canonical=msgspec.json.encode({"table": table} | {k: v for k, v in cells.items() if v}, order="sorted"),
        statements=[statement],
    )


def _row(raw: bytes) -> dict[str, str]:
    try:
        return msgspec.json.decode(raw, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRecord("row", f"not a JSON object of cell texts ({error})") from error


def _statement(table: str, cells: dict[str, str]) -> Claim:
    fields = msgspec.structs.fields(TABLES[table])
    values = {field.name: cell(table, field, cells.get(field.name, "")) for field in fields}
    statement = TABLES[table](**values)
    check_row(statement)
    return statement
