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
    "ictrp/2020-04-15.csv": ("ictrp", 1135, 0),
    "ictrp/ICTRP-Results_2020-03-18.xml": ("ictrp", 578, 0),
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
