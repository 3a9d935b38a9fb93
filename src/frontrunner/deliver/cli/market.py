"""`frontrunner market`."""

from typing import Any

import click

from frontrunner.deliver.cli import options

#: option, its value in the help (two words: a pair), what it says; in the order of the help
_ONCE = (
    ("--pool", "N", "Patients eligible, willing and not yet treated at the first launch."),
    ("--prevalence", "CLASS", "In place of --pool: an Orphanet class such as '1-9 / 100 000', with --population."),
    ("--disease", "NAME", "In place of --pool: a disease whose prevalence the home holds, with --population."),
    ("--area", "NAME", "Where that prevalence was counted, such as 'United States'.  [default: the widest held]"),
    ("--population", "N", "People among whom the prevalence holds."),
    ("--eligible", "FRACTION", "The part of the prevalent who are diagnosed, eligible and willing."),
    ("--incidence", "N", "New eligible patients a year."),
    ("--exit-rate", "RATE", "The fraction a year that leaves the pool untreated (a hazard)."),
    ("--treat-rate", "RATE", "The fraction a year of the untreated that is treated (a hazard)."),
    ("--scenario", "CASE", "In place of --treat-rate: what a real therapy met, such as hemgenix."),
    ("--years", "N", "The years shown, from the first launch.  [default: 10]"),
    ("--horizon", "N", "The years over which shares are counted.  [default: --years]"),
    ("--capacity", "N", "The most patients a year that all can treat together."),
    ("--leader-capacity", "N", "The most patients a year that the first product is made for."),
    ("--uptake-logistic", "MIDPOINT WIDTH", "An S-shaped ramp of the treat rate, in years."),
    ("--uptake-bass", "INNOVATION IMITATION", "A ramp by Bass's model of diffusion."),
    ("--antibody-exclusion", "FRACTION", "Whom antibodies exclude from the first product."),
    ("--waning", "RATE", "The fraction a year of the treated that loses the effect (a hazard)."),
    ("--redosable", "FRACTION", "Who of these can be treated again.  [default: 1]"),
    ("--warehousing", "YEARS FRACTION", "Before each entry the treat rate falls by that fraction."),
    ("--order-model", "NAME", "In place of --rival-share: fair, urban, mckinsey or lek, by the order of launches."),
    ("--exclusivity", "N", "Years from the first launch in which no rival may enter."),
)
_EACH = (
    ("--rival-lag", "YEARS", "When a rival launches, after the first; repeat for several rivals."),
    ("--rival-share", "FRACTION", "Its share of treatments once all are there."),
    ("--rival-reach", "FRACTION", "The part of the excluded by antibodies that it can treat."),
    ("--rival-expands", "FRACTION", "By how much its entry raises the treat rate."),
    ("--rival-capacity", "N", "The most patients a year that it is made for."),
)
_TEXTS = ("--prevalence", "--disease", "--area", "--scenario", "--order-model")


def _assumptions(command: Any) -> Any:
    """Every option of the model."""
    for name, metavar, text in reversed(_EACH):
        command = click.option(name, metavar=metavar, type=float, multiple=True, help=text)(command)
    for name, metavar, text in reversed(_ONCE):
        kind = str if name in _TEXTS else float
        command = click.option(name, metavar=metavar, type=kind, nargs=len(metavar.split()), help=text)(command)
    return command


@click.command(
    epilog="Example: frontrunner market --pool 6000 --incidence 70 --exit-rate .01 --treat-rate .1 "
    "--rival-lag 1.5 --rival-share .5 --horizon 15"
)
@_assumptions
@click.option("--undifferentiated", is_flag=True, help="Products that look alike: shares as in such classes.")
@options.form
@options.home
def market(form: str, home: str | None, undifferentiated: bool, **assumed: Any) -> None:
    """Show how the patients of a one-time therapy are used up, year by year, and what is left for those who come late.

    Everybody is treated once, so the backlog at the first launch goes to whoever is there. Nothing is read from the
    home but the prevalence of a --disease: the answer follows from the assumptions, and lists every one of them.
    Beside it stands the same market at the treat rates that real therapies met.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.market import market_view

    given = {name: value for name, value in assumed.items() if value not in (None, ())}
    show(api.open(home).market(**given, differentiated=not undifferentiated), market_view, form)
