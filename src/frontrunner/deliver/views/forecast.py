"""The forecast of a race as people see it."""

from collections.abc import Sequence

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, clock_in_words, label
from frontrunner.forecast.answers import Days, Forecast, ProgrammeForecast

_COLUMNS = (
    Column("programme"),
    Column("rung"),
    Column("months there", drop=5),
    Column("approved"),
    Column("first"),
    Column("10 % by", drop=3),
    Column("50 % by", drop=1),
    Column("90 % by", drop=2),
    Column("rates", drop=4, give=20),
)


#: runners with a column of their own in the table of years
_SHOWN = 6


def forecast_view(answer: Forecast) -> View:
    """Chances by programme, year by year, who is not forecast, every assumption, and what this cannot know."""
    where = f"in {answer.jurisdiction}" if answer.jurisdiction else "anywhere"
    last = [Cell("nobody more"), Cell(""), Cell(""), Cell(""), Cell(_chance(answer.p_nobody)), *cells([""] * 4)]
    rows = [[Cell(one.programme, id=one.id), *cells(_row(one))] for one in answer.programmes]
    sections = [
        Section(f"Chances of approval {where} by {answer.horizon}", Table(_COLUMNS, [*rows, last])),
        Section(
            "To know beside it", lines=cells([*_first(answer.first), *answer.notes, *_common(answer), *_basis(answer)])
        ),
        Section("Approved by the end of each year, the likeliest to be first", _by_year(answer)),
        Section("Order of entry: the chance of each place", _order(answer)),
        Section("Not forecast", _others(answer), empty="Everybody is." if rows else "No programme was known."),
        Section("Assumptions", _assumed(answer)),
        Section("What this cannot know", lines=cells(answer.limits)),
    ]
    stamp = {
        "on": answer.on,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
    }
    return View(f"Forecast: {answer.title}, {where}, as of {answer.on}", sections, stamp)


def _row(one: ProgrammeForecast) -> list[str]:
    days = [one.date.p10, one.date.p50, one.date.p90] if one.date else [""] * 3
    chances = [_chance(one.p_approval), _chance(one.p_first)]
    return [label("rung", one.rung), str(one.months), *chances, *days, " ".join(one.rates)]


def _first(days: Days | None) -> list[str]:
    if days is None:
        return []
    return [f"If anybody is approved, the first is with 10, 50 and 90 % by {days.p10}, {days.p50} and {days.p90}."]


def _common(answer: Forecast) -> list[str]:
    held = answer.prevalence
    if held is None:
        return []
    between = f"at least {held.low:g}" if held.high is None else f"{held.low:g} to {held.high:g}"
    at = f", put at {held.point:g}" if held.point is not None else ""
    measure = held.measure.replace("_", " ")
    return [
        f"How common it is: {between} in 100,000{at} ({measure} in {held.area}, {held.published_as}, {held.source})."
    ]


def _basis(answer: Forecast) -> list[str]:
    told = [f"Chances are simulated: {answer.error:.2%} is their largest standard error."] if answer.error else []
    for note in dict.fromkeys(note for one in answer.programmes for note in one.notes):
        named = [one.programme for one in answer.programmes if note in one.notes]
        whom = "all" if len(named) == len(answer.programmes) else "; ".join(named)
        told.append(f"{note[:1].upper()}{note[1:]} ({whom}).")
    return told


def _by_year(answer: Forecast) -> Table:
    shown = answer.programmes[:_SHOWN]
    columns = [Column("by"), Column("nobody more"), *(Column(one.programme, give=16) for one in shown)]
    rows = [
        cells([nobody.by, _chance(nobody.p), *(_chance(one.by_year[at].p) for one in shown)])
        for at, nobody in enumerate(answer.nobody_by)
    ]
    return Table(columns, rows)


def _order(answer: Forecast) -> Table | None:
    """The first three places one by one, the rest together."""
    most = min(max((len(one.places) for one in answer.programmes), default=0), 3)
    columns = [Column("programme"), *(Column(place) for place in ("first", "second", "third")[:most])]
    columns += [Column("later"), Column("not by the horizon")]
    rows = [[Cell(one.programme, id=one.id), *cells(map(_chance, _at_place(one, most)))] for one in answer.programmes]
    return Table(columns, rows) if rows else None


def _at_place(one: ProgrammeForecast, most: int) -> list[float]:
    places = (*one.places, *[0.0] * most)
    return [*places[:most], sum(places[most:]), max(1.0 - sum(places), 0.0)]


def _others(answer: Forecast) -> Table | None:
    rows: Sequence[Sequence[Cell]] = [
        [Cell(one.programme, id=one.id), *cells([one.because, one.approved_on])] for one in answer.others
    ]
    columns = (Column("programme"), Column("why", give=30, wrap=True), Column("approved", drop=1))
    return Table(columns, rows) if rows else None


def _assumed(answer: Forecast) -> Table:
    columns = (Column("name"), Column("value"), Column("what it asserts", give=30, wrap=True))
    return Table(columns, [cells([one.name, _value(one.value), one.assumption]) for one in answer.assumptions])


def _value(value: object) -> str:
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)


def _chance(p: float) -> str:
    return f"{p:.1%}"
