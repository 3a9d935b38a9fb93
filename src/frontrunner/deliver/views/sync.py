"""What one sync brought, as people see it."""

from frontrunner.deliver.views.ingest import doubtful
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View
from frontrunner.syncing import Fetched, SyncReport

_COLUMNS = tuple(Column(title) for title in ("source", "since", "requests", "files", "MB", "records", "new", "state"))


def sync_view(report: SyncReport) -> View:
    """One row a visit, then what went wrong."""
    lines = [line for visit in report.visits for line in problems(visit)]
    sections = [
        Section("Visits", Table(_COLUMNS, [_row(visit) for visit in report.visits]), empty="Nothing was asked."),
        Section("Problems", lines=doubtful(lines), empty="None."),
    ]
    published = [visit.ingested.snapshot for visit in report.visits if visit.ingested and visit.ingested.snapshot]
    stamp = {
        "snapshot": published[-1] if published else "unchanged",
        "sources": ", ".join(visit.source for visit in report.visits),
    }
    return View("Fetched from the publishers", sections, stamp)


def problems(visit: Fetched) -> list[str]:
    """What went wrong in one visit, a line each."""
    lines = [visit.problem] if visit.problem else []
    if visit.ingested:
        lines += [*visit.ingested.unexpected, *visit.ingested.problems]
    return [line if line.startswith(f"{visit.source}: ") else f"{visit.source}: {line}" for line in lines]


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
