"""What is published about a class of programmes, as hazards: rates and durations by a day, and the arena's own past.

The steps are phase by phase, of one source. Where a nearer class has its likelihood of approval published and not its
steps, the steps are bent to give it (`rates.spread`). What the arena itself went through is added to a prior worth
`weight` programmes a rung, so a small arena says little: from the day on which each programme was known, with silent
ones as stops in some month of the two years after their last sign.

A filing may be sent back and filed again. Published chances of approval count that in, so with r the part sent back
and q the part of these that files again, p = a + r q p gives the chance a of approval at once.
"""

from datetime import date
from typing import NamedTuple

from frontrunner.errors import UsageError
from frontrunner.forecast import phase_years, rates, silence
from frontrunner.forecast.hazards import Hazards, Ladder, fit, prior_from
from frontrunner.forecast.histories import Watched
from frontrunner.forecast.rates import About, Rate

#: the rungs of which chances are published, and the wait after a complete response
LADDER = Ladder(
    states=("phase_1", "phase_2", "pivotal", "filed", "complete_response"), returns={"filed": "complete_response"}
)
#: round numbers of ours, for days before any mean duration was published
YEARS = {"phase_1": 3.0, "phase_2": 3.0, "pivotal": 3.0, "filed": 1.0}
#: round numbers of ours: the part of filings sent back, the part of these that files again, and the years until then
SENT_BACK, FILES_AGAIN, YEARS_AWAY = 0.25, 0.6, 1.0
#: months within which an active programme gives the public a sign
HEARD_OF = 24


class Class(NamedTuple):
    """The published `steps` (rung -> chance of leaving it upward), their `rates` by id, and the fitted `hazards`."""

    steps: dict[str, float]
    rates: tuple[str, ...]
    hazards: Hazards
    notes: tuple[str, ...]


def of(about: About, seen: Watched, as_of: date, weight: float) -> Class:
    """The class of a programme. Raises UsageError where no rates were published by `as_of`."""
    chain = rates.chain("phase_1", "approved", about, as_of=as_of)
    steps = {step.from_rung: step.value for step in chain.steps}
    used, notes = tuple(step.id for step in chain.steps), []
    whole = _likelihood(about, as_of)
    if whole is not None:
        spread = rates.spread(chain, whole)
        steps, used = spread.steps, (*used, whole.id)
        notes.append(spread.assumption)
    else:
        notes.append("rates of all medicines: none was published of its kind by that day")
    years = {rung: years_on(rung, as_of) for rung in steps} | {"complete_response": YEARS_AWAY}
    prior = prior_from(_ends(steps), years, weight, LADDER)
    start = fit([], prior, LADDER)
    if not seen.stays and not seen.tails:
        return Class(steps, used, start, tuple(notes))
    return Class(steps, used, silence.fit(seen, prior, start, within=HEARD_OF).hazards, tuple(notes))


def _ends(steps: dict[str, float]) -> dict[str, tuple[float, float, float]]:
    """How stays end: the chances of advancing, stopping and being sent back that give the published steps."""
    ends = {rung: (p, 1.0 - p, 0.0) for rung, p in steps.items()}
    p = steps["filed"]
    back = min(SENT_BACK, (1.0 - p) / (1.0 - p * FILES_AGAIN))
    at_once = p * (1.0 - back * FILES_AGAIN)
    ends["filed"] = (at_once, max(1.0 - at_once - back, 0.0), back)
    return ends | {"complete_response": (FILES_AGAIN, 1.0 - FILES_AGAIN, 0.0)}


def _likelihood(about: About, as_of: date) -> Rate | None:
    """The likelihood of approval of the nearest kind of medicine; null where none of its kinds has one."""
    found = []
    for method in ("phase_by_phase", "not_stated"):
        try:
            found.append(rates.select("phase_1", "approved", about, method=method, as_of=as_of))
        except UsageError:
            continue
    own = [rate for rate in found if rate.modalities]

    def nearness(rate: Rate) -> tuple[int, date]:
        places = [about.modalities.index(one) for one in rate.modalities if one in about.modalities]
        return -min(places), rate.published_on.last

    return max(own, key=nearness, default=None)


def years_on(rung: str, as_of: date) -> float:
    """The mean years on a rung: as published by a day, else ours."""
    try:
        return phase_years.mean_years(rung, as_of=as_of).years
    except UsageError:
        return YEARS[rung]
