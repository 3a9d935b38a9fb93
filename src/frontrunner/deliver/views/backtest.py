"""The scorecard of a back-test as people see it."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells
from frontrunner.forecast.answers import Backtest, Score

_SCORES = ("measure", "cases", "forecast", "floor", "difference, 95 %", "the floor is")
_BARS = ("forecast", "cases", "mean forecast", "happened", "")


def backtest_view(answer: Backtest) -> View:
    """Scores beside their floors, the reliability diagram as bars, and what the cases are."""
    said = (
        f"{answer.cases} forecasts of {answer.programmes} programmes as of {len(answer.origins)} quarters, "
        f"{answer.origins[0]} to {answer.origins[-1]}; "
        f"{answer.approved} ended in an approval within {answer.years} years."
    )
    bars = [
        cells(
            [
                f"{bar.low:.0%} to {bar.high:.0%}",
                str(bar.n),
                f"{bar.forecast:.1%}",
                f"{bar.observed:.1%}",
                "█" * round(20 * bar.observed) or "▏",
            ]
        )
        for bar in answer.reliability
    ]
    sections = [
        Section("Scores, lower is better but for the curve and the dates", Table(_columns(_SCORES), _rows(answer))),
        Section("Reliability", Table(_columns(_BARS), bars)),
        Section("Cases", lines=cells([said, *answer.notes])),
    ]
    stamp = {"clock": "then, on each day", "snapshot": f"{answer.snapshot}, built {answer.built_at}"}
    return View(f"Back-test: {answer.title}, approval within {answer.years} years", sections, stamp)


def _columns(titles: tuple[str, ...]) -> list[Column]:
    return [Column(title) for title in titles]


def _rows(answer: Backtest) -> list[list[Cell]]:
    return [_row(one) for one in answer.scores]


def _row(one: Score) -> list[Cell]:
    between = "" if one.low is None or one.high is None else f"{one.low:+.4f} to {one.high:+.4f}"
    return cells([one.measure, str(one.n), _number(one.forecast), _number(one.floor), between, one.floor_is])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
