"""A market as people ask for it: options by name become a `Market`, with the real demand for such therapies beside it.

Every option may be left out but for the treat rate (or a `scenario`), the incidence, the exit rate and the pool (or a
prevalence with its population); what is not given is either the model's default, and listed as one, or an error.
"""

from collections.abc import Sequence
from typing import Any, TypedDict

from msgspec.structs import replace

from frontrunner.errors import UsageError
from frontrunner.forecast import demand, inputs, limits, order, prevalence
from frontrunner.forecast.answers import Assumption, HowCommon
from frontrunner.forecast.market import (
    ByOrder,
    Market,
    MarketResult,
    Rival,
    UnderDemand,
    Warehousing,
    WithPool,
    evaluate,
)
from frontrunner.forecast.prevalence import PoolSize
from frontrunner.forecast.uptake import Bass, Logistic, Uptake


class MarketAsking(TypedDict, total=False):
    """The options of a market; the fields of `Market`, but flat. A rival's option has a value for each rival."""

    pool: float | None
    disease: str | None
    area: str | None
    prevalence: str | None
    population: float | None
    eligible: float
    incidence: float | None
    exit_rate: float | None
    treat_rate: float | None
    scenario: str | None
    years: float
    horizon: float | None
    rival_lag: float | Sequence[float]
    rival_share: float | Sequence[float]
    order_model: str | None
    rival_reach: float | Sequence[float]
    rival_expands: float | Sequence[float]
    rival_capacity: float | Sequence[float]
    capacity: float | None
    leader_capacity: float | None
    uptake_logistic: tuple[float, float] | None
    uptake_bass: tuple[float, float] | None
    antibody_exclusion: float
    differentiated: bool
    waning: float
    redosable: float
    warehousing: tuple[float, float] | None
    exclusivity: float | None


#: options that are fields of `Market` as they stand
_PLAIN = (
    "incidence",
    "exit_rate",
    "years",
    "horizon",
    "capacity",
    "leader_capacity",
    "antibody_exclusion",
    "differentiated",
    "waning",
    "redosable",
    "exclusivity",
)
_NEEDED: dict[str, Any] = {"incidence": None, "exit_rate": None}
#: option -> field of `Rival`, those that a rival may do without
_OF_RIVAL = {"rival_reach": "reaches_excluded", "rival_expands": "expands", "rival_capacity": "capacity"}


def market(asked: MarketAsking, held: HowCommon | None = None) -> MarketResult:
    """The market of these options, unrounded, and the same one under each demand that was really met.

    `held` is the published prevalence of the `disease` asked about, which whoever has a home looked up. Raises
    UsageError in one line for what cannot be: an empty pool, a rate below 0, a lag before the first launch.
    """
    for option in ("exit_rate", "treat_rate", "waning"):
        if asked.get(option) is not None:  # above 1 it is nearly always a percentage
            inputs.probability(f"the {option.replace('_', ' ')} (a fraction a year: .1 is 10 %)", asked[option])
    size, of_pool = _pool(asked, held)
    pool = asked.get("pool") if size is None else size.middle
    rate, of_rate = _treat_rate(asked, pool)
    plain: dict[str, Any] = _NEEDED | {name: value for name, value in asked.items() if name in _PLAIN}
    posed = Market(
        pool=pool,  # type: ignore[arg-type]  # None is refused there, in words
        treat_rate=rate,  # type: ignore[arg-type]
        rivals=_rivals(asked),
        uptake=_uptake(asked),
        warehousing=_warehousing(asked),
        **plain,
    )
    result = evaluate(posed)
    return replace(
        result,
        assumptions=(*result.assumptions, *of_pool, *of_rate),
        demand=tuple(_under(posed, one) for one in demand.observed()),
        pools=() if size is None else tuple(_with_pool(posed, end) for end in (size.low, size.high)),
        by_order=_by_order(posed),
        prevalence=held,
        limits=limits.of("market"),
    )


def _pool(asked: MarketAsking, held: HowCommon | None) -> tuple[PoolSize | None, tuple[Assumption, ...]]:
    """The pool that a prevalence makes, with its interval, and what it was made of; nothing where a pool was given."""
    stated, disease = asked.get("prevalence"), asked.get("disease")
    if asked.get("area") is not None and disease is None:
        raise UsageError("an area is given, and no disease whose prevalence could be looked up there")
    given = [f"a {name}" for name in ("pool", "prevalence", "disease") if asked.get(name) is not None]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} are given: leave one out")
    if stated is None and disease is None:
        return None, ()
    if disease is not None and held is None:
        raise UsageError(f"no prevalence of {disease} is held here: give a --prevalence or a --pool")
    known = prevalence.from_class(held.class_, held.point) if held else prevalence.from_class(stated or "")
    population = inputs.number("the population", asked.get("population"))
    size = prevalence.pool(known, population, asked.get("eligible", 1.0))
    told = f"The pool is the middle of {size.low:,.0f} to {size.high:,.0f} patients; both ends are answered too."
    if held:
        told += (
            f" {held.class_}, {held.measure.replace('_', ' ')} in {held.area}, by {held.source} ({held.published_as})."
        )
    name = "prevalence" if disease is None else "disease"
    return size, (Assumption(name=name, value=disease or stated, assumption=told),)


def _with_pool(posed: Market, pool: float) -> WithPool:
    """The same market with another pool; of nobody nothing follows."""
    if pool == 0 and posed.incidence == 0:
        return WithPool(pool=pool, treated=0.0, untreated=0.0, shares=(None,) * (1 + len(posed.rivals)))
    found = evaluate(replace(posed, pool=pool))
    shares = tuple(product.share for product in found.products)
    return WithPool(pool=pool, treated=found.treated.total, untreated=found.untreated.total, shares=shares)


def _by_order(posed: Market) -> tuple[ByOrder, ...]:
    """What each order-of-entry model would give as many entrants of a chronic therapy."""
    entrants = 1 + len(posed.rivals)
    return tuple(
        ByOrder(model=name, shares=order.shares(name, entrants), source=order.source(name)) for name in order.MODELS
    )


def _treat_rate(asked: MarketAsking, pool: float | None) -> tuple[float | None, tuple[Assumption, ...]]:
    """The treat rate, and the observed case that it follows where a scenario was named."""
    given, scenario = asked.get("treat_rate"), asked.get("scenario")
    if scenario is None:
        return given, ()
    if given is not None:
        raise UsageError("a treat rate and a scenario are both given: leave one out")
    one = demand.case(scenario)
    rates = demand.rate_in(one, inputs.people("the pool (prevalent eligible patients)", pool))
    if rates is None:
        raise UsageError(f"{one.case}: its own pool is unknown, and this one is too small to tell a treat rate from")
    told = (
        f"{one.source}, {one.jurisdiction} {one.period}: {rates[0]:.4g} to {rates[1]:.4g} a year; the middle is taken"
    )
    told += "." if one.treat_rate is not None else ", as if its patients had come from this pool."
    return sum(rates) / 2, (Assumption(name="scenario", value=one.case, assumption=told),)


def _rivals(asked: MarketAsking) -> tuple[Rival, ...]:
    lags, shares = _each(asked, "rival_lag"), _each(asked, "rival_share")
    model = asked.get("order_model")
    if model is not None:
        if shares:
            raise UsageError("rival shares and an order model are both given: leave one out")
        shares = _shares_by(model, lags)
    if len(lags) != len(shares):
        raise UsageError(
            f"{len(lags)} rival lags and {len(shares)} rival shares are given: every rival needs one of both"
        )
    others = {option: _each(asked, option) for option in _OF_RIVAL}
    for option, values in others.items():
        if len(values) not in (0, len(lags)):
            named = option.replace("_", " ")
            raise UsageError(f"{named}: {len(values)} are given for {len(lags)} rivals; give one each, or none")
    found = []
    for at, (lag, share) in enumerate(zip(lags, shares, strict=True)):
        more: dict[str, Any] = {_OF_RIVAL[option]: values[at] for option, values in others.items() if values}
        found.append(Rival(name=f"rival {at + 1}", lag=lag, share=share, **more))
    return tuple(found)


def _shares_by(model: str, lags: Sequence[float]) -> list[float]:
    """The rivals' shares by a named model, by the order in which they come after the first."""
    shares = order.shares(model, len(lags) + 1)
    places = sorted(range(len(lags)), key=lambda at: lags[at])
    return [shares[1 + places.index(at)] for at in range(len(lags))]


def _each(asked: MarketAsking, option: str) -> list[Any]:
    given: Any = asked.get(option, ())
    return list(given) if isinstance(given, Sequence) else [given]


def _uptake(asked: MarketAsking) -> Uptake | None:
    logistic, bass = asked.get("uptake_logistic"), asked.get("uptake_bass")
    if logistic and bass:
        raise UsageError("two ramps are given: leave one out")
    if logistic:
        return Logistic(midpoint=logistic[0], width=logistic[1])
    return Bass(innovation=bass[0], imitation=bass[1]) if bass else None


def _warehousing(asked: MarketAsking) -> Warehousing | None:
    given = asked.get("warehousing")
    return Warehousing(years=given[0], fraction=given[1]) if given else None


def _under(posed: Market, one: demand.Demand) -> UnderDemand:
    """The market asked for, at the treat rate that `one` really met."""
    rates, known = demand.rate_in(one, posed.pool), one.treat_rate is not None
    if rates is None:
        none: dict[str, None] = {"treat_rate": None, "treated": None, "shares": None}
        return UnderDemand(case=one.case, pool_known=known, source=one.source, **none)
    found = evaluate(replace(posed, treat_rate=sum(rates) / 2))
    return UnderDemand(
        case=one.case,
        pool_known=known,
        treat_rate=sum(rates) / 2,
        treated=found.treated.total,
        shares=tuple(product.share for product in found.products),
        source=one.source,
    )
