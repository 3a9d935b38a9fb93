"""`frontrunner changes`."""

from typing import Any

import click

from frontrunner.deliver.cli import options


@click.command(
    epilog="Example: frontrunner changes 'hemophilia B' --modality gene_therapy --in US --from 2020 --to 2026-11-01"
)
@options.arena
@click.option(
    "--from",
    "since",
    metavar="DATE",
    help="Changes after this day; a month or a year: from its first day on.  [default: all]",
)
@click.option("--to", "until", metavar="DATE", help="The last day.  [default: today]")
@options.which_clock
@options.form
@options.home
def changes(form: str, home: str | None, **asking: Any) -> None:
    """Show every change of order of an arena between two days, and the milestones that made each.

    Entries, exits, rungs reached, dates revised, activity, and who overtook whom or drew level; then who led from
    which day on. With --clock then a change has the day on which it became public. Standings are compared on days on
    which something of the arena happened or became known, so a wide arena needs --from and --to close together.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.ingest import progress
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.changes import changes_view

    with progress("days compared") as told:
        answer = api.open(home).changes(**asking, progress=told)
    show(answer, changes_view, form)
