"""`frontrunner sync`."""

from pathlib import Path

import click

from frontrunner.deliver.cli import options
from frontrunner.deliver.cli.ingest import progress
from frontrunner.errors import FrontrunnerError


@click.command(
    epilog="Example: frontrunner sync ctgov --since 2026-11-01",
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--since", metavar="DATE", help="What changed from this day (YYYY-MM-DD) on.  [default: the last visit]")
@click.option(
    "--replay",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Read the recorded visits in this folder instead of asking anybody.",
)
@options.form
@options.home
@click.pass_context
def sync(
    ctx: click.Context, sources: tuple[str, ...], since: str | None, replay: Path | None, form: str, home: str | None
) -> None:
    """Fetch from the publishers what changed since the last time, and read it into the home.

    Without a SOURCE it visits every publisher that allows it. A visit that is cut off goes on where it stood at the
    next sync; each is recorded whole below fetched/ in the home. A source that could not be completed is named with the
    reason, and the exit code is then 3; where nothing at all could be fetched, 1.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.sync import sync_view

    with progress() as told:
        report = api.open(home).sync(sources, since=options.day("--since", since), replay=replay, progress=told)
    if all(visit.problem and not visit.documents for visit in report.visits):
        raise FrontrunnerError(next(visit.problem for visit in report.visits if visit.problem))
    show(report, sync_view, form)
    if any(
        visit.problem or (visit.ingested and visit.ingested.problems + visit.ingested.unexpected)
        for visit in report.visits
    ):
        ctx.exit(3)
