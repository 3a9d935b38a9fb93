"""What is published about a class of programmes, as hazards: rates and durations by a day, and what was seen by then.

The steps are phase by phase, of one source. Where a nearer class has its likelihood of approval published and not its
steps, the steps are bent to give it (`rates.spread`). They are a prior worth `prior_weight` programmes a rung, and
move in two steps, so that few programmes say little:

pooled   by what programmes of every kind went through, from the day on which each was known, with silent ones as
         stops in some month of the two years after their last sign
own      by what those of the runner's own kind went through, with the pooled as prior; how much that is worth is what
         makes the kinds' differences likeliest (empirical Bayes, `hazards.class_weight`)

A filing may be sent back and filed again. Published chances of approval count that in, so with r the part sent back
and q the part of these that files again, p = a + r q p gives the chance a of approval at once.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from frontrunner.errors import UsageError
from frontrunner.forecast import phase_years, rates, silence
from frontrunner.forecast.hazards import Hazards, Ladder, Prior, as_prior, class_weight, fit, prior_from
from frontrunner.forecast.histories import History, Watched, watched
from frontrunner.forecast.rates import About, Chain, Rate
from frontrunner.forecast.settings import Settings

#: the rungs of which chances are published, and the wait after a complete response
LADDER = Ladder(
    states=("phase_1", "phase_2", "pivotal", "filed", "complete_response"), returns={"filed": "complete_response"}
)
#: round numbers of ours, for days before any mean duration was published
YEARS = {"phase_1": 3.0, "phase_2": 3.0, "pivotal": 3.0, "filed": 1.0}
#: months within which an active programme gives the public a sign
HEARD_OF = 24


class Seen(NamedTuple):
    """What the public had seen by a month: of `all` programmes, and by their kind."""

    all: Watched
    kinds: dict[str, Watched]


class Class(NamedTuple):
    """The published `steps` (rung -> chance of leaving it upward), their `rates` by id, and the fitted `hazards`."""

    steps: dict[str, float]
    rates: tuple[str, ...]
    hazards: Hazards
    notes: tuple[str, ...]


def seen(past: Iterable[History], month: int) -> Seen:
    """What histories, grouped by kind, had shown by a month."""
    kinds: dict[str, list[History]] = {}
    for history in past:
        kinds.setdefault(history.group, []).append(history)
    every = [history for held in kinds.values() for history in held]
    return Seen(
        watched(every, month, LADDER), {kind: watched(held, month, LADDER) for kind, held in sorted(kinds.items())}
    )


def of(about: About, past: Seen, as_of: date, chosen: Settings) -> Class:
    """The class of a programme. Raises UsageError where no rates were published by `as_of`."""
    chain = rates.chain("phase_1", "approved", about, as_of=as_of)
    steps, used, note = _steps(chain, _likelihood(about, as_of))
    steps |= chosen.chances()
    years = {rung: years_on(rung, as_of) for rung in steps} | chosen.lasting()
    years["complete_response"] = chosen.years_away
    prior = prior_from(_ends(steps, chosen), years, chosen.prior_weight, LADDER, waits=chosen.waits)
    return Class(steps, used, _moved(prior, past, about), (note,))


def _steps(chain: Chain, whole: Rate | None) -> tuple[dict[str, float], tuple[str, ...], str]:
    """The published chances of leaving each rung upward, the ids of their rates, and what was made of them."""
    used = tuple(step.id for step in chain.steps)
    if whole is None:
        steps = {step.from_rung: step.value for step in chain.steps}
        return steps, used, "rates of every kind of medicine: none was published of its own by that day"
    spread = rates.spread(chain, whole)
    return dict(spread.steps), (*used, whole.id), spread.assumption


def _moved(prior: Prior, past: Seen, about: About) -> Hazards:
    """The published hazards as what was seen moves them: of all kinds, then of its own."""
    start = fit([], prior, LADDER)
    if not past.all.stays and not past.all.tails:
        return start
    pooled = silence.fit(past.all, prior, start, within=HEARD_OF).hazards
    own = past.kinds.get(about.modalities[0]) if about.modalities else None
    groups = [kind.stays for kind in past.kinds.values() if kind.stays]
    if own is None or len(groups) < 2 or not (own.stays or own.tails):
        return pooled
    return silence.fit(own, as_prior(pooled, class_weight(groups, pooled)), pooled, within=HEARD_OF).hazards


def _ends(steps: dict[str, float], chosen: Settings) -> dict[str, tuple[float, float, float]]:
    """How stays end: the chances of advancing, stopping and being sent back that give the published steps."""
    ends = {rung: (p, 1.0 - p, 0.0) for rung, p in steps.items()}
    p, again = steps["filed"], chosen.files_again
    back = min(chosen.sent_back, (1.0 - p) / (1.0 - p * again))
    at_once = p * (1.0 - back * again)
    ends["filed"] = (at_once, max(1.0 - at_once - back, 0.0), back)
    return ends | {"complete_response": (again, 1.0 - again, 0.0)}


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
