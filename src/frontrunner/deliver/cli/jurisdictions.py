"""`frontrunner jurisdictions`."""

from typing import Any

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner jurisdictions --target PD-1 --modality antibody --origin CN")
@options.arena
@options.clock
@options.form
@options.home
def jurisdictions(form: str, home: str | None, **asking: Any) -> None:
    """Show the same product in CN, US, EU, UK and JP side by side: rung, date, activity and the lag in months.

    The lag is the time since the first of these reached the same rung. Then who stands first in each, and which
    orders flip between them.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.jurisdictions import jurisdictions_view

    show(api.open(home).jurisdictions(**asking), jurisdictions_view, form)
