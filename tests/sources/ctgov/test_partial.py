"""Partial records: unknown is kept apart from absent."""

from typing import Any

import msgspec
import pytest

from frontrunner.model import Reading, Trial
from frontrunner.sources import ctgov

from .conftest import PAGES, raws, trial

COLUMNS = set(ctgov.PLACES)


def read(study: object) -> Reading:
    """What a v2 study says."""
    return ctgov.read(msgspec.json.encode(study))


def test_a_whole_record_tells_every_column(study: dict[str, Any]) -> None:
    assert read(study).whole
    assert trial(read(study)).not_read == []
    del study["protocolSection"]["conditionsModule"]["keywords"], study["resultsSection"]
    assert (read(study).whole, trial(read(study)).keywords, trial(read(study)).not_read) == (True, [], [])


@pytest.mark.parametrize(
    "missing",
    [
        ("hasResults",),
        ("protocolSection", "statusModule", "lastUpdatePostDateStruct"),
        ("protocolSection", "designModule", "studyType"),
    ],
)
def test_a_record_without_what_every_record_has_is_a_selection(study: dict[str, Any], missing: tuple[str, ...]) -> None:
    *way, last = missing
    node = study
    for step in way:
        node = node[step]
    del node[last], study["protocolSection"]["eligibilityModule"]
    unread = set(trial(read(study)).not_read)
    assert not read(study).whole
    assert {"sex", "minimumAge", "maximumAge", "healthyVolunteers"} < unread
    assert not unread & {"conditions", "interventions", "countries", "briefTitle"}


def test_a_selection_without_a_posting_date_is_known_from_the_day_it_was_fetched(study: dict[str, Any]) -> None:
    del study["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]
    assert (read(study).known_on, read(study).known_basis) == (None, "fetched")


def transcription(**flags: object) -> dict[str, Any]:
    """A transcription with these flags, of a study with a title, a country, an intervention and no keywords."""
    record: dict[str, Any] = msgspec.json.decode(raws(PAGES / "transcribed.jsonl")[0].body)
    for flag in ("wholeRecordRead", "countriesComplete", "interventionsComplete"):
        del record[flag]
    return record | flags


READ_WHOLE = {"wholeRecordRead": True, "countriesComplete": True, "interventionsComplete": True}
NEVER = {"armGroups", "primaryOutcomes", "secondaryOutcomes", "primaryPurpose", "hasResults"}
NEVER |= {"sex", "minimumAge", "maximumAge", "healthyVolunteers"}
MISSING = {"officialTitle", "acronym", "whyStopped", "resultsFirstPostDate", "collaborators", "keywords"}


@pytest.mark.parametrize(
    ("flags", "unread"),
    [
        (READ_WHOLE, NEVER),
        (READ_WHOLE | {"countriesComplete": False}, NEVER | {"countries"}),
        (READ_WHOLE | {"interventionsComplete": False}, NEVER | {"interventions"}),
        (READ_WHOLE | {"wholeRecordRead": False}, NEVER | MISSING),
        ({"wholeRecordRead": False, "interventionsComplete": True}, NEVER | MISSING | {"countries"}),
        ({"pageOneOnly": False, "locationsComplete": True, "fieldsNotReached": []}, NEVER),
        (
            {"pageOneOnly": False, "locationsComplete": True, "fieldsNotReached": ["statusModule.startDateStruct"]},
            NEVER | {"startDate", "startDateType"},
        ),
        ({"pageOneOnly": True, "locationsComplete": True, "fieldsNotReached": []}, NEVER | MISSING),
        ({"pageOneOnly": True, "locationsComplete": False}, NEVER | MISSING | {"countries"}),
        (
            {"pageOneOnly": True, "locationsComplete": True, "fieldsNotReached": ["conditionsModule.conditions"]},
            NEVER | MISSING | {"conditions"},
        ),
        ({}, NEVER | MISSING | {"countries"}),
    ],
)
def test_the_flags_of_a_transcription_say_what_is_unknown(flags: dict[str, object], unread: set[str]) -> None:
    reading = read(transcription(**flags))
    assert set(trial(reading).not_read) == unread
    assert not reading.whole
    assert trial(reading).countries == ["China"]


def test_a_transcription_without_a_posting_date_is_known_from_its_day() -> None:
    record = transcription(**READ_WHOLE)
    assert (read(record).known_on, read(record).known_basis, read(record).as_of) == (
        "2020-06-11",
        "posted",
        "2020-07-28",
    )
    del record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]
    assert (read(record).known_on, read(record).known_basis) == ("2020-07-28", "fetched")


def test_an_allocation_that_does_not_apply_is_the_same_as_none(study: dict[str, Any]) -> None:
    assert trial(read(study)).allocation is None
    del study["protocolSection"]["designModule"]["designInfo"]["allocation"]
    assert trial(read(study)).allocation is None
    assert trial(read(study)).not_read == []


@pytest.mark.parametrize("name", ["[Redacted]", "[individual]", "[INDIVIDUAL]"])
def test_a_name_that_was_taken_out_is_unknown(study: dict[str, Any], name: str) -> None:
    sponsors = study["protocolSection"]["sponsorCollaboratorsModule"]
    sponsors["leadSponsor"]["name"] = name
    sponsors["collaborators"].append({"name": name, "class": "OTHER"})
    row = trial(read(study))
    assert row.lead_sponsor_name is None
    assert [one.name for one in row.collaborators] == ["Example University Hospital"]
    assert row.not_read == ["collaborators", "leadSponsorName"]


def test_an_element_without_a_name_is_left_out_and_its_list_marked(study: dict[str, Any]) -> None:
    protocol = study["protocolSection"]
    del protocol["armsInterventionsModule"]["interventions"][0]["name"]
    del protocol["outcomesModule"]["primaryOutcomes"][0]["measure"]
    del protocol["identificationModule"]["secondaryIdInfos"][0]["id"]
    row = trial(read(study))
    assert [one.name for one in row.interventions] == ["Prednisolone"]
    assert row.primary_outcomes == []
    assert row.not_read == ["interventions", "primaryOutcomes", "secondaryIds"]


def test_a_table_tells_only_its_columns() -> None:
    row = trial(ctgov.read(msgspec.json.encode({"NCT Number": "NCT99999901", "Sponsor": "Example Therapeutics"})))
    assert row == Trial(
        trial_id="NCT99999901",
        lead_sponsor_name="Example Therapeutics",
        not_read=sorted(COLUMNS - {"trialId", "leadSponsorName"}),
    )


def test_a_null_date_in_a_line_of_states_may_be_a_month() -> None:
    first = trial(ctgov.read(raws(PAGES / "states.jsonl")[0].body))
    assert "completionDate" in first.not_read
    assert "primaryCompletionDate" not in first.not_read
    assert "resultsFirstPostDate" not in first.not_read


def test_old_legacy_xml_has_no_posting_dates_and_no_design() -> None:
    body = b"""<clinical_study><required_header><download_date>ClinicalTrials.gov processed this data on May 3, 2012
      </download_date></required_header><id_info><nct_id>NCT99999901</nct_id></id_info>
      <overall_status>Recruiting</overall_status><study_design>Allocation: Randomized</study_design>
      <firstreceived_date>January 5, 2012</firstreceived_date><lastchanged_date>May 1, 2012</lastchanged_date>
      </clinical_study>"""
    reading = ctgov.read(body)
    assert (reading.known_on, reading.known_basis, reading.as_of) == ("2012-05-03", "fetched", "2012-05-03")
    assert not reading.whole
    assert trial(reading).study_first_submit_date == "2012-01-05"
    assert set(trial(reading).not_read) == {
        *("studyFirstPostDate", "resultsFirstPostDate", "lastUpdatePostDate"),
        *("allocation", "interventionModel", "primaryPurpose", "masking"),
    }
