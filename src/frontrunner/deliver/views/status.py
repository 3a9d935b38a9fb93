"""What a home holds, as people see it."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View
from frontrunner.race.results import SourceStatus, Status

_COLUMNS = tuple(
    Column(title)
    for title in ("source", "records seen", "read", "quarantined", "skipped", "versions", "newest known on")
)


def status_view(status: Status) -> View:
    """One row a source, then what could not be read."""
    issues = [Cell(f"{source.id}: {issue}", tone="doubtful") for source in status.sources for issue in source.issues]
    sections = [
        Section("Sources", Table(_COLUMNS, [_row(source) for source in status.sources]), empty="Nothing was read yet."),
        Section("Not read", lines=issues, empty="Nothing was refused."),
    ]
    stamp = {
        "snapshot": f"{status.snapshot}, built {status.built_at}",
        "sources": ", ".join(source.id for source in status.sources) or "none",
    }
    return View(f"Home {status.home}", sections, stamp)


def _row(source: SourceStatus) -> list[Cell]:
    refused = "doubtful" if source.quarantined else ""
    return [
        Cell(source.id),
        Cell(f"{source.records_seen}"),
        Cell(f"{source.read}"),
        Cell(f"{source.quarantined}", tone=refused),
        Cell(f"{source.skipped}"),
        Cell(f"{source.versions}"),
        Cell(source.newest_known_on or ""),
    ]
