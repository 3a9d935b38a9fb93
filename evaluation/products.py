"""Which product a name reaches: the names of the checked races (`gold/races.csv`), and whether two products became one.

Of joins drawn at random from a home of all files, and others that were looked for, each was judged by hand
(`labels/product_names.csv`): the same product, different ones, or no name at all.

A name reaches its product where it has the product that most of the programme's names have. Two programmes with one
product are a wrong merge, and so are two nonproprietary names that are not a name and its salt.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib import resources
from itertools import combinations
from pathlib import Path

import duckdb
import msgspec

from evaluation import homes
from evaluation._labelled import labels
from frontrunner.resolve.names import is_salt, kind_of, name_key
from frontrunner.store.home import Home

VERDICTS = ("same", "different", "none")


class Reached(msgspec.Struct, frozen=True):
    """One programme of the checked races: its product, the names that reach it and those that do not."""

    programme: str
    product: str | None
    reached: tuple[str, ...]
    missed: tuple[str, ...]


class Judged(msgspec.Struct, frozen=True):
    """Two name keys, drawn or hunted: of the same product, of different ones, or none where one of them is no name."""

    left: str
    right: str
    verdict: str
    chosen: str
    why: str

    def agrees(self, products: Mapping[str, str]) -> bool:
        """Whether the names share a product exactly where they are of the same."""
        held = [products.get(key) for key in (self.left, self.right)]
        return (held[0] is not None and held[0] == held[1]) == (self.verdict == "same")


def judged() -> list[Judged]:
    """The pairs that were judged by hand."""
    return [Judged(**row) for row in labels("product_names")]


def checked(data: Path) -> dict[str, list[str]]:
    """Programme -> its names, itself first; a gene under the vector's name alone (`rAAV2-ND4`) is several sponsors'."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in homes.gold(data, "races"):
        for name in (row["program"], *filter(None, row["aliases"].split("|"))):
            found[row["program"]].setdefault(name_key(name), name)
    return {programme: list(names.values()) for programme, names in found.items()}


def product_keys(home: Home) -> dict[str, str]:
    """Name key -> product, as the home has resolved them."""
    with duckdb.connect(str(home.ledger), read_only=True) as connection:
        query = Path(__file__).with_suffix(".sql").read_text("utf-8")
        return dict(connection.execute(query).fetchall())


def score(data: Path, products: Mapping[str, str]) -> list[Reached]:
    """Each programme with at least two names, and what its names reach."""
    found = []
    for programme, names in checked(data).items():
        ids = {name: products.get(name_key(name)) for name in names}
        counts = Counter(id for id in ids.values() if id)
        product = counts.most_common(1)[0][0] if counts else None
        right = tuple(name for name in names if product and ids[name] == product)
        found.append(Reached(programme, product, right, tuple(name for name in names if name not in right)))
    return found


def reach(rows: list[Reached]) -> float:
    """The share of names, of programmes with two or more, that reach their product."""
    several = [row for row in rows if len(row.reached) + len(row.missed) > 1]
    return sum(len(row.reached) for row in several) / sum(len(row.reached) + len(row.missed) for row in several)


def merged(rows: list[Reached]) -> list[tuple[str, str]]:
    """Pairs of programmes that the home holds for one product."""
    return [
        (one.programme, other.programme)
        for one, other in combinations(rows, 2)
        if one.product and one.product == other.product
    ]


def joined_inns(products: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Nonproprietary names that share a product: no salts of one name, no spelling that the ledger itself lists."""
    ledger = resources.files("frontrunner.sources.starter").joinpath("names.csv").read_text("utf-8")
    spellings = {name_key(row["value"]) for row in csv.DictReader(ledger.splitlines()) if row["kind"] == "variant"}
    inns: dict[str, list[str]] = defaultdict(list)
    for key, product in products.items():
        if kind_of(key) == "inn" and key not in spellings:
            inns[product].append(key)
    several = (tuple(sorted(keys, key=len)) for keys in inns.values() if len(keys) > 1)
    return sorted(keys for keys in several if not all(is_salt(key, keys[0]) for key in keys[1:]))


def run(data: Path) -> None:
    """Both tables: files alone, and with the starter ledger."""
    for name, starter in homes.TABLES:
        report(name, data, product_keys(homes.of_files(data, starter=starter)))


def report(name: str, data: Path, products: Mapping[str, str]) -> None:
    """Print what names of the checked races reach, what they miss, and what was merged."""
    rows = score(data, products)
    print(f"\n## {name}: {len(products)} names\n\n| programme | product | not reached |\n|---|---|---|")
    for row in rows:
        print(f"| {row.programme} | {row.product or '-'} | {', '.join(row.missed) or '-'} |")
    print(f"\nReach: {reach(rows):.3f}. Programmes merged: {merged(rows) or 'none'}.")
    _report_judged(products)
    print(f"Products with two nonproprietary names: {len(joined_inns(products))}.")
    for keys in joined_inns(products)[:20]:
        print(f"- {', '.join(keys)}")


def _report_judged(products: Mapping[str, str]) -> None:
    print("\n| pairs | the same, joined | different, apart | no name, apart |\n|---|---|---|---|")
    pairs = judged()
    for chosen in ("drawn", "hunted"):
        told = [
            [one.agrees(products) for one in pairs if (one.chosen, one.verdict) == (chosen, verdict)]
            for verdict in VERDICTS
        ]
        print(f"| {chosen} | {' | '.join(f'{sum(kind)} of {len(kind)}' for kind in told)} |")
    for one in pairs:
        if not one.agrees(products):
            print(f"- {one.left}, {one.right}: {one.verdict} {one.why}")
    print()
