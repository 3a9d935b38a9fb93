"""Sponsor names to one organisation: B-cubed against hand-made groups (`gold/sponsor_names.csv`).

The gold merges acquired firms; ours keep their own key and name their owner. So precision asks whether the rows of one
key have one gold parent, and recall whether the rows of one gold name share a key, or, in the second table, a key or
the owner at the top that a source names: what rests on memory is no answer there, and has a table of its own. The
halves are split by a hash of the gold parent; rules were written with the first half in view, and the second only
scored. Intervals: 95 %, 300 bootstrap samples of gold parents.
"""

import csv
import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from frontrunner.resolve.companies import company_key, organisation_kind, parent_key


class Row(NamedTuple):
    """A sponsor's name with its gold name and parent, our key and our owner at the top (or the key).

    `parent` goes by what a source says; `unverified` counts what rests on memory as well.
    """

    name: str
    gold: str
    gold_parent: str
    key: str
    parent: str
    unverified: str
    kind: str

    @property
    def half(self) -> str:
        """`dev`, or `test`: the half left alone when rules are written."""
        return "test" if hashlib.sha256(self.gold_parent.encode()).digest()[0] % 2 else "dev"


class Score(NamedTuple):
    """B-cubed precision and recall of some rows, each with its interval."""

    rows: int
    precision: float
    recall: float
    precision_interval: tuple[float, float]
    recall_interval: tuple[float, float]


def rows(data: Path) -> list[Row]:
    """Each name of the gold once."""
    with (data / "gold" / "sponsor_names.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["name_of_sponsor"]: row for row in csv.DictReader(lines)}
    return [_row(name, row) for name, row in found.items()]


def _row(name: str, row: Mapping[str, str]) -> Row:
    key = company_key(name)
    gold, parent = row["normalized_name"], row["normalized_parent_name"]
    sourced, any_source = parent_key(name, sourced=True) or key, parent_key(name) or key
    return Row(name, gold, parent, key, sourced, any_source, organisation_kind(name))


def by_name(chosen: list[Row]) -> Score:
    """Rows of one key against rows of one gold name."""
    return _score(chosen, [_share(chosen, _key, _gold), _share(chosen, _gold, _key)])


def by_parent(chosen: list[Row]) -> Score:
    """Rows of one key must have one gold parent; rows of one gold parent are found by a key or an owner they share."""
    return _score(chosen, [_share(chosen, _key, _gold_parent), _share(chosen, _gold_parent, _parent)])


def by_unverified_parent(chosen: list[Row]) -> Score:
    """The same, with owners from memory: what a reader is shown, marked as such, and no score to rely on."""
    return _score(chosen, [_share(chosen, _key, _gold_parent), _share(chosen, _gold_parent, _unverified)])


def _key(row: Row) -> str:
    return row.key


def _gold(row: Row) -> str:
    return row.gold


def _gold_parent(row: Row) -> str:
    return row.gold_parent


def _parent(row: Row) -> str:
    return row.parent


def _unverified(row: Row) -> str:
    return row.unverified


def _share(chosen: list[Row], group: Callable[[Row], str], label: Callable[[Row], str]) -> list[float]:
    """For each row: of the rows of its group, the share with its label."""
    groups = Counter(map(group, chosen))
    both = Counter((group(row), label(row)) for row in chosen)
    return [both[group(row), label(row)] / groups[group(row)] for row in chosen]


def _score(chosen: list[Row], shares: list[list[float]]) -> Score:
    precision, recall = (sum(share) / len(share) for share in shares)
    return Score(len(chosen), precision, recall, *(_interval(chosen, share) for share in shares))


def _interval(chosen: list[Row], share: list[float]) -> tuple[float, float]:
    sums: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for row, value in zip(chosen, share, strict=True):
        total, count = sums[row.gold_parent]
        sums[row.gold_parent] = (total + value, count + 1)
    groups, draw = list(sums.values()), random.Random(7)
    means = sorted(_mean(draw.choices(groups, k=len(groups))) for _ in range(300))
    return means[7], means[-8]


def _mean(groups: Iterable[tuple[float, int]]) -> float:
    total, number = 0.0, 0
    for value, count in groups:
        total, number = total + value, number + count
    return total / number


def run(data: Path) -> None:
    """By name, by sourced parent and by any, companies and all, each half and both together."""
    found = rows(data)
    titles = (("By name", by_name), ("By parent", by_parent), ("By parent, also from memory", by_unverified_parent))
    for title, score in titles:
        print(f"## {title}\n\n| rows | half | number | precision | recall |\n|---|---|---|---|---|")
        for kind in ("company", "all"):
            for half in ("dev", "test", "both"):
                chosen = [row for row in found if kind in ("all", row.kind) and half in ("both", row.half)]
                _print(kind, half, score(chosen))
        print()


def _print(kind: str, half: str, score: Score) -> None:
    cells = (
        f"{value:.3f} ({low:.3f} to {high:.3f})"
        for value, (low, high) in (
            (score.precision, score.precision_interval),
            (score.recall, score.recall_interval),
        )
    )
    print(f"| {kind} | {half} | {score.rows} | {' | '.join(cells)} |")
