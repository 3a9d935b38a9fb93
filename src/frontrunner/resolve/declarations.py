"""Keep the ids of trials that several registries hold: `registration` (id, registry, trial, held, declared_by, doc).

What records declare falls into groups that share no id, and which ids are of one trial depends on its group alone. So
only groups in which something was declared, or a record came, since they were joined last are joined anew. For that the
ledger keeps what was declared, `declared_id` (trial_id, said, doc), the ids that each text names, `declared_node`
(trial_id, said, node), and those of which there are records, `declared_held` (id).
"""

import msgspec
import pyarrow as pa

from frontrunner.resolve import registrations, tables
from frontrunner.store.ledger import Connection

_REGISTRATION = pa.schema(
    [pa.field(name, pa.string()) for name in ("id", "registry", "trial")]
    + [pa.field("held", pa.bool_()), pa.field("declared_by", pa.string()), pa.field("doc", pa.uint64())]
)
_NODE = pa.schema([(name, pa.string()) for name in ("trial_id", "said", "node")])
#: derived table -> its columns
_KEPT = {
    "registration": _REGISTRATION,
    "declared_node": _NODE,
    "declared_id": pa.schema([("trial_id", pa.string()), ("said", pa.string()), ("doc", pa.uint64())]),
    "declared_held": pa.schema([("id", pa.string())]),
}


def run(connection: Connection) -> None:
    """Join anew the groups of ids in which anything changed."""
    for name, schema in _KEPT.items():
        tables.insert(connection, name, schema.empty_table())
    form = f"^{registrations.RESUBMITTED}$"
    _now(connection, "declared_now", "declared_ids", pattern=registrations.likely())
    _read(connection)
    _now(connection, "held_now", "held_ids", form=form)
    _now(connection, "regrouped", "regrouped", form=form)
    held = (id for (id,) in tables.rows(connection, "regrouped_held", form=form))
    found = registrations.joined(held, tables.rows(connection, "regrouped_declared"))
    connection.execute(
        "delete from registration where regexp_replace(id, $form, '\\1') in (from regrouped)", {"form": form}
    )
    tables.insert(connection, "registration", tables.table(_REGISTRATION, map(msgspec.structs.astuple, found)))
    connection.execute(
        "delete from declared_node where (trial_id, said) not in (select (trial_id, said) from declared_now)"
    )
    connection.execute("create or replace table declared_id as from declared_now")
    connection.execute("create or replace table declared_held as from held_now")


def _now(connection: Connection, table: str, query: str, **values: str) -> None:
    connection.execute(f"create or replace temp table {table} as {tables.sql(query)}", values)


def _read(connection: Connection) -> None:
    """Find the ids in the texts that were not there when the groups were joined last."""
    new = tables.rows(connection, "declared_unread")
    nodes = [(trial, said, node) for trial, said in new for node in registrations.nodes(trial, said)]
    tables.insert(connection, "declared_node", tables.table(_NODE, nodes))
