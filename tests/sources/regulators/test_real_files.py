"""The real files beside the checkout: nothing lost, nothing taken twice, nothing taken that others have re-keyed."""

from collections import defaultdict
from pathlib import Path

import pytest

from frontrunner.model import Approval
from frontrunner.reading.containers import containers, head
from frontrunner.sources import load, recognise

from .real import FILES, approvals, taken
from .saved import SOURCES, container

#: regulators' files that are not read, and why
NOT_READ = {
    "ema/atmp_list_2024-02.xlsx": "extracted from a document by a private person",
    "fda/designations.json": "re-keyed by a third party",
    "fda/novel_approvals_2015-2023.xlsx": "re-keyed by a third party",
    "fda/purplebook_2026-04-01.json": "re-keyed by a third party",
}


@pytest.mark.parametrize("file", FILES)
def test_every_record_is_read_or_refused(shared_data: Path, file: str) -> None:
    source, seen, refused, unread = FILES[file]
    found = taken(shared_data, file)
    assert len(found.readings) + len(found.refused) == seen
    assert (len(found.refused), len(found.unread)) == (refused, unread)
    start = head(container(shared_data / file))
    module = recognise(file, start)
    assert module is not None and module.SOURCE.id == source


def test_no_file_is_taken_twice_and_none_of_others_by_a_regulator(shared_data: Path) -> None:
    modules = load()
    for one in containers(shared_data):
        start = head(one)
        takers = [id for id, module in modules.items() if module.recognise(one.name, start)]
        assert len(takers) <= 1, (one.name, takers)
        assert set(takers) & set(SOURCES) == ({FILES[one.name][0]} if one.name in FILES else set()), one.name


def test_the_regulators_folders_hold_nothing_unaccounted_for(shared_data: Path) -> None:
    there = {f"{folder}/{path.name}" for folder in ("ema", "fda") for path in (shared_data / folder).iterdir()}
    assert there == set(FILES) | set(NOT_READ)


@pytest.mark.parametrize("file", FILES)
def test_no_key_is_used_for_two_things(shared_data: Path, file: str) -> None:
    """Two contents under one key of one file would be taken for versions: only the stacked Purple Book has such."""
    contents = defaultdict(set)
    for reading in taken(shared_data, file).readings:
        contents[reading.key].add(reading.canonical)
    double = [key for key, found in contents.items() if len(found) > 1]
    assert len(double) == (12 if file == "fda/purplebook_2025-05.csv" else 0), double[:20]


def test_most_medicines_did_not_change_in_a_week(shared_data: Path) -> None:
    """76 rows differ between the sheets of 15 and 22 August 2024, one of them by the day of the update alone."""
    first, second = (
        {reading.key: reading.canonical for reading in taken(shared_data, f"ema/medicines_2024-08-{day}.xlsx").readings}
        for day in (15, 22)
    )
    assert first.keys() == second.keys()
    assert sum(first[key] != second[key] for key in first) == 75


@pytest.mark.parametrize("file", ["ema/medicines_2025-03-20.csv", "fda/purplebook_changes_2026-03.csv"])
def test_a_licence_once_ended_says_how(shared_data: Path, file: str) -> None:
    for reading in taken(shared_data, file).readings:
        for one in reading.statements:
            if isinstance(one, Approval) and (one.ended or one.ended_on or one.ended_by_table):
                assert one.status == "approved"
                assert one.ended and bool(one.ended_on) != one.ended_by_table


def test_beqvez_is_licensed_in_may_2025_and_revoked_in_march_2026(shared_data: Path) -> None:
    told = {
        (file, one.ended, one.ended_by_table, one.decided_on)
        for file, one in approvals(shared_data, "Beqvez")
        if "purplebook" in file
    }
    assert told == {
        ("fda/purplebook_2025-05.csv", None, False, "2024-04-25"),
        ("fda/purplebook_changes_2026-03.csv", "revoked", True, "2024-04-25"),
    }
