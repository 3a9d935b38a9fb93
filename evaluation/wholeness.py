"""Whether the programmes of the checked races (`gold/races.csv`) come out whole: none split or twice, no foreign trial.

Every arena is asked for everywhere. A product with two developers (a licensee by territory) is two rows and counts once
each; a row of the same product and company beside another is a duplicate. A trial is foreign where a row that has none
of the names of a checked programme lists one of its registry ids.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evaluation import homes
from evaluation.products import checked
from evaluation.races import question
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Standing
from frontrunner.race.standings import race
from frontrunner.resolve.names import name_key


class Faults(msgspec.Struct, frozen=True):
    """One arena: its rows, the checked programmes found in it, and what is wrong with them, in words."""

    query: str
    rows: int
    found: int
    wrong: tuple[str, ...]


def queries(data: Path) -> list[tuple[str, str]]:
    """(arena, query without a place) of every checked race, once each, in order."""
    arenas = sorted({row["arena"] for row in homes.gold(data, "races")})
    asked = ((row["arena"], row["query"].split(" --in ")[0]) for row in homes.gold(data, "race_winners"))
    return sorted({(arena, query) for name, query in asked for arena in arenas if name.startswith(arena)})


def _has(row: Standing, keys: frozenset[str]) -> bool:
    return not keys.isdisjoint(name_key(name) for name in (row.product.name, *(n.value for n in row.product.names)))


def _wrong(rows: Sequence[Standing], names: Mapping[str, frozenset[str]], trials: Mapping[str, set[str]]) -> list[str]:
    pairs = Counter((row.product.id, row.company.id if row.company else "") for row in rows)
    wrong = [f"{product} of {company} twice" for (product, company), count in pairs.items() if count > 1]
    for programme, keys in names.items():
        held = sorted({row.product.id for row in rows if _has(row, keys)})
        wrong += [f"{programme} split: {', '.join(held)}"] if len(held) > 1 else []
        foreign = [row for row in rows if trials[programme] & set(row.trials) and not _has(row, keys)]
        wrong += [f"a trial of {programme} in {row.product.name}" for row in foreign]
    return wrong


def score(data: Path, snapshot: Snapshot) -> list[Faults]:
    """Each arena in order."""
    names = {programme: frozenset(map(name_key, called)) for programme, called in checked(data).items()}
    arenas: dict[str, set[str]] = defaultdict(set)
    trials: dict[str, set[str]] = defaultdict(set)
    for row in homes.gold(data, "races"):
        arenas[row["arena"]].add(row["program"])
        trials[row["program"]].update(filter(None, row["nct_ids"].replace(";", "|").split("|")))
    found = []
    for arena, query in queries(data):
        rows = race(snapshot, question(query)).standings
        own = {programme: names[programme] for programme in sorted(arenas[arena])}
        here = sum(any(_has(row, keys) for row in rows) for keys in own.values())
        found.append(Faults(query, len(rows), here, tuple(_wrong(rows, own, trials))))
    return found


def run(data: Path) -> None:
    """One line an arena, with the starter ledger."""
    with Snapshot(homes.of_files(data, starter=True)) as snapshot:
        rows = score(data, snapshot)
    print("| race | rows | checked programmes in it | wrong |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.query} | {row.rows} | {row.found} | {'; '.join(row.wrong) or '-'} |")
    print(f"\n{sum(len(row.wrong) for row in rows)} faults in {len(rows)} races.")
