"""The back-test: forecasts as of past days, by the clock `then`, against the approvals known on the day asked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from frontrunner import forecasting
from frontrunner.errors import UsageError
from frontrunner.forecast import classes, racing, scorecard
from frontrunner.forecast.answers import Backtest, Forecast
from frontrunner.model import PartialDate
from frontrunner.race import standings
from frontrunner.race.question import Snapshot, asked, day

#: the day after which published rates exist (2016-05-26)
BEGIN = date(2016, 7, 1)
#: the horizon where none is asked
YEARS = 5


def backtest(snapshot: Snapshot, indication: str | None, asking: forecasting.ForecastAsking) -> Backtest:
    """Every quarter from 2016-07 until `years` before the day asked, scored by what is known today.

    Raises UsageError where no quarter is far enough past, or no programme could be forecast in any of them.
    """
    if asking.get("clock", "then") != "then":
        raise UsageError("a back-test has the clock then: what became known later may not enter a forecast")
    years, today = asking.get("years", YEARS), day(asking.get("on"))
    approvals = _approvals(snapshot, indication, asking, today)
    cases, fields, origins = list[scorecard.Case](), list[scorecard.Field](), list[str]()
    for origin in _quarters(today, years):
        told = forecasting.forecast(snapshot, indication, {**asking, "on": origin, "clock": "then", "years": years})
        if told.programmes:
            origins.append(told.on)
            cases += _cases(told, approvals)
            fields += _field(told, approvals)
    if not cases:
        raise UsageError(f"nothing to score: no programme of this arena could be forecast {years} years or more ago")
    return Backtest(
        title=told.title,
        years=years,
        origins=tuple(origins),
        cases=len(cases),
        programmes=len({case.programme for case in cases}),
        approved=sum(case.came for case in cases),
        scores=scorecard.scores(cases, fields),
        reliability=scorecard.reliability(cases),
        notes=(
            "Dated milestones of this home, by what was public on each day; outcomes by what is known now.",
            "The same programme counts on many days: intervals draw programmes, not days.",
            "A curated home holds mostly programmes that got far, so more is approved than the rates say.",
        ),
        snapshot=told.snapshot,
        built_at=told.built_at,
    )


def _quarters(today: date, years: int) -> Iterator[date]:
    months = range(racing.month(BEGIN), racing.month(today) - 12 * racing.Settings(years=years).years + 1, 3)
    return (date(at // 12, at % 12 + 1, 1) for at in months)


def _approvals(
    snapshot: Snapshot, indication: str | None, asking: forecasting.ForecastAsking, today: date
) -> dict[str, date]:
    """The latest day on which each programme's first approval can have been, by everything known."""
    question = asked(indication, **forecasting.narrowed(asking) | {"on": today, "clock": "now"}, within=snapshot)
    found = {}
    for row in standings.race(snapshot, question).standings:
        for id, rung, reached in [(row.id, row.rung, row.reached), *((o.id, o.rung, o.reached) for o in row.also)]:
            if rung == "approved" and reached:
                found[id] = PartialDate(reached.date).last
    return found


def _cases(told: Forecast, approvals: dict[str, date]) -> Iterator[scorecard.Case]:
    for one in told.programmes:
        came = approvals.get(one.id)
        within = came is not None and came.isoformat() <= told.horizon
        rung, _ = racing.ON[one.rung]
        ahead = classes.LADDER.states[classes.LADDER.place(rung) :]
        lookup = math.prod(one.steps[step] for step in ahead)
        dated = one.date.p10 <= came.isoformat() <= one.date.p90 if within and came and one.date else None
        yield scorecard.Case(one.id, min(one.p_approval, 1.0), lookup, int(within), dated)


def _field(told: Forecast, approvals: dict[str, date]) -> list[scorecard.Field]:
    """The race of that day where nobody was approved yet and two ran; a tie in its later outcome is left out."""
    if len(told.programmes) < 2 or any(one.approved_on for one in told.others):
        return []
    later = {id: came for id, came in approvals.items() if came.isoformat() <= told.horizon}
    ids = [one.id for one in told.programmes]
    first = min(later.values(), default=None)
    winners = [ids.index(id) for id, came in later.items() if came == first and id in ids]
    if len(winners) > 1:
        return []
    place = {rung: at for at, rung in enumerate(racing.ON)}
    furthest = max(place[one.rung] for one in told.programmes)
    leads = tuple(place[one.rung] == furthest for one in told.programmes)
    chances = (*(one.p_first for one in told.programmes), told.p_nobody)
    return [scorecard.Field(chances, leads, winners[0] if winners else len(ids))]
