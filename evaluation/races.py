"""Who won which race: the checked winners (`gold/race_winners.csv`), each query asked as written.

Once of a home made from files alone and once with the starter ledger.
"""

import argparse
import csv
import shlex
import tempfile
from importlib.resources import as_file
from pathlib import Path

from frontrunner.pipeline import ingest
from frontrunner.race.question import Question, Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.sources import starter
from frontrunner.store.home import Home

#: the folders of records that this version reads
FILES = ("ctgov/transcribed", "ctgov/v2", "ctgov/v2_history", "ctgov/legacy_xml", "fda", "ema")


def question(query: str) -> Question:
    """A `race` command line as a question."""
    parser = argparse.ArgumentParser()
    parser.add_argument("indication", nargs="?")
    for option in ("--modality", "--target", "--origin"):
        parser.add_argument(option)
    parser.add_argument("--in", dest="jurisdiction")
    return asked(**vars(parser.parse_args(shlex.split(query))))


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


def score(data: Path, name: str, paths: list[Path], source: str | None = None) -> int:
    """Ingest into a home of its own, ask every query, print the table; returns how many agree."""
    right = 0
    rows = list(csv.DictReader((data / "gold" / "race_winners.csv").open(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        ingest(home, [path for path in paths if path.exists()])
        if source:
            with as_file(starter.bundled()[0]) as first:
                ingest(home, sorted(first.parent.glob("*.csv")), source=source)
        print(f"\n## {name}\n\n| race | in | agrees | found |\n|---|---|---|---|")
        with Snapshot(home) as snapshot:
            for row in rows:
                found = order(snapshot, row["query"])
                good = agrees(row, found)
                right += good
                shown = " > ".join(" = ".join(place) for place in found) or "NONE"
                print(f"| {row['arena']} | {row['jurisdiction']} | {'yes' if good else 'no'} | {shown} |")
    print(f"\n{right} of {len(rows)} races agree.")
    return right


def run(data: Path) -> None:
    """Both tables."""
    paths = [data / name for name in FILES]
    score(data, "Files alone", paths)
    score(data, "Files and the starter ledger", paths, source="starter")
