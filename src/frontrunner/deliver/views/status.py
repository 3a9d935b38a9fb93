"""What a home holds, as people see it."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells
from frontrunner.race.results import SourceStatus, Status

_COLUMNS = (
    Column("source"),
    Column("records seen"),
    Column("read"),
    Column("quarantined"),
    Column("skipped", drop=1),
    Column("versions", drop=2),
    Column("held of", drop=3),
    Column("newest known on"),
    Column("fetched on", drop=4),
)
_TERMS = (
    Column("source"),
    Column("attribution", wrap=True, verbatim=True),
    Column("licence", wrap=True, verbatim=True),
)


def status_view(status: Status) -> View:
    """One row a source, then what could not be read or is amiss, then the publishers' terms."""
    issues = [Cell(f"{source.id}: {issue}", tone="doubtful") for source in status.sources for issue in source.issues]
    sections = [
        Section("Sources", Table(_COLUMNS, [_row(source) for source in status.sources]), empty="Nothing was read yet."),
        Section(
            "Issues",
            lines=issues,
            empty="Nothing was refused, and nothing is other than expected.",
            verbatim=True,
        ),
        Section("Terms", Table(_TERMS, [cells((one.id, one.attribution, one.licence)) for one in status.sources])),
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
        Cell(_held(source)),
        Cell(source.newest_known_on or ""),
        Cell(source.fetched_on),
    ]


def _held(source: SourceStatus) -> str:
    """The records held now, of how many there should be in a whole set."""
    return f"{source.current} of {source.expected[0]}..{source.expected[1]}" if source.expected else f"{source.current}"
