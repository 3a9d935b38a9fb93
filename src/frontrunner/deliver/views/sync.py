"""What one sync brought, as people see it."""

from frontrunner.deliver.views.ingest import SHOWN
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View
from frontrunner.syncing import Fetched, SyncReport

_COLUMNS = tuple(Column(title) for title in ("source", "since", "requests", "files", "MB", "records", "new", "state"))


def sync_view(report: SyncReport) -> View:
    """One row a visit, then what went wrong."""
    lines = [f"{visit.source}: {line}" for visit in report.visits for line in _problems(visit)]
    problems = [Cell(line, tone="doubtful") for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        problems.append(Cell(f"... and {len(lines) - SHOWN} more; see 'frontrunner status'"))
    sections = [
        Section("Visits", Table(_COLUMNS, [_row(visit) for visit in report.visits]), empty="Nothing was asked."),
        Section("Problems", lines=problems, empty="None."),
    ]
    published = [visit.ingested.snapshot for visit in report.visits if visit.ingested and visit.ingested.snapshot]
    stamp = {
        "snapshot": published[-1] if published else "unchanged",
        "sources": ", ".join(visit.source for visit in report.visits),
    }
    return View("Fetched from the publishers", sections, stamp)


def _problems(visit: Fetched) -> list[str]:
    refused = visit.ingested.problems if visit.ingested else []
    return [*([visit.problem] if visit.problem else []), *refused]


def _row(visit: Fetched) -> list[Cell]:
    new = str(visit.ingested.new) if visit.ingested else "0"
    said = f" of {visit.said}" if visit.said is not None and visit.said != visit.met else ""
    cells = (
        visit.source,
        visit.since.isoformat() if visit.since else "ever",
        str(visit.asked),
        str(visit.documents),
        f"{visit.bytes / 1e6:.1f}",
        "" if visit.met is None else f"{visit.met}{said}",
        new,
    )
    state = Cell("complete") if visit.complete else Cell("incomplete", tone="doubtful")
    return [*map(Cell, cells), state]
