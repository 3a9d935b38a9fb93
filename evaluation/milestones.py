"""When things happened: the checked milestones of nine races (`gold/races.csv`), each sought in its programmes.

A checked milestone is found when a programme of that product, in the place, has the rung or event on a day that its
stated precision allows. `held`: some programme has that product at all.
"""

from datetime import date
from pathlib import Path

import msgspec

from evaluation import homes
from frontrunner import vocab
from frontrunner.model import PartialDate
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Milestone
from frontrunner.race.why import milestones
from frontrunner.vocab import fold


class Found(msgspec.Struct, frozen=True):
    """One checked milestone: what was sought, whether its product is held, whether it was found, what was nearest."""

    arena: str
    program: str
    milestone: str
    jurisdiction: str
    date: str
    confidence: str
    held: bool
    agrees: bool
    nearest: str


def found(data: Path, *, starter: bool) -> list[Found]:
    """Every checked milestone, sought in a home of the files, with or without the starter ledger."""
    rows = homes.gold(data, "races")
    with Snapshot(homes.of_files(data, starter=starter)) as snapshot:
        by_name = _products(snapshot)
        return [_sought(snapshot, by_name, row) for row in rows]


def _products(snapshot: Snapshot) -> dict[str, set[str]]:
    by_name: dict[str, set[str]] = {}
    for row in snapshot.rows("product_names"):
        by_name.setdefault(fold(row["value"]), set()).add(row["subject"])
    return by_name


def _sought(snapshot: Snapshot, by_name: dict[str, set[str]], row: dict[str, str]) -> Found:
    names = [row["program"], *row["aliases"].split("|")]
    products = {product for name in names if name for product in by_name.get(fold(name), ())}
    ids = [r["programme"] for product in products for r in snapshot.rows("programmes_of_product", product=product)]
    held = [one for id in ids for one in milestones(snapshot, id, date.max, "now") if _is_kind(one, row)]
    right = [one for one in held if one.date and allows(row["date"], one.date)]
    return Found(
        arena=row["arena"],
        program=row["program"],
        milestone=row["milestone"],
        jurisdiction=row["jurisdiction"],
        date=row["date"],
        confidence=row["confidence"],
        held=bool(ids),
        agrees=bool(right),
        nearest=", ".join(sorted({one.date or "?" for one in held})[:4]),
    )


def _is_kind(milestone: Milestone, row: dict[str, str]) -> bool:
    place = row["jurisdiction"]
    there = place == "GLOBAL" or not milestone.jurisdictions or place in milestone.jurisdictions
    event = vocab.load("event").find(row["milestone"])
    same = milestone.rung == row["rung"] if row["rung"] else milestone.event == event
    return there and same


def allows(stated: str, day: str) -> bool:
    """Whether two dates can be the same day: one interval lies in the other."""
    one, other = PartialDate(stated), PartialDate(day)
    return (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )


def run(data: Path) -> None:
    """Both tables: how many are found, by confidence, and each that is not."""
    for title, starter in homes.TABLES:
        rows = found(data, starter=starter)
        print(f"\n## {title}\n\n| confidence | milestones | product held | found |\n|---|---|---|---|")
        for confidence in sorted({row.confidence for row in rows}):
            some = [row for row in rows if row.confidence == confidence]
            print(f"| {confidence} | {len(some)} | {sum(r.held for r in some)} | {sum(r.agrees for r in some)} |")
        print("\nNot found, though the product is held:\n\n| product | milestone | in | date | held dates |")
        print("|---|---|---|---|---|")
        for row in rows:
            if row.held and not row.agrees:
                print(f"| {row.program} | {row.milestone} | {row.jurisdiction} | {row.date} | {row.nearest} |")
