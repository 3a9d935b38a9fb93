"""`frontrunner judge`."""

import fcntl
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click
import msgspec

from frontrunner.deliver.cli import options
from frontrunner.errors import UsageError

if TYPE_CHECKING:
    from frontrunner.api import HomeHandle
    from frontrunner.race.doubts import Doubt
    from frontrunner.race.review import Decision

#: key -> verdict
VERDICTS = {"y": "same", "n": "different", "u": "unsure"}
KEYS = "y same · n different · u unsure · s skip · z undo · q save and quit"
LAST = "that was the last pair · z undo · any other key: save and quit"

#: what is being decided, beside what is kept; a file of judgements like any other
UNKEPT = "judging.jsonl"

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
    taken back by deciding again. What a session that was broken off had decided is kept by the next one.
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
    from frontrunner.race.review import Decision, as_file, open_doubts

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("deciding by key needs a terminal; see --list, and --left, --right, --verdict, --because")
    review = handle.review()
    with _unkept(handle.path / UNKEPT) as file:
        before = _decided_before(file)
        asked = open_doubts(review.doubts, before)
        if not asked:
            click.echo("No two companies or products of this home look like one.")

        def shown(at: int) -> None:
            click.echo(f"\nPair {at + 1} of {len(asked)}")
            show(asked[at], doubt_view, "table")

        def noted(decided: Iterable[Decision]) -> None:
            _rewrite(file, as_file([*before, *decided]))

        made = decisions(asked, by, click.getchar, shown, noted) if asked else []
        if before or made:
            click.echo(f"Keeping {len(before) + len(made)} judgements; the home is built anew with them ...", err=True)
            show(handle.judge([*before, *made], by=by), ingest_view, form)


@contextmanager
def _unkept(path: Path) -> Iterator[BinaryIO]:
    """The file of what is being decided, for one session at a time; it is gone once all in it is kept."""
    try:
        file = path.open("a+b")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{path.parent}: somebody else is judging in this home; try again when they quit"
            ) from error
        yield file
        path.unlink(missing_ok=True)


def _decided_before(file: BinaryIO) -> list["Decision"]:
    """What a session that was broken off had decided."""
    from frontrunner.race.review import Decision

    file.seek(0)
    before = [msgspec.json.decode(line, type=Decision) for line in file]
    if before:
        click.echo(f"{len(before)} judgements of a session that was broken off are kept with those of this one.")
    return before


def _rewrite(file: BinaryIO, body: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(body)
    file.flush()


def decisions(
    doubts: Sequence["Doubt"],
    by: str,
    key: Callable[[], str],
    shown: Callable[[int], None],
    noted: Callable[[Iterable["Decision"]], None],
) -> list["Decision"]:
    """What was decided by one key a pair: y, n, u, s (skip), z (the pair before again), q or any key behind the last.

    Ctrl-C ends like q: what was decided is kept. All that is decided so far is noted at each key.
    """
    decided: dict[int, Decision] = {}
    at = 0
    while at <= len(doubts):
        pressed = _pressed(at, len(doubts), key, shown)
        if pressed == "z":
            at = max(at - 1, 0)
            decided.pop(at, None)
        elif pressed == "q" or at == len(doubts):
            break
        elif pressed in VERDICTS or pressed == "s":
            if pressed in VERDICTS:
                decided[at] = _decision(doubts[at], VERDICTS[pressed], by)
            at += 1
        noted(decided.values())
    return list(decided.values())


def _pressed(at: int, pairs: int, key: Callable[[], str], shown: Callable[[int], None]) -> str:
    """The key pressed at a pair, or behind the last one."""
    if at < pairs:
        shown(at)
    click.echo(KEYS if at < pairs else LAST)
    try:
        return key().lower()
    except (KeyboardInterrupt, EOFError):
        return "q"


def _decision(doubt: "Doubt", verdict: str, by: str) -> "Decision":
    from frontrunner.race.review import decided_now

    because = f"seen side by side; asked as {doubt.reasons[0]}"
    return decided_now(doubt.left.id, doubt.right.id, verdict, because, by)
