"""Base rates as data: published chances of moving from rung to rung, each with its method, period and source.

`rates.csv` holds one number a row. Two methods must not be mixed:

phase_by_phase   of the programmes that left a phase, the fraction that went on; the steps multiply
path_by_path     whole paths are reconstructed and a skipped phase counts as passed; the steps do not multiply
not_stated       an end-to-end likelihood whose source (as far as we read it) does not say how steps are chained

A question names its method and the day it is asked on: only rates published by then are answered (a publication
dated to a year counts from the year's last day), and by default only those that we could verify.
"""

import math
from datetime import date
from functools import cache
from itertools import pairwise

import msgspec

from frontrunner.errors import UnknownOption, UsageError
from frontrunner.forecast import inputs, tables
from frontrunner.model import PartialDate

METHODS = ("phase_by_phase", "path_by_path", "not_stated")
#: the rungs between which rates are published, in order
STEPS = ("phase_1", "phase_2", "pivotal", "filed", "approved")


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One published probability of getting from one rung to another, with a 95 % interval where one was published.

    Empty `modalities`, empty `area`, null `orphan` and null `biomarker` mean that the row is about all of them.
    `n` counts the observations behind it.
    """

    id: str
    method: str
    from_rung: str
    to_rung: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    modalities: tuple[str, ...]
    area: str
    orphan: bool | None
    biomarker: bool | None
    period: str
    published_on: PartialDate
    source: str
    verified: bool
    note: str

    @property
    def population(self) -> tuple[object, ...]:
        """What a chain must have in common: one source's numbers about one population."""
        return (self.source, self.method, self.modalities, self.area, self.orphan, self.biomarker)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The programme asked about. `modalities` and `areas` run from the nearest class to the widest
    (`("aav", "in_vivo_gene_therapy", "gene_therapy")`); null means not known, and matches rows about all only."""

    modalities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    orphan: bool | None = None
    biomarker: bool | None = None


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The steps from one rung to another, all of one source, method and population; `value` is their product."""

    steps: tuple[Rate, ...]
    value: float


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """A class's own likelihood spread over the steps of a wider class: rung -> probability of leaving it upward."""

    steps: dict[str, float]
    power: float
    assumption: str


@cache
def published() -> tuple[Rate, ...]:
    """Every rate, in file order."""
    return tuple(_rate(row) for row in tables.rows("rates"))


def known(as_of: date, *, method: str, unverified: bool = False) -> tuple[Rate, ...]:
    """The rates of one method that the public could read on `as_of`."""
    if method not in METHODS:
        raise UnknownOption("the method", method, METHODS)
    return tuple(
        rate
        for rate in published()
        if rate.method == method and rate.published_on.last <= as_of and (rate.verified or unverified)
    )


def select(from_rung: str, to_rung: str, about: About, *, method: str, as_of: date, unverified: bool = False) -> Rate:
    """The rate nearest to `about`: its nearest modality first, then as many of orphan, area and biomarker as match,
    then the latest publication. Raises `UsageError` where none was published by `as_of`."""
    found = [
        rate
        for rate in known(as_of, method=method, unverified=unverified)
        if (rate.from_rung, rate.to_rung) == (from_rung, to_rung) and _fits(rate, about)
    ]
    if not found:
        raise UsageError(f"no {method} rate from {from_rung} to {to_rung} was published by {as_of} for this programme")
    return max(found, key=lambda rate: _nearness(rate, about))


def chain(from_rung: str, to_rung: str, about: About, *, as_of: date, unverified: bool = False) -> Chain:
    """The phase-by-phase steps between two rungs from one source and population, nearest to `about`.

    Only this method's steps multiply, so no other is taken.
    """
    pairs = _pairs(from_rung, to_rung)
    groups: dict[tuple[object, ...], dict[tuple[str, str], Rate]] = {}
    for rate in known(as_of, method="phase_by_phase", unverified=unverified):
        if _fits(rate, about):
            groups.setdefault(rate.population, {})[rate.from_rung, rate.to_rung] = rate
    whole = [group for group in groups.values() if all(pair in group for pair in pairs)]
    if not whole:
        raise UsageError(f"no phase_by_phase steps from {from_rung} to {to_rung} were published by {as_of}")
    best = max(whole, key=lambda group: _nearness(group[pairs[0]], about))
    steps = tuple(best[pair] for pair in pairs)
    return Chain(steps=steps, value=math.prod(step.value for step in steps))


def spread(steps: Chain, whole: Rate) -> Spread:
    """Give the steps of a wider class the end-to-end likelihood of a nearer one: p_i -> p_i^g, g = ln w / ln prod p.

    For classes (AAV) whose likelihood from phase 1 was published but not their steps: every step's log chance is
    changed in the same proportion. An assumption, not a finding; refused where the methods are known to differ.
    """
    if whole.method == "path_by_path":
        raise UsageError("a path-by-path likelihood cannot be spread over phase-by-phase steps: the methods differ")
    ends = (steps.steps[0].from_rung, steps.steps[-1].to_rung)
    if (whole.from_rung, whole.to_rung) != ends:
        raise UsageError(
            f"{whole.id} runs from {whole.from_rung} to {whole.to_rung}, the steps from {' to '.join(ends)}"
        )
    power = math.log(whole.value) / math.log(steps.value)
    return Spread(
        steps={step.from_rung: step.value**power for step in steps.steps},
        power=power,
        assumption=f"steps of {steps.steps[0].id} raised to the power {power:.3f} to give {whole.id}: {whole.value:g}",
    )


def _pairs(from_rung: str, to_rung: str) -> list[tuple[str, str]]:
    for option, rung in (("the first rung", from_rung), ("the last rung", to_rung)):
        if rung not in STEPS:
            raise UnknownOption(option, rung, STEPS)
    path = STEPS[STEPS.index(from_rung) : STEPS.index(to_rung) + 1]
    if len(path) < 2:
        raise UsageError(f"{to_rung} is not above {from_rung}")
    return list(pairwise(path))


def _fits(rate: Rate, about: About) -> bool:
    return (
        (not rate.modalities or any(modality in about.modalities for modality in rate.modalities))
        and (not rate.area or rate.area in about.areas)
        and rate.orphan in (None, about.orphan)
        and rate.biomarker in (None, about.biomarker)
    )


def _nearness(rate: Rate, about: About) -> tuple[int, int, date]:
    places = [about.modalities.index(one) for one in rate.modalities if one in about.modalities]
    modality = -min(places) if places else -len(about.modalities)
    matched = [bool(rate.area), rate.orphan is not None, rate.biomarker is not None]
    return modality, sum(matched), rate.published_on.last


def _rate(row: dict[str, str]) -> Rate:
    return Rate(
        id=row["id"],
        method=row["method"],
        from_rung=row["from_rung"],
        to_rung=row["to_rung"],
        value=inputs.probability(row["id"], _number(row["value"])),
        low=_number(row["low"]),
        high=_number(row["high"]),
        n=int(row["n"]) if row["n"] else None,
        modalities=tuple(filter(None, row["modality"].split("|"))),
        area=row["area"],
        orphan=_flag(row["orphan"]),
        biomarker=_flag(row["biomarker"]),
        period=f"{row['period_from']}-{row['period_to']}",
        published_on=PartialDate(row["published_on"]),
        source=row["source"],
        verified=row["verified"] == "yes",
        note=row["note"],
    )


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _flag(cell: str) -> bool | None:
    return {"": None, "yes": True, "no": False}[cell]
