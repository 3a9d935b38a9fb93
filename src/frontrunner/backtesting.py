"""The back-test: forecasts as of past days, by the clock `then`, against the approvals known on the day asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from frontrunner import forecasting
from frontrunner.errors import FrontrunnerError, UsageError
from frontrunner.forecast import classes, racing, rates, scorecard
from frontrunner.forecast.answers import Backtest, Forecast, ProgrammeForecast
from frontrunner.model import PartialDate
from frontrunner.race import standings, steps
from frontrunner.race.question import Snapshot, asked, day

#: the day after which published rates exist (2016-05-26)
BEGIN = date(2016, 7, 1)
#: the horizon where none is asked
YEARS = 5


class Arena(NamedTuple):
    """What is forecast again and again: an indication or none, and the options of a forecast."""

    indication: str | None
    asking: forecasting.ForecastAsking


class Gathered(msgspec.Struct, frozen=True):
    """What was forecast: cases and races, the days that had any, and the last forecast made."""

    cases: list[scorecard.Case]
    fields: list[scorecard.Field]
    origins: list[str]
    last: Forecast | None


def backtest(snapshot: Snapshot, indication: str | None, asking: forecasting.ForecastAsking) -> Backtest:
    """Every quarter from 2016-07 until a year before the day asked, scored by what is known today.

    Forecasts whose horizon is not over weigh nothing unless they came true; those followed so far weigh for them.
    Raises UsageError where no quarter is `years` past, or no programme could be forecast in any of them.
    """
    if asking.get("clock", "then") != "then":
        raise UsageError("a back-test has the clock then: what became known later may not enter a forecast")
    years, today = asking.get("years", YEARS), day(asking.get("on"))
    arena = Arena(indication, {**asking, "years": years})
    found = gathered(snapshot, [arena], quarters(today), approvals(snapshot, arena, today), today)
    followed = any(case.seen > years for case in found.cases)
    if not followed or found.last is None:
        raise UsageError(f"nothing to score: no programme of this arena could be forecast {years} years or more ago")
    told = scorecard.scores(found.cases, found.fields, years)
    return Backtest(
        title=found.last.title,
        years=years,
        origins=tuple(found.origins),
        cases=len(found.cases),
        programmes=len({case.programme for case in found.cases}),
        approved=sum(case.approved and case.seen <= years for case in found.cases),
        scores=told,
        reliability=scorecard.reliability(found.cases, years),
        notes=(
            *scorecard.suspicions(told),
            "Dated milestones of this home, by what was public on each day; outcomes by what is known now.",
            "Forecasts not followed to their horizon weigh nothing unless they came true, the others for them (IPCW).",
            "The same programme counts on many days: intervals draw programmes, not days.",
            "A curated home holds mostly programmes that got far, so more is approved than the rates say.",
        ),
        snapshot=found.last.snapshot,
        built_at=found.last.built_at,
    )


def gathered(
    snapshot: Snapshot,
    arenas: Sequence[Arena],
    origins: Iterable[date],
    approved: Mapping[str, date],
    until: date,
) -> Gathered:
    """The forecasts of arenas as of days, with what came by `until`: `approved` has the day of each product, or of a
    programme where that is known to be another.

    A programme counts once a day, however many of the arenas it is in; races are those of each arena.
    """
    found = Gathered([], [], [], None)
    last = None
    for origin in origins:
        seen = set[str]()
        for arena in arenas:
            told = forecasting.forecast(snapshot, arena.indication, {**arena.asking, "on": origin, "clock": "then"})
            honest(told)
            fresh = [one for one in told.programmes if one.id not in seen]
            seen |= {one.id for one in fresh}
            found.cases.extend(_case(told, one, approved, until) for one in fresh)
            found.fields.extend(_races(snapshot, arena, told, approved, until))
            last = told if told.programmes else last
        if seen:
            found.origins.append(origin.isoformat())
    return msgspec.structs.replace(found, last=last)


def honest(told: Forecast) -> None:
    """Raises FrontrunnerError where a forecast rests on what the public could not know on its day."""
    if told.newest is not None and told.newest > told.on:
        raise FrontrunnerError(
            f"a forecast as of {told.on} rests on a document that became public on {told.newest}: this is a leak"
        )


def approvals(snapshot: Snapshot, arena: Arena, today: date) -> dict[str, date]:
    """The latest day on which each product's first approval in an arena can have been, by everything known."""
    narrowed = forecasting.narrowed(arena.asking) | {"on": today, "clock": "now"}
    question = asked(arena.indication, **narrowed, within=snapshot)
    found: dict[str, date] = {}
    for row in standings.race(snapshot, question).standings:
        for rung, reached in [(row.rung, row.reached), *((o.rung, o.reached) for o in row.also)]:
            if rung == "approved" and reached:
                came = PartialDate(reached.date).last
                found[row.product.id] = min(found.get(row.product.id, came), came)
    return found


def quarters(today: date) -> Iterator[date]:
    """The first days of the quarters that are forecast by the knowledge of a day: until a year before it."""
    months = range(racing.month(BEGIN), racing.month(today) - 12 + 1, 3)
    return (date(at // 12, at % 12 + 1, 1) for at in months)


def _case(told: Forecast, one: ProgrammeForecast, approved: Mapping[str, date], until: date) -> scorecard.Case:
    origin, came = date.fromisoformat(told.on), approved.get(one.id, approved.get(one.product))
    happened = came is not None and came <= until
    seen = ((came if came is not None and happened else until) - origin).days / 365.25
    rung, _ = racing.ON[one.rung]
    ahead = tuple(one.steps)[tuple(one.steps).index(rung) :]
    return scorecard.Case(
        programme=one.id,
        origin=told.on,
        rung=one.rung,
        curve=(0.0, *(min(year.p, 1.0) for year in one.by_year)),
        lookup=math.prod(one.steps[step] for step in ahead),
        of_all=rates.chain(rung, "approved", rates.About(), as_of=origin).value,
        mean_years=sum(classes.years_on(step, origin) for step in ahead),
        seen=max(seen, 0.0),
        approved=happened,
    )


def _races(
    snapshot: Snapshot, arena: Arena, told: Forecast, approved: Mapping[str, date], until: date
) -> list[scorecard.Field]:
    """The race of that day where nobody was approved yet and two ran; one that was not followed to its horizon and a
    tie in its later outcome are left out."""
    if len(told.programmes) < 2 or any(one.approved_on for one in told.others) or until.isoformat() < told.horizon:
        return []
    place = {rung: at for at, rung in enumerate(racing.ON)}
    runners = sorted(told.programmes, key=lambda one: (-place[one.rung], -one.months, one.id))
    came = [approved.get(one.id, approved.get(one.product)) for one in runners]
    within = [day.isoformat() if day and day.isoformat() <= told.horizon else "" for day in came]
    first = min(filter(None, within), default=None)
    winners = [at for at, day in enumerate(within) if first and day == first]
    if len(winners) > 1:
        return []
    pivotal = _pivotal(snapshot, arena, told)
    starts = [pivotal.get(one.id) for one in runners]
    earliest = min((start for start in starts if start), default=None)
    return [
        scorecard.Field(
            arena=told.title,
            p=(*(one.p_first for one in runners), told.p_nobody),
            furthest=tuple(place[one.rung] == place[runners[0].rung] for one in runners),
            earliest=tuple(start is not None and start == earliest for start in starts),
            winner=winners[0] if winners else len(runners),
        )
    ]


def _pivotal(snapshot: Snapshot, arena: Arena, told: Forecast) -> dict[str, date]:
    """When each programme's pivotal study began, as known on the day of the forecast."""
    narrowed = forecasting.narrowed(arena.asking) | {"on": told.on, "clock": "then"}
    question = asked(arena.indication, **narrowed, within=snapshot)
    held = steps.steps(snapshot, question, ["pivotal"])
    return {step.programme: step.latest for step in held if step.certain and step.phase is None}
