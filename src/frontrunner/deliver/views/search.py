"""What answers to a name, as people see it."""

import msgspec

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, label
from frontrunner.search.results import Arena, Found, Hit

_COLUMNS = (
    Column("kind"),
    Column("name", give=24),
    Column("answers to", drop=2, give=16),
    Column("how", drop=1),
    Column("programmes", drop=3),
    Column("id", give=20),
)


def search_view(found: Found) -> View:
    """The race that the text names, then one row a hit, best first."""
    sections = [Section("Hits", Table(_COLUMNS, [_row(hit) for hit in found.hits]), empty="Nothing answers to that.")]
    if found.race:
        sections.append(Section("A race by itself", lines=[Cell(race_in_words(found.race))]))
    return View(f"Search: {found.query}", sections, {"snapshot": found.snapshot, "sources": "the names of the home"})


def race_in_words(race: Arena) -> str:
    """`hemophilia B, Gene therapy, China`."""
    return ", ".join(label(name, id) for name, id in msgspec.structs.asdict(race).items() if id)


def _row(hit: Hit) -> list[Cell]:
    return [
        Cell(hit.kind),
        Cell(hit.label, hit.label_zh or "", "zh" if hit.label_zh else ""),
        Cell(hit.matched if hit.matched not in (hit.label, hit.label_zh) else ""),
        Cell(hit.how),
        Cell(f"{hit.programmes}" if hit.programmes else ""),
        Cell(hit.id, tone="faint"),
    ]
