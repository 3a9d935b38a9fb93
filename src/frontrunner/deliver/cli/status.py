"""`frontrunner status`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner status --json")
@options.form
@options.home
def status(form: str, home: str | None) -> None:
    """Show what the home holds: for each source its records, versions and freshness, and what could not be read."""
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.status import status_view

    show(api.open(home).status(), status_view, form)
