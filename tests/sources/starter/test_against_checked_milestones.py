"""The ledger against the milestones that were checked by hand, where they lie beside the checkout."""

import csv
import json
import re
from pathlib import Path

import pytest

from frontrunner.model import MilestoneClaim
from frontrunner.vocab import fold

from .conftest import Ledger

#: their event -> ours
EVENTS = {
    "phase3_start": ("trial_start", "first_patient"),
    "phase3_first_dosed": ("first_patient",),
    "phase3_first_patient_dosed": ("first_patient",),
    "phase3_enrolment_complete": ("enrolment_complete",),
    "first_patient_dosed": ("first_patient",),
    "iit_first_patient_dosed": ("first_patient",),
    "divestiture_announced": ("divestiture",),
    "ind_filed": ("ind_submission",),
    "ind_cleared": ("ind_clearance",),
    "cta_cleared": ("ind_clearance",),
    "nda_bla_accepted": ("submission_accepted",),
    "license_deal": ("licence_deal",),
    "approved": ("approval",),
    "rmat_designation": ("rmat",),
    "acquired_back": ("acquisition",),
    "trial_registered": ("registered",),
}

#: rungs that we do not give: a stated first dosing in phase 3 goes before the start in the registry, known from memory
RUNG_LEFT_OUT = {("fordadistrogene movaparvovec", "phase3_start"), ("giroctocogene fitelparvovec", "phase3_start")}

#: days that we give where they give the month: the corrected start in the registry, the day of the announcement
SHARPER = {
    ("prod:sb-525", "first_patient", "2017-06"): "2017-06-21",
    ("prod:ta-8995", "licence_deal", "2022-06"): "2022-06-28",
}

#: what stands in another row of ours: a claim to be first is a note, the day of a report a `known_on`
IN_ANOTHER_ROW = {"first_claim", "first_public_report_of_dosing"}


def events(theirs: str) -> tuple[str, ...]:
    plain = theirs.lower()
    return EVENTS.get(plain) or (("approval",) if plain.startswith("approval") else (plain,))


def found(ledger: Ledger, names: list[str], theirs: str, jurisdiction: str, day: str) -> list[MilestoneClaim]:
    """Our rows that say the same."""
    return [
        one
        for product in ledger.products(*names)
        for one in ledger.milestones(product)
        if one.event in events(theirs)
        and one.jurisdiction == jurisdiction
        and one.happened_on in (day, SHARPER.get((product, one.event, day)))
    ]


@pytest.fixture(scope="module")
def races(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "gold" / "races.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> list[dict[str, str]]:
    lines = (shared_data / "gold" / "milestones_seed.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_checked_milestone_is_there_on_its_day(ledger: Ledger, races: list[dict[str, str]]) -> None:
    missing = []
    for row in races:
        names = [row["program"], *row["aliases"].split("|")]
        if not found(ledger, names, row["milestone"], row["jurisdiction"], row["date"]):
            missing.append((row["program"], row["milestone"], row["jurisdiction"], row["date"], row["confidence"]))
    assert missing == []


def test_rungs_agree(ledger: Ledger, races: list[dict[str, str]]) -> None:
    differing = set()
    for row in races:
        names = [row["program"], *row["aliases"].split("|")]
        same = found(ledger, names, row["milestone"], row["jurisdiction"], row["date"])
        if row["rung"] not in {one.rung or "" for one in same}:
            differing.add((row["program"], row["milestone"]))
    assert differing == RUNG_LEFT_OUT


def test_what_was_not_checked_is_not_verified_here(ledger: Ledger, races: list[dict[str, str]]) -> None:
    for row in races:
        if not row["source"].startswith("memory") or ";" in row["source"]:
            continue
        names = [row["program"], *row["aliases"].split("|")]
        same = found(ledger, names, row["milestone"], row["jurisdiction"], row["date"])
        assert all(not one.verified for one in same), row


def test_every_trial_of_a_checked_milestone_is_linked(ledger: Ledger, races: list[dict[str, str]]) -> None:
    linked = {cells["trial_id"] for cells in ledger.cells if cells["table"] == "trials"}
    assert {trial for row in races for trial in row["nct_ids"].split("|") if trial} <= linked


def test_every_seed_milestone_is_there_on_its_day(ledger: Ledger, seed: list[dict[str, str]]) -> None:
    missing = []
    for row in seed:
        if row["event"].lower() in IN_ANOTHER_ROW:
            continue
        asset = row["asset"] or "FT-001"
        names = [asset, *re.split(r"[(),]", asset)]
        jurisdictions = (
            ["GLOBAL"] if row["asset"] is None else row["jurisdiction"].replace("global", "GLOBAL").split("/")
        )
        if not found(ledger, names, row["event"], jurisdictions[0], row["event_date"]):
            missing.append((asset, row["event"], jurisdictions, row["event_date"]))
    assert missing == []


def test_checked_company_names_answer(ledger: Ledger, shared_data: Path) -> None:
    with (shared_data / "gold" / "company_names.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = {fold(cells["value"]) for cells in ledger.cells if cells["table"] == "names"}
    wanted = {
        row["name_zh"]
        for row in rows
        if row["name_zh"] and "never accept" not in row["kind"] and "product" not in row["kind"]
    }
    unknown = {name for name in wanted if fold(name) not in ours}
    assert unknown == {"华毅乐健"}, "its English name is not known from any source, and a company needs one"
