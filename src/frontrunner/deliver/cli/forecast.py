"""`frontrunner forecast`."""

from functools import partial
from typing import Any

import click

from frontrunner.deliver.cli import options

_ASSUMED = (
    ("--seed", int, "Where the random numbers start.  [default: 1]"),
    ("--class-failure", float, "The fraction a year of whole classes that fail at once.  [default: .01]"),
    ("--correlation", float, "How far runners of one kind and target move together.  [default: .3]"),
    ("--prior-weight", float, "How many programmes on each rung the published rates are worth.  [default: 20]"),
    ("--years", int, "The horizon in years.  [default: 10]"),
)


def _assumptions(command: Any) -> Any:
    """The options of the model."""
    for name, kind, text in _ASSUMED:
        command = click.option(name, metavar="N", type=kind, help=text)(command)
    return command


@click.command(epilog="Example: frontrunner forecast 'hemophilia B' --modality gene_therapy --on 2021-06-01")
@options.arena
@partial(options.clock, default="then")
@_assumptions
@options.form
@options.home
def forecast(form: str, home: str | None, **asking: Any) -> None:
    """Forecast an arena: for each runner its chance of approval, of being first, and the dates; and that nobody comes.

    Chances follow from published rates for the kind of medicine, the rung and the time spent there, all as known on the
    day asked: nothing about the runner's own data is read. Who is approved already, stopped or silent is named, not
    forecast. Every assumption is listed; the options change them.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.forecast import forecast_view

    given = {name: value for name, value in asking.items() if value is not None}
    show(api.open(home).forecast(**given), forecast_view, form)
