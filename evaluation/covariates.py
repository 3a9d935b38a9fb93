"""Would covariates or a boosted model tell a programme's approval better than the forecast does?

Tried on the registry files as they were: on each of their days the stays known by then are learnt from, beside the
hazards that the forecast itself fits, and the programmes of that day are asked. Both trials multiply those hazards for
each programme: a ridge regression of relative hazards (`forecast.effects`), and boosted trees of the same (the extra
`models`). Covariates are as the standings had them on the day.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from evaluation import forecasts, homes
from frontrunner import forecasting
from frontrunner.forecast import classes, effects, histories, incidence, racing, rates, score, score_races
from frontrunner.forecast.hazards import Hazards, Spell
from frontrunner.forecast.racing import Entrant
from frontrunner.forecast.settings import Settings
from frontrunner.race import standings
from frontrunner.race.question import Snapshot, asked

Floats = npt.NDArray[np.float64]
YEARS = 5
_CHOSEN = Settings(years=YEARS)
_KINDS = ("aav", "car_t", "lentiviral_hsc", "edited_hsc")
_ROUNDS = 40
#: (covariates of the asked, stays, covariates of the stays, hazards, end) -> a factor for each of the asked
_Model = Callable[[Floats, Sequence[Spell], Floats, Hazards, str], Floats]


class Asked(NamedTuple):
    """Chances of approval within the years by model, and what came; the programme of each."""

    p: dict[str, list[float]]
    seen: list[float]
    approved: list[int]
    programmes: list[str]


def tried(data: Path) -> Asked:
    """Every case of the main score that each model could be asked of."""
    found = Asked({}, [], [], [])
    came = {(case.programme, case.origin): case for case in forecasts.of_files(data, None, YEARS).cases}
    with Snapshot(homes.of_files(data, starter=False)) as snapshot:
        for day in forecasts.ORIGINS:
            for kind in ("gene_therapy", "cell_therapy"):
                question = asked(None, modality=kind, on=day, clock="then", within=snapshot)
                arena = forecasting.known(snapshot, question, standings.race(snapshot, question))
                runners = forecasting.field(snapshot, arena)
                for id, chances in _chances(runners, forecasting.past(snapshot, arena), arena).items():
                    case = came.pop((id, day.isoformat()), None)
                    if case is None:
                        continue
                    for name, p in chances.items():
                        found.p.setdefault(name, []).append(p)
                    found.seen.append(case.seen)
                    found.approved.append(int(case.approved))
                    found.programmes.append(id)
    return found


def _chances(
    runners: Sequence[Entrant], past: Sequence[histories.History], arena: forecasting.Known
) -> dict[str, dict[str, float]]:
    day = arena.question.on
    by_id = {one.id: one for one in runners}
    shared = _crowds(runners)
    stays = [one for one in histories.spells(past, racing.month(day), ladder=classes.LADDER) if one.programme in by_id]
    x = np.array([_covariates(by_id[stay.programme], shared) for stay in stays])
    running = [one for one in runners if one.unforecast(_CHOSEN) is None]
    ask = np.array([_covariates(one, shared) for one in running])
    seen = classes.seen(past, racing.month(day))
    pooled = classes.of(rates.About(), seen, day, _CHOSEN).hazards
    factors = {
        name: {cause: model(ask, stays, x, pooled, cause) for cause in ("advance", "stop")}
        for name, model in _MODELS.items()
    }
    told: dict[str, dict[str, float]] = {}
    for row, one in enumerate(running):
        hazards = classes.of(rates.About(modalities=one.kinds, orphan=one.orphan), seen, day, _CHOSEN).hazards
        moved = {name: hazards.scaled(**{c: float(f[row]) for c, f in by.items()}) for name, by in factors.items()}
        told[one.id] = {name: _p(one, held) for name, held in {"the forecast": hazards, **moved}.items()}
    return told


def _p(one: Entrant, hazards: Hazards) -> float:
    rung, _ = racing.ON[one.rung or ""]
    spent = 0 if one.rung == "ind_cleared" else min(one.months, 1200)
    return float(incidence.goal_curve(incidence.to_goal(hazards, 12 * YEARS), hazards, rung, spent)[-1])


def _crowds(runners: Sequence[Entrant]) -> dict[str | None, int]:
    targets = [one.target for one in runners if one.target]
    return {target: targets.count(target) for target in targets}


def _covariates(one: Entrant, shared: dict[str | None, int]) -> list[float]:
    """Its kind, whether its disease is rare, whether its target is known, and how many others aim at it."""
    kind = one.kinds[0] if one.kinds else ""
    crowd = float(np.log(shared.get(one.target, 1)))
    return [*(float(kind == name) for name in _KINDS), float(bool(one.orphan)), float(one.target is not None), crowd]


def _ridge(ask: Floats, stays: Sequence[Spell], x: Floats, baseline: Hazards, cause: str) -> Floats:
    if not any(stay.end == cause for stay in stays):
        return np.ones(len(ask))
    found = effects.fit(stays, x, baseline, cause)
    return np.array([found.relative(row) for row in ask])


def _boosted(ask: Floats, stays: Sequence[Spell], x: Floats, baseline: Hazards, cause: str) -> Floats:
    """Poisson trees on the log of the ends expected; the mean factor of those learnt from is taken out."""
    import lightgbm

    if not any(stay.end == cause for stay in stays):
        return np.ones(len(ask))
    expected = effects.expected(stays, baseline, cause)
    came = np.array([float(stay.end == cause) for stay in stays])
    options: dict[str, Any] = {
        "objective": "poisson", "learning_rate": 0.05, "num_leaves": 4, "min_data_in_leaf": 8, "lambda_l2": 1.0,
        "verbose": -1, "num_threads": 1, "deterministic": True, "seed": 1,
    }  # fmt: skip
    start = np.log(np.maximum(expected, 1e-9))
    model = lightgbm.train(options, lightgbm.Dataset(x, came, init_score=start), _ROUNDS)
    factor = np.exp(np.asarray(model.predict(x, raw_score=True), dtype=float))
    level = float((factor * expected).sum() / expected.sum())
    return np.asarray(np.exp(model.predict(ask, raw_score=True)) / level, dtype=float)


_MODELS: dict[str, _Model] = {"relative hazards (ridge)": _ridge, "boosted relative hazards": _boosted}


def run(data: Path) -> None:
    """Each model beside the forecast; the difference of the Brier scores draws whole programmes."""
    found = tried(data)
    print("| model | n | Brier | less the forecast's, 95 % | log loss | ROC |\n|---|---|---|---|---|---|")
    told = {name: score.at_horizon(p, found.seen, found.approved, float(YEARS)) for name, p in found.p.items()}
    base = told["the forecast"]
    for name, one in told.items():
        gap = one.w * ((one.p - one.y) ** 2 - (base.p - one.y) ** 2)

        def mean(rows: npt.NDArray[np.intp], gap: Floats = gap) -> float:
            return float(gap[rows].mean())

        between = score_races.cluster_bootstrap(found.programmes, mean)
        print(
            f"| {name} | {len(one.p)} | {score.brier(one):.4f} | {between.low:+.4f} to {between.high:+.4f} "
            f"| {score.log_loss(one):.3f} | {score.auc(one) or 0:.3f} |"
        )
