"""The typed answer of a forecast. Days are ISO, chances lie within 0 and 1, unrounded."""

from typing import Any

import msgspec


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """One input, changeable by its `name`, and what it asserts."""

    name: str
    value: Any
    assumption: str


class Days(msgspec.Struct, frozen=True):
    """The days by which it happens with a chance of 10, 50 and 90 %, given that it happens within the horizon."""

    p10: str
    p50: str
    p90: str


class YearChance(msgspec.Struct, frozen=True):
    """A chance that holds on the day `by`."""

    by: str
    p: float


class HowCommon(msgspec.Struct, frozen=True, kw_only=True):
    """A published prevalence: people with the disease per 100,000 in an `area`, `low` to `high` (null: no upper end),
    the `point` where a value was published; `class_` as its publisher prints it, `measure` what is counted."""

    measure: str
    area: str
    class_: str = msgspec.field(name="class")
    low: float
    point: float | None
    high: float | None
    source: str
    published_as: str


class ProgrammeForecast(msgspec.Struct, frozen=True, kw_only=True):
    """One runner, a programme of `product`: `p_approval` within the horizon, `p_first` of those not approved yet (ties
    shared), `places[k]` the chance to come in as number k + 1, `date` of the approval. `steps` are the published
    chances of leaving each rung upward, `rates` the ids of the rows behind them, `rung` where it stands and `months`
    how long. `by_year` is its chance of approval by the end of each year."""

    id: str
    programme: str
    product: str
    rung: str
    months: int
    p_approval: float
    p_first: float
    places: tuple[float, ...]
    date: Days | None
    by_year: tuple[YearChance, ...]
    steps: dict[str, float]
    rates: tuple[str, ...]
    notes: tuple[str, ...]


class Unforecast(msgspec.Struct, frozen=True, kw_only=True):
    """A programme of the arena that gets no chances, and why: approved already, stopped, silent, no certain rung."""

    id: str
    programme: str
    approved_on: str | None
    because: str


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The race to approval as it looked on `on`: `programmes`, the likeliest first to be first in front.

    `jurisdiction` null: the first approval anywhere. `p_first` of all and `p_nobody` sum to 1; `nobody_by` has the
    chance that nobody more is approved by the end of each year. `error` is the largest standard error of a chance,
    `newest` the last day on which a document that it rests on became public, `prevalence` how common the disease is.
    """

    title: str
    arena: dict[str, str | None]
    jurisdiction: str | None
    on: str
    clock: str
    horizon: str
    programmes: tuple[ProgrammeForecast, ...]
    others: tuple[Unforecast, ...]
    p_nobody: float
    nobody_by: tuple[YearChance, ...]
    first: Days | None
    error: float
    notes: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    limits: tuple[str, ...]
    prevalence: HowCommon | None
    newest: str | None
    snapshot: str
    built_at: str


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of the `forecast` and of a `floor` (a simpler rule, named), on `n` cases. `low` to `high`: 95 % of
    the difference forecast - floor when programmes are drawn anew; null where there is no floor."""

    measure: str
    n: int
    forecast: float | None
    floor: float | None
    floor_is: str | None
    low: float | None
    high: float | None


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of a reliability diagram: `n` forecasts from `low` to `high`, their mean, and the part that happened."""

    low: float
    high: float
    n: int
    forecast: float
    observed: float


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """Forecasts made as of past days, by what was known then, against what is known today.

    `origins` are the days, `cases` the number of (programme, day) pairs, `programmes` how many differ, `approved` how
    many cases ended in an approval within `years`.
    """

    title: str
    years: int
    origins: tuple[str, ...]
    cases: int
    programmes: int
    approved: int
    scores: tuple[Score, ...]
    reliability: tuple[Bar, ...]
    notes: tuple[str, ...]
    snapshot: str
    built_at: str
