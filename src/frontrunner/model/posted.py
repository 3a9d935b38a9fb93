"""What a registry's record says of a study's results: primary outcomes and serious adverse events, word for word.

These are read again from the kept bytes when they are asked for; they are no rows of the ledger. `evidence` is the
place in the document, and in an answer the id of the evidence at that place.
"""

import msgspec


class PostedValue(msgspec.Struct, frozen=True):
    """One measured value of one group; `part` names the class or category where there are several.

    `analysed` is how many of the group it is of (participants where the record counts several units).
    """

    group: str
    part: str | None
    value: str
    spread: str | None
    low: str | None
    high: str | None
    analysed: str | None
    evidence: str


class PostedAnalysis(msgspec.Struct, frozen=True):
    """One statistical analysis: the groups compared, the method, the p value and the estimate with its interval."""

    groups: list[str]
    method: str | None
    p_value: str | None
    estimate: str | None
    value: str | None
    low: str | None
    high: str | None
    evidence: str


class PostedOutcome(msgspec.Struct, frozen=True):
    """One primary outcome: what was measured when, in what units, as which parameter with which dispersion."""

    title: str
    time_frame: str | None
    units: str | None
    parameter: str | None
    dispersion: str | None
    values: list[PostedValue]
    analyses: list[PostedAnalysis]
    evidence: str


class PostedHarm(msgspec.Struct, frozen=True):
    """One group's serious adverse events: how many of how many had any, and how many died (null: not told)."""

    group: str
    affected: int | None
    at_risk: int | None
    deaths: int | None
    evidence: str


class Posted(msgspec.Struct, frozen=True):
    """The results of one study."""

    outcomes: list[PostedOutcome]
    harms: list[PostedHarm]
