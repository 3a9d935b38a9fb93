"""One registered study as of a day by a clock, field by field with its evidence, and what changed between versions."""

from datetime import date
from functools import partial
from typing import Any

import msgspec

from frontrunner.errors import UnknownName
from frontrunner.model import Trial
from frontrunner.race import registrations
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot, evidence_id
from frontrunner.race.records import Delivered
from frontrunner.race.results import Change, Runner, TrialDossier, TrialVersion

#: the columns of a trial record, in its own order, with their published names
FIELDS = {field.name: field.encode_name for field in msgspec.structs.fields(Trial) if field.name != "not_read"}
#: the columns that a curated row can tell, with their places in it
_CURATED = {
    "trial_id": "trial_id",
    "phases": "phase",
    "start_date": "start_date",
    "start_date_type": "start_date_type",
    "countries": "countries",
    "lead_sponsor_name": "sponsor",
}


def trial(snapshot: Snapshot, id: str, on: date, clock: str, history: bool = False) -> TrialDossier:
    """The record of a trial: on clock `then` the version in force on the day, on `now` the latest we hold.

    A field that a partial version does not tell is taken from the last version that told it, and a registry's own
    record goes before a copy of it. An id that only other registries' records name stands for the trial they are of.
    Raises UnknownName.
    """
    ids = snapshot.rows("registrations", trial=id)
    held = [row["id"] for row in ids if row["held"]]
    versions = _versions(snapshot, id) or _versions(snapshot, id := ids[0]["trial"] if ids else id.upper())
    if not versions:
        raise UnknownName("trial", id)
    seen = [row for row in versions if clock == "now" or row["known_from"] <= on]
    record, proof = _record(snapshot, seen)
    others = [row for other in held if other != id for row in _versions(snapshot, other)]
    current = registrations.in_force(row for row in versions + others if clock == "now" or row["known_from"] <= on)
    return TrialDossier(
        id=id,
        on=on.isoformat(),
        clock=clock,
        record=record,
        evidence=proof,
        also_registered_as=registrations.also(ids, id, partial(_proof, snapshot)),
        disagreements=registrations.disagreements(current, partial(_proof, snapshot)),
        programmes=_programmes(snapshot, id, on, clock),
        history=_history(versions) if history else [],
        snapshot=snapshot.name,
        delivered=delivered(snapshot, on, clock, trial=id),
    )


def delivered(snapshot: Snapshot, on: date, clock: str, trial: str = "", programme: str = "") -> list[Delivered]:
    """How the gene or cell products of a trial, or of the trials of a programme, are given, with the words."""
    rows = snapshot.rows("delivered", trial=trial, programme=programme, on=on, clock=clock)
    return [Delivered(**row) for row in rows]


def _history(versions: list[dict[str, Any]]) -> list[TrialVersion]:
    """The versions, each with what changed from the one before of the same record in the same source."""
    last: dict[tuple[str, str], dict[str, Any]] = {}
    found = []
    for row in versions:
        record = (row["source"], row["key"])
        found.append(_version(last.get(record), row))
        last[record] = row
    return found


def _versions(snapshot: Snapshot, id: str) -> list[dict[str, Any]]:
    """The versions of a record, oldest first; what a curated row leaves empty it does not tell."""
    versions = snapshot.rows("trial_versions", trial=id)
    for row in versions:
        if row["curated"]:
            row["not_read"] = [published for field, published in FIELDS.items() if not row[field]]
    return versions


def _programmes(snapshot: Snapshot, id: str, on: date, clock: str) -> list[Runner]:
    rows = snapshot.rows("programmes_of_trial", trial=id)
    naming = Naming(snapshot.rows("names", subjects=[row["product"] for row in rows], on=on, clock=clock))
    return [Runner(row["programme"], naming.programme(row["product"], row["indication_label"])) for row in rows]


def _record(snapshot: Snapshot, versions: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    record: dict[str, Any] = {}
    proof: dict[str, str] = {}
    places = {row["doc"]: _CURATED if row["curated"] else _places(snapshot, row) for row in versions}
    best = sorted(versions, key=lambda row: row["authority"] != "registry_copy")
    for field, published in FIELDS.items():
        row = next((row for row in reversed(best) if published not in row["not_read"]), None)
        if row is None or row[field] in (None, []):
            continue
        record[published] = _plain(row[field])
        if field in places[row["doc"]]:
            proof[published] = evidence_id(row["doc"], places[row["doc"]][field])
    return record, proof


def _proof(snapshot: Snapshot, row: dict[str, Any], field: str) -> str | None:
    """The evidence id of a field of a version."""
    places = _CURATED if row.get("curated") else _places(snapshot, row)
    return evidence_id(row["doc"], places[field]) if field in places else None


def _places(snapshot: Snapshot, row: dict[str, Any]) -> dict[str, str]:
    rows = snapshot.rows("places", source=row["source"], media_type=row["media_type"])
    return {place["field"]: place["place"] for place in rows}


def _version(before: dict[str, Any] | None, row: dict[str, Any]) -> TrialVersion:
    unread = {*row["not_read"], *(before["not_read"] if before else ())}
    told = [field for field, published in FIELDS.items() if published not in unread]
    return TrialVersion(
        known_from=str(row["known_from"]),
        known_to=str(row["known_to"]) if row["known_to"] else None,
        known_basis=row["known_basis"],
        source=row["source"],
        whole=row["whole"],
        document=row["hash"].hex(),
        changes=[
            Change(field, _words(before[field]), _words(row[field]))
            for field in told
            if before and before[field] != row[field]
        ],
    )


def _plain(value: Any) -> Any:
    """A nested value as lines of text: what a person reads."""
    return [_words(item) for item in value] if isinstance(value, list) else value


def _words(value: Any) -> str | None:
    if value is None or value == []:
        return None
    if isinstance(value, dict):
        return ": ".join(str(_words(part)) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(str(_words(part)) for part in value)
    return str(value)
