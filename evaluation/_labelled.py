"""The records that were labelled, found again by id in the folder of records: their words, hash and trial."""

import ast
import csv
import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import duckdb
import msgspec

from frontrunner.model import Intervention, Trial

LABELS = Path(__file__).parent / "labels"
_GROUP = re.compile(r"^[^:]{0,60}(?:group|series|standard|test)[^:]{0,12}:", re.I)


class Words(msgspec.Struct, frozen=True):
    """What a reader saw of one trial; `interventions` as the source spells them."""

    id: str
    title: str
    official: str
    conditions: str
    interventions: str

    def sha256(self) -> str:
        """Of the four texts, one a line: a label holds for these words only."""
        told = (self.title, self.official, self.conditions, self.interventions)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def trial(self) -> Trial:
        """The words as a trial record: what a registry's reader would have handed on."""
        return Trial(
            trial_id=self.id,
            brief_title=self.title,
            official_title=self.official or None,
            conditions=[part for part in self.conditions.split("|") if part],
            interventions=[one for one in _interventions(self.interventions) if one.name],
        )


class Labelled(msgspec.Struct, frozen=True):
    """One label: the first of `labels` is meant, any of them is right (evaluation/labels/guide-modality.md)."""

    id: str
    source: str
    field: str
    labels: tuple[str, ...]
    split: str
    sha256: str


def labels(name: str) -> list[dict[str, str]]:
    """The rows of `labels/<name>.csv` as they stand."""
    with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def labelled(task: str) -> list[Labelled]:
    """The labels of `<task>.csv`."""
    return [Labelled(**{**row, "labels": tuple(row["labels"].split("|"))}) for row in labels(task)]  # type: ignore[arg-type]


def half(id: str) -> str:
    """The half that an id belongs to, decided before any rule was tuned: dev or test."""
    return "test" if int(hashlib.sha256(id.encode()).hexdigest()[0], 16) % 2 else "dev"


def words(data: Path, wanted: Iterable[Labelled]) -> dict[str, Words]:
    """The words of each labelled trial whose words are still those that were read."""
    rows = {row.id: row for row in wanted}
    found: list[Words] = []
    for source, read in _SOURCES.items():
        ids = sorted(id for id, row in rows.items() if row.source == source)
        found += read(data, ids) if ids else []
    return {one.id: one for one in found if one.sha256() == rows[one.id].sha256}


def _corpora(data: Path, ids: list[str]) -> list[Words]:
    connection = duckdb.connect()
    connection.execute("set variable rows = ?", [str(data / "corpora" / "trial_rows.parquet")])
    connection.execute("set variable ids = ?", [ids])
    query = (LABELS / "modality.sql").read_text("utf-8")
    return [Words(*row) for row in connection.execute(query).fetchall()]


def _oncology(data: Path, ids: list[str]) -> list[Words]:
    wanted, found = set(ids), dict[str, Words]()
    with gzip.open(data / "ctgov" / "v2_history" / "oncology_targets_2026.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            section = json.loads(line)["record"].get("protocolSection")
            if section and (id := section["identificationModule"]["nctId"]) in wanted:
                found.setdefault(id, _of_study(id, section))
    return list(found.values())


def _of_study(id: str, section: dict[str, dict[str, list[dict[str, str]]]]) -> Words:
    titles: dict[str, str] = section["identificationModule"]  # type: ignore[assignment]
    given = section.get("armsInterventionsModule", {}).get("interventions", [])
    told = "|".join(f"{one.get('type', '')}: {one.get('name', '')}" for one in given)
    conditions: list[str] = section.get("conditionsModule", {}).get("conditions", [])  # type: ignore[assignment]
    return Words(id, titles.get("briefTitle", ""), titles.get("officialTitle", ""), "|".join(conditions), told)


def _ictrp(data: Path, ids: list[str]) -> list[Words]:
    names = ("TrialID", "Public title", "Scientific title", "Condition", "Intervention")
    with (data / "ictrp" / "2020-04-15.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [[row[name].strip() for name in names] for row in csv.DictReader(lines)]
    return [Words(*row) for row in rows if row[0] in ids]


def _cde(data: Path, ids: list[str]) -> list[Words]:
    with (data / "cde_china" / "chinadrugtrials_2018-08.tsv").open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [Words(row[1], row[5], "", row[4], row[3]) for row in rows if row[1] in ids]


def _transcribed(data: Path, ids: list[str]) -> list[Words]:
    found: dict[str, Words] = {}
    with (data / "ctgov" / "transcribed" / "gene_cell_2018_2020.jsonl").open(encoding="utf-8") as lines:
        for section in (json.loads(line)["protocolSection"] for line in lines):
            if (id := section["identificationModule"]["nctId"]) in ids:
                found.setdefault(id, _of_study(id, section))
    return list(found.values())


_SOURCES = {
    "corpora": _corpora,
    "oncology": _oncology,
    "ictrp": _ictrp,
    "cde_china": _cde,
    "transcribed": _transcribed,
}


def _interventions(text: str) -> list[Intervention]:
    """`Type: name` parts between bars, a printed list, or the groups of a Chinese registry without its controls."""
    if text.startswith(("['", '["')):
        return [Intervention(name=str(name)) for name in ast.literal_eval(text)]
    if "|" not in text and text.count(";") and _GROUP.match(text):
        groups = [part.strip() for part in text.split(";")]
        return [Intervention(name=_GROUP.sub("", group)) for group in groups if not group.lower().startswith("control")]
    return [_intervention(part) for part in re.split(r"\|(?! )", text)]


def _intervention(part: str) -> Intervention:
    kind, colon, name = part.partition(": ")
    known = colon and re.fullmatch(r"[A-Za-z][A-Za-z_/ ]{3,22}", kind)
    if not known:
        return Intervention(name=part.strip())
    return Intervention(name=name.strip(), type=kind.upper().replace(" ", "_"))
