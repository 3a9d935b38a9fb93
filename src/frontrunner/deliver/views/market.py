"""The market of a one-time therapy as people see it."""

from collections.abc import Sequence

import msgspec

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells
from frontrunner.forecast import order
from frontrunner.forecast.answers import Assumption
from frontrunner.forecast.market import MarketResult, UnderDemand


def market_view(answer: MarketResult) -> View:
    """Year by year, by product, under the demand that others met; then every assumption, and what this cannot know."""
    sections = [
        Section("Year by year", _years(answer)),
        Section(f"Shares of everything treated within {answer.horizon:g} years", _products(answer)),
        Section("To know beside it", lines=cells([*answer.notes, *_flows(answer)]), empty="Nothing."),
        *_ends(answer),
        Section("At the demand that real therapies met", _demand(answer)),
        Section("Order of entry in chronic therapies, by named models", _order(answer), lines=cells([_by_quality()])),
        Section("Assumptions", _assumed(answer.assumptions)),
        Section("What this cannot know", lines=cells(answer.limits)),
    ]
    title = f"Market of a one-time therapy: {_people(answer.market.pool)} patients, {answer.year_ends[-1]:g} years"
    return View(title, sections, {"model": f"backlog and incidence, {answer.method.replace('_', ' ')}"})


def _years(answer: MarketResult) -> Table:
    names = [product.name for product in answer.products]
    columns = [Column("year"), Column("untreated at its end"), Column("treated in it"), Column("treated so far")]
    several = len(names) > 1
    columns += [Column(f"by {name}", drop=1) for name in names] if several else []
    rows, so_far = [], 0.0
    for at, year in enumerate(answer.year_ends):
        so_far += answer.treated.per_year[at]
        told = [answer.untreated.per_year[at], answer.treated.per_year[at], so_far]
        told += [product.treated.per_year[at] for product in answer.products] if several else []
        rows.append(cells([f"{year:g}", *map(_people, told)]))
    return Table(columns, rows)


def _products(answer: MarketResult) -> Table:
    columns = (Column("product"), Column("launch, year"), Column("treated"), Column("share"))
    rows = [
        cells([one.name, f"{one.launch:g}", _people(one.treated_to_horizon), _share(one.share)])
        for one in answer.products
    ]
    return Table(columns, rows)


def _flows(answer: MarketResult) -> list[str]:
    told = []
    if answer.flow_ratio is not None:
        told.append(f"The last whole year's treatments are {answer.flow_ratio:.1%} of the first year's.")
    if answer.steady_flow is not None:
        told.append(f"The incidence sustains {_people(answer.steady_flow)} treatments a year for ever.")
    if answer.excluded:
        told.append(f"Antibodies exclude {_people(answer.excluded)} patients of the pool for good.")
    return told


def _demand(answer: MarketResult) -> Table:
    names = [product.name for product in answer.products]
    columns = [
        Column("demand as for"),
        Column("treat rate a year"),
        Column(f"treated in {answer.year_ends[-1]:g} years"),
    ]
    columns += [Column(f"share of {name}") for name in names]
    return Table(
        [*columns, Column("source", drop=1, give=24, verbatim=True)], [_under(one, len(names)) for one in answer.demand]
    )


def _ends(answer: MarketResult) -> list[Section]:
    """The same market at both ends of the interval of its pool."""
    if not answer.pools:
        return []
    names = [product.name for product in answer.products]
    columns = [Column("pool"), Column(f"treated in {answer.year_ends[-1]:g} years"), Column("untreated then")]
    columns += [Column(f"share of {name}") for name in names]
    rows = [
        cells([_people(one.pool), _people(one.treated), _people(one.untreated), *map(_share, one.shares)])
        for one in answer.pools
    ]
    return [Section("At the ends of the interval of the prevalence", Table(columns, rows))]


def _order(answer: MarketResult) -> Table:
    columns = [Column("model"), *(Column(f"entrant {at}") for at in range(1, len(answer.products) + 1))]
    rows = [cells([one.model, *map(_share, one.shares), one.source]) for one in answer.by_order]
    return Table([*columns, Column("source", drop=1, give=24, verbatim=True)], rows)


def _by_quality() -> str:
    """The published cells of the index that tells order from quality."""
    held = [one for one in order.parameters() if one.model == "bcg"]
    told = ", ".join(f"{one.parameter.replace('_', ' ')} {one.value:g}" for one in held)
    return f"Value by entry and quality, the first and best at 100: {told} ({held[0].source})."


def _under(one: UnderDemand, products: int) -> list[Cell]:
    case = one.case if one.pool_known else f"{one.case}, as if of this pool"
    if one.treat_rate is None or one.treated is None:
        return cells([case, "no such rate: the pool is too small", "", *[""] * products, one.source])
    shares = one.shares or [None] * products
    return cells([case, f"{one.treat_rate:.4g}", _people(one.treated), *map(_share, shares), one.source])


def _assumed(assumptions: Sequence[Assumption]) -> Table:
    columns = (Column("name"), Column("value", give=12, wrap=True), Column("what it asserts", give=30, wrap=True))
    return Table(columns, [cells([one.name, _value(one.value), one.assumption]) for one in assumptions])


def _value(value: object) -> str:
    """A value in words: `none`, `6,000`, or the fields of a struct."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:,.10g}"
    if isinstance(value, tuple):
        return "; ".join(map(_value, value)) or "none"
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value)
        return ", ".join(f"{name} {_value(one)}" for name, one in fields.items() if one not in (None, False, ""))
    return str(value)


def _people(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:,.1f}"


def _share(share: float | None) -> str:
    return "nobody is treated" if share is None else f"{share:.1%}"
