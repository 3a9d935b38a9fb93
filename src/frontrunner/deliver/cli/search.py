"""`frontrunner search`."""

import click

from frontrunner.deliver.cli import options


@click.command(epilog="Example: frontrunner search 信念医药")
@click.argument("text", metavar="TEXT")
@click.option("--kind", metavar="KIND", help="Only indication, modality, target, company, product, programme or trial.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many at most.")
@options.form
@options.home
def search(text: str, kind: str | None, limit: int, form: str, home: str | None) -> None:
    """Find diseases, targets, products, companies, programmes and trials by any of their names.

    TEXT is a name or a part of one, in English or Chinese; slips of typing are forgiven. Where it names a whole race
    ("hemophilia B gene therapy China"), that race is shown first. Needs the extra `web`.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.search import search_view

    show(api.open(home).search(text, kind=kind, limit=limit), search_view, form)
