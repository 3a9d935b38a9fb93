"""The typed answers of the race; their JSON, by these names, is a public contract. Dates are ISO prefixes."""

from typing import Any

import msgspec

from frontrunner.errors import UsageError
from frontrunner.race.records import Delivered, Disagreement, Registered


class Label(msgspec.Struct, frozen=True, gc=False):
    """A vocabulary or ontology id with its label."""

    id: str
    label: str


class Name(msgspec.Struct, frozen=True, gc=False):
    """One name of a product or company: `kind` is code, inn, brand, short, legal, ..."""

    value: str
    kind: str
    lang: str


class Day(msgspec.Struct, frozen=True, gc=False):
    """A date with its precision: `2021-04` with `month` is an interval, never the 1st."""

    date: str
    precision: str


class Arena(msgspec.Struct, frozen=True):
    """What was asked: a null part does not restrict."""

    indication: Label | None
    modality: str | None
    target: str | None
    jurisdiction: str | None
    origin: str | None
    lane: str


class Product(msgspec.Struct, frozen=True, gc=False):
    """The product as called on the clock in use: INN, else code, else brand."""

    id: str
    name: str
    names: list[Name]


class Company(msgspec.Struct, frozen=True, gc=False):
    """The developer on the day asked."""

    id: str
    name: str
    country: str | None
    names: list[Name]


class Runner(msgspec.Struct, frozen=True, gc=False):
    """A programme named in another row."""

    id: str
    programme: str


class Lead(msgspec.Struct, frozen=True, gc=False):
    """The lead of one row over the next.

    `at_rung` is the highest rung both have reached; `months` between the two dates there, from `low` to `high` by
    the precision of both. Where the follower has not reached the leader's rung, `ahead_at` is that rung,
    `months_so_far` its age on the day asked, and `open` is true: it grows and is no closed gap.
    """

    over: Runner
    at_rung: str | None = None
    months: float | None = None
    low: float | None = None
    high: float | None = None
    ahead_at: str | None = None
    months_so_far: float | None = None
    open: bool = False


class Also(msgspec.Struct, frozen=True, gc=False):
    """Another programme of the same product and developer in the arena."""

    id: str
    programme: str
    rung: str | None
    reached: Day | None
    status: str


class Standing(msgspec.Struct, frozen=True, gc=False):
    """One row of the race: one product and developer. `reached` and `rung` are null when no rung is certain."""

    place: int
    tied: bool
    id: str
    programme: str
    product: Product
    company: Company | None
    modality: str | None
    vector: str | None
    target: str | None
    origin: str | None
    rung: str | None
    kind: str | None
    reached: Day | None
    activity: str
    lead: Lead | None
    next: str | None
    trials: list[str]
    status: str
    because: str | None
    evidence: list[str]
    also: list[Also]


class First(msgspec.Struct, frozen=True):
    """Who was first at a rung, by `gap_low` to `gap_high` days; `passed_by`, undated here, may have been before."""

    rung: str
    id: str
    programme: str
    date: str
    status: str
    runner_up: Runner | None
    gap_low: int | None
    gap_high: int | None
    tied: list[Runner]
    evidence: list[str]
    passed_by: list[Runner] = []


class OpenQuestion(msgspec.Struct, frozen=True):
    """A milestone that may or may not have been reached on the day asked, or whose sources disagree."""

    programme: str
    milestone: str
    date: str
    why: str
    evidence: list[str]


class Exclusivity(msgspec.Struct, frozen=True):
    """An orphan exclusivity in force on the day asked.

    `may_keep_out`: rivals of the same kind and target in the disease that were not approved before; whether they are
    the same medicine a regulator decides.
    """

    id: str
    programme: str
    jurisdiction: str
    since: str
    until: str
    may_keep_out: list[Runner]
    status: str
    because: str | None
    evidence: list[str]


class Coverage(msgspec.Struct, frozen=True):
    """What the answer rests on. `left_out` counts facts not known on the day because we only fetched them later."""

    sources: list[str]
    missing: list[str]
    left_out: int


class Race(msgspec.Struct, frozen=True):
    """The standings of an arena on a day, by a clock, from one snapshot; also as a table (`frames`)."""

    arena: Arena
    on: str
    clock: str
    standings: list[Standing]
    firsts: list[First]
    open_questions: list[OpenQuestion]
    coverage: Coverage
    snapshot: str
    built_at: str
    exclusivity: list[Exclusivity] = []

    def to_arrow(self) -> Any:
        """A pyarrow.Table of the standings, one flat row each (`frames.rows`)."""
        import pyarrow as pa

        from frontrunner.race.frames import rows

        return pa.Table.from_pylist(rows(self.standings))

    def to_pandas(self) -> Any:
        """A pandas.DataFrame of the standings; pandas must be installed."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A polars.DataFrame of the standings; polars must be installed."""
        try:
            import polars
        except ModuleNotFoundError:
            raise UsageError("to_polars needs polars, which is not installed; install it, or use to_arrow") from None
        return polars.from_arrow(self.to_arrow())


class Quote(msgspec.Struct, frozen=True):
    """One piece of evidence: the words at a place of a kept document, and when they could first be read."""

    id: str
    words: str
    place: str
    source: str
    record: str
    document: str
    known_on: str
    known_basis: str
    as_of: str | None
    citation: str | None
    url: str | None


class Milestone(msgspec.Struct, frozen=True):
    """Something dated that happened to a programme, as one document states it.

    `known_from` to `known_to`: the days on which this statement was the current one (`known_to` null: still is);
    `until`: the last day of what it grants (an exclusivity), else null.
    """

    id: str
    event: str
    rung: str | None
    kind: str | None
    jurisdictions: list[str]
    date: str | None
    precision: str | None
    anticipated: bool
    lane: str
    trial: str | None
    status: str
    because: str | None
    known_from: str
    known_to: str | None
    known_basis: str
    evidence: str
    until: str | None = None


class Why(msgspec.Struct, frozen=True):
    """From a row back to the words: the milestones behind it, the quotes behind those but for `more` of long ones."""

    id: str
    label: str
    milestones: list[Milestone]
    quotes: list[Quote]
    snapshot: str
    more: int = 0


class Role(msgspec.Struct, frozen=True):
    """A company's part in a programme from a day on (null: since before our sources)."""

    company: str
    name: str
    role: str
    territory: str | None
    since: str | None
    evidence: str


class ProgrammeDossier(msgspec.Struct, frozen=True):
    """Everything held on one programme, why its names are one; one of a licence whatever the use has no indication."""

    id: str
    programme: str
    product: Product
    indication: Label | None
    roles: list[Role]
    modality: str | None
    vector: str | None
    target: str | None
    origin: str | None
    trials: list[str]
    milestones: list[Milestone]
    snapshot: str
    because: list[str] = []
    delivered: list[Delivered] = []


class Change(msgspec.Struct, frozen=True):
    """One field of a trial record that differs between two versions."""

    field: str
    before: str | None
    after: str | None


class TrialVersion(msgspec.Struct, frozen=True):
    """One version of a trial record and what changed from the one before, in plain words."""

    known_from: str
    known_to: str | None
    known_basis: str
    source: str
    whole: bool
    document: str
    changes: list[Change]


class TrialDossier(msgspec.Struct, frozen=True):
    """One registered study as of a day, by field (`record`), each field with its evidence id (`evidence`).

    `also_registered_as` are its ids in other registries; `disagreements` are between all records of it in force.
    `delivered` says how its gene or cell products are given.
    """

    id: str
    on: str
    clock: str
    record: dict[str, str | int | bool | list[str] | None]
    evidence: dict[str, str]
    also_registered_as: list[Registered]
    disagreements: list[Disagreement]
    programmes: list[Runner]
    history: list[TrialVersion]
    snapshot: str
    delivered: list[Delivered] = []


class SourceStatus(msgspec.Struct, frozen=True):
    """What one source gave: `records_seen` = `read` + `quarantined` + `skipped`.

    `expected`: the range of the number of records in its publisher's whole set, if told; `current`: those held now.
    `fetched_on`: the last day anything came, `whole_on`: that of the last whole visit. `issues`: what is amiss.
    """

    id: str
    records_seen: int
    read: int
    quarantined: int
    skipped: int
    versions: int
    newest_known_on: str | None
    issues: list[str]
    current: int
    expected: list[int] | None
    fetched_on: str
    whole_on: str | None
    publisher: str
    homepage: str
    licence: str
    attribution: str


class Status(msgspec.Struct, frozen=True):
    """What the home holds."""

    home: str
    sources: list[SourceStatus]
    snapshot: str
    built_at: str
