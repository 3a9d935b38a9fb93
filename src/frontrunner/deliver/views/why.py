"""The way back to the words, and milestones as any answer shows them."""

from collections.abc import Sequence

from frontrunner.deliver.views.race import rung
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, label, tone_of
from frontrunner.race.results import Milestone, Quote, Why

_QUOTE_COLUMNS = tuple(
    Column(title, verbatim=title in ("words", "place", "as cited"))
    for title in ("words", "place", "source", "record", "as cited", "known on", "as of", "document", "evidence")
)


def why_view(why: Why) -> View:
    """The milestones behind an id and the quotes behind those."""
    sections = [Section("Words", quotes_table(why.quotes), empty="No words are held for this.")]
    if why.milestones:
        sections.insert(0, Section("Milestones", milestones_table(why.milestones)))
    if why.more:
        told = f"and {why.more} more: ask for the whole, or for the evidence of a milestone."
        sections.append(Section("Not quoted here", lines=cells([told])))
    where = dict.fromkeys(f"{quote.record}: {quote.url}" for quote in why.quotes if quote.url)
    if where:
        sections.append(Section("Where to read it", lines=cells(where)))
    sources = ", ".join(sorted({quote.source for quote in why.quotes})) or "none"
    return View(f"{why.label} ({why.id})", sections, {"snapshot": why.snapshot, "sources": sources})


def quotes_table(quotes: Sequence[Quote]) -> Table:
    """One row a quote: the words, whose they are, since when they could be read."""
    return Table(_QUOTE_COLUMNS, [_quote(quote) for quote in quotes], upright=True)


def _quote(quote: Quote) -> list[Cell]:
    known = f"{quote.known_on} ({quote.known_basis})"
    return [
        Cell(quote.words),
        Cell(quote.place),
        Cell(quote.source),
        Cell(quote.record),
        Cell(quote.citation or ""),
        Cell(known),
        Cell(quote.as_of or ""),
        Cell(quote.document, tone="faint"),
        Cell(quote.id, tone="faint"),
    ]


def milestones_table(milestones: Sequence[Milestone]) -> Table:
    """One row a statement about something dated."""
    columns = (
        Column("date"),
        Column("what"),
        Column("rung", drop=5),
        Column("where"),
        Column("trial", drop=4),
        Column("status"),
        Column("known", drop=3),
        Column("because", drop=2, give=20),
        Column("evidence", drop=1),
    )
    return Table(columns, [_milestone(milestone) for milestone in milestones])


def _milestone(milestone: Milestone) -> list[Cell]:
    lane = " (investigator-initiated)" if milestone.lane == "iit" and milestone.event != "iit_start" else ""
    return [
        Cell((milestone.date or "undated") + (" (anticipated)" if milestone.anticipated else "")),
        Cell(label("event", milestone.event) + lane),
        Cell(rung(milestone.rung, milestone.kind) if milestone.rung else ""),
        Cell(", ".join(milestone.jurisdictions)),
        Cell(milestone.trial or ""),
        Cell(milestone.status, tone=tone_of(milestone.status)),
        Cell(
            f"{milestone.known_from} ({milestone.known_basis})"
            + (f" to {milestone.known_to}" if milestone.known_to else "")
        ),
        Cell(milestone.because or ""),
        Cell(milestone.evidence, tone="faint"),
    ]
