"""The forecast of one race: facts about its programmes on a day become chances of approval, of being first, and dates.

Each runner's curve comes out of the hazards of its class (`classes`), given the months it has spent on its rung; the
curves are raced together with what classes share (`simulate`). Facts are all it is given: whoever calls has asked the
standings, by the clock wanted.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
import numpy as np

from frontrunner.errors import UsageError
from frontrunner.forecast import classes, histories, incidence
from frontrunner.forecast.answers import Days, ProgrammeForecast, Unforecast, YearChance
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.rates import About
from frontrunner.forecast.settings import Settings
from frontrunner.forecast.simulate import Dates, RaceResult, Runner, simulate

#: the rung of the published rates on which a rung of ours stands, and what that asserts
ON = {
    "ind_cleared": ("phase_1", "cleared to start: counted as phase 1, with no month spent there"),
    "phase_1": ("phase_1", ""),
    "phase_1_2": ("phase_2", "phase 1/2 counts as phase 2"),
    "phase_2": ("phase_2", ""),
    "pivotal": ("pivotal", ""),
    "filed": ("filed", ""),
    "accepted": ("filed", "months count from the acceptance of the filing"),
}
#: rung of ours -> rung of the published rates, for the arena's own past
RUNGS = {rung: on for rung, (on, _) in ON.items() if rung != "ind_cleared"} | {"approved": "approved"}
_WHY_NOT = {
    "stopped": "stopped: it has no chance unless it is taken up again, which is not forecast",
    "silent": "silent: no public sign for two years, taken as a stop observed late",
}


#: races simulated: a standard error of at most .0023; of a large field fewer, as places cost its square
RACES, FEWEST, COST = 50_000, 2_000, 1e9


class Entrant(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one programme on the day: its `kinds` from the nearest to the widest (none: not known), the
    `rung` with the `months` since it was reached, whether its disease is rare (null: not known), and how many months
    ago its filing was sent back, where that is the last word."""

    id: str
    programme: str
    product: str
    kinds: tuple[str, ...]
    target: str | None
    orphan: bool | None
    rung: str | None
    months: int
    activity: str
    reached_on: str | None
    sent_back: int | None = None

    def unforecast(self, chosen: Settings) -> Unforecast | None:
        """Why it gets no chances; null where it does."""
        approved = self.rung == "approved"
        if approved:
            because = "approved already" + (", withdrawn since" if self.activity == "withdrawn_after_approval" else "")
        elif self.activity in _WHY_NOT and not (self.activity == "silent" and chosen.silent):
            because = _WHY_NOT[self.activity]
        elif self.rung in ON:
            return None
        else:
            because = f"no chance of leaving {self.rung} is published" if self.rung else "no rung is certain there"
        day = self.reached_on if approved else None
        return Unforecast(id=self.id, programme=self.programme, approved_on=day, because=because)


class Raced(NamedTuple):
    """The forecast of a field."""

    programmes: tuple[ProgrammeForecast, ...]
    others: tuple[Unforecast, ...]
    p_nobody: float
    nobody_by: tuple[YearChance, ...]
    first: Days | None
    error: float
    notes: tuple[str, ...]


class _Curve(NamedTuple):
    entrant: Entrant
    group: str
    values: Floats
    steps: dict[str, float]
    rates: tuple[str, ...]
    notes: tuple[str, ...]


def race(field: Sequence[Entrant], past: Sequence[histories.History], as_of: date, chosen: Settings) -> Raced:
    """Race the field from `as_of` on; `past` is what programmes of its kinds went through, as known by then.

    Raises UsageError where no base rates were published by `as_of`.
    """
    running = [one for one in field if one.unforecast(chosen) is None]
    others = tuple(told for one in field if (told := one.unforecast(chosen)))
    notes = list(_notes(running, others))
    if not running:
        nobody = tuple(YearChance(_after(as_of, year), 1.0) for year in range(1, chosen.years + 1))
        return Raced((), others, 1.0, nobody, None, 0.0, tuple(notes))
    curves = _curves(running, classes.seen(past, month(as_of)), as_of, chosen)
    found = _simulated(curves, chosen) if len(curves) > 1 else _alone(curves[0])
    forecasts = [_told(curve, found, row, as_of) for row, curve in enumerate(curves)]
    forecasts.sort(key=lambda one: (-one.p_first, -one.p_approval, one.id))
    nobody = tuple(YearChance(_after(as_of, year), p) for year, p in found.nobody_by)
    return Raced(tuple(forecasts), others, found.p_nobody, nobody, _days(found.first, as_of), found.error, tuple(notes))


def month(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def rising(path: Sequence[tuple[int, str]]) -> tuple[histories.Step, ...]:
    """Dated rungs (month, rung) in order of month, without those below one that came before; only a filing can be
    sent back, and whoever was may file again."""
    found: list[histories.Step] = []
    for at, rung in sorted(path, key=lambda step: (step[0], classes.LADDER.place(step[1]))):
        if not found or _follows(rung, found[-1].rung):
            found.append(histories.Step(at, rung))
    return tuple(found)


def _follows(rung: str, before: str) -> bool:
    if rung in classes.LADDER.returns.values():
        return classes.LADDER.returns.get(before) == rung
    again = classes.LADDER.returns.get(rung) == before
    return again or classes.LADDER.place(rung) > classes.LADDER.place(before)


def _curves(running: Sequence[Entrant], seen: classes.Seen, as_of: date, chosen: Settings) -> list[_Curve]:
    _needs_scipy()
    held: dict[About, tuple[classes.Class, Floats]] = {}
    found = []
    for one in running:
        about = _about(one, chosen)
        if about not in held:
            kind = classes.of(about, seen, as_of, chosen)
            held[about] = kind, incidence.to_goal(kind.hazards, 12 * chosen.years)
        kind, reached = held[about]
        rung, said = ON[one.rung or ""]
        spent = 0 if one.rung == "ind_cleared" else max(one.months, 0)
        if one.sent_back is not None:
            rung, spent, said = "complete_response", one.sent_back, "its filing was sent back: it may file again"
        active = chosen.silent if one.activity == "silent" else 1.0
        curve = active * incidence.goal_curve(reached, kind.hazards, rung, min(spent, 1200))
        notes = tuple(filter(None, (said, *kind.notes, _of_entrant(one, about.orphan))))
        group = f"{one.kinds[0]} {one.target}" if one.kinds and one.target else ""
        found.append(_Curve(one, group, curve, kind.steps, kind.rates, notes))
    return found


def _about(one: Entrant, chosen: Settings) -> About:
    kinds = one.kinds if chosen.rates == "nearest" else ()
    orphan = {"known": one.orphan, "all": True, "none": None}[chosen.rare] if chosen.rates == "nearest" else None
    return About(modalities=kinds, orphan=orphan)


def _of_entrant(one: Entrant, rare: bool | None) -> str:
    told = [] if one.kinds else ["what kind of medicine it is, is not known"]
    told += ["a rare disease: rates of those"] if rare else []
    told += ["paused: forecast as if active"] if one.activity == "paused" else []
    told += ["silent: active by assumption"] if one.activity == "silent" else []
    return "; ".join(told)


def _needs_scipy() -> None:
    try:
        import scipy.special  # noqa: F401  (what kinds and classes share needs it)
    except ModuleNotFoundError:
        raise UsageError("a forecast needs scipy, the extra 'forecast': pip install 'frontrunner[forecast]'") from None


def _simulated(curves: Sequence[_Curve], chosen: Settings) -> RaceResult:
    grid = np.arange(12 * chosen.years + 1) / 12.0
    return simulate(
        [Runner(name=one.entrant.id, curves={"": one.values}, group=one.group) for one in curves],
        grid,
        "",
        races=int(min(RACES, max(FEWEST, COST / len(curves) ** 2))),
        seed=chosen.seed,
        correlation=chosen.correlation,
        failure_rate=chosen.class_failure,
    )


def _alone(curve: _Curve) -> RaceResult:
    """One runner needs no chance: it is first if it arrives."""
    grid = np.arange(len(curve.values)) / 12.0
    found = simulate([Runner(name=curve.entrant.id, curves={"": curve.values})], grid, "", races=RACES)
    (runner,) = found.runners
    nobody = tuple((year, 1.0 - float(curve.values[round(12 * year)])) for year, _ in found.nobody_by)
    sure = msgspec.structs.replace(runner, p_first=runner.p_arrival, places=(runner.p_arrival,))
    return msgspec.structs.replace(
        found, runners=(sure,), p_nobody=1.0 - runner.p_arrival, nobody_by=nobody, first=runner.date, error=0.0
    )


def _told(curve: _Curve, found: RaceResult, row: int, as_of: date) -> ProgrammeForecast:
    one, result = curve.entrant, found.runners[row]
    return ProgrammeForecast(
        id=one.id,
        programme=one.programme,
        product=one.product,
        rung=one.rung or "",
        months=one.months,
        p_approval=result.p_arrival,
        p_first=result.p_first,
        places=result.places,
        date=_days(result.date, as_of),
        by_year=tuple(
            YearChance(_after(as_of, at / 12), float(curve.values[at])) for at in range(12, len(curve.values), 12)
        ),
        steps=curve.steps,
        rates=curve.rates,
        notes=curve.notes,
    )


def _notes(running: Sequence[Entrant], others: Sequence[Unforecast]) -> list[str]:
    told = []
    if not running:
        told.append("Nobody known here can be forecast, so nobody is expected; newcomers are not modelled.")
    if len(running) == 1:
        told.append("One runner: it is first if it is approved at all.")
    approved = [one.programme for one in others if one.approved_on]
    if approved:
        told.append(f"Approved already: {'; '.join(approved)}. Being first means here: the next one approved.")
    return told


def _days(dates: Dates | None, as_of: date) -> Days | None:
    return None if dates is None else Days(*(_after(as_of, years) for years in (dates.p10, dates.p50, dates.p90)))


def _after(as_of: date, years: float) -> str:
    return (as_of + timedelta(days=round(years * 365.25))).isoformat()
