"""What one country's part says of the whole trial."""

import msgspec
import pytest

from frontrunner.errors import BadRecord
from frontrunner.model import Trial
from frontrunner.sources import euctr

from ..registries.saved import page

SEVERAL = "e85_the_trial_involves_multiple_member_states"
STATUS = "x5_trial_status"
COUNTRY = "a1_member_state_concerned"


def part(**fields: str) -> tuple[str, Trial]:
    """The key and the statement of the saved part with some fields changed."""
    record = msgspec.json.decode(page("euctr", "country.json").read_bytes())
    reading = euctr.read(msgspec.json.encode(record | fields))
    (trial,) = reading.statements
    assert isinstance(trial, Trial)
    return reading.key, trial


@pytest.mark.parametrize(
    ("status", "several", "read"),
    [
        ("Prematurely Ended", "No", "TERMINATED"),
        ("Prematurely Ended", "Yes", None),
        ("Temporarily Halted", "Yes", None),
        ("Completed", "Yes", "COMPLETED"),
        ("Ongoing", "No", None),
    ],
)
def test_an_early_end_in_one_country_is_not_the_trials(status: str, several: str, read: str | None) -> None:
    _, trial = part(**{STATUS: status, SEVERAL: several})
    assert trial.overall_status == read
    assert ("overallStatus" in trial.not_read) == (read is None)


@pytest.mark.parametrize(
    ("said", "key", "countries"),
    [
        ("UK - MHRA", "2020-000001-11 United Kingdom", ["United Kingdom"]),
        ("Czechia - SUKL", "2020-000001-11 Czechia", ["Czechia"]),
        ("Outside EU/EEA", "2020-000001-11 Outside EU/EEA", []),
    ],
)
def test_each_country_has_a_record_of_its_own(said: str, key: str, countries: list[str]) -> None:
    found, trial = part(**{COUNTRY: said})
    assert (found, trial.trial_id, trial.countries) == (key, "2020-000001-11", countries)


@pytest.mark.parametrize("said", ["", "Atlantis - AMA"])
def test_a_part_without_a_country_is_refused(said: str) -> None:
    with pytest.raises(BadRecord) as error:
        part(**{COUNTRY: said})
    assert error.value.place == COUNTRY
