"""Changes of order as people see them."""

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
    inside,
    label,
)
from frontrunner.race.answers import Changes, Move
from frontrunner.race.results import Runner

_COLUMNS = (
    Column("day"),
    Column("programme", give=24),
    Column("change", wrap=True, give=28),
    Column("place"),
    Column("made by", drop=3, give=20, wrap=True),
    Column("evidence", drop=1),
)
_GRAVE = ("stopped", "withdrawn_after_approval")


def changes_view(answer: Changes) -> View:
    """One row per move, then who led when."""
    sections = [
        Section("Changes", Table(_COLUMNS, [_row(move) for move in answer.moves]), empty="Nothing changed."),
        Section("Who led", _leaders(answer), empty="Nobody had certainly reached a rung."),
        Section("Coverage", lines=cells(coverage(answer.coverage, answer.until))),
    ]
    stamp = {
        "from": answer.since,
        "to": answer.until,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
        "sources": ", ".join(answer.coverage.sources) or "none",
    }
    return View(title(answer), sections, stamp)


def title(answer: Changes) -> str:
    """The arena and the two days in words."""
    known = ", as known then" if answer.clock == "then" else ""
    return f"Changes: {', '.join(arena_parts(answer.arena))}, {answer.since} to {answer.until}{known}"


def change(move: Move) -> str:
    """What a move was: `phase 2 -> pivotal; overtook one and other`."""
    told = []
    if "entry" in move.kinds:
        told.append(f"entered{f' at {inside(rung(move.rung))}' if move.rung else ', no rung certain'}")
    if "exit" in move.kinds:
        told.append("left: nothing of it is said any more")
    if "rung" in move.kinds:
        told.append(f"{inside(rung(move.rung_before))} -> {inside(rung(move.rung))}")
    if "date" in move.kinds:
        told.append(f"date revised to {move.reached.date if move.reached else 'none'}")
    if "activity" in move.kinds:
        told.append(f"{_activity(move.activity_before)} -> {_activity(move.activity)}")
    if move.overtook:
        told.append(f"overtook {_some(move.overtook)}")
    if move.drew_level:
        told.append(f"drew level with {_some(move.drew_level)}")
    return "; ".join(told)


def _activity(id: str | None) -> str:
    return inside(label("activity", id))


def _some(runners: list[Runner]) -> str:
    more = f" and {len(runners) - 3} more" if len(runners) > 3 else ""
    return ", ".join(runner.programme for runner in runners[:3]) + more


def _row(move: Move) -> list[Cell]:
    places = [str(place) if place is not None else "-" for place in (move.place_before, move.place)]
    made = dict.fromkeys(f"{inside(label('event', one.event))} {one.date}" for one in move.milestones)
    return [
        Cell(move.day),
        Cell(move.programme, id=move.id),
        Cell(change(move), tone="bad" if move.activity in _GRAVE and "activity" in move.kinds else ""),
        Cell(places[1] if places[0] == places[1] else " -> ".join(places)),
        Cell("; ".join(made) or move.why or ""),
        Cell(" ".join(dict.fromkeys(one.evidence for one in move.milestones)), tone="faint"),
    ]


def _leaders(answer: Changes) -> Table:
    columns = (Column("from"), Column("first", give=24), Column("rung"))
    rows = [
        [
            Cell(one.since),
            Cell(named(one.first) or "nobody", id=one.first[0].id if len(one.first) == 1 else ""),
            Cell(label("rung", one.rung)),
        ]
        for one in answer.leaders
    ]
    return Table(columns, rows)
