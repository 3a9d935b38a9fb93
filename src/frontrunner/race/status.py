"""What the home holds: per source the records seen, read and refused, versions, freshness, terms, and what is amiss."""

from pathlib import Path
from typing import Any

from frontrunner.fetching import state
from frontrunner.race.question import Snapshot
from frontrunner.race.results import SourceStatus, Status

#: refusals shown per source
SHOWN = 20


def status(snapshot: Snapshot) -> Status:
    """One row per source that gave anything; records are counted once however often they were ingested."""
    amiss: dict[str, list[str]] = {}
    for row in snapshot.rows("unexpected"):
        amiss.setdefault(row["source"], []).append(row["what"])
    refused: dict[str, list[str]] = {}
    for row in snapshot.rows("quarantine"):
        refused.setdefault(row["source"], []).append(f"{row['container']}: {row['place']}: {row['why']}")
    sources = [
        _source(snapshot.home.path, row, amiss.get(row["source"], []), refused.get(row["source"], [])[:SHOWN])
        for row in snapshot.rows("source_status")
    ]
    return Status(str(snapshot.home.path), sources, snapshot.name, snapshot.built_at)


def _source(home: Path, row: dict[str, Any], amiss: list[str], refused: list[str]) -> SourceStatus:
    whole = state.load(home, row["source"]).whole
    if whole and row["fewest"] is not None and row["current"] < row["fewest"]:
        few = (
            f"{row['current']} records are held after a visit for everything; a whole set has at least {row['fewest']}"
        )
        amiss = [*amiss, few]
    return SourceStatus(
        id=row["source"],
        records_seen=row["documents"],
        read=row["documents"] - row["quarantined"],
        quarantined=row["quarantined"],
        skipped=0,
        versions=row["versions"],
        newest_known_on=str(row["newest"]) if row["newest"] else None,
        issues=[*amiss, *refused],
        current=row["current"],
        expected=None if row["fewest"] is None else [row["fewest"], row["most"]],
        fetched_on=str(row["fetched_on"]),
        whole_on=whole.begun.date().isoformat() if whole else None,
        publisher=row["publisher"],
        homepage=row["homepage"],
        licence=row["licence"],
        attribution=row["attribution"],
    )
