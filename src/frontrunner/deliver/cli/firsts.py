"""`frontrunner firsts`."""

from typing import Any

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner firsts 'hemophilia B' --modality gene_therapy --in US")
@options.arena
@options.clock
@options.form
@options.home
def firsts(form: str, home: str | None, **asking: Any) -> None:
    """Show who was first at each rung and milestone of an arena: the day, the runner-up, the gap in days, ties.

    Beside the rungs it counts registrations and first patients (of any study and by phase), designations, readouts,
    exclusivity and launches. Without --in it tells the first anywhere and in CN, US, EU, UK and JP. Where the answer
    was another one on an earlier day, it says what the public knew from which day on.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.firsts import firsts_view

    show(api.open(home).firsts(**asking), firsts_view, form)
