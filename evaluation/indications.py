"""Which disease a condition names: texts labelled by hand (evaluation/labels/guide-indications.md)."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evaluation._labelled import Labelled, labelled
from frontrunner.forecast.score_races import Interval, cluster_bootstrap
from frontrunner.pipeline import ingest
from frontrunner.resolve import vocabularies
from frontrunner.resolve.indications import Matcher, packaged
from frontrunner.store import snapshot
from frontrunner.store.home import Home

#: what of the folder of names tells of diseases
FILES = ("doid_2018.tsv", "gard_synonyms.tsv.gz", "mesh2015_tree.tsv.gz", "mondo_*", "orphanet_*")
NONE = ("none",)


class Scored(msgspec.Struct, frozen=True):
    """One text: the concepts that are right (`none` where it names no disease), and the one that was found."""

    id: str
    right: tuple[str, ...]
    given: str | None

    @property
    def agrees(self) -> bool:
        """Whether what was found is right."""
        return self.given in self.right


def half(row: Labelled) -> str:
    """The half that a row belongs to, decided before any rule was tuned: dev or test."""
    return "test" if int(hashlib.sha256(f"{row.id} {row.field}".encode()).hexdigest()[0], 16) % 2 else "dev"


def full(data: Path) -> Matcher:
    """What matches over every vocabulary of the folder, as a home holds them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        ingest(home, [path for name in FILES for path in sorted((data / "names").glob(name))])
        connection = snapshot.connect(home)
        try:
            return Matcher(vocabularies.load(connection, "indication"))
        finally:
            connection.close()


def texts(data: Path) -> dict[tuple[str, str], str]:
    """(id, field) -> the text, of each labelled row whose text is still the one that was read."""
    rows = {(row.id, row.field): row for row in labelled("indications")}
    found = chain(_corpora(data, rows), _cde(data, rows))
    return {at: text for at, text in found if hashlib.sha256(text.encode()).hexdigest() == rows[at].sha256}


def _corpora(data: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    columns = ["nct_id", "extract_no", "conditions"]
    table = pq.read_table(data / "corpora" / "trial_rows.parquet", columns=columns)
    table = table.filter(pc.is_in(table["nct_id"], pa.array([id.partition("/")[0] for id, _ in wanted])))
    held: dict[str, list[str]] = {}
    for row in table.to_pylist():
        held.setdefault(f"{row['nct_id']}/{row['extract_no']}", []).append(row["conditions"] or "")
    for id, field in wanted:
        for listed in [conditions.split("|") for conditions in held.get(id, [])]:
            if int(field[11:-1]) < len(listed):  # conditions[2]
                yield (id, field), listed[int(field[11:-1])].strip()


def _cde(data: Path, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    with (data / "cde_china" / "chinadrugtrials_2018-08.tsv").open(encoding="utf-8", newline="") as lines:
        held = {row[1]: row[4] for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 4}
    yield from (((id, field), held[id].strip().strip('"')) for id, field in wanted if id in held)


def score(data: Path, split: str, matcher: Matcher) -> list[Scored]:
    """Each labelled text of a half whose words are here."""
    found = texts(data)
    rows = [row for row in labelled("indications") if row.split == split and (row.id, row.field) in found]
    return [_scored(row, matcher, found[row.id, row.field]) for row in rows]


def _scored(row: Labelled, matcher: Matcher, text: str) -> Scored:
    match = matcher.match(text)
    return Scored(row.id, row.labels, match.id if match else None)


def named(rows: Sequence[Scored]) -> list[Scored]:
    """The texts that name a disease."""
    return [row for row in rows if row.right != NONE]


def accuracy(rows: Sequence[Scored]) -> float:
    """Of the texts that name a disease and for which one was found, the share that is right."""
    answered = [row for row in named(rows) if row.given]
    return sum(row.agrees for row in answered) / len(answered)


def abstained(rows: Sequence[Scored]) -> float:
    """Of the texts that name a disease, the share for which none was found."""
    return sum(row.given is None for row in named(rows)) / len(named(rows))


def _shown(rows: Sequence[Scored], statistic: Callable[[Sequence[Scored]], float]) -> str:
    found: Interval = cluster_bootstrap([row.id for row in rows], lambda drawn: statistic([rows[at] for at in drawn]))
    return f"{found.value:.3f} ({found.low:.3f}-{found.high:.3f})"


def run(data: Path) -> None:
    """Both halves, over the packaged list alone and over the full vocabularies."""
    print("| half | vocabulary | right of those found | none found | right of all | found where no disease is named |")
    print("|---|---|---|---|---|---|")
    for name, matcher in (("packaged", packaged()), ("full", full(data))):
        for split in ("dev", "test"):
            rows = score(data, split, matcher)
            of_all = sum(row.agrees for row in named(rows))
            others = [row for row in rows if row.right == NONE]
            told = [split, name, _shown(rows, accuracy), _shown(rows, abstained), f"{of_all} of {len(named(rows))}"]
            print(f"| {' | '.join(told)} | {sum(row.given is not None for row in others)} of {len(others)} |")
