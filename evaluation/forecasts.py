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

from evaluation import homes, known_world
from frontrunner.backtesting import Arena, Gathered, approvals, backtest, gathered
from frontrunner.forecast import scorecard
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


@cache
def of_files(data: Path, origin: date | None, years: int) -> Gathered:
    """The cases and races of the registry files, as of one of their days or of all."""
    whole = [Arena(None, {**asking, "years": years}) for asking in _WHOLE]  # type: ignore[typeddict-item]
    single = [Arena(name, {"modality": kind, "years": years}) for name in _DISEASES for kind in _KINDS]
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
    """One table a row of the scorecard, and every case of the main score."""
    for years in YEARS:
        _print(f"Registry files of 2018-05 and 2020-07, {years} years", scores(data, None, years))
    for origin in ORIGINS:
        _print(f"Registry files of {origin:%Y-%m} alone, 5 years", scores(data, origin, 5))
    early = of_files(data, TOO_EARLY, 1)
    print(f"\n## Registry files of {TOO_EARLY:%Y-%m}\n\n{len(early.cases)} forecasts made; no outcome is known yet.")
    with Snapshot(homes.of_starter()) as snapshot:
        told = backtest(snapshot, None, {"modality": "gene_therapy", "on": UNTIL, "years": 5})
    title = f"Dated milestones of the starter ledger, {len(told.origins)} quarters, 5 years"
    _print(f"{title}: winners alone are in it, so this is no score of the chances", told.scores)
    known_world.run(data)
    _cases(of_files(data, None, 5))


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
