"""`frontrunner forecast`."""

from functools import partial
from typing import Any

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner forecast 'hemophilia B' --modality gene_therapy --on 2021-06-01")
@options.arena
@partial(options.clock, default="then")
@options.assumptions
@click.option("--years", metavar="N", type=int, help="The horizon in years.  [default: 10]")
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

    show(api.open(home).forecast(**options.given(asking)), forecast_view, form)
