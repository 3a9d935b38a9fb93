"""Forecasts as of past days against what came: on registry files as they were, on dated milestones, on a known world.

The files of 2018-05 and 2020-07 were read whole in the arenas of the mission, whatever became of a programme: they are
the main score. The starter ledger is not: people who knew which programmes mattered wrote it. Outcomes are approvals
in the EU or the US by the regulators' files; where those call a product otherwise than the registry did, a table of
ours (`labels/same_product.csv`) joins the two.
"""

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from evaluation import homes, known_world
from frontrunner.backtesting import Arena, Gathered, approvals, gathered, quarters
from frontrunner.forecast import score, score_races, scorecard
from frontrunner.forecast.answers import Score
from frontrunner.race.question import Snapshot

#: the days of the two registry files, by month, and of the newest, of which nothing can be scored yet
ORIGINS = (date(2018, 5, 31), date(2020, 7, 31))
TOO_EARLY = date(2026, 3, 31)
#: the day until which the regulators' files tell of approvals
UNTIL = date(2026, 3, 31)
YEARS = (2, 3, 5)
_WHOLE = ({"modality": "gene_therapy"}, {"modality": "cell_therapy"}, {"target": "CETP"})
#: races for being first: one disease, gene and cell therapies
_DISEASES = (
    "hemophilia A",
    "hemophilia B",
    "Duchenne muscular dystrophy",
    "beta thalassemia",
    "sickle cell disease",
    "retinitis pigmentosa",
    "achromatopsia",
    "choroideremia",
    "Leber congenital amaurosis",
    "multiple myeloma",
    "diffuse large B-cell lymphoma",
    "Fabry disease",
    "mucopolysaccharidosis",
    "spinal muscular atrophy",
)
_KINDS = ("gene_therapy",)
_LABELS = Path(__file__).parent / "labels" / "same_product.csv"


#: what the forecast is made of, left out or put otherwise, one at a time
_PARTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "learning from the arena alone": {"past": "arena"},
    "learning from nothing seen": {"past": "none"},
    "constant hazards": {"waits": 1},
    "three waits a stay": {"waits": 3},
    "no rates of rare diseases": {"rare": "none"},
    "rates of all medicines": {"rates": "all_medicines"},
}


@cache
def of_files(data: Path, origin: date | None, years: int, part: str = "as it is") -> Gathered:
    """The cases and races of the registry files, as of one of their days or of all; the forecast as a part has it."""
    given = {"years": years, **_PARTS[part]}
    whole = [Arena(None, {**asking, **given}) for asking in _WHOLE]  # type: ignore[typeddict-item]
    single = [Arena(name, {"modality": kind, **given}) for name in _DISEASES for kind in _KINDS]  # type: ignore[typeddict-item]
    origins = ORIGINS if origin is None else (origin,)
    with Snapshot(homes.of_files(data, starter=False)) as snapshot:
        approved = _linked()
        for arena in whole:
            for product, day in approvals(snapshot, arena, UNTIL).items():
                approved[product] = min(approved.get(product, day), day)
        found = gathered(snapshot, whole, origins, approved, UNTIL)
        races = gathered(snapshot, single, origins, approved, UNTIL)
    return Gathered(found.cases, races.fields, found.origins, found.last)


def _linked() -> dict[str, date]:
    """The day of approval of programmes whose product the regulators call otherwise, by programme id."""
    with _LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {f"prog:{row['held_as']}/{row['indication']}": date.fromisoformat(row["approved_on"]) for row in rows}


def scores(data: Path, origin: date | None, years: int) -> tuple[Score, ...]:
    """The scores of the registry files."""
    found = of_files(data, origin, years)
    return scorecard.scores(found.cases, found.fields, years)


def run(data: Path) -> None:
    """One table a row of the scorecard, what each part is worth, and every case of the main score."""
    for years in YEARS:
        _print(f"Registry files of 2018-05 and 2020-07, {years} years", scores(data, None, years))
    for origin in ORIGINS:
        _print(f"Registry files of {origin:%Y-%m} alone, 5 years", scores(data, origin, 5))
    _parts(data)
    early = of_files(data, TOO_EARLY, 1)
    print(f"\n## Registry files of {TOO_EARLY:%Y-%m}\n\n{len(early.cases)} forecasts made; no outcome is known yet.")
    _of_starter()
    known_world.run(data)
    _cases(of_files(data, None, 5))


def _parts(data: Path) -> None:
    print("\n## What each part is worth: registry files of 2018-05 and 2020-07, 5 years\n")
    print("| the forecast | Brier | log loss | ROC | slope | ECE | exact chances would have | who is first, nats |")
    print("|---|---|---|---|---|---|---|---|")
    for part in _PARTS:
        found = of_files(data, None, 5, part)
        told = score.at_horizon(
            [case.p for case in found.cases],
            [case.seen for case in found.cases],
            [int(case.approved) for case in found.cases],
            5.0,
        )
        reliable = score.calibration(told)
        first = np.mean([score_races.race_log_loss(field.p, field.winner) for field in found.fields])
        print(
            f"| {part} | {score.brier(told):.3f} | {score.log_loss(told):.3f} | {score.auc(told) or 0:.3f} "
            f"| {reliable.slope or 0:.2f} | {reliable.ece:.3f} | {by_chance(told):.3f} | {first:.3f} |"
        )


def by_chance(told: score.Binary, draws: int = 300) -> float:
    """The mean ECE of these chances if they were exactly right, each case by itself."""
    chance = np.random.default_rng(0)
    drawn = (chance.random((draws, len(told.p))) < told.p).astype(float)
    return float(np.mean([score.calibration(score.binary(told.p, y, told.w)).ece for y in drawn]))


def _of_starter() -> None:
    with Snapshot(homes.of_starter()) as snapshot:
        arena = Arena(None, {"modality": "gene_therapy", "years": 5})
        found = gathered(snapshot, [arena], quarters(UNTIL), approvals(snapshot, arena, UNTIL), UNTIL)
    told = scorecard.scores(found.cases, found.fields, 5)
    title = f"Dated milestones of the starter ledger, {len(found.origins)} quarters, 5 years"
    _print(f"{title}: winners alone are in it, so this is no score of the chances", told)
    _corrected(found.cases)


def _corrected(cases: Sequence[scorecard.Case]) -> None:
    """The same cases, weighed so that on each rung as many are approved as the published rates and durations say."""
    even = np.array([case.lookup * -np.expm1(-5.0 / case.mean_years) for case in cases])
    told = score.at_horizon(even, [case.seen for case in cases], [int(case.approved) for case in cases], 5.0)
    weights = told.w.copy()
    for rung in sorted({case.rung for case in cases}):
        here = np.array([case.rung == rung for case in cases])
        share, held = float(np.average(even[here])), told.w[here]
        came = float((held * told.y[here]).sum())
        for outcome, wanted, there in ((1.0, share, came), (0.0, 1.0 - share, float(held.sum()) - came)):
            weights[here & (told.y == outcome)] *= wanted * held.sum() / there if there else 0.0
    print("\n## The same, weighed as if it held the failures that published rates expect\n")
    print("| forecast | Brier | log loss | ROC |\n|---|---|---|---|")
    rows = {"the forecast": [c.p for c in cases], "its rates alone, evenly over the mean years ahead": even.tolist()}
    rows["its rates alone: the product of the steps ahead"] = [case.lookup for case in cases]
    for name, p in rows.items():
        one = score.binary(p, told.y, weights)
        print(f"| {name} | {score.brier(one):.3f} | {score.log_loss(one):.3f} | {score.auc(one) or 0:.3f} |")


def _print(title: str, told: Sequence[Score]) -> None:
    print(f"\n## {title}\n")
    print("| measure | n | forecast | floor | difference, 95 % | the floor is |\n|---|---|---|---|---|---|")
    for one in told:
        between = "" if one.low is None or one.high is None else f"{one.low:+.3f} to {one.high:+.3f}"
        print(
            f"| {one.measure} | {one.n} | {_number(one.forecast)} | {_number(one.floor)} | {between} "
            f"| {one.floor_is or ''} |"
        )


def _cases(found: Gathered) -> None:
    print("\n## Every case of the main score, 5 years\n")
    print("| programme | as of | rung | chance | rates alone | approved after, years |\n|---|---|---|---|---|---|")
    for case in found.cases:
        came = f"{case.seen:.1f}" if case.approved else ""
        name = case.programme.removeprefix("prog:")
        print(f"| {name} | {case.origin} | {case.rung} | {case.p:.3f} | {case.lookup:.3f} | {came} |")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
