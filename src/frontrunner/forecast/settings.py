"""What a forecast of a race assumes beside the facts: each is an option, listed with every answer.

Numbers of ours are round and say so; published ones are replaced rung by rung with `RUNG=NUMBER` (`phase_2=.4`).
"""

from collections.abc import Callable
from datetime import date
from typing import TypedDict

import msgspec

from frontrunner.errors import UnknownOption, UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.answers import Assumption

#: the rungs of which chances and durations are published
RUNGS = ("phase_1", "phase_2", "pivotal", "filed")
_CHOICES = {"rates": ("nearest", "all_medicines"), "rare": ("known", "all", "none"), "past": ("kind", "arena", "none")}


class Assumed(TypedDict, total=False):
    """The options of a forecast beside its horizon, as people type them."""

    prior_weight: float
    correlation: float
    class_failure: float
    steps: list[str]
    stays: list[str]
    waits: int
    sent_back: float
    files_again: float
    years_away: float
    rates: str
    rare: str
    past: str
    silent: float
    seed: int


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The options with their defaults; raises UsageError or UnknownOption for what cannot be."""

    years: int = 10
    prior_weight: float = 20.0
    correlation: float = 0.3
    class_failure: float = 0.01
    steps: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    waits: int = 2
    sent_back: float = 0.25
    files_again: float = 0.6
    years_away: float = 1.0
    rates: str = "nearest"
    rare: str = "known"
    past: str = "kind"
    silent: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        inputs.number("the years of a forecast", self.years, 1, 50)
        for name, value in (("years", self.years), ("waits", self.waits)):
            if not isinstance(value, int):
                raise UsageError(f"the {name} of a forecast must be whole, not {value!r}")
        inputs.number("the weight of the published rates (programmes)", self.prior_weight, 1.0, 1e6)
        inputs.number("the correlation within a class", self.correlation, 0.0, 0.999)
        inputs.probability("the failure rate of a class (a fraction a year: .01 is 1 %)", self.class_failure)
        inputs.number("the waits of a stay", self.waits, 1, 50)
        inputs.number("--sent-back (a fraction: .1 is 10 %)", self.sent_back, 0.0, 0.95)
        for name in ("files_again", "silent"):
            inputs.probability(f"--{name.replace('_', '-')} (a fraction: .1 is 10 %)", getattr(self, name))
        inputs.positive("the years away of a filing sent back", self.years_away, inputs.YEARS)
        inputs.number("the seed", self.seed, 0, 2**31)
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise UnknownOption(f"--{name}", getattr(self, name), choices)
        self.chances(), self.lasting()  # both are refused here, before anything is looked up

    def chances(self) -> dict[str, float]:
        """The chances of leaving a rung upward that are asserted in place of the published ones."""
        return _by_rung("--step", self.steps, _chance)

    def lasting(self) -> dict[str, float]:
        """The mean years on a rung that are asserted in place of the published ones."""
        return _by_rung("--stay", self.stays, lambda name, value: inputs.positive(name, value, inputs.YEARS))


def listed(chosen: Settings, as_of: date) -> tuple[Assumption, ...]:
    """Everything the forecast assumes, with what it asserts, by the name of the option that changes it."""
    values = {name: getattr(chosen, name) for name in _ASSERTS}
    return tuple(
        Assumption(
            name=name,
            value=list(value) if isinstance(value, tuple) else value,
            assumption=_ASSERTS[name].format(as_of=as_of),
        )
        for name, value in values.items()
    )


_ASSERTS = {
    "years": "The horizon: who is not approved by its end counts as never.",
    "prior_weight": "How many programmes on each rung the published rates are worth against what was seen.",
    "correlation": "How far runners of one kind and target move together, as the correlation of one normal factor.",
    "class_failure": "The fraction a year of whole classes that fail at once; each runner's own chance holds it.",
    "rates": "Phase by phase, of the nearest class, published by {as_of}; of other methods only an end-to-end "
    "likelihood of a nearer kind, spread over the steps. all_medicines: those of all medicines for everybody.",
    "steps": "Chances of leaving a rung upward in place of the published ones, as rung=chance; none: the published.",
    "stays": "Mean years on a rung in place of the published ones, as rung=years; none: the published means by "
    "{as_of}, else 3 years a phase and 1 of review, round numbers of ours.",
    "waits": "A stay on a rung is so many equal waits, one after the other: a study and what follows from it. 1 is a "
    "hazard that does not change with time.",
    "sent_back": "The part of filings that is sent back; the published chance of approval holds these. Ours.",
    "files_again": "The part of filings sent back that is filed again. A round number of ours.",
    "years_away": "The mean years until a filing that was sent back is filed again. A round number of ours.",
    "past": "What was seen by {as_of} and moves the published rates: of the kind of medicine asked about in every "
    "disease (kind), of this arena alone (arena), nothing (none). Studies count from their first posting, where that "
    "is not held from their start, if it was in July 2008 or later: since then all are registered by then.",
    "rare": "Who takes the rates of rare diseases: those with a designation, or in Orphanet's table of today where "
    "that is no cancer (known), all, none. How common a disease is does not follow from what becomes of a programme.",
    "silent": "The chance that a runner without a public sign for two years is active still; the others stopped in "
    "one of their months, which one by the hazards.",
    "seed": "Where the random numbers start: the same question gives the same answer.",
}


def _by_rung(option: str, given: tuple[str, ...], checked: Callable[[str, float], float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in given:
        rung, equals, text = one.partition("=")
        if not equals:
            raise UsageError(f"{option} {one!r}: give RUNG=NUMBER, such as phase_2=.4")
        if rung not in RUNGS:
            raise UnknownOption(option, rung, RUNGS)
        if rung in found:
            raise UsageError(f"{option} {rung} is given twice")
        try:
            value = float(text)
        except ValueError:
            raise UsageError(f"{option} {one!r}: {text!r} is not a number") from None
        found[rung] = checked(f"{option} {rung}", value)
    return found


def _chance(name: str, value: float) -> float:
    """A chance that leaves both ends possible, so that hazards can be made of it."""
    if inputs.probability(name, value) in (0.0, 1.0):
        raise UsageError(f"{name} must lie between 0 and 1, and be neither")
    return value
