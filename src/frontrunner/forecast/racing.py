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
from frontrunner.forecast import classes, histories, incidence, inputs
from frontrunner.forecast.answers import Assumption, Days, ProgrammeForecast, Unforecast, YearChance
from frontrunner.forecast.entry import Floats
from frontrunner.forecast.rates import About
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

    @property
    def unforecast(self) -> Unforecast | None:
        """Why it gets no chances; null where it does."""
        approved = self.rung == "approved"
        if approved:
            because = "approved already" + (", withdrawn since" if self.activity == "withdrawn_after_approval" else "")
        elif self.activity in _WHY_NOT:
            because = _WHY_NOT[self.activity]
        elif self.rung in ON:
            return None
        else:
            because = f"no chance of leaving {self.rung} is published" if self.rung else "no rung is certain there"
        day = self.reached_on if approved else None
        return Unforecast(id=self.id, programme=self.programme, approved_on=day, because=because)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a forecast assumes beside the facts; each is an option."""

    years: int = 10
    prior_weight: float = 20.0
    correlation: float = 0.3
    class_failure: float = 0.01
    seed: int = 1

    def __post_init__(self) -> None:
        inputs.number("the years of a forecast", self.years, 1, 50)
        if not isinstance(self.years, int):
            raise UsageError(f"the years of a forecast must be whole, not {self.years:g}")
        inputs.number("the weight of the published rates (programmes)", self.prior_weight, 1.0, 1e6)
        inputs.number("the correlation within a class", self.correlation, 0.0, 0.999)
        inputs.probability("the failure rate of a class (a fraction a year: .01 is 1 %)", self.class_failure)
        inputs.number("the seed", self.seed, 0, 2**31)


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
    """Race the field from `as_of` on; `past` are the dated steps of the arena known by then.

    Raises UsageError where no base rates were published by `as_of`.
    """
    running = [one for one in field if one.unforecast is None]
    others = tuple(told for one in field if (told := one.unforecast))
    notes = list(_notes(running, others))
    if not running:
        nobody = tuple(YearChance(_after(as_of, year), 1.0) for year in range(1, chosen.years + 1))
        return Raced((), others, 1.0, nobody, None, 0.0, tuple(notes))
    curves = _curves(running, histories.watched(past, month(as_of), classes.LADDER), as_of, chosen)
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


def assumptions(chosen: Settings, as_of: date) -> tuple[Assumption, ...]:
    """Everything the forecast assumes, with what it asserts."""
    told = {
        "years": "The horizon: who is not approved by its end counts as never.",
        "prior_weight": "How many programmes on each rung the published rates are worth against the arena's own past.",
        "correlation": "How far runners of one kind and target move together, as the correlation of one normal factor.",
        "class_failure": "The fraction a year of whole classes that fail at once; each runner's own chance holds it.",
        "seed": "Where the random numbers start: the same question gives the same answer.",
    }
    own = [Assumption(name=name, value=getattr(chosen, name), assumption=text) for name, text in told.items()]
    fixed = {
        "rates": f"Phase by phase, of the nearest class, published by {as_of}; of other methods only an "
        "end-to-end likelihood of a nearer kind, spread over the steps.",
        "durations": "The published means by that day, else 3 years a phase and 1 of review; a constant hazard, but "
        "for what the arena's own past says of shorter and longer stays.",
        "silence": "Two years without a public sign: stopped in one of their months, which one by the hazards.",
        "sent_back": f"Of filings {classes.SENT_BACK:.0%} are sent back, of these {classes.FILES_AGAIN:.0%} file again "
        f"after {classes.YEARS_AWAY:g} year; the published chance of approval holds both. Round numbers of ours.",
        "rare": "A disease is rare by designation, or by Orphanet's table of today where that is no cancer: how common "
        "a disease is does not follow from what becomes of a programme.",
    }
    return (*own, *(Assumption(name=name, value="fixed", assumption=text) for name, text in fixed.items()))


def _curves(running: Sequence[Entrant], seen: histories.Watched, as_of: date, chosen: Settings) -> list[_Curve]:
    held: dict[About, tuple[classes.Class, Floats]] = {}
    found = []
    for one in running:
        about = About(modalities=one.kinds, orphan=one.orphan)
        if about not in held:
            kind = classes.of(about, seen, as_of, chosen.prior_weight)
            held[about] = kind, incidence.to_goal(kind.hazards, 12 * chosen.years)
        kind, reached = held[about]
        rung, said = ON[one.rung or ""]
        spent = 0 if one.rung == "ind_cleared" else max(one.months, 0)
        if one.sent_back is not None:
            rung, spent, said = "complete_response", one.sent_back, "its filing was sent back: it may file again"
        curve = incidence.goal_curve(reached, kind.hazards, rung, min(spent, 1200))
        notes = tuple(filter(None, (said, *kind.notes, _of_entrant(one))))
        group = f"{one.kinds[0]} {one.target}" if one.kinds and one.target else ""
        found.append(_Curve(one, group, curve, kind.steps, kind.rates, notes))
    return found


def _of_entrant(one: Entrant) -> str:
    told = [] if one.kinds else ["what kind of medicine it is, is not known"]
    told += ["a rare disease: rates of those"] if one.orphan else []
    told += ["paused: forecast as if active"] if one.activity == "paused" else []
    return "; ".join(told)


def _simulated(curves: Sequence[_Curve], chosen: Settings) -> RaceResult:
    try:
        import scipy.special  # noqa: F401  (what classes share needs it)
    except ModuleNotFoundError:
        raise UsageError("a forecast needs scipy, the extra 'forecast': pip install 'frontrunner[forecast]'") from None
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
