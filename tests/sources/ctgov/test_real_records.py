"""Every real file of the registry beside the checkout: seen = read + refused, and what is known of them."""

from collections import defaultdict
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading
from frontrunner.reading.containers import containers, head
from frontrunner.reading.places import quote
from frontrunner.sources import ctgov, recognise

from .conftest import container, trial

#: file -> (records, refused), all of them
FILES = {
    "csv/download_new_layout.csv.gz": (2677, 0),
    "csv/download_new_layout_2.csv.gz": (839, 0),
    "csv/download_old_layout.csv.gz": (682, 0),
    "history/covid_daily_2020.parquet": (9966, 0),
    "history/state_2026-01-07.jsonl.gz": (6727, 0),
    "history/state_2026-01-08.jsonl.gz": (6351, 0),
    "history/state_2026-01-11.jsonl.gz": (6727, 0),
    "history/state_2026-01-12.jsonl.gz": (6727, 0),
    "history/state_2026-01-14.jsonl.gz": (6727, 0),
    "history/state_2026-01-15.jsonl.gz": (6479, 0),
    "history/state_2026-01-18.jsonl.gz": (6566, 0),
    "history/state_2026-01-20.jsonl.gz": (6573, 0),
    "history/state_2026-01-21.jsonl.gz": (6574, 0),
    "legacy_xml/bcell_2018-10-31.zip": (1521, 0),
    "legacy_xml/early_2023-02-03.zip": (2715, 0),
    "transcribed/gene_cell_2018_2020.jsonl": (193, 0),
    "v2/devices.json.gz": (128, 0),
    "v2/graph.json.gz": (100, 0),
    "v2/nsclc.json.gz": (100, 0),
    "v2/retinitis_pigmentosa_20250625.json": (192, 0),
    "v2/retinitis_pigmentosa_20250626.json": (192, 0),
    "v2/retinitis_pigmentosa_20250627.json": (192, 0),
    "v2/urology_2025-04.zip": (635, 0),
    "v2_history/oncology_targets_2026.jsonl.gz": (1248, 1),
}


HISTORY = "v2_history/oncology_targets_2026.jsonl.gz"
LEGACY = ("legacy_xml/bcell_2018-10-31.zip", "legacy_xml/early_2023-02-03.zip")


@cache
def taken(path: Path) -> tuple[list[Reading], list[BadRecord]]:
    """The readings (their content shortened to its hash) and the refusals of a file, all of which is readable."""
    readings, refused = [], []
    for item in ctgov.records(container(path)):
        assert isinstance(item, Raw), item
        try:
            one = ctgov.read(item.body)
            readings.append(msgspec.structs.replace(one, canonical=sha256(one.canonical).digest()))
        except BadRecord as error:
            refused.append(error)
    return readings, refused


@pytest.fixture(scope="session")
def registry(shared_data: Path) -> Path:
    """The folder of the registry's files."""
    return shared_data / "ctgov"


def test_every_file_there_is_listed_here_and_recognised(registry: Path) -> None:
    found = list(containers(registry))
    assert {one.name for one in found} == set(FILES)
    assert all(recognise(one.name, head(one)) is ctgov for one in found)


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_read_or_refused(registry: Path, name: str) -> None:
    readings, refused = taken(registry / name)
    assert (len(readings) + len(refused), len(refused)) == FILES[name]


def test_the_record_that_was_smuggled_in_is_refused(registry: Path) -> None:
    _, refused = taken(registry / HISTORY)
    assert [(one.place, one.why) for one in refused] == [
        ("protocolSection", "is missing: this is no study of ClinicalTrials.gov")
    ]


def test_versions_of_the_wrapped_history_carry_the_day_of_their_data(registry: Path) -> None:
    items = ctgov.records(container(registry / HISTORY))
    days = {item.as_of for item in items if isinstance(item, Raw)}
    assert {"2026-02-02", "2026-03-03"} < days


def test_three_days_of_light_records_show_one_rename(registry: Path) -> None:
    days = [registry / f"v2/retinitis_pigmentosa_202506{day}.json" for day in (25, 26, 27)]
    first, second, third = ({one.key: one for one in taken(day)[0]} for day in days)
    changed = {key for key in first if first[key].canonical != second[key].canonical}
    assert changed == {"NCT06291935"}
    assert {key for key in second if second[key].canonical != third[key].canonical} == set()
    assert trial(second["NCT06291935"]).lead_sponsor_name == "VeonGen Therapeutics GmbH"
    assert not any(one.whole for one in first.values())


def test_two_transcriptions_of_one_trial_differ_in_its_start(registry: Path) -> None:
    readings, _ = taken(registry / "transcribed/gene_cell_2018_2020.jsonl")
    starts = {one.known_on: trial(one).start_date for one in readings if one.key == "NCT02484092"}
    assert sorted(starts.values()) == ["2015-09", "2015-11-18"]


def test_legacy_and_v2_records_of_one_update_give_the_same_rows(registry: Path) -> None:
    early = {(one.key, one.known_on): trial(one) for one in taken(registry / LEGACY[1])[0]}
    compared = 0
    for name in (name for name in FILES if name.startswith("v2")):
        for one in taken(registry / name)[0]:
            other = early.get((one.key, one.known_on or ""))
            if one.whole and other is not None:
                assert msgspec.to_builtins(trial(one)) == msgspec.to_builtins(other)
                compared += 1
    assert compared == 3


def test_legacy_records_that_were_not_updated_mostly_keep_their_identity(registry: Path) -> None:
    """61 studies stand in both archives with one posting day; 13 differ in citations, renamed sponsors or results."""
    versions = defaultdict(list)
    for name in LEGACY:
        for one in taken(registry / name)[0]:
            versions[one.key, one.known_on].append(one.canonical)
    pairs = [pair for pair in versions.values() if len(pair) == 2]
    assert (len(pairs), sum(first == second for first, second in pairs)) == (61, 48)


@pytest.mark.parametrize("name", [LEGACY[0], "v2/urology_2025-04.zip", "csv/download_old_layout.csv.gz"])
def test_every_column_told_by_a_real_record_leads_to_words(registry: Path, name: str) -> None:
    for number, item in enumerate(ctgov.records(container(registry / name))):
        if number % 50 or isinstance(item, UnreadableInput):
            continue
        reading = ctgov.read(item.body)
        for column, value in msgspec.to_builtins(trial(reading)).items():
            if value not in (None, [], False) and column != "notRead":
                assert quote(item.body, reading.media_type, ctgov.FORMS[reading.media_type][column])


def test_lines_of_states_tell_what_the_registry_tells(registry: Path) -> None:
    whole = {(one.key, one.known_on): trial(one) for one in taken(registry / HISTORY)[0]}
    compared = 0
    for one in taken(registry / "history/state_2026-01-21.jsonl.gz")[0]:
        row, other = trial(one), whole.get((one.key, one.known_on))
        if other is not None:
            told = {"completionDate", "primaryCompletionDate", "resultsFirstPostDate"} - set(row.not_read)
            said, known = msgspec.to_builtins(row), msgspec.to_builtins(other)
            assert {column: said[column] for column in told} == {column: known[column] for column in told}
            compared += 1
    assert compared > 20
