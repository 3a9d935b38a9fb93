"""`frontrunner readouts`."""

from typing import Any

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner readouts 'non-small cell lung cancer' --target EGFR")
@options.arena
@options.clock
@options.form
@options.home
def readouts(form: str, home: str | None, **asking: Any) -> None:
    """Show primary outcomes and serious adverse events of an arena's studies side by side, as posted in registries.

    Values, units, groups, analyses and p values stand word for word as in the record, each with its evidence. Studies
    measure different things in different people: nothing here is pooled or compared for you.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.readouts import readouts_view

    show(api.open(home).readouts(**asking), readouts_view, form)
