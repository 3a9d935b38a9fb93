"""What the home holds: per source the records seen, read and refused, versions and freshness."""

from frontrunner.race.question import Snapshot
from frontrunner.race.results import SourceStatus, Status

#: refusals shown per source
SHOWN = 20


def status(snapshot: Snapshot) -> Status:
    """One row per source that gave anything; records are counted once however often they were ingested."""
    refused: dict[str, list[str]] = {}
    for row in snapshot.rows("quarantine"):
        refused.setdefault(row["source"], []).append(f"{row['container']}: {row['place']}: {row['why']}")
    sources = [
        SourceStatus(
            id=row["source"],
            records_seen=row["documents"],
            read=row["documents"] - row["quarantined"],
            quarantined=row["quarantined"],
            skipped=0,
            versions=row["versions"],
            newest_known_on=str(row["newest"]) if row["newest"] else None,
            issues=refused.get(row["source"], [])[:SHOWN],
        )
        for row in snapshot.rows("source_status")
    ]
    return Status(str(snapshot.home.path), sources, snapshot.name, snapshot.built_at)
