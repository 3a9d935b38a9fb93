"""`frontrunner company`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner company 信念医药")
@click.argument("name", metavar="NAME")
@options.clock
@options.form
@options.home
def company(name: str, on: str | None, clock: str, form: str, home: str | None) -> None:
    """Show a company: its names, its parent, and the programmes in which it has a part.

    NAME is any of its names, in English or Chinese, or its id (org:...). Where a name stands for several companies,
    they are listed.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.dossiers import company_view

    show(api.open(home).company(name, on=on, clock=clock), company_view, form)
