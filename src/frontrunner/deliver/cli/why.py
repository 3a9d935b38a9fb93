"""`frontrunner why`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner why prog:bbm-h901/haemophilia-b")
@click.argument("id", metavar="ID")
@click.option("--whole", is_flag=True, help="All the quotes of a programme that rests on many documents.")
@options.form
@options.home
def why(id: str, whole: bool, form: str, home: str | None) -> None:
    """Walk from any id of an answer back to the quoted words, the document, its hash and its dates.

    ID is what an answer shows: evidence (ev:...), a milestone (ms:...), a programme (prog:...) or a registry id.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.why import why_view

    show(api.open(home).why(id, whole=whole), why_view, form)
