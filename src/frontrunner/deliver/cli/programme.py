"""`frontrunner programme`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner programme BBM-H901")
@click.argument("name", metavar="NAME")
@options.clock
@options.form
@options.home
def programme(name: str, on: str | None, clock: str, form: str, home: str | None) -> None:
    """Show everything held on one programme: a product in one disease, with its milestones.

    NAME is a name of the product (code, INN, brand, in English or Chinese) or the id of the programme (prog:...).
    Where a name stands for several programmes, they are listed.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.dossiers import programme_view

    show(api.open(home).programme(name, on=on, clock=clock), programme_view, form)
