"""The market of a one-time therapy: a backlog and its incidence, depleted by order of entry.

    evaluate(Market(pool=6000, incidence=70, exit_rate=.01, treat_rate=.1, years=10, horizon=15,
                    rivals=(Rival(name="second", lag=1.5, share=.5),)))

Time runs in years from the first launch, patients are persons and need not be whole. The equations stand in
`depletion` and `entry`. The cost of being late is a rival's share of that part of the backlog which was treated
before it came: it grows with the treat rate and vanishes as the treat rate does.
"""

import msgspec
import numpy as np

from frontrunner.errors import UnknownOption, UsageError
from frontrunner.forecast import inputs, order, tables
from frontrunner.forecast.answers import Assumption, HowCommon
from frontrunner.forecast.depletion import Course, Limits, Pool, closed_form, stepped
from frontrunner.forecast.entry import Floats, Holding, Mask, Product, stages, strata
from frontrunner.forecast.uptake import Uptake

METHODS = ("auto", "closed_form", "stepped")


class Rival(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A later product: `lag` years after the first launch, `share` of treatments once all products are there.

    `uptake` is its own ramp, `expands` the relative rise of the whole treat rate at its entry, `reaches_excluded`
    the fraction of the antibody-excluded that it can treat (another serotype, no virus), `capacity` its patients a
    year, `exempt` whether it may enter in spite of another's exclusivity.
    """

    name: str
    lag: float
    share: float
    uptake: Uptake | None = None
    expands: float = 0.0
    reaches_excluded: float = 0.0
    capacity: float | None = None
    exempt: bool = False

    def __post_init__(self) -> None:
        inputs.years(f"the lag of {self.name} (years after the first launch)", self.lag)
        inputs.probability(f"the share of {self.name}", self.share)
        inputs.number(f"what {self.name} adds to the treat rate", self.expands, 0.0, 10.0)
        inputs.probability(f"the part of the excluded that {self.name} reaches", self.reaches_excluded)
        _optional_people(f"the capacity of {self.name}", self.capacity)


class Warehousing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The treat rate falls by `fraction` within `years` before each entry of a rival."""

    years: float
    fraction: float

    def __post_init__(self) -> None:
        inputs.years("the years of warehousing", self.years)
        inputs.probability("the fraction of warehousing", self.fraction)


class Market(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The question. What each field asserts stands in `market_assumptions.csv` and is repeated in every result."""

    pool: float
    incidence: float
    exit_rate: float
    treat_rate: float
    years: float = 10.0
    horizon: float | None = None
    leader: str = "first"
    rivals: tuple[Rival, ...] = ()
    capacity: float | None = None
    leader_capacity: float | None = None
    uptake: Uptake | None = None
    antibody_exclusion: float = 0.0
    differentiated: bool = True
    waning: float = 0.0
    redosable: float = 1.0
    warehousing: Warehousing | None = None
    exclusivity: float | None = None

    def __post_init__(self) -> None:
        inputs.people("the pool (prevalent eligible patients)", self.pool)
        inputs.people("the incidence", self.incidence)
        if self.pool == 0 and self.incidence == 0:
            raise UsageError("the pool is empty and nobody joins it: give a pool or an incidence above 0")
        inputs.rate("the exit rate", self.exit_rate)
        inputs.rate("the treat rate", self.treat_rate)
        inputs.positive("the years", self.years, inputs.YEARS)
        if self.horizon is not None:
            inputs.positive("the horizon", self.horizon, inputs.YEARS)
        self._check_options()
        self._check_rivals()

    def _check_options(self) -> None:
        _optional_people("the capacity", self.capacity)
        _optional_people("the leader's capacity", self.leader_capacity)
        inputs.probability("the antibody exclusion", self.antibody_exclusion)
        inputs.rate("the waning rate", self.waning)
        inputs.probability("the redosable fraction", self.redosable)
        if self.exclusivity is not None:
            inputs.years("the exclusivity", self.exclusivity)

    def _check_rivals(self) -> None:
        names = [self.leader, *(rival.name for rival in self.rivals)]
        if len(set(names)) < len(names):
            raise UsageError(f"every product needs its own name: {', '.join(names)}")
        inputs.number("the number of rivals", len(self.rivals), 0, 50)
        inputs.number("the sum of the rivals' shares", round(sum(rival.share for rival in self.rivals), 12), 0.0, 1.0)
        growth = float(np.prod([1.0 + rival.expands for rival in self.rivals]))
        inputs.rate("the treat rate after every entry", self.treat_rate * growth)


class Yearly(msgspec.Struct, frozen=True, kw_only=True):
    """`per_year` in the order of the result's `year_ends`, and the `total`. Persons, unrounded.

    Of untreated patients: at each year's end, and at the end of all. Of treatments: in each year, and in all.
    """

    per_year: tuple[float, ...]
    total: float


class ProductOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One product: its `launch` after exclusivity, treatments by year end up to `years`, and to the `horizon`;
    `share` of everything treated to the horizon (None: nobody is treated)."""

    name: str
    launch: float
    treated: Yearly
    treated_to_horizon: float
    share: float | None


class UnderDemand(msgspec.Struct, frozen=True, kw_only=True):
    """The same market at the treat rate that a real therapy met: treated within the years shown, and the products'
    shares to the horizon, in their order. Null where the pool asked about is smaller than that therapy's patients.
    Not `pool_known`: nobody published that therapy's pool, and its patients are set against the one asked about."""

    case: str
    pool_known: bool
    treat_rate: float | None
    treated: float | None
    shares: tuple[float | None, ...] | None
    source: str


class WithPool(msgspec.Struct, frozen=True, kw_only=True):
    """The same market with the pool at one end of its interval: treated within the years shown, untreated at their
    end, and the products' shares to the horizon, in their order."""

    pool: float
    treated: float
    untreated: float
    shares: tuple[float | None, ...]


class ByOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What a named model of order of entry gives entrant 1, 2 ... of a chronic therapy, where no pool runs out."""

    model: str
    shares: tuple[float, ...]
    source: str


class MarketResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. `products` has the leader first, then the rivals as given.

    `untreated` counts everybody never treated, also those whom antibodies exclude for good (`excluded` of the
    pool). `retreated` are treatments after waning, a part of `treated`.
    `flow_ratio` is the last whole year's treatments over the first's; `steady_flow` the treatments a year that the
    incidence sustains for ever (None where waning or one product's capacity decides it).
    `demand` holds the same market under observed demand, `pools` with the ends of a prevalence's interval, `by_order`
    the shares by models for chronic therapies, `limits` what none of this can know.
    """

    market: Market
    method: str
    year_ends: tuple[float, ...]
    untreated: Yearly
    treated: Yearly
    retreated: float
    excluded: float
    horizon: float
    products: tuple[ProductOutcome, ...]
    flow_ratio: float | None
    steady_flow: float | None
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]
    demand: tuple[UnderDemand, ...] = ()
    pools: tuple[WithPool, ...] = ()
    by_order: tuple[ByOrder, ...] = ()
    prevalence: HowCommon | None = None
    limits: tuple[str, ...] = ()

    @property
    def shares(self) -> dict[str, float | None]:
        """Share of everything treated to the horizon, by product name."""
        return {product.name: product.share for product in self.products}


def evaluate(market: Market, method: str = "auto") -> MarketResult:
    """Run `market`. `auto` takes the closed form where hazards are constant between entries, else the stepper."""
    if method not in METHODS:
        raise UnknownOption("the method", method, METHODS)
    exact = _piecewise_constant(market)
    if method == "closed_form" and not exact:
        raise UsageError("no closed form with a ramp, a capacity or waning: use the method auto or stepped")
    horizon = market.years if market.horizon is None else market.horizon
    products = _products(market)
    sizes, able = strata(products, market.antibody_exclusion)
    holding = None if market.warehousing is None else Holding(market.warehousing.years, market.warehousing.fraction)
    end = max(market.years, horizon)
    parts = stages(products, able, market.treat_rate, end, uptake=market.uptake, holding=holding)
    pool = Pool(sizes * market.pool, sizes * market.incidence, market.exit_rate)
    times = np.unique(np.concatenate([_year_marks(market.years), _year_marks(horizon)]))
    if exact and method != "stepped":
        course, used = closed_form(pool, parts, times), "closed_form"
    else:
        course, used = stepped(pool, parts, times, _limits(market, products)), "stepped"
    return _result(market, course, used, horizon, products)


def _products(market: Market) -> tuple[Product, ...]:
    shares = [1.0 - sum(rival.share for rival in market.rivals), *(rival.share for rival in market.rivals)]
    launches = [0.0]
    for rival in market.rivals:
        barred = 0.0 if rival.exempt or market.exclusivity is None else market.exclusivity
        launches.append(max(rival.lag, barred))
    if not market.differentiated:
        shares = _by_entry(order.undifferentiated(len(launches)), launches)
    first = Product(0.0, max(shares[0], 0.0), capacity=market.leader_capacity)
    return (
        first,
        *(
            Product(launch, share, one.uptake, one.expands, one.reaches_excluded, one.capacity)
            for launch, share, one in zip(launches[1:], shares[1:], market.rivals, strict=True)
        ),
    )


def _by_entry(shares: tuple[float, ...], launches: list[float]) -> list[float]:
    """`shares` are by place of entry: hand them to the products in the order of their launches."""
    by_launch = sorted(range(len(launches)), key=lambda index: launches[index])
    return [shares[by_launch.index(index)] for index in range(len(launches))]


def _piecewise_constant(market: Market) -> bool:
    caps = [market.capacity, market.leader_capacity, *(rival.capacity for rival in market.rivals)]
    ramps = [market.uptake, *(rival.uptake for rival in market.rivals)]
    return market.waning == 0 and all(option is None for option in [*caps, *ramps])


def _limits(market: Market, products: tuple[Product, ...]) -> Limits:
    each = np.array([np.inf if product.capacity is None else product.capacity for product in products])
    total = np.inf if market.capacity is None else market.capacity
    return Limits(total, each, market.waning, market.redosable)


def _year_marks(years: float) -> Floats:
    """0, 1, 2 ... and `years` itself."""
    return np.unique(np.append(np.arange(0.0, np.floor(years) + 1.0), years))


def _result(
    market: Market,
    course: Course,
    method: str,
    horizon: float,
    products: tuple[Product, ...],
) -> MarketResult:
    marks = _year_marks(market.years)
    rows = np.searchsorted(course.times, marks)
    at_horizon = course.treated[np.searchsorted(course.times, horizon)]
    untreated = np.maximum(course.untreated[rows], 0.0)
    yearly = _yearly(course.treated[rows].sum(axis=1))
    sizes, able = strata(products, market.antibody_exclusion)
    return MarketResult(
        market=market,
        method=method,
        year_ends=tuple(marks[1:].tolist()),
        untreated=Yearly(per_year=tuple(untreated[1:].tolist()), total=float(untreated[-1])),
        treated=yearly,
        retreated=float(course.retreated[rows[-1]]),
        excluded=float(market.pool * sizes[~able.any(axis=1)].sum()),
        horizon=horizon,
        products=_outcomes(market, course.treated[rows], at_horizon, products),
        flow_ratio=_flow_ratio(market.years, yearly),
        steady_flow=_steady_flow(market, able, sizes),
        assumptions=assumptions(market),
        notes=_notes(market, horizon, products, float(at_horizon.sum())),
    )


def _yearly(cumulative: Floats) -> Yearly:
    return Yearly(per_year=tuple(np.diff(cumulative).tolist()), total=float(cumulative[-1]))


def _outcomes(
    market: Market, treated: Floats, at_horizon: Floats, products: tuple[Product, ...]
) -> tuple[ProductOutcome, ...]:
    total = float(at_horizon.sum())
    names = [market.leader, *(rival.name for rival in market.rivals)]
    return tuple(
        ProductOutcome(
            name=name,
            launch=product.launch,
            treated=_yearly(treated[:, index]),
            treated_to_horizon=float(at_horizon[index]),
            share=float(at_horizon[index]) / total if total > 0 else None,
        )
        for index, (name, product) in enumerate(zip(names, products, strict=True))
    )


def _flow_ratio(years: float, treated: Yearly) -> float | None:
    whole = int(np.floor(years))
    if whole < 1 or treated.per_year[0] <= 0:
        return None
    return treated.per_year[whole - 1] / treated.per_year[0]


def _steady_flow(market: Market, able: Mask, sizes: Floats) -> float | None:
    """K b / (m + K) summed over strata with every product there, at full uptake, no more than the capacity."""
    own = [market.leader_capacity, *(rival.capacity for rival in market.rivals)]
    if market.waning > 0 or any(capacity is not None for capacity in own):
        return None
    full = market.treat_rate * float(np.prod([1.0 + rival.expands for rival in market.rivals]))
    hazards = np.where(able.any(axis=1), full, 0.0)
    away = hazards + market.exit_rate
    flow = market.incidence * float((sizes * np.divide(hazards, away, out=np.zeros_like(away), where=away > 0)).sum())
    return flow if market.capacity is None else min(flow, market.capacity)


def _notes(market: Market, horizon: float, products: tuple[Product, ...], treated: float) -> tuple[str, ...]:
    notes = []
    if treated == 0:
        notes.append("Nobody is treated by the horizon, so no product has a share.")
    if not market.rivals:
        notes.append("One product and no rival: it has everything that is treated.")
    for rival, product in zip(market.rivals, products[1:], strict=True):
        if product.launch >= horizon:
            notes.append(f"{rival.name} launches after the horizon ({product.launch:g} years): its share is 0.")
        if product.launch > rival.lag:
            notes.append(f"{rival.name} is kept out by exclusivity until year {product.launch:g}.")
    if not market.differentiated and market.rivals:
        notes.append("The shares given are replaced by those of an undifferentiated class (L.E.K.).")
    return tuple(notes)


def assumptions(market: Market) -> tuple[Assumption, ...]:
    """Every input of `market`, given or by default, with what it asserts."""
    texts = {row["name"]: row["assumption"] for row in tables.rows("market_assumptions")}
    return tuple(
        Assumption(name=name, value=getattr(market, name), assumption=texts[name]) for name in market.__struct_fields__
    )


def _optional_people(name: str, value: float | None) -> None:
    if value is not None:
        inputs.people(name, value)
