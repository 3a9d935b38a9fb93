"""A forecast drawn: chances over time, the order of entry, and the fan of dates. The tables say the same in words."""

from datetime import date

from frontrunner.deliver.page import plot
from frontrunner.deliver.page.markup import Markup
from frontrunner.forecast.answers import Days, Forecast, ProgrammeForecast

#: rows of bars and spans, the likeliest to be first
_ROWS = 12
_PLACES = ("first", "second", "third", "later", "not by the horizon")
_CHANCES = [plot.Tick(at / 4, f"{at / 4:.0%}") for at in range(5)]


def drawing(answer: Forecast) -> Markup:
    """All three as one SVG."""
    where = f"in {answer.jurisdiction}" if answer.jurisdiction else "anywhere"
    title = f"Forecast: {answer.title}, {where}, as of {answer.on}"
    about = "Chances over time, order of entry and dates of approval; the tables of the forecast say the same in words."
    return plot.stacked([over_time(answer), entry(answer), fan(answer)], title, about)


def over_time(answer: Forecast) -> plot.Chart:
    """The chance of each runner to be approved by the end of each year, and that nobody more is."""
    runners = answer.programmes[: plot.MOST - 1]
    nobody = [(0.0, 1.0), *((_at(answer, one.by), one.p) for one in answer.nobody_by)]
    drawn = [plot.Line("nobody more", nobody)]
    drawn += [
        plot.Line(_name(answer, one), [(0.0, 0.0), *((_at(answer, year.by), year.p) for year in one.by_year)])
        for one in runners
    ]
    note = f"{answer.title}, as of {answer.on}" + _left_out(answer, len(runners))
    return plot.lines("Chance to be approved by then", note, drawn, _years(answer), _CHANCES)


def entry(answer: Forecast) -> plot.Chart:
    """The chance of each runner for each place in the order of approval."""
    rows = [plot.Bars(_name(answer, one), _parts(one)) for one in answer.programmes[:_ROWS]]
    note = "Of all races simulated to the horizon" + _left_out(answer, len(rows))
    return plot.bars("Order of entry", note, rows, _PLACES)


def fan(answer: Forecast) -> plot.Chart:
    """The days by which each runner is approved with 10, 50 and 90 %, if it is."""
    rows = [plot.Span("whoever is first", _ends(answer, answer.first), f"{1 - answer.p_nobody:.0%} that anybody")]
    rows += [
        plot.Span(_name(answer, one), _ends(answer, one.date), f"{one.p_approval:.0%} approved")
        for one in answer.programmes[:_ROWS]
    ]
    note = "From 10 to 90 %, the diamond at 50 %, given approval by the horizon" + _left_out(answer, len(rows) - 1)
    return plot.spans("Date of approval", note, rows, _years(answer))


def _name(answer: Forecast, one: ProgrammeForecast) -> str:
    """The programme without its disease where that names no other."""
    product = one.programme.rpartition(" in ")[0]
    others = sum(other.programme.rpartition(" in ")[0] == product for other in answer.programmes)
    return product if product and others == 1 else one.programme


def _parts(one: ProgrammeForecast) -> list[float]:
    first, second, third, *later = (*one.places, 0.0, 0.0, 0.0)
    return [first, second, third, sum(later), max(1.0 - sum(one.places), 0.0)]


def _ends(answer: Forecast, days: Days | None) -> tuple[float, float, float] | None:
    return None if days is None else (_at(answer, days.p10), _at(answer, days.p50), _at(answer, days.p90))


def _at(answer: Forecast, day: str) -> float:
    """Where a day lies between the day asked and the horizon."""
    start, end = date.fromisoformat(answer.on), date.fromisoformat(answer.horizon)
    return (date.fromisoformat(day) - start).days / (end - start).days


def _years(answer: Forecast) -> list[plot.Tick]:
    """The turns of years, no more than ten of them."""
    first, last = int(answer.on[:4]) + 1, int(answer.horizon[:4])
    every = max(1, (last - first) // 10 + 1)
    return [plot.Tick(_at(answer, f"{year}-01-01"), str(year)) for year in range(first, last + 1, every)]


def _left_out(answer: Forecast, shown: int) -> str:
    more = len(answer.programmes) - shown
    return f"; {more} less likely not drawn" if more > 0 else ""
