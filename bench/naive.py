"""The peer: a loader written the usual way, one record at a time, one row at a time, into the same tables.

`orjson.loads`, a walk through the dict with `.get`, a tuple per table, `executemany` in batches inside a transaction
into DuckDB: what public loaders of this registry do (into Postgres, mostly), and what one writes first. It keeps the
bytes and the same identity (canonical content without `versionHolder`, SHA-256) and makes the tables of the ledger
that are read off a record: `document` with its body, `sighting`, `trial_version` and, by the project's own rules,
`tested_product` and `tested_name`, columns taken from the ledger's own schema. It checks nothing, compresses nothing
and makes no marts and no published snapshot, so it is given less to do than the command line is.

`--arrow` measures a kinder one: the same walk, but each batch goes in as one Arrow table instead of row by row.

    python -m bench.naive CORPUS [--records 2000] [--arrow]
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import orjson
import pyarrow as pa
from isal import igzip

from bench.synthetic import Corpus
from frontrunner.model import Trial
from frontrunner.resolve import labels
from frontrunner.store import columns

BATCH = 500

DOCUMENT = pa.schema(
    [("doc", pa.uint64()), ("hash", pa.binary()), ("key", pa.string()), ("size", pa.int64()), ("body", pa.binary())]
)
SIGHTING = pa.schema([("doc", pa.uint64()), ("key", pa.string()), ("known_on", pa.string()), ("place", pa.string())])
TRIAL = columns.schema(Trial)
LABELS = {kind: labels.TABLES[kind] for kind in (labels.TestedProduct, labels.TestedName)}
TABLES = {"document": DOCUMENT, "sighting": SIGHTING, "trial_version": TRIAL} | {
    table: columns.schema(kind) for kind, table in LABELS.items()
}

_FIELDS = {field.name: field.encode_name for field in msgspec.structs.fields(Trial)}

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def load(lines: Iterable[bytes], connection: duckdb.DuckDBPyConnection, insert: "Insert") -> int:
    """Load JSON Lines batch by batch; returns the number of records."""
    for table, schema in TABLES.items():
        connection.register("empty", schema.empty_table())
        connection.execute(f"create table {table} as from empty")
    done, source = 0, iter(lines)
    while batch := list(islice(source, BATCH)):
        rows: Rows = {table: [] for table in TABLES}
        for number, line in enumerate(batch, done + 1):
            _read(line.rstrip(b"\n"), f"line {number}", rows)
        connection.begin()
        insert(connection, rows)
        connection.commit()
        done += len(batch)
    return done


Insert = Callable[[duckdb.DuckDBPyConnection, Rows], None]


def _filled(rows: Rows) -> Iterator[tuple[str, list[Row]]]:
    return ((table, given) for table, given in rows.items() if given)


def row_by_row(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """`executemany` for each table."""
    for table, given in _filled(rows):
        marks = ",".join("?" for _ in TABLES[table])
        connection.executemany(f"insert into {table} values ({marks})", given)


def as_arrow(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """Each table of the batch as one Arrow table."""
    for table, given in _filled(rows):
        names = TABLES[table].names
        named = [dict(zip(names, row, strict=True)) for row in given]
        connection.register("batch", pa.Table.from_pylist(named, schema=TABLES[table]))
        connection.execute(f"insert into {table} from batch")


def _read(line: bytes, place: str, rows: Rows) -> None:
    """One record: its document, its sighting, its trial row and the products that it tests."""
    record = orjson.loads(line)
    record.get("derivedSection", {}).get("miscInfoModule", {}).pop("versionHolder", None)
    digest = hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).digest()
    doc = int.from_bytes(digest[:8], "big")
    trial = _trial(record)
    rows["document"].append((doc, digest, trial["trial_id"], len(line), line))
    rows["sighting"].append((doc, trial["trial_id"], trial["last_update_post_date"], place))
    rows["trial_version"].append((doc, *(trial.get(name) for name in TRIAL.names[1:])))
    for label in labels.of(_as_struct(trial)):
        rows[LABELS[type(label)]].append((doc, *msgspec.structs.astuple(label)))


def _as_struct(trial: dict[str, Any]) -> Trial:
    """The row as the rules want it."""
    return msgspec.convert({_FIELDS[name]: value for name, value in trial.items()}, Trial)


def _trial(record: dict[str, Any]) -> dict[str, Any]:
    """The columns of `trial_version` by name."""
    protocol = record.get("protocolSection", {})
    return {
        **_identification(protocol),
        **_status(protocol.get("statusModule", {})),
        **_sponsors(protocol.get("sponsorCollaboratorsModule", {})),
        **_design(protocol.get("designModule", {})),
        **_arms(protocol.get("armsInterventionsModule", {})),
        **_people(protocol),
        "has_results": record.get("hasResults"),
        "not_read": [],
    }


def _identification(protocol: dict[str, Any]) -> dict[str, Any]:
    module, conditions = protocol.get("identificationModule", {}), protocol.get("conditionsModule", {})
    own = module.get("orgStudyIdInfo", {}).get("id")
    ids = [{"id": own, "type": "orgStudyId", "domain": None}] if own else []
    for other in module.get("secondaryIdInfos", []):
        ids.append({"id": other.get("id"), "type": other.get("type"), "domain": other.get("domain")})
    return {
        "trial_id": module.get("nctId"),
        "secondary_ids": ids,
        "brief_title": module.get("briefTitle"),
        "official_title": module.get("officialTitle"),
        "acronym": module.get("acronym"),
        "conditions": conditions.get("conditions", []),
        "keywords": conditions.get("keywords", []),
    }


def _status(module: dict[str, Any]) -> dict[str, Any]:
    row = {
        "overall_status": module.get("overallStatus"),
        "why_stopped": module.get("whyStopped"),
        "status_verified_date": module.get("statusVerifiedDate"),
        "study_first_submit_date": module.get("studyFirstSubmitDate"),
        "study_first_post_date": module.get("studyFirstPostDateStruct", {}).get("date"),
        "results_first_post_date": module.get("resultsFirstPostDateStruct", {}).get("date"),
        "last_update_post_date": module.get("lastUpdatePostDateStruct", {}).get("date"),
    }
    for column, field in (
        ("start", "start"),
        ("primary_completion", "primaryCompletion"),
        ("completion", "completion"),
    ):
        dated = module.get(f"{field}DateStruct", {})
        row[f"{column}_date"], row[f"{column}_date_type"] = dated.get("date"), dated.get("type")
    return row


def _sponsors(module: dict[str, Any]) -> dict[str, Any]:
    lead = module.get("leadSponsor", {})
    others = [{"name": other.get("name"), "class": other.get("class")} for other in module.get("collaborators", [])]
    return {"lead_sponsor_name": lead.get("name"), "lead_sponsor_class": lead.get("class"), "collaborators": others}


def _design(module: dict[str, Any]) -> dict[str, Any]:
    info, enrolled = module.get("designInfo", {}), module.get("enrollmentInfo", {})
    return {
        "study_type": module.get("studyType"),
        "phases": module.get("phases", []),
        "allocation": None if info.get("allocation") == "NA" else info.get("allocation"),
        "intervention_model": info.get("interventionModel"),
        "primary_purpose": info.get("primaryPurpose"),
        "masking": info.get("maskingInfo", {}).get("masking"),
        "enrollment_count": enrolled.get("count"),
        "enrollment_type": enrolled.get("type"),
    }


def _arms(module: dict[str, Any]) -> dict[str, Any]:
    arms = [
        {"label": arm.get("label"), "type": arm.get("type"), "interventionNames": arm.get("interventionNames", [])}
        for arm in module.get("armGroups", [])
    ]
    given = [
        {"name": each.get("name"), "type": each.get("type"), "otherNames": each.get("otherNames", [])}
        for each in module.get("interventions", [])
    ]
    return {"arm_groups": arms, "interventions": given}


def _people(protocol: dict[str, Any]) -> dict[str, Any]:
    outcomes, eligible = protocol.get("outcomesModule", {}), protocol.get("eligibilityModule", {})
    places = protocol.get("contactsLocationsModule", {}).get("locations", [])
    return {
        "primary_outcomes": _measures(outcomes.get("primaryOutcomes", [])),
        "secondary_outcomes": _measures(outcomes.get("secondaryOutcomes", [])),
        "sex": eligible.get("sex"),
        "minimum_age": eligible.get("minimumAge"),
        "maximum_age": eligible.get("maximumAge"),
        "healthy_volunteers": eligible.get("healthyVolunteers"),
        "countries": list(dict.fromkeys(place.get("country") for place in places if place.get("country"))),
    }


def _measures(outcomes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"measure": outcome.get("measure"), "timeFrame": outcome.get("timeFrame")} for outcome in outcomes]


def lines_of(corpus: Corpus) -> Iterator[bytes]:
    """The lines of the parts, one after the other."""
    for part in sorted(corpus.form("gz").iterdir()):
        with igzip.open(part, "rb") as file:
            yield from file


def measure(corpus: Corpus, records: int, insert: Insert) -> dict[str, float]:
    """Records, seconds and CPU seconds of loading the first records of a corpus into a new database beside it.

    Starting Python is left out, as it is of no account to a loader that reads everything.
    """
    with (
        tempfile.TemporaryDirectory(dir=corpus.folder.parent) as folder,
        duckdb.connect(Path(folder) / "naive.duckdb") as connection,
    ):
        started, spent = time.perf_counter(), time.process_time()
        done = load(islice(lines_of(corpus), records), connection, insert)
        connection.execute("checkpoint")
        seconds, cpu = time.perf_counter() - started, time.process_time() - spent
    return {"records": done, "seconds": seconds, "cpu": cpu}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--arrow", action="store_true")
    asked = parser.parse_args()
    print(json.dumps(measure(Corpus(asked.corpus), asked.records, as_arrow if asked.arrow else row_by_row)))
