"""`frontrunner ingest`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from frontrunner.deliver.cli import options


@click.command(
    epilog="Example: frontrunner ingest studies.json.gz downloads/ --known-on 2026-11-01",
)
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="Read everything as this source instead of recognising it by its form.")
@click.option(
    "--known-on",
    metavar="DATE",
    help="The day (YYYY-MM-DD) from which the public could read records without a date of their own.",
)
@options.form
@options.home
@click.pass_context
def ingest(
    ctx: click.Context, paths: tuple[Path, ...], source: str | None, known_on: str | None, form: str, home: str | None
) -> None:
    """Read files or folders into the home and publish what changed.

    Takes single records, JSON Lines, archives and tables, compressed or not, and recognises whose they are. A record
    that breaks its format is quarantined with the exact place and never loses its neighbours; the exit code is then 3,
    as it is where the records of a source are not as its publisher's should be.
    Reading the same files again changes nothing. Without a PATH it builds what other files of the home lack.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.ingest import ingest_view

    with progress() as told:
        report = api.open(home).ingest(
            paths, source=source, known_on=options.day("--known-on", known_on), progress=told
        )
    show(report, ingest_view, form)
    if report.quarantined or report.skipped or report.unexpected:
        ctx.exit(3)


@contextmanager
def progress(what: str = "records read") -> Iterator[Callable[[int], None]]:
    """A counter on stderr while the block runs; nothing at all where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda seen: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda seen: bar.advance(task, seen)
