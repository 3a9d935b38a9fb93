"""`frontrunner demo`: where the command line and the page meet."""

from pathlib import Path

import click

from frontrunner.deliver.cli import options

#: the race of the article that this began with, and the second day of the forum it reports
ARENA = {"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN"}
THEN = "2022-01-12"


@click.command(epilog="Example: frontrunner demo --page race.html")
@click.option(
    "--page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the page.  [default: race.html in the home]",
)
@options.home
def demo(page: Path | None, home: str | None) -> None:
    """Add the built-in starter ledger to the home and show what can be asked of it.

    Prints the race of gene therapies for haemophilia B in China, today and as of 2022-01-12, and writes a page of it
    that opens in any browser, without a network. Run again, it adds nothing twice.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.page import Shown, evidence, write
    from frontrunner.deliver.views.race import race_view

    handle = api.open(home)
    handle.add_starter()
    today = handle.race(**ARENA)
    show(today, race_view, "table")
    click.echo()
    show(handle.race(**ARENA, on=THEN), race_view, "table")
    programmes = handle.programmes([standing.id for standing in today.standings], on=today.on)
    quotes = handle.quotes(evidence(today, programmes))
    written = write(page or handle.path / "race.html", Shown(today, programmes, quotes))
    click.echo(f"\nA page of this race: {written}")
