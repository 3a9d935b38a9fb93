"""Who won races that nobody checked before: a list of our own (`unseen_races.csv`), each query asked as written.

Once of a home made from files alone and once with the starter ledger. Two halves, by a hash of the race: the rules
were tuned on `dev`; `test` was only scored, but rows of the starter ledger were written for both. `fresh` was written
later, whole, before anything was asked of it, and scored once as found; its failures were read after that. Stricter
than the checked winners: nobody unlisted may stand before or beside the winner. NONE is an answer; a winner who is not
the winner is worse than none, and counted.
"""

import csv
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from evaluation import homes, milestones, races
from frontrunner.errors import UsageError
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Standing
from frontrunner.race.standings import race
from frontrunner.vocab import fold

LIST = Path(__file__).parent / "unseen_races.csv"
SPLITS = ("dev", "test", "fresh")


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
    """One race as it was answered: whether the approved stand in the order, whether the first day agrees too.

    `wrong`: somebody stands first who did not win.
    """

    won: Won
    order: bool
    day: bool
    wrong: bool
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
        return [answer(snapshot, won) for won in listed()]


def answer(snapshot: Snapshot, won: Won) -> Answer:
    """One race, asked of a snapshot; a question that is not understood is answered wrongly, and names nobody."""
    try:
        standings = race(snapshot, races.question(won.query, within=snapshot)).standings
    except UsageError as error:
        return Answer(won, False, False, False, str(error), "")
    approved = [row for row in standings if row.rung == "approved"]
    first = next((row.reached.date for row in approved if row.reached), "")
    wanted = races.expected(won.order)
    found = _places(approved, {fold(name): name for place in wanted for name in place})
    known = {name for place in wanted for name in place}
    kept = [names for place in found if (names := [name for name in place if name in known])]
    right = kept == wanted and found[:1] == wanted[:1]
    day = right and (not wanted or milestones.allows(won.first_date, first))
    return Answer(won, right, day, bool(found) and found[:1] != wanted[:1], races.shown(found), first)


def _places(approved: list[Standing], wanted: dict[str, str]) -> list[list[str]]:
    """The products by place, by the name that the list gives them; a copy of one that stands higher is left out."""
    places: dict[int, list[str]] = {}
    seen: set[str] = set()
    for row in approved:
        names = [row.product.name, *(name.value for name in row.product.names)]
        name = next((wanted[fold(one)] for one in names if fold(one) in wanted), row.product.name)
        if name not in seen:
            seen.add(name)
            places.setdefault(row.place, []).append(name)
    return [sorted(names) for _, names in sorted(places.items())]


def _table(rows: list[Answer]) -> Iterator[str]:
    yield "| split | races | order right | and its first day | another named as winner |\n|---|---|---|---|---|"
    for split in SPLITS:
        some = [row for row in rows if row.won.split == split]
        counts = [len(some), *(sum(told) for told in zip(*((r.order, r.day, r.wrong) for r in some), strict=True))]
        yield f"| {split} | " + " | ".join(map(str, counts)) + " |"
    yield "\nNot right, but for those of test:\n\n| race | in | should be | found | since |\n|---|---|---|---|---|"
    for row in rows:
        if row.won.split != "test" and not row.day:
            since = f"{row.won.order or 'NONE'} ({row.won.first_date})"
            yield f"| {row.won.race} | {row.won.jurisdiction} | {since} | {row.found} | {row.first_date} |"


def run(data: Path) -> None:
    """Both tables: how many are right, by split, and each that is not, of those that rules may be tuned on."""
    for title, starter in homes.TABLES:
        print(f"\n## {title}\n")
        print("\n".join(_table(answers(data, starter=starter))))
