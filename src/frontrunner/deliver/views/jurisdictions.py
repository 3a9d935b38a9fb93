"""Jurisdictions side by side as people see them."""

from frontrunner.deliver.views.firsts import named
from frontrunner.deliver.views.race import arena_parts, coverage, rung
from frontrunner.deliver.views.view import (
    Cell,
    Column,
    Section,
    Table,
    View,
    cells,
    clock_in_words,
    day,
    inside,
    label,
    tone_of,
)
from frontrunner.race.answers import Abreast, Jurisdictions, Standpoint


def jurisdictions_view(answer: Jurisdictions) -> View:
    """One row per product and disease, a column per jurisdiction; then each with its evidence."""
    sections = [
        Section("Side by side", _beside(answer), empty="Nothing is known in these jurisdictions."),
        Section("Who stands first", _fronts(answer)),
        Section("Orders that flip", lines=cells(_flips(answer)), empty="None."),
        Section("Each in full", _full(answer), empty="None."),
        Section("Coverage", lines=cells(coverage(answer.coverage, answer.on))),
    ]
    stamp = {
        "on": answer.on,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
        "sources": ", ".join(answer.coverage.sources) or "none",
    }
    return View(f"Jurisdictions: {', '.join(arena_parts(answer.arena))}, on {answer.on}", sections, stamp)


def _beside(answer: Jurisdictions) -> Table:
    columns = (
        Column("programme", give=24),
        Column("ahead in"),
        *(Column(place, drop=at, give=16) for at, place in enumerate(reversed(answer.jurisdictions), start=1)),
    )
    columns = (*columns[:2], *reversed(columns[2:]))
    return Table(columns, [_row(row, answer.jurisdictions) for row in answer.rows])


def _row(row: Abreast, places: list[str]) -> list[Cell]:
    held = {one.jurisdiction: one for one in row.standpoints}
    shown = [_cell(held[place]) if place in held else Cell("") for place in places]
    return [
        Cell(row.programme, id=row.standpoints[0].id if row.standpoints else ""),
        Cell(" = ".join(row.ahead_in)),
        *shown,
    ]


def _cell(one: Standpoint) -> Cell:
    """`Approved 2024-09-19, +69.1 months`."""
    text = f"{rung(one.rung, one.kind)} {day(one.reached)}".strip() + (f", {lag(one)}" if lag(one) else "")
    return Cell(text, tone="bad" if one.activity in ("stopped", "withdrawn_after_approval") else "")


def lag(one: Standpoint) -> str:
    """`+9.0 months`, or a range where dates are wide."""
    if one.lag_low is None or one.lag_high is None:
        return ""
    return f"+{one.lag_low} months" if one.lag_low == one.lag_high else f"+{one.lag_low} to {one.lag_high} months"


def _fronts(answer: Jurisdictions) -> Table:
    columns = (Column("where"), Column("first", give=24), Column("rung"), Column("date"))
    rows = [
        [
            Cell(one.jurisdiction),
            Cell(named(one.first) or "nobody", id=one.first[0].id if len(one.first) == 1 else ""),
            Cell(label("rung", one.rung)),
            Cell(day(one.reached)),
        ]
        for one in answer.fronts
    ]
    return Table(columns, rows)


def _flips(answer: Jurisdictions) -> list[str]:
    return [
        f"{one.one.programme} is ahead of {one.other.programme} in {', '.join(one.ahead_in)}, "
        f"behind it in {', '.join(one.behind_in)}."
        for one in answer.flips
    ]


def _full(answer: Jurisdictions) -> Table:
    columns = (
        Column("programme", give=24),
        Column("where"),
        Column("company", drop=4, give=14),
        Column("rung"),
        Column("date"),
        Column("lag", drop=3),
        Column("behind", drop=3),
        Column("activity", drop=5),
        Column("status", drop=2),
        Column("evidence", drop=1),
    )
    rows = [
        [
            Cell(row.programme, id=one.id),
            Cell(one.jurisdiction),
            Cell(one.company or "unknown developer"),
            Cell(rung(one.rung, one.kind)),
            Cell(day(one.reached)),
            Cell(lag(one)),
            Cell(one.lag_behind or ""),
            Cell(inside(label("activity", one.activity))),
            Cell(one.status or "", tone=tone_of(one.status or "")),
            Cell(" ".join(one.evidence), tone="faint"),
        ]
        for row in answer.rows
        for one in row.standpoints
    ]
    return Table(columns, rows)
