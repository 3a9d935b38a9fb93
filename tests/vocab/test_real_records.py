"""The lists against real records: what registries and the milestone tables call things must be found."""

import csv
import gzip
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from frontrunner import vocab

#: entries of "conditions" that name no disease: a qualifier, a method, a protein, a phrase of the protocol
NO_DISEASE = {
    "Acute",
    "Adeno-Associated Virus (AAV)",
    "CHD Risk-Equivalent Disease",
    "Childhood",
    "Factor VIII (FVIII)",
    "Factor VIII (FVIII) Gene",
    "Factor VIII (FVIII) Protein",
    "Gene Therapy",
    "Gene Transfer",
    "High Risk",
    "Inhibitors",
    "Neurologic Manifestations",
    "Recombinant",
    "Sensation Disorders",
    "Vector",
    "X-Linked",
}
#: countries that are no more, and so have no code of today
GONE = {"Former Serbia and Montenegro", "Former Yugoslavia", "Netherlands Antilles"}


def transcribed(shared_data: Path) -> list[dict[str, Any]]:
    lines = (shared_data / "ctgov" / "transcribed" / "gene_cell_2018_2020.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["protocolSection"] for line in lines]


def unknown(name: str, texts: set[str]) -> set[str]:
    return {text for text in texts if vocab.load(name).find(text) is None}


def test_every_condition_of_the_transcribed_trials_is_found(shared_data: Path) -> None:
    listed = [study["conditionsModule"].get("conditions", []) for study in transcribed(shared_data)]
    conditions = {condition for conditions in listed for condition in conditions}
    assert len(conditions) > 100
    sentences = {condition for condition in conditions if len(condition) > 100}
    assert unknown("indication", conditions - sentences) == NO_DISEASE


def test_every_country_of_real_studies_is_found(shared_data: Path) -> None:
    countries: set[str] = set()
    for path in (shared_data / "ctgov" / "v2").glob("*.json.gz"):
        countries |= set(re.findall(r'"country": ?"([^"]+)"', gzip.decompress(path.read_bytes()).decode()))
    assert len(countries) > 40
    assert unknown("country", countries) <= GONE


def test_every_indication_of_the_seed_milestones_is_found(shared_data: Path) -> None:
    lines = (shared_data / "gold" / "milestones_seed.jsonl").read_text("utf-8").splitlines()
    indications = {row["indication"] for row in map(json.loads, lines) if row["indication"]}
    assert len(indications) > 15
    assert unknown("indication", indications) == set()


def test_every_race_query_is_understood(shared_data: Path) -> None:
    option_of = {"--modality": "modality", "--target": "target", "--in": "jurisdiction"}
    with (shared_data / "gold" / "race_winners.csv").open(encoding="utf-8", newline="") as file:
        queries = [shlex.split(row["query"]) for row in csv.DictReader(file)]
    assert len(queries) > 20
    for words in queries:
        indication = [] if words[0].startswith("--") else [words.pop(0)]
        assert unknown("indication", set(indication)) == set()
        for option, value in zip(words[::2], words[1::2], strict=True):
            assert vocab.load(option_of[option]).find(value) is not None, (option, value)


def test_every_rung_and_jurisdiction_of_the_races_is_an_id(shared_data: Path) -> None:
    with (shared_data / "gold" / "races.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["rung"] for row in rows} - {""} <= set(vocab.load("rung").terms)
    assert {row["jurisdiction"] for row in rows} <= set(vocab.load("jurisdiction").terms)


def test_vectors_and_modalities_of_the_races_are_found(shared_data: Path) -> None:
    with (shared_data / "gold" / "races.csv").open(encoding="utf-8", newline="") as file:
        written = {row["modality"] for row in csv.DictReader(file)}
    both = unknown("modality", written) & unknown("vector", written)
    assert both == {"CAR-T CD19", "mAb PD-L1", "bispecific PD-1xVEGF"}, "these say a target too"


@pytest.mark.parametrize("symbol", ["F8", "F9", "CETP", "CD19", "PDCD1", "ND4", "DMD"])
def test_targets_carry_the_gene_ids(symbol: str) -> None:
    external = vocab.load("target").terms[symbol].external_id or ""
    assert re.fullmatch(r"HGNC:\d+\|NCBIGene:\d+", external)
