"""`frontrunner judge`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from frontrunner.deliver.cli import options
from frontrunner.errors import UsageError

if TYPE_CHECKING:
    from frontrunner.api import HomeHandle
    from frontrunner.race.doubts import Doubt

#: key -> verdict
VERDICTS = {"y": "same", "n": "different", "u": "unsure"}
KEYS = "y same · n different · u unsure · s skip · z undo · q save and quit"
LAST = "that was the last pair · z undo · any other key: save and quit"

#: left, right, verdict, because
Decided = tuple[str, str, str, str]


@click.command(
    epilog='Example: frontrunner judge --left "AveXis, Inc." --right "Avexis" --verdict same --because "one site"'
)
@click.option("--left", metavar="NAME", help="An id (org:...) or a company's name as a registry spells it.")
@click.option("--right", metavar="NAME", help="What it is compared with.")
@click.option("--verdict", metavar="same|different|unsure", help="What you decide of the two.")
@click.option("--because", metavar="WORDS", help="Why; shown wherever the two are explained.")
@click.option("--by", metavar="NAME", default="reviewer", show_default=True, help="Who decides.")
@click.option("--list", "listing", is_flag=True, help="Only list the doubtful pairs and the judgements made.")
@click.option("--export", type=click.Path(path_type=Path), metavar="FILE", help="Write all judgements as JSON Lines.")
@click.option("--merge", type=click.Path(path_type=Path), metavar="FILE", help="Read the judgements of another home.")
@options.form
@options.home
def judge(
    left: str | None,
    right: str | None,
    verdict: str | None,
    because: str | None,
    by: str,
    listing: bool,
    export: Path | None,
    merge: Path | None,
    form: str,
    home: str | None,
) -> None:
    """Decide which companies and products are one. Rules propose, people decide, and every decision can be undone.

    Without options, on a terminal: the doubtful pairs side by side, those first that would change most programmes;
    one key decides. A judgement is kept as evidence and never changed; the last one on a pair counts, so a join is
    taken back by deciding again.
    """
    from frontrunner import api
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.ingest import ingest_view
    from frontrunner.deliver.views.review import review_view

    handle = api.open(home)
    single = (left, right, verdict, because)
    if merge:
        show(handle.ingest(merge, source="judgements"), ingest_view, form)
    elif export:
        _export(handle, export)
    elif any(single):
        show(handle.judge([_whole(single)], by=by), ingest_view, form)
    elif listing:
        show(handle.review(), review_view, form)
    else:
        _ask(handle, by, form)


def _whole(single: Sequence[str | None]) -> Decided:
    left, right, verdict, because = single
    if not (left and right and verdict and because):
        raise UsageError("a judgement needs all of --left, --right, --verdict and --because")
    return left, right, verdict, because


def _export(handle: "HomeHandle", file: Path) -> None:
    from frontrunner.race.review import as_file

    made = handle.review(0).judgements[::-1]
    try:
        file.write_bytes(as_file(made))
    except OSError as error:
        raise UsageError(f"--export {file}: cannot be written ({error.strerror})") from error
    click.echo(f"{len(made)} judgements in {file}")


def _ask(handle: "HomeHandle", by: str, form: str) -> None:
    from frontrunner.deliver.cli.output import show
    from frontrunner.deliver.views.ingest import ingest_view
    from frontrunner.deliver.views.review import doubt_view

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("deciding by key needs a terminal; see --list, and --left, --right, --verdict, --because")
    asked = handle.review().doubts
    if not asked:
        click.echo("No two companies or products of this home look like one.")
        return
    decided = decisions(asked, click.getchar, lambda doubt: show(doubt, doubt_view, "table"))
    if decided:
        show(handle.judge(decided, by=by), ingest_view, form)


def decisions(doubts: Sequence["Doubt"], key: Callable[[], str], shown: Callable[["Doubt"], None]) -> list[Decided]:
    """What was decided by one key a pair: y, n, u, s (skip), z (the pair before again), q or any key behind the last.

    Ctrl-C ends like q: what was decided is kept.
    """
    decided: dict[int, Decided] = {}
    at = 0
    while at <= len(doubts):
        pressed = _pressed(doubts[at : at + 1], key, shown)
        if pressed == "z":
            at = max(at - 1, 0)
            decided.pop(at, None)
        elif pressed == "q" or at == len(doubts):
            break
        elif pressed in VERDICTS or pressed == "s":
            if pressed in VERDICTS:
                decided[at] = _decision(doubts[at], VERDICTS[pressed])
            at += 1
    return list(decided.values())


def _pressed(asked: Sequence["Doubt"], key: Callable[[], str], shown: Callable[["Doubt"], None]) -> str:
    """The key pressed at a pair, or behind the last one."""
    for doubt in asked:
        shown(doubt)
    click.echo(KEYS if asked else LAST)
    try:
        return key().lower()
    except (KeyboardInterrupt, EOFError):
        return "q"


def _decision(doubt: "Doubt", verdict: str) -> Decided:
    return doubt.left.id, doubt.right.id, verdict, f"seen side by side; asked as {doubt.reasons[0]}"
