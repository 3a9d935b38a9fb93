"""The typed answers beside the standings: the firsts ledger, claims, changes, jurisdictions, readouts.

Field names are the JSON's. Dates are ISO prefixes with their precision; a day is `YYYY-MM-DD`.
"""

import msgspec

from frontrunner.model.posted import PostedHarm, PostedOutcome
from frontrunner.race.results import Arena, Coverage, Day, Label, Milestone, Product, Runner


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


class ClaimWord(msgspec.Struct, frozen=True):
    """Words of a claim as they were read: `kind` is superlative, milestone, place, ...; `value` what they mean."""

    text: str
    kind: str
    value: str


class Understood(msgspec.Struct, frozen=True):
    """What a claim was taken to say. `superlatives`: first, only, leading, or a rank; `subjects` may be empty."""

    superlatives: list[str]
    milestone: str | None
    arena: Arena
    worldwide: bool
    subjects: list[Runner]
    words: list[ClaimWord]


class Entry(msgspec.Struct, frozen=True):
    """One programme's step that decides a claim."""

    id: str
    programme: str
    product: Product
    date: str | None
    status: str
    authority: str | None
    because: str | None
    evidence: str


class Reading(msgspec.Struct, frozen=True):
    """The claim in one scope, whose `kind` is worded, sense, world, place or indication.

    `verdict` is supported, contradicted by these sources, contested or cannot be known; `contested_by` is tie, date or
    scope. `holders` are those who hold the place, or who the claim says do; `rivals` those who decide against it, who
    leave it open, or who came next; `why` says it in words.
    """

    scope: str
    kind: str
    arena: Arena
    verdict: str
    contested_by: str | None
    why: str
    holders: list[Entry]
    rivals: list[Entry]


class Checked(msgspec.Struct, frozen=True):
    """A claim against the record. `verdict` as in `Reading`, or `not understood` with the words that were not.

    `readings` holds the claim as worded, then the narrower and wider scopes that its words leave open; `narrower` are
    scopes that the claim does not name, in which it would hold.
    """

    claim: str
    verdict: str
    contested_by: str | None
    why: str
    not_understood: list[str]
    understood: Understood | None
    readings: list[Reading]
    narrower: list[Reading]
    evidence: list[str]
    on: str
    clock: str
    coverage: Coverage
    snapshot: str
    built_at: str


class Move(msgspec.Struct, frozen=True):
    """What changed in one row on one day.

    `kinds` are entry, exit, rung, date (revised on the same rung) and activity. `overtook` were ahead or level and are
    behind now, `drew_level` were ahead and are level now; a place that changed because others moved is no move.
    `milestones` made the change; `why` says what no milestone does, such as silence.
    """

    day: str
    kinds: list[str]
    id: str
    programme: str
    place_before: int | None
    place: int | None
    rung_before: str | None
    rung: str | None
    reached: Day | None
    activity_before: str | None
    activity: str | None
    overtook: list[Runner]
    drew_level: list[Runner]
    why: str | None
    milestones: list[Milestone]


class Leaders(msgspec.Struct, frozen=True):
    """Who stood first from a day on, several where they tied, and on which rung; nobody: no rung was certain."""

    since: str
    first: list[Runner]
    rung: str | None


class Point(msgspec.Struct, frozen=True):
    """From `day` on a row stood so; a null place: no rung is certain, or it stands no more."""

    day: str
    place: int | None
    rung: str | None
    activity: str | None


class Track(msgspec.Struct, frozen=True):
    """The places of one row over time: what a bump chart draws."""

    id: str
    programme: str
    product: str
    points: list[Point]


class Changes(msgspec.Struct, frozen=True):
    """Every change of order after `since` until `until`, by a clock, oldest first."""

    arena: Arena
    since: str
    until: str
    clock: str
    moves: list[Move]
    leaders: list[Leaders]
    tracks: list[Track]
    coverage: Coverage
    snapshot: str
    built_at: str


class Standpoint(msgspec.Struct, frozen=True):
    """Where a programme stands in one jurisdiction.

    `lag_months` (from `lag_low` to `lag_high` by the precision of both dates) is the time since the first of the
    jurisdictions reached this rung, in `lag_behind`; null in the one that was first, or where no rung is certain.
    """

    jurisdiction: str
    id: str
    company: str | None
    rung: str | None
    kind: str | None
    reached: Day | None
    activity: str
    status: str | None
    because: str | None
    lag_behind: str | None
    lag_months: float | None
    lag_low: float | None
    lag_high: float | None
    evidence: list[str]


class Abreast(msgspec.Struct, frozen=True):
    """One product in one disease in several jurisdictions; `ahead_in` names those where it is furthest, several where
    no day tells them apart. A jurisdiction in which nothing is known is left out."""

    product: Product
    programme: str
    ahead_in: list[str]
    standpoints: list[Standpoint]


class Front(msgspec.Struct, frozen=True):
    """Who stands first in one jurisdiction; several where they tie."""

    jurisdiction: str
    first: list[Runner]
    rung: str | None
    reached: Day | None


class Flip(msgspec.Struct, frozen=True):
    """Two rows whose order differs: `one` is ahead of `other` in some jurisdictions and behind in others."""

    one: Runner
    other: Runner
    ahead_in: list[str]
    behind_in: list[str]


class Jurisdictions(msgspec.Struct, frozen=True):
    """An arena in several jurisdictions side by side, on a day, by a clock."""

    arena: Arena
    on: str
    clock: str
    jurisdictions: list[str]
    rows: list[Abreast]
    fronts: list[Front]
    flips: list[Flip]
    coverage: Coverage
    snapshot: str
    built_at: str


class Readout(msgspec.Struct, frozen=True):
    """The results that one study has posted: its primary outcomes and, by group, its serious adverse events."""

    trial: str
    programmes: list[Runner]
    phases: list[str]
    posted: str
    outcomes: list[PostedOutcome]
    harms: list[PostedHarm]


class Readouts(msgspec.Struct, frozen=True):
    """The posted results of an arena's studies, those of the first row first."""

    arena: Arena
    on: str
    clock: str
    readouts: list[Readout]
    coverage: Coverage
    snapshot: str
    built_at: str


class Moved(msgspec.Struct, frozen=True):
    """Something dated that happened to a programme, told without its dossier."""

    id: str
    programme: str
    product: Product
    indication: Label | None
    modality: str | None
    event: str
    rung: str | None
    kind: str | None
    jurisdictions: list[str]
    date: str
    status: str
    known_from: str
    evidence: str


class Newest(msgspec.Struct, frozen=True):
    """The last things that happened by a day, newest first."""

    on: str
    clock: str
    moved: list[Moved]
    snapshot: str


class Dated(msgspec.Struct, frozen=True):
    """What is dated of one programme: the part of its dossier that a timeline draws."""

    id: str
    milestones: list[Milestone]


class OpenTrial(msgspec.Struct, frozen=True):
    """A study that is open or soon to open, as its newest record tells it; null is what the record does not say."""

    id: str
    title: str
    status: str
    phases: list[str]
    countries: list[str]
    sponsor: str | None
    minimum_age: str | None
    maximum_age: str | None
    sex: str | None
    healthy_volunteers: bool | None
    known_from: str
    source: str
    url: str | None


class FollowUp(msgspec.Struct, frozen=True):
    """A programme whose licence was withdrawn somewhere, and the studies that follow up those who were treated."""

    id: str
    programme: str
    trials: list[str]


class Recruiting(msgspec.Struct, frozen=True):
    """The open studies of a disease, of `whole` the first; `country` null: anywhere."""

    indication: Label
    country: str | None
    trials: list[OpenTrial]
    whole: int
    follow_up: list[FollowUp]
    snapshot: str


class Concept(msgspec.Struct, frozen=True):
    """A disease, target or kind of therapy by its id and labels."""

    id: str
    label: str
    label_zh: str | None


class ConceptDossier(msgspec.Struct, frozen=True):
    """A disease, target or kind of therapy as the home knows it: `elsewhere` are its ids in other vocabularies, `above`
    and `below` what is one step wider and narrower."""

    vocabulary: str
    id: str
    label: str
    label_zh: str | None
    synonyms: list[str]
    elsewhere: list[str]
    above: list[Concept]
    below: list[Concept]
    snapshot: str
