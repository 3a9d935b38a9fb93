"""The firsts ledger as people see it."""

from collections.abc import Sequence

from frontrunner.deliver.views.race import arena_parts, coverage, doubt, gap
from frontrunner.deliver.views.view import (
    Cell,
    Column,
    Section,
    Table,
    View,
    cells,
    clock_in_words,
    inside,
    label,
    tone_of,
)
from frontrunner.race.answers import FirstOf, Firsts
from frontrunner.race.results import Runner

_COLUMNS = (
    Column("milestone"),
    Column("where"),
    Column("first", give=24),
    Column("date"),
    Column("runner-up", drop=4, give=20),
    Column("its date", drop=5),
    Column("gap", drop=3),
    Column("status", drop=2),
    Column("evidence", drop=1),
)


def firsts_view(answer: Firsts) -> View:
    """One row per rung or milestone and place, what is doubtful, and what the answers were before."""
    where = ", ".join(arena_parts(answer.arena))
    doubts = [_doubt(row) for row in answer.firsts if row.passed_by]
    sections = [
        Section("Firsts", _table(answer.firsts), empty="Nobody has certainly reached anything by that day."),
        *([Section("Not certain", lines=cells(doubts))] if doubts else []),
        Section("How answers changed", _changed(answer.firsts), empty="No answer was ever another one."),
        Section("Coverage", lines=cells(coverage(answer.coverage, answer.on))),
    ]
    stamp = {
        "on": answer.on,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
        "sources": ", ".join(answer.coverage.sources) or "none",
    }
    return View(f"Firsts: {where}, on {answer.on}", sections, stamp)


def milestone(id: str, phase: str | None = None) -> str:
    """A rung or event in words, with the phase of its study where it has one: `First patient dosed, phase 2`."""
    name = label("rung", id) if label("rung", id) != id else label("event", id)
    return f"{name}, {inside(label('rung', phase))}" if phase else name


def named(runners: Sequence[Runner]) -> str:
    """Programmes that share something: `one = other`."""
    return " = ".join(runner.programme for runner in runners)


def _table(rows: Sequence[FirstOf]) -> Table:
    return Table(_COLUMNS, [_row(row) for row in rows])


def _row(row: FirstOf) -> list[Cell]:
    first = named([Runner(row.id, row.programme), *row.tied])
    return [
        Cell(milestone(row.milestone, row.phase)),
        Cell(row.jurisdiction or "anywhere"),
        Cell(first + (" ?" if row.passed_by else ""), tone="doubtful" if row.passed_by else "", id=row.id),
        Cell(row.date),
        Cell(row.runner_up.programme, id=row.runner_up.id) if row.runner_up and not row.tied else Cell(""),
        Cell(row.runner_up_date or ""),
        Cell(gap(row.gap_low, row.gap_high, tied=bool(row.tied))),
        Cell(row.status, tone=tone_of(row.status)),
        Cell(" ".join(row.evidence), tone="faint"),
    ]


def _doubt(row: FirstOf) -> str:
    where = f" in {row.jurisdiction}" if row.jurisdiction else ""
    return doubt(f"{milestone(row.milestone, row.phase)}{where}", row.date, row.passed_by)


def _changed(rows: Sequence[FirstOf]) -> Table:
    """Answers that were once others; what is told by phase is told by the rung of that phase too."""
    columns = (Column("milestone"), Column("where"), Column("known from"), Column("first", give=24), Column("date"))
    return Table(
        columns,
        [
            [
                Cell(milestone(row.milestone, row.phase)),
                Cell(row.jurisdiction or "anywhere"),
                Cell(podium.since),
                Cell(named(podium.first) or "nobody"),
                Cell(podium.date or ""),
            ]
            for row in rows
            if len(row.history) > 1 and row.phase is None
            for podium in row.history
        ],
    )
