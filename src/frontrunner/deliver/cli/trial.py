"""`frontrunner trial`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner trial NCT02484092 --on 2019-01-01 --clock then --history")
@click.argument("id", metavar="ID")
@click.option("--history", is_flag=True, help="Every version of the record and what changed between them.")
@options.clock
@options.form
@options.home
def trial(id: str, history: bool, on: str | None, clock: str, form: str, home: str | None) -> None:
    """Show one registered study, field by field, each with the id of its evidence.

    ID is a registry id such as NCT05203679 or CTR20212816. With --clock then, the record is as it stood on the day.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.dossiers import trial_view

    show(api.open(home).trial(id, on=on, clock=clock, history=history), trial_view, form)
