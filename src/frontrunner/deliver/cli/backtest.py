"""`frontrunner backtest`."""

from pathlib import Path
from typing import Any

import click

from frontrunner.deliver.cli import options
from frontrunner.errors import UsageError


@click.command(epilog="Example: frontrunner backtest --modality gene_therapy --to scorecard.html")
@options.arena
@click.option("--on", metavar="DATE", help="The day by whose knowledge outcomes are told.  [default: today]")
@options.assumptions
@click.option("--years", metavar="N", type=int, help="The horizon of each forecast.  [default: 5]")
@click.option(
    "--to", "path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write one HTML page."
)
@options.form
@options.home
def backtest(form: str, home: str | None, path: Path | None, **asking: Any) -> None:
    """Forecast an arena as of every past quarter, by what was public then, and score it by what came.

    Beside each score stands that of a simpler rule. Where that is not beaten, the forecast adds nothing.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.page import plain
    from frontrunner.deliver.page.reliability import diagram
    from frontrunner.deliver.views.backtest import backtest_view

    answer = api.open(home).backtest(**options.given(asking))
    if path is None:
        show(answer, backtest_view, form)
        return
    try:
        path.write_text(plain(backtest_view(answer), diagram(answer.reliability)), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(f"Written: {path.absolute()}")
