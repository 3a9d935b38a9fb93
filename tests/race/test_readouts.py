"""Posted results: read again from the kept bytes, in both forms, every value with its evidence."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontrunner.deliver.views.readouts import readouts_view
from frontrunner.model import Raw
from frontrunner.model.posted import Posted
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.readouts import readouts
from frontrunner.race.why import quotes
from frontrunner.reading.containers import containers
from frontrunner.reading.places import quote
from frontrunner.sources import ctgov
from frontrunner.sources.ctgov.results import results
from frontrunner.store.home import Home
from tests.studies import lines, study

ARENA = {"indication": "hemophilia B", "modality": "gene_therapy"}
GROUPS = [{"id": "OG000", "title": "Low dose"}, {"id": "OG001", "title": "High dose"}]
SECTION: dict[str, Any] = {
    "outcomeMeasuresModule": {
        "outcomeMeasures": [
            {"type": "SECONDARY", "title": "Bleeds", "groups": GROUPS},
            {
                "type": "PRIMARY",
                "title": "Factor IX activity",
                "timeFrame": "week 26",
                "unitOfMeasure": "percent of normal",
                "paramType": "LEAST_SQUARES_MEAN",
                "dispersionType": "Standard Error",
                "groups": GROUPS,
                "denoms": [
                    {"units": "Eyes", "counts": [{"groupId": "OG000", "value": "11"}]},
                    {"units": "Participants", "counts": [{"groupId": "OG000", "value": "6"}]},
                ],
                "classes": [
                    {
                        "categories": [
                            {
                                "measurements": [
                                    {"groupId": "OG000", "value": "5.1", "spread": "0.7"},
                                    {"groupId": "OG001", "value": "36.2", "spread": "4.0"},
                                ]
                            }
                        ]
                    }
                ],
                "analyses": [
                    {
                        "groupIds": ["OG000", "OG001"],
                        "pValue": "<0.001",
                        "statisticalMethod": "ANCOVA",
                        "paramType": "Mean difference",
                        "paramValue": "31.1",
                        "ciLowerLimit": "20.0",
                        "ciUpperLimit": "42.2",
                    }
                ],
            },
        ]
    },
    "adverseEventsModule": {
        "eventGroups": [
            {"id": "EG000", "title": "Low dose", "seriousNumAffected": 0, "seriousNumAtRisk": 6},
            {
                "id": "EG001",
                "title": "High dose",
                "seriousNumAffected": 2,
                "seriousNumAtRisk": 7,
                "deathsNumAffected": 0,
            },
        ]
    },
}
XML = b"""<?xml version="1.0"?>
<clinical_study><id_info><nct_id>NCT90000009</nct_id></id_info><clinical_results>
<outcome_list><outcome><type>Primary</type><title>Bleeding rate</title><time_frame>a year</time_frame>
<group_list><group group_id="O1"><title>Treated</title></group></group_list>
<measure><units>bleeds</units><param>Mean</param><dispersion>Standard Deviation</dispersion>
<analyzed_list><analyzed><units>Participants</units><count_list>
<count group_id="O1" value="20"/></count_list></analyzed></analyzed_list>
<class_list><class><title>First half</title><analyzed_list><analyzed><units>Participants</units>
<count_list><count group_id="O1" value="18"/></count_list></analyzed></analyzed_list>
<category_list><category><measurement_list>
<measurement group_id="O1" value="1.9" spread="0.4"/></measurement_list></category></category_list></class></class_list>
</measure><analysis_list><analysis><group_id_list><group_id>O1</group_id></group_id_list>
<p_value>0.03</p_value><method>t-test</method></analysis></analysis_list></outcome>
<outcome><type>Secondary</type><title>Other</title></outcome></outcome_list>
<reported_events><group_list><group group_id="E1"><title>Treated</title></group></group_list>
<serious_events><category_list><category><title>Total</title><event_list><event>
<sub_title>Total, serious adverse events</sub_title>
<counts group_id="E1" subjects_affected="1" subjects_at_risk="20"/></event></event_list></category></category_list>
</serious_events></reported_events></clinical_results></clinical_study>"""


def with_results(**values: Any) -> dict[str, Any]:
    """A study that has posted results on 2022-03-04."""
    record = study(**values)
    record["protocolSection"]["statusModule"]["resultsFirstPostDateStruct"] = {"date": "2022-03-04", "type": "ACTUAL"}
    return record | {"hasResults": True, "resultsSection": SECTION}


def test_outcomes_and_harms_stand_word_for_word(tmp_path: Path) -> None:
    records = [with_results(posted="2022-03-04"), study(nct="NCT90000002")]
    ingest(Home(tmp_path / "home"), [lines(tmp_path / "studies.jsonl", *records)], today=date(2026, 1, 1))
    with Snapshot(Home(tmp_path / "home")) as snapshot:
        (found,) = readouts(snapshot, asked(**ARENA)).readouts
        before = readouts(snapshot, asked(**ARENA, on="2022-03-03", clock="then")).readouts
        assert quoted(snapshot, [one.evidence for one in found.outcomes[0].values]) == ["5.1", "36.2"]
        assert quoted(snapshot, [found.outcomes[0].analyses[0].evidence]) == ["<0.001"]
        assert quoted(snapshot, [one.evidence for one in found.harms]) == ["0", "2"]
    (outcome,) = found.outcomes
    assert (outcome.title, outcome.units, outcome.parameter) == (
        "Factor IX activity",
        "percent of normal",
        "least squares mean",
    )
    assert [(one.group, one.value, one.spread, one.analysed) for one in outcome.values] == [
        ("Low dose", "5.1", "0.7", "6"),
        ("High dose", "36.2", "4.0", None),
    ]
    (analysis,) = outcome.analyses
    assert (analysis.groups, analysis.p_value, analysis.value) == (["Low dose", "High dose"], "<0.001", "31.1")
    assert [(one.affected, one.at_risk, one.deaths) for one in found.harms] == [(0, 6, None), (2, 7, 0)]
    assert before == [], "not public yet"


def test_results_that_the_record_no_longer_has_are_not_shown(tmp_path: Path) -> None:
    records = [with_results(posted="2022-03-04"), study(posted="2022-06-01")]
    ingest(Home(tmp_path / "home"), [lines(tmp_path / "studies.jsonl", *records)], today=date(2026, 1, 1))
    with Snapshot(Home(tmp_path / "home")) as snapshot:
        then, now = (
            readouts(snapshot, asked(**ARENA, on="2022-04-01", clock=clock)).readouts for clock in ("then", "now")
        )
    assert ([one.trial for one in then], now) == (["NCT90000001"], [])


def test_an_outcome_without_a_value_is_a_row(tmp_path: Path) -> None:
    record = with_results()
    measure = {"type": "PRIMARY", "title": "Bleeds in a year", "groups": GROUPS}
    record["resultsSection"] = {"outcomeMeasuresModule": {"outcomeMeasures": [measure]}}
    ingest(Home(tmp_path / "home"), [lines(tmp_path / "studies.jsonl", record)], today=date(2026, 1, 1))
    with Snapshot(Home(tmp_path / "home")) as snapshot:
        table = readouts_view(readouts(snapshot, asked(**ARENA))).sections[0].table
    assert table is not None
    (row,) = table.rows
    assert {"Bleeds in a year", "none posted"} <= {cell.text for cell in row}


def quoted(snapshot: Snapshot, ids: list[str]) -> list[str]:
    """The words behind some evidence."""
    return [quote.words for quote in quotes(snapshot, ids)]


def test_the_older_xml_says_the_same_things() -> None:
    found = results(XML)
    assert found is not None
    (outcome,), (harm,) = found.outcomes, found.harms
    (value,), (analysis,) = outcome.values, outcome.analyses
    assert (value.group, value.part, value.value, value.spread) == ("Treated", "First half", "1.9", "0.4")
    assert value.analysed == "18", "of this half"
    assert quote(XML, "application/xml", value.evidence) == "1.9"
    assert (analysis.p_value, quote(XML, "application/xml", analysis.evidence)) == ("0.03", "0.03")
    assert (harm.affected, harm.at_risk, harm.deaths) == (1, 20, None)
    assert quote(XML, "application/xml", harm.evidence) == "1"


def test_a_record_without_results_has_none() -> None:
    assert results(b'{"protocolSection": {}}') is None
    assert results(b"<clinical_study/>") is None
    assert results(b'{"protocolSection": {}, "resultsSection": {}}') == Posted([], [])


@pytest.mark.slow
def test_real_results_are_quoted_at_their_places(shared_data: Path) -> None:
    told = 0
    for container in containers(shared_data / "ctgov" / "v2" / "nsclc.json.gz"):
        for record in ctgov.records(container):
            assert isinstance(record, Raw)
            found = results(record.body)
            for value in (value for outcome in (found.outcomes if found else []) for value in outcome.values):
                assert quote(record.body, "application/json", value.evidence) == value.value
                told += 1
    assert told > 20
