"""`frontrunner vocab`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner vocab modality")
@click.argument("list", required=False, metavar="[LIST]")
@options.form
def vocab(list: str | None, form: str) -> None:
    """Show the words that options and answers use, as a tree, with what else they answer to.

    Without LIST: the names of all lists, such as modality, rung, jurisdiction, indication and target.
    """
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.vocabularies import Listed, ListOfLists, list_view, lists_view

    if list is None:
        show(ListOfLists.all(), lists_view, form)
    else:
        show(Listed.named(list), list_view, form)
