"""A claim and its answer as people see them."""

from frontrunner.deliver.views.firsts import milestone
from frontrunner.deliver.views.race import also_called, arena_parts, coverage
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, clock_in_words, tone_of
from frontrunner.race.answers import Checked, Entry, Reading, Understood

_TONES = {"supported": "good", "contradicted by these sources": "bad"}
_COLUMNS = (
    Column("scope"),
    Column("answer"),
    Column("part"),
    Column("programme", give=26),
    Column("also called", drop=3, give=12),
    Column("date"),
    Column("status", drop=2),
    Column("evidence", drop=1),
)


def check_view(answer: Checked) -> View:
    """The verdict in one line, what was understood, then who decides it in every scope."""
    by = f" by {answer.contested_by}" if answer.contested_by else ""
    verdict = Cell(f"{answer.verdict}{by}".capitalize(), tone=_TONES.get(answer.verdict, "doubtful"))
    scopes = [f"{one.scope}: {one.verdict}; {one.why}" for one in answer.readings]
    lines = [verdict, *cells(scopes if answer.contested_by == "scope" else [answer.why])]
    if answer.not_understood:
        lines.append(Cell(f"Words not understood: {', '.join(answer.not_understood)}.", tone="doubtful"))
    sections = [
        Section("Answer", lines=lines),
        Section("Scopes", _table(answer.readings), empty="None was judged."),
    ]
    if answer.understood:
        sections.insert(1, Section("Understood as", lines=cells(_understood(answer.understood))))
    if answer.narrower:
        sections.append(
            Section("Where it would hold", lines=cells(f"{one.scope}: {one.why}" for one in answer.narrower))
        )
    sections.append(Section("Coverage", lines=cells(coverage(answer.coverage, answer.on))))
    stamp = {
        "on": answer.on,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
        "sources": ", ".join(answer.coverage.sources) or "none",
    }
    return View(answer.claim, sections, stamp)


def _understood(parts: Understood) -> list[str]:
    """The claim in our own words, a part a line."""
    place = "" if parts.arena.jurisdiction else ", anywhere in the world" if parts.worldwide else ", no place named"
    told = [
        f"{' and '.join(parts.superlatives)}: {milestone(parts.milestone) if parts.milestone else 'the standings'}",
        f"among: {', '.join(arena_parts(parts.arena))}{place}",
    ]
    if parts.subjects:
        told.append(f"about: {', '.join(f'{one.programme} ({one.id})' for one in parts.subjects)}")
    return told


def _table(readings: list[Reading]) -> Table:
    rows = [
        _row(reading, part, entry)
        for reading in readings
        for part, entries in (("holds it", reading.holders), ("rival", reading.rivals))
        for entry in entries
    ]
    return Table(_COLUMNS, rows)


def _row(reading: Reading, part: str, entry: Entry) -> list[Cell]:
    by = f" by {reading.contested_by}" if reading.contested_by else ""
    return [
        Cell(reading.scope),
        Cell(reading.verdict + by, tone=_TONES.get(reading.verdict, "doubtful")),
        Cell(part if reading.verdict == "supported" or part == "rival" else "named"),
        Cell(entry.programme, id=entry.id),
        also_called(entry.product),
        Cell(entry.date or ""),
        Cell(entry.status, tone=tone_of(entry.status)),
        Cell(entry.evidence, tone="faint"),
    ]
