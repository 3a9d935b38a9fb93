"""What is published about a class of programmes, as hazards: rates and durations by a day, and the arena's own past.

The steps are phase by phase, of one source. Where a nearer class has its likelihood of approval published and not its
steps, the steps are bent to give it (`rates.spread`). The arena's own stays are added to a prior worth `weight`
programmes a rung, so a small arena says little.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from frontrunner.errors import UsageError
from frontrunner.forecast import phase_years, rates
from frontrunner.forecast.hazards import Hazards, Ladder, Spell, fit, prior_from
from frontrunner.forecast.rates import About, Rate

#: the rungs of which chances are published
LADDER = Ladder(states=("phase_1", "phase_2", "pivotal", "filed"))
#: round numbers of ours, for days before any mean duration was published
YEARS = {"phase_1": 3.0, "phase_2": 3.0, "pivotal": 3.0, "filed": 1.0}


class Class(NamedTuple):
    """The published `steps` (rung -> chance of leaving it upward), their `rates` by id, and the fitted `hazards`."""

    steps: dict[str, float]
    rates: tuple[str, ...]
    hazards: Hazards
    notes: tuple[str, ...]


def of(about: About, spells: Sequence[Spell], as_of: date, weight: float) -> Class:
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
    years = {rung: _years(rung, as_of) for rung in LADDER.states}
    prior = prior_from({rung: (p, 1.0 - p, 0.0) for rung, p in steps.items()}, years, weight, LADDER)
    return Class(steps, used, fit(spells, prior, LADDER), tuple(notes))


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


def _years(rung: str, as_of: date) -> float:
    try:
        return phase_years.mean_years(rung, as_of=as_of).years
    except UsageError:
        return YEARS[rung]
