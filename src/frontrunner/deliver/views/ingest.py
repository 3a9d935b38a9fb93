"""What one ingest did, as people see it."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View
from frontrunner.pipeline import Report

#: problem lines shown before the rest is only counted
SHOWN = 20


def ingest_view(report: Report) -> View:
    """Records by source, the sums, and what could not be read."""
    rows = [
        [Cell(source), *(Cell(str(count)) for count in (of.seen, of.read, of.quarantined, of.new))]
        for source, of in report.sources.items()
    ]
    sums = (
        f"{report.seen} seen = {report.read} read + {report.quarantined} quarantined + {report.skipped} skipped; "
        f"{report.new} new or changed."
    )
    kept = f"Published as snapshot {report.snapshot}." if report.snapshot else "Nothing new: the home is as it was."
    columns = tuple(map(Column, ("source", "records seen", "read", "quarantined", "new")))
    sections = [Section("Read", Table(columns, rows), [Cell(sums), Cell(kept)])]
    lines = [*report.unexpected, *report.problems]
    if lines:
        sections.append(Section("Problems", lines=doubtful(lines)))
    return View(
        "Ingest", sections, {"snapshot": report.snapshot or "unchanged", "sources": ", ".join(report.sources) or "none"}
    )


def doubtful(lines: list[str]) -> list[Cell]:
    """Problems, a line each, the first of many."""
    cells = [Cell(line, tone="doubtful") for line in lines[:SHOWN]]
    rest = len(lines) - SHOWN
    if rest > 0:
        cells.append(Cell(f"... and {rest} more; see 'frontrunner status'"))
    return cells
