"""Whether the programmes of checked races come out whole: none missing, split or twice, no foreign trial.

Checked are those of `gold/races.csv`, and the runners of eleven more races with their studies, judged by hand
(`labels/wholeness.csv`) from all files.

Every arena is asked for everywhere. A product with two developers (a licensee by territory) is two rows and counts once
each; a row of the same product and company beside another is a duplicate. A trial is foreign where a row that has none
of the names of a checked programme lists one of its registry ids.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evaluation import homes
from evaluation._labelled import labels
from evaluation.products import checked
from evaluation.races import question
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Standing
from frontrunner.race.standings import race
from frontrunner.resolve.names import name_key


class Checked(msgspec.Struct, frozen=True):
    """One programme of a checked race: its product's names, and the registry ids of its studies."""

    names: list[str]
    trials: set[str]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its names."""
        return frozenset(map(name_key, self.names))


class Faults(msgspec.Struct, frozen=True):
    """One race: its rows, the checked programmes, those that are missing, and what is wrong with the rest, in words."""

    query: str
    rows: int
    missing: tuple[str, ...]
    checked: int
    wrong: tuple[str, ...]

    @property
    def found(self) -> int:
        """How many of the checked programmes race."""
        return self.checked - len(self.missing)


def races(data: Path) -> dict[str, dict[str, Checked]]:
    """Query without a place, of every checked race once -> programme -> what is checked of it."""
    found: dict[str, dict[str, Checked]] = {}
    names = checked(data)
    gold = homes.gold(data, "races")
    arenas = sorted({row["arena"] for row in gold})
    for winner in homes.gold(data, "race_winners"):
        query = winner["query"].split(" --in ")[0]
        for row in gold:
            if row["arena"] == next(arena for arena in arenas if winner["arena"].startswith(arena)):
                own = found.setdefault(query, {}).setdefault(row["program"], Checked(names[row["program"]], set()))
                own.trials.update(filter(None, row["nct_ids"].replace(";", "|").split("|")))
    return found | {query: found.get(query, {}) | own for query, own in judged().items()}


def judged() -> dict[str, dict[str, Checked]]:
    """The same, of the races whose runners were judged by hand."""
    found: dict[str, dict[str, Checked]] = {}
    for row in labels("wholeness"):
        names = [row["product"], *filter(None, row["aliases"].split("|"))]
        found.setdefault(row["race"], {})[row["product"]] = Checked(names, set(filter(None, row["trials"].split("|"))))
    return found


def _has(row: Standing, keys: frozenset[str]) -> bool:
    return not keys.isdisjoint(name_key(name) for name in (row.product.name, *(n.value for n in row.product.names)))


def _wrong(rows: Sequence[Standing], programmes: Mapping[str, Checked]) -> list[str]:
    pairs = Counter((row.product.id, row.company.id if row.company else "") for row in rows)
    wrong = [f"{product} of {company} twice" for (product, company), count in pairs.items() if count > 1]
    for programme, own in programmes.items():
        held = sorted({row.product.id for row in rows if _has(row, own.keys)})
        wrong += [f"{programme} split: {', '.join(held)}"] if len(held) > 1 else []
        others = {id for name, other in programmes.items() if name != programme for id in other.trials}
        foreign = [row for row in rows if (own.trials - others) & set(row.trials) and not _has(row, own.keys)]
        wrong += [f"a trial of {programme} in {row.product.name}" for row in foreign]
    return wrong


def score(data: Path, snapshot: Snapshot) -> list[Faults]:
    """Each race in order."""
    found = []
    for query, programmes in sorted(races(data).items()):
        rows = race(snapshot, question(query)).standings
        missing = [name for name, own in programmes.items() if not any(_has(row, own.keys) for row in rows)]
        found.append(Faults(query, len(rows), tuple(missing), len(programmes), tuple(_wrong(rows, programmes))))
    return found


def run(data: Path) -> None:
    """One line an arena, with the starter ledger."""
    with Snapshot(homes.of_files(data, starter=True)) as snapshot:
        rows = score(data, snapshot)
    print("| race | rows | checked programmes in it | missing | wrong |\n|---|---|---|---|---|")
    for row in rows:
        told = (f"{row.found} of {row.checked}", "; ".join(row.missing) or "-", "; ".join(row.wrong) or "-")
        print(f"| {row.query} | {row.rows} | {' | '.join(told)} |")
    print(f"\n{sum(len(row.wrong) for row in rows)} faults in {len(rows)} races.")
