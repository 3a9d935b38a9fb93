"""Cases of a back-test to scores: each forecast beside what happened, and beside simpler rules."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.forecast import score, score_races
from frontrunner.forecast.answers import Bar, Score


class Case(NamedTuple):
    """One programme on one day: its chance, the chance by the rates alone (`lookup`), whether it was approved within
    the horizon (0 or 1), and whether that day lay within 10 and 90 % (null: not approved, or no dates)."""

    programme: str
    p: float
    lookup: float
    came: int
    dated: bool | None


class Field(NamedTuple):
    """One race on one day: chances to be first, the last of them of nobody; which runners lead; who came first."""

    p: tuple[float, ...]
    leads: tuple[bool, ...]
    winner: int


def scores(cases: Sequence[Case], fields: Sequence[Field]) -> tuple[Score, ...]:
    """Chances of approval against the lookup, dates, and chances to be first against two rules."""
    p, came = np.array([case.p for case in cases]), np.array([case.came for case in cases])
    lookup = np.array([case.lookup for case in cases])
    names = [case.programme for case in cases]
    floor = "rates alone: the product of the steps ahead"
    told = [_against(label, f, p, lookup, came, names, floor) for label, f in _MEASURES]
    scored = score.binary(p, came)
    told.append(_alone("ECE in ten bins", len(cases), score.calibration(scored).ece))
    told.append(_alone("area under the ROC curve", len(cases), score.auc(scored)))
    dated = [case.dated for case in cases if case.dated is not None]
    told.append(_alone("dates within 10 and 90 % (aim .80)", len(dated), float(np.mean(dated)) if dated else None))
    return (*told, *_firsts(fields))


def reliability(cases: Sequence[Case]) -> tuple[Bar, ...]:
    """The bars that hold anything."""
    bins = score.calibration(score.binary([case.p for case in cases], [case.came for case in cases])).bins
    return tuple(
        Bar(low=one.low, high=one.high, n=round(one.weight), forecast=one.forecast, observed=one.observed)
        for one in bins
    )


_MEASURES: tuple[tuple[str, Callable[[score.Binary], float]], ...] = (
    ("Brier score of approval", score.brier),
    ("log loss of approval, nats", score.log_loss),
)


def _against(
    label: str,
    measure: Callable[[score.Binary], float],
    p: npt.NDArray[np.float64],
    lookup: npt.NDArray[np.float64],
    came: npt.NDArray[np.int_],
    names: Sequence[str],
    floor_is: str,
) -> Score:
    def difference(rows: npt.NDArray[np.intp]) -> float:
        return measure(score.binary(p[rows], came[rows])) - measure(score.binary(lookup[rows], came[rows]))

    between = score_races.cluster_bootstrap(names, difference, draws=500) if len(set(names)) > 1 else None
    return Score(
        measure=label,
        n=len(p),
        forecast=measure(score.binary(p, came)),
        floor=measure(score.binary(lookup, came)),
        floor_is=floor_is,
        low=between.low if between else None,
        high=between.high if between else None,
    )


def _firsts(fields: Sequence[Field]) -> list[Score]:
    if not fields:
        return []
    own = float(np.mean([score_races.race_log_loss(field.p, field.winner) for field in fields]))
    even = float(
        np.mean([score_races.race_log_loss(score_races.uniform(len(field.leads)), field.winner) for field in fields])
    )
    ahead = float(np.mean([score_races.race_log_loss(_furthest(field), field.winner) for field in fields]))
    return [
        _alone("log loss of who is first, nats", len(fields), own, even, "everybody and nobody alike"),
        _alone("log loss of who is first, nats", len(fields), own, ahead, "the furthest rung leads, with 90 %"),
    ]


def _furthest(field: Field) -> npt.NDArray[np.float64]:
    """The rule with the forecast's own chance of nobody, so that it differs in the order alone."""
    return score_races.leader_takes_all(field.leads, field.p[-1])


def _alone(measure: str, n: int, value: float | None, floor: float | None = None, named: str | None = None) -> Score:
    return Score(measure=measure, n=n, forecast=value, floor=floor, floor_is=named, low=None, high=None)
