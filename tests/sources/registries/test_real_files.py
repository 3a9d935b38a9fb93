"""The real files beside the checkout: every record is read or refused, and what is known of them."""

from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from frontrunner import vocab
from frontrunner.errors import BadRecord
from frontrunner.model import Raw, Reading, Trial
from frontrunner.reading.containers import head
from frontrunner.reading.places import quote
from frontrunner.sources import forms, named, recognise

from ..regulators.saved import container

#: file -> its source, how many records it has, and how many of them are refused
FILES: dict[str, tuple[str, int, int]] = {
    "cde_china/chinadrugtrials_2018-08.tsv": ("cde_china", 6410, 15),  # a tab in a text: its column cannot be told
    "chictr/ChiCTR2000034346.xml": ("chictr", 1, 0),
    "ctis/2022-500244-37-00.json": ("ctis", 1, 0),
    "ctis/2023-505613-24-00.json": ("ctis", 1, 0),
    "euctr/2013-000615-24-BE.json": ("euctr", 1, 0),
    "euctr/2016-004489-24-DE.json": ("euctr", 1, 0),
    "euctr/one_study_full.txt": ("euctr", 4, 0),
    "euctr/summaries_2025-07.txt": ("euctr", 100, 0),
    "ictrp/2020-04-15.csv": ("ictrp", 1135, 0),
    "ictrp/ICTRP-Results_2020-03-18.xml": ("ictrp", 578, 0),
    "isrctn/12949496.json": ("isrctn", 1, 0),
    "isrctn/13281214.json": ("isrctn", 1, 0),
    "isrctn/17473621.json": ("isrctn", 1, 0),
    "isrctn/20343063.json": ("isrctn", 1, 0),
    "isrctn/61070850.json": ("isrctn", 1, 0),
}
#: countries in the real files that no vocabulary can find, and why
NOWHERE = {"Japan,Asia(except Japan),Australia,Europe": "regions", "": "question marks"}


@cache
def taken(path: Path, source: str) -> tuple[list[Reading], list[BadRecord]]:
    """The readings and the refusals of a file, all of which can be read."""
    module = named(source)
    readings, refused = [], []
    for item in module.records(container(path)):
        assert isinstance(item, Raw), item
        try:
            readings.append(module.read(item.body))
        except BadRecord as error:
            refused.append(error)
    return readings, refused


def trials(data: Path, file: str) -> list[Trial]:
    """What every record of a file says."""
    statements = [one.statements[0] for one in taken(data / file, FILES[file][0])[0]]
    return [one for one in statements if isinstance(one, Trial)]


@pytest.mark.parametrize("file", FILES)
def test_every_record_is_read_or_refused(shared_data: Path, file: str) -> None:
    source, seen, refused = FILES[file]
    module = recognise(file, head(container(shared_data / file)))
    assert module is not None and module.SOURCE.id == source
    readings, bad = taken(shared_data / file, source)
    assert (len(readings) + len(bad), len(bad)) == (seen, refused)


def test_the_folders_hold_nothing_unaccounted_for(shared_data: Path) -> None:
    folders = {file.partition("/")[0] for file in FILES}
    assert {f"{folder}/{path.name}" for folder in folders for path in (shared_data / folder).iterdir()} == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_the_vocabulary_finds_every_country(shared_data: Path, file: str) -> None:
    countries = vocab.load("country")
    named = {country for trial in trials(shared_data, file) for country in trial.countries}
    assert {country for country in named if not countries.find(country)} <= set(NOWHERE)


@pytest.mark.parametrize("file", FILES)
def test_every_column_told_by_a_real_record_leads_to_words(shared_data: Path, file: str) -> None:
    module = named(FILES[file][0])
    for number, item in enumerate(module.records(container(shared_data / file))):
        if number % 97 or not isinstance(item, Raw):
            continue
        try:
            reading = module.read(item.body)
        except BadRecord:
            continue
        places = forms(module)[reading.media_type]
        for column, value in msgspec.to_builtins(reading.statements[0]).items():
            if value not in (None, []) and column != "notRead":
                assert quote(item.body, reading.media_type, places[column]), column


def test_rows_with_a_tab_in_a_text_are_refused_as_a_whole(shared_data: Path) -> None:
    _, refused = taken(shared_data / "cde_china/chinadrugtrials_2018-08.tsv", "cde_china")
    assert {error.place for error in refused} == {"row"}


def test_one_column_of_the_platform_has_three_spellings_of_a_day(shared_data: Path) -> None:
    starts = Counter(len(one.start_date or "") for one in trials(shared_data, "ictrp/2020-04-15.csv"))
    assert starts == {10: 1033, 7: 60, 0: 42}, "days, months, and the European register's, which are not starts"


def test_a_record_that_did_not_change_between_two_exports_is_one_document(shared_data: Path) -> None:
    """Of 494 trials that were not looked at in between, 22 now list things in another order."""
    march, april = (
        {one.key: one for one in taken(shared_data / f"ictrp/{file}", "ictrp")[0]}
        for file in ("ICTRP-Results_2020-03-18.xml", "2020-04-15.csv")
    )
    unlooked = [key for key in march.keys() & april.keys() if march[key].known_on == april[key].known_on]
    same = sum(march[key].canonical == april[key].canonical for key in unlooked)
    assert (len(unlooked), same) == (494, 472)


def test_a_copy_and_a_register_tell_one_trial(shared_data: Path) -> None:
    """The trial of the one native Chinese record is not in the exports, which end before it was registered."""
    (native,) = trials(shared_data, "chictr/ChiCTR2000034346.xml")
    assert (native.trial_id, native.overall_status, native.start_date) == (
        "ChiCTR2000034346",
        "COMPLETED",
        "2020-04-10",
    )
    copies = {one.trial_id for one in trials(shared_data, "ictrp/2020-04-15.csv")}
    assert native.trial_id not in copies and "2020-000936-23" in copies


def test_todays_form_of_the_european_system_has_the_start_and_the_numbers_elsewhere(shared_data: Path) -> None:
    (trial,) = trials(shared_data, "ctis/2023-505613-24-00.json")
    assert (trial.start_date, trial.start_date_type) == ("2021-04-28", "ACTUAL")
    assert {one.id for one in trial.secondary_ids} >= {"2019-003842-34", "NCT04665037"}
    assert trial.countries[:3] == ["Poland", "Belgium", "Greece"]
    (older,) = trials(shared_data, "ctis/2022-500244-37-00.json")
    assert (older.start_date, older.start_date_type, older.countries[0]) == ("2022-06-01", "ESTIMATED", "Germany")


def test_one_european_trial_has_a_part_for_each_of_four_countries(shared_data: Path) -> None:
    parts = trials(shared_data, "euctr/one_study_full.txt")
    assert {one.trial_id for one in parts} == {"2015-001314-10"}
    assert [one.countries for one in parts] == [["Sweden"], ["Portugal"], ["Spain"], ["Belgium"]]
    assert {(*one.phases, one.lead_sponsor_class) for one in parts} == {("PHASE3", "INDUSTRY")}


def test_no_telephone_or_address_of_a_contact_is_kept_of_the_full_text(shared_data: Path) -> None:
    """The text is taken apart into fields, and the contact point's are left out."""
    raws = list(named("euctr").records(container(shared_data / "euctr/one_study_full.txt")))
    assert not [raw for raw in raws if isinstance(raw, Raw) and (b"@" in raw.body or b"Telephone" in raw.body)]
