"""Who won races that nobody checked before: a list of our own (`unseen_races.csv`), each query asked as written.

Once of a home made from files alone and once with the starter ledger, in two halves by a hash of the race. The rules
were tuned on `dev`; `test` was only scored, but rows of the starter ledger were written for both. Stricter than the
checked winners: nobody unlisted may stand before or beside the winner. NONE is an answer.
"""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from evaluation import homes, milestones, races
from frontrunner.race.question import Snapshot
from frontrunner.race.standings import race

LIST = Path(__file__).parent / "unseen_races.csv"


class Won(msgspec.Struct, frozen=True):
    """One race: who was approved in which order, `a = b > c` (empty: nobody), since when, and who says so."""

    race: str
    jurisdiction: str
    query: str
    order: str
    first_date: str
    source: str
    split: str


class Answer(msgspec.Struct, frozen=True):
    """One race as it was answered: whether the approved stand in the order, whether the first day agrees too."""

    won: Won
    order: bool
    day: bool
    found: str
    first_date: str


def listed() -> list[Won]:
    """The rows of the list."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [Won(**row) for row in csv.DictReader(file, strict=True)]


def half(won: Won) -> str:
    """The half that a race belongs to, by a hash of its name and place."""
    return "test" if sha256(f"{won.race} {won.jurisdiction}".encode()).digest()[0] % 2 else "dev"


def answers(data: Path, *, starter: bool) -> list[Answer]:
    """Every race of the list, asked of a home of the files, with or without the starter ledger."""
    with Snapshot(homes.of_files(data, starter=starter)) as snapshot:
        return [_answer(snapshot, won) for won in listed()]


def _answer(snapshot: Snapshot, won: Won) -> Answer:
    found = races.order(snapshot, won.query)
    standings = race(snapshot, races.question(won.query)).standings
    first = next((row.reached.date for row in standings if row.rung == "approved" and row.reached), "")
    wanted = races.expected(won.order)
    known = {name for place in wanted for name in place}
    kept = [names for place in found if (names := [name for name in place if name in known])]
    right = kept == wanted and found[:1] == wanted[:1]
    day = right and (not wanted or milestones.allows(won.first_date, first))
    return Answer(won, right, day, races.shown(found), first)


def _table(rows: list[Answer]) -> Iterator[str]:
    yield "| half | races | order right | and its first day |\n|---|---|---|---|"
    for split in ("dev", "test"):
        some = [row for row in rows if row.won.split == split]
        yield f"| {split} | {len(some)} | {sum(row.order for row in some)} | {sum(row.day for row in some)} |"
    yield "\nOf dev, not right:\n\n| race | in | should be | found | since |\n|---|---|---|---|---|"
    for row in rows:
        if row.won.split == "dev" and not row.day:
            since = f"{row.won.order or 'NONE'} ({row.won.first_date})"
            yield f"| {row.won.race} | {row.won.jurisdiction} | {since} | {row.found} | {row.first_date} |"


def run(data: Path) -> None:
    """Both tables: how many are right, by half, and each of dev that is not."""
    for title, starter in homes.TABLES:
        print(f"\n## {title}\n")
        print("\n".join(_table(answers(data, starter=starter))))
