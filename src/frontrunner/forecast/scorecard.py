"""Cases of a back-test to scores: each forecast beside what happened, and beside simpler rules.

Who was not followed to the horizon counts with weight 0, and the known ones in its place (`score.at_horizon`).
Intervals draw whole programmes, and whole arenas where races are scored.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from frontrunner.forecast import score, score_dates, score_races
from frontrunner.forecast.answers import Bar, Score
from frontrunner.forecast.entry import Floats

_DRAWS = 500
#: better than this before any result is known, and a leak is likelier than skill
_TOO_SKILLED, _TOO_SHARP, _ENOUGH = 0.2, 0.8, 10
_BY_TIME = "the same rates, evenly over the mean years ahead"
_RATES, _ALL = "its rates alone: the product of the steps ahead", "the same of all medicines"
_MEAN = "one chance for all: the mean of what came, known in hindsight alone"


class Case(NamedTuple):
    """One programme as of one day. `curve` is its chance of approval after 0, 1, 2 ... years, to the horizon; `lookup`
    and `of_all` the eventual chance by the rates of its kind and of all medicines, `mean_years` how long the steps
    ahead take. It was approved (or not yet) `seen` years on."""

    programme: str
    origin: str
    rung: str
    curve: tuple[float, ...]
    lookup: float
    of_all: float
    mean_years: float
    seen: float
    approved: bool

    @property
    def p(self) -> float:
        """The chance of approval by the horizon."""
        return self.curve[-1]


class Field(NamedTuple):
    """One race as of one day, the furthest in front: chances to be first, the last of them of nobody; who stands on
    the furthest rung, who is longest in a pivotal study; and the index of who came first."""

    arena: str
    p: tuple[float, ...]
    furthest: tuple[bool, ...]
    earliest: tuple[bool, ...]
    winner: int


def scores(cases: Sequence[Case], fields: Sequence[Field], years: float) -> tuple[Score, ...]:
    """Chances of approval and its dates against the rates alone, and chances to be first against three rules."""
    watched = _Watched(cases, years)
    told = [
        watched.against(label, f, floor, named)
        for label, f in _MEASURES
        for floor, named in ((watched.lookup, _RATES), (watched.of_all, _ALL))
    ]
    told.insert(2, watched.against(*_MEASURES[0], watched.mean, _MEAN))
    reliable = score.calibration(watched.binary(watched.p))
    told.append(_alone("ECE in ten bins", len(cases), reliable.ece))
    told.append(_alone("calibration slope (aim .9 to 1.1)", len(cases), reliable.slope))
    told.append(watched.dates())
    return (*told, *_coverage(cases, years), *_firsts(fields))


def reliability(cases: Sequence[Case], years: float) -> tuple[Bar, ...]:
    """The bars that hold anything; `n` is their weight in forecasts."""
    watched = _Watched(cases, years)
    bins = score.calibration(watched.binary(watched.p)).bins
    return tuple(
        Bar(low=one.low, high=one.high, n=round(one.weight), forecast=one.forecast, observed=one.observed)
        for one in bins
    )


def suspicions(told: Sequence[Score]) -> tuple[str, ...]:
    """What is too good to be true: before any result is known nobody forecasts so well, but a leak does."""
    found = []
    for one in told:
        if one.floor_is == _MEAN and one.floor and one.n >= _ENOUGH:
            skill = score.skill(one.forecast or 0.0, one.floor)
            if skill > _TOO_SKILLED and one.high is not None and one.high < 0:
                found.append(f"A Brier skill of {skill:.0%} over the mean of what came: look for a leak.")
        if one.measure == _ROC and one.forecast and one.forecast > _TOO_SHARP and one.n >= _ENOUGH:
            found.append(f"An area of {one.forecast:.2f} under the ROC curve: look for a leak.")
    return tuple(dict.fromkeys(found))


_ROC = "area under the ROC curve at the horizon (higher is better)"
_MEASURES: tuple[tuple[str, Callable[[score.Binary], float | None]], ...] = (
    ("Brier score of approval", score.brier),
    ("log loss of approval, nats", score.log_loss),
    (_ROC, score.auc),
)


class _Watched:
    """The cases as columns."""

    def __init__(self, cases: Sequence[Case], years: float) -> None:
        self.cases = cases
        self.names = [case.programme for case in cases]
        self.p = np.array([case.p for case in cases])
        self.lookup = np.array([case.lookup for case in cases])
        self.of_all = np.array([case.of_all for case in cases])
        seen, kinds = np.array([case.seen for case in cases]), np.array([int(case.approved) for case in cases])
        self.whole = score.at_horizon(self.p, seen, kinds, years)
        self.mean = np.full(len(cases), np.average(self.whole.y, weights=self.whole.w))

    def binary(self, p: Floats, rows: npt.NDArray[np.intp] | None = None) -> score.Binary:
        """Approved by the horizon or not, weighed for those not followed so long: by the weights of all cases."""
        whole = self.whole
        return (
            score.Binary(p, whole.y, whole.w) if rows is None else score.Binary(p[rows], whole.y[rows], whole.w[rows])
        )

    def against(self, label: str, measure: Callable[[score.Binary], float | None], floor: Floats, named: str) -> Score:
        """A measure of the forecast and of a floor, with the interval of their difference."""

        def difference(rows: npt.NDArray[np.intp]) -> float:
            if not self.whole.w[rows].any():
                return 0.0
            own, other = measure(self.binary(self.p, rows)), measure(self.binary(floor, rows))
            return 0.0 if own is None or other is None else own - other

        return _score(
            label, len(self.cases), measure(self.binary(self.p)), measure(self.binary(floor)), named,
            self.names, difference,
        )  # fmt: skip

    def dates(self) -> Score:
        """CRPS in years over the horizon, what lies beyond the last look left out."""
        grid = np.arange(len(self.cases[0].curve), dtype=float)
        own = np.array([score_dates.crps_censored(grid, np.array(c.curve), c.seen, c.approved) for c in self.cases])
        even = [c.lookup * -np.expm1(-grid / c.mean_years) for c in self.cases]
        floor = np.array(
            [score_dates.crps_censored(grid, f, c.seen, c.approved) for f, c in zip(even, self.cases, strict=True)]
        )

        def difference(rows: npt.NDArray[np.intp]) -> float:
            return float((own - floor)[rows].mean())

        label = "CRPS of the date, years"
        return _score(label, len(own), float(own.mean()), float(floor.mean()), _BY_TIME, self.names, difference)


def _coverage(cases: Sequence[Case], years: float) -> list[Score]:
    """How many approvals within the horizon lay in the middle half and the middle 80 % of their forecast dates."""
    came = [case for case in cases if case.approved and case.seen <= years and case.p > 0]
    places = np.array([np.interp(one.seen, np.arange(len(one.curve)), one.curve) / one.p for one in came])
    found = []
    for level in (0.5, 0.8):
        held = float((np.abs(places - 0.5) <= level / 2.0).mean()) if came else None
        found.append(_alone(f"dates within the middle {level:.0%} (aim {level:.0%})", len(came), held))
    return found


def _firsts(fields: Sequence[Field]) -> list[Score]:
    """Each rule has the forecast's own chance of nobody but for the uniform one, so that it differs in order alone."""
    if not fields:
        return []
    rules: tuple[tuple[str, Callable[[Field], Floats]], ...] = (
        ("everybody and nobody alike", lambda field: score_races.uniform(len(field.furthest))),
        ("the furthest rung leads, with 90 %", lambda field: _ruled(field.furthest, field)),
        ("the earliest pivotal start leads, with 90 %", lambda field: _ruled(field.earliest, field)),
    )
    measures = (
        ("log loss of who is first, nats", score_races.race_log_loss),
        ("ranked probability score of who is first", score_races.ranked_probability),
    )
    arenas = [field.arena for field in fields]
    found = []
    for label, measure in measures:
        own = np.array([measure(field.p, field.winner) for field in fields])
        for named, rule in rules:
            floor = np.array([measure(rule(field), field.winner) for field in fields])

            def difference(rows: npt.NDArray[np.intp], gap: Floats = own - floor) -> float:
                return float(gap[rows].mean())

            found.append(_score(label, len(own), float(own.mean()), float(floor.mean()), named, arenas, difference))
    return found


def _ruled(leads: tuple[bool, ...], field: Field) -> Floats:
    return score_races.leader_takes_all(leads, field.p[-1])


def _score(
    label: str,
    n: int,
    own: float | None,
    floor: float | None,
    named: str,
    clusters: Sequence[Hashable],
    difference: Callable[[npt.NDArray[np.intp]], float],
) -> Score:
    drawn = len(set(clusters)) > 1
    between = score_races.cluster_bootstrap(clusters, difference, draws=_DRAWS) if drawn else None
    return Score(
        measure=label,
        n=n,
        forecast=own,
        floor=floor,
        floor_is=named,
        low=between.low if between else None,
        high=between.high if between else None,
    )


def _alone(measure: str, n: int, value: float | None) -> Score:
    return Score(measure=measure, n=n, forecast=value, floor=None, floor_is=None, low=None, high=None)
