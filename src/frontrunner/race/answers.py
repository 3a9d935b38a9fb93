"""The typed answers beside the standings: the firsts ledger, claims, changes, jurisdictions, readouts.

Field names are the JSON's. Dates are ISO prefixes with their precision; a day is `YYYY-MM-DD`.
"""

import msgspec

from frontrunner.race.results import Arena, Coverage, Runner


class Podium(msgspec.Struct, frozen=True):
    """Who was first as the public knew it from `since` on; an empty `first`: nobody was known to have reached it."""

    since: str
    first: list[Runner]
    date: str | None


class FirstOf(msgspec.Struct, frozen=True):
    """Who was first at one milestone in one place.

    `milestone` is a rung (then also `rung`) or an event, `phase` the phase of the study for `registered` and
    `first_patient`; a null `jurisdiction` means the first anywhere. The gap in days to the runner-up goes from
    `gap_low` to `gap_high`, by the precision of both dates; `tied` lists equals. `passed_by` names those who stood
    higher before that day without a dated step here: then who was first is not known. `history` tells what the answer
    was on every earlier day.
    """

    milestone: str
    rung: str | None
    phase: str | None
    jurisdiction: str | None
    id: str
    programme: str
    date: str
    status: str
    because: str | None
    runner_up: Runner | None
    runner_up_date: str | None
    gap_low: int | None
    gap_high: int | None
    tied: list[Runner]
    passed_by: list[Runner]
    evidence: list[str]
    history: list[Podium]


class Firsts(msgspec.Struct, frozen=True):
    """The firsts ledger of an arena on a day, by a clock."""

    arena: Arena
    on: str
    clock: str
    firsts: list[FirstOf]
    coverage: Coverage
    snapshot: str
    built_at: str
