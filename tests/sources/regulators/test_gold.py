"""The checked milestones of the races that the regulators' files contain are found on their day."""

import csv
from pathlib import Path

import pytest

from .real import approvals

DECISIONS = {"withdrawn_application", "refusal", "negative_opinion"}
#: not in the files: decided after they were made
LATER = {("delandistrogene moxeparvovec", "EU", "2025-07-25")}


@pytest.fixture(scope="module")
def gold(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "gold" / "races.csv").open(encoding="utf-8") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["jurisdiction"] in ("EU", "US") and (row["rung"] == "approved" or row["milestone"] in DECISIONS)
        ]


def names(row: dict[str, str]) -> list[str]:
    return [row["program"], *filter(None, row["aliases"].split("|"))]


def test_every_decision_is_found_on_its_day(shared_data: Path, gold: list[dict[str, str]]) -> None:
    missed = set()
    for row in gold:
        found = {
            (one.jurisdiction, one.decided_on)
            for _, one in approvals(shared_data, *names(row))
            if (one.status == "approved") == (row["rung"] == "approved")
        }
        if (row["jurisdiction"], row["date"]) not in found:
            missed.add((row["program"], row["jurisdiction"], row["date"]))
    assert missed == LATER
    assert len(gold) == 32


def test_the_kind_of_an_approval_is_found_where_the_table_tells_it(
    shared_data: Path, gold: list[dict[str, str]]
) -> None:
    conditional = [row for row in gold if row["milestone"] == "approval_conditional" and row["jurisdiction"] == "EU"]
    assert len(conditional) == 5
    for row in conditional:
        kinds = {one.kind for _, one in approvals(shared_data, *names(row)) if one.decided_on == row["date"]}
        assert "conditional" in kinds, row


def test_the_first_of_haemophilia_b_in_america_is_a_factor_ix_of_1990(shared_data: Path) -> None:
    """AlphaNine; the licence table lists its holder of today with the licence, and dates Mononine by a later one."""
    for_b = [
        (one.decided_on, one.names[0].value)
        for file, one in approvals(shared_data, "AlphaNine", "Mononine", "BeneFix", "Hemgenix", "Beqvez")
        if file == "fda/orphan_approved_2025.csv" and one.indication_dated
    ]
    assert sorted(for_b)[:3] == [("1990-12-31", "AlphaNine"), ("1992-08-20", "Mononine"), ("1997-02-11", "BeneFix")]
    licences = {one.decided_on for file, one in approvals(shared_data, "Mononine") if "purplebook" in file}
    assert licences == {"2000-03-17"}
