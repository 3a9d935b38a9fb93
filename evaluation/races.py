"""Who won which race: the checked winners (`gold/race_winners.csv`), each query asked as written.

Once of a home made from files alone and once with the starter ledger.
"""

import argparse
import shlex
from pathlib import Path

import msgspec

from evaluation import homes
from frontrunner.race.question import Question, Snapshot, asked
from frontrunner.race.standings import race


def question(query: str, within: Snapshot | None = None) -> Question:
    """A `race` command line as a question, its diseases and targets looked up as `asked` does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("indication", nargs="?")
    for option in ("--modality", "--target", "--origin"):
        parser.add_argument(option)
    parser.add_argument("--in", dest="jurisdiction")
    return asked(**vars(parser.parse_args(shlex.split(query))), within=within)


def order(snapshot: Snapshot, query: str) -> list[list[str]]:
    """The approved products of a race by place, those of one place together, by name."""
    places: dict[int, list[str]] = {}
    for row in race(snapshot, question(query)).standings:
        if row.rung == "approved":
            places.setdefault(row.place, []).append(row.product.name)
    return [sorted(names) for _, names in sorted(places.items())]


def expected(text: str) -> list[list[str]]:
    """`a = b > c` as places."""
    return [sorted(name.strip() for name in place.split("=")) for place in text.split(">") if place.strip()]


def shown(found: list[list[str]]) -> str:
    """Places as `a = b > c`; nobody is NONE."""
    return " > ".join(" = ".join(place) for place in found) or "NONE"


def agrees(row: dict[str, str], found: list[list[str]]) -> bool:
    """Whether the approved come in the checked order; where the list is incomplete others may stand between."""
    if row["winner"] == "NONE":
        return not found
    wanted = expected(row["order"])
    if row["winner"].startswith("TIE"):
        names = row["winner"].removeprefix("TIE:").split("=")
        wanted = [sorted(name.strip() for name in names), *expected(">".join(row["order"].split(">")[1:]))]
        wanted = [wanted[0], *(place for place in wanted[1:] if place != wanted[0] and place[0] not in wanted[0])]
    listed = {name for place in wanted for name in place}
    return [kept for place in found if (kept := [name for name in place if name in listed])] == wanted


class Answer(msgspec.Struct, frozen=True):
    """One race as it was answered: who is approved, by place, and whether that agrees with what was checked."""

    arena: str
    jurisdiction: str
    agrees: bool
    found: str


def answers(data: Path, *, starter: bool) -> list[Answer]:
    """Every checked race, asked of a home of the files, with or without the starter ledger."""
    rows = homes.gold(data, "race_winners")
    with Snapshot(homes.of_files(data, starter=starter)) as snapshot:
        return [_answer(snapshot, row) for row in rows]


def _answer(snapshot: Snapshot, row: dict[str, str]) -> Answer:
    found = order(snapshot, row["query"])
    return Answer(row["arena"], row["jurisdiction"], agrees(row, found), shown(found))


def run(data: Path) -> None:
    """Both tables."""
    for title, starter in homes.TABLES:
        rows = answers(data, starter=starter)
        print(f"\n## {title}\n\n| race | in | agrees | found |\n|---|---|---|---|")
        for row in rows:
            print(f"| {row.arena} | {row.jurisdiction} | {'yes' if row.agrees else 'no'} | {row.found} |")
        print(f"\n{sum(row.agrees for row in rows)} of {len(rows)} races agree.")
