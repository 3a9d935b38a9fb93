"""What changes a version and what does not."""

import copy
from typing import Any

import msgspec
import pytest

from frontrunner.sources import ctgov

from .conftest import PAGES, raws

LEGACY = raws(PAGES / "legacy_study.xml")[0].body
ROW = raws(PAGES / "download_until_2023.csv")[0].body
STATE = raws(PAGES / "states.jsonl")[0].body


def canonical(study: object) -> bytes:
    """The identity of a v2 study."""
    return ctgov.read(msgspec.json.encode(study)).canonical


def test_the_day_of_the_data_is_no_change_but_is_told(study: dict[str, Any]) -> None:
    before = canonical(study)
    study["derivedSection"]["miscInfoModule"]["versionHolder"] = "2024-01-01"
    assert canonical(study) == before
    assert ctgov.read(msgspec.json.encode(study)).as_of == "2024-01-01"


def test_what_the_registry_derives_is_no_change(study: dict[str, Any]) -> None:
    before = canonical(study)
    study["derivedSection"]["conditionBrowseModule"] = {"meshes": []}
    study["derivedSection"]["interventionBrowseModule"] = {"meshes": [{"term": "new"}]}
    study["protocolSection"]["contactsLocationsModule"]["locations"][0]["geoPoint"]["lat"] = 0.5
    assert canonical(study) == before


def test_white_space_and_the_order_of_keys_are_no_change(study: dict[str, Any]) -> None:
    turned = {name: study[name] for name in reversed(study)}
    turned["protocolSection"] = {name: turned["protocolSection"][name] for name in sorted(turned["protocolSection"])}
    assert canonical(turned) == canonical(study)
    assert ctgov.read(msgspec.json.format(msgspec.json.encode(study), indent=3)).canonical == canonical(study)


@pytest.mark.parametrize(
    "path",
    [
        ("protocolSection", "statusModule", "overallStatus", "COMPLETED"),
        ("protocolSection", "statusModule", "lastUpdateSubmitDate", "2023-11-21"),
        ("protocolSection", "descriptionModule", "briefSummary", "Another summary."),
        ("derivedSection", "miscInfoModule", "removedCountries", ["Japan", "India"]),
        ("resultsSection", "participantFlowModule", {}),
        ("hasResults", False),
    ],
)
def test_anything_else_is_a_change(study: dict[str, Any], path: tuple[Any, ...]) -> None:
    *way, last, value = path
    changed = copy.deepcopy(study)
    node = changed
    for step in way:
        node = node[step]
    assert node[last] != value
    node[last] = value
    assert canonical(changed) != canonical(study)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"December 01, 2023", b"January 31, 2024"),
        (b'rank="12"', b'rank="7"'),
        (b"<!-- written for the tests -->", b""),
        (b"\n", b"&#13;\n"),
        (b"    <allocation>N/A</allocation>\n", b""),
        (b"<mesh_term>Hemophilia B</mesh_term>", b"<mesh_term>Hemophilia A</mesh_term>"),
    ],
)
def test_what_says_nothing_in_legacy_xml_is_no_change(old: bytes, new: bytes) -> None:
    assert old in LEGACY
    body = LEGACY if new != b"&#13;\n" else LEGACY.replace(b"activity.\n", b"activity.&#13;\n")
    changed = body if new == b"&#13;\n" else LEGACY.replace(old, new)
    assert changed != LEGACY
    assert ctgov.read(changed).canonical == ctgov.read(LEGACY).canonical


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<overall_status>Terminated", b"<overall_status>Completed"),
        (b"<last_update_submitted>November 20", b"<last_update_submitted>November 19"),
        (b"raises factor IX", b"lowers factor IX"),
        (b"<measure>Adverse events", b"<measure>Serious adverse events"),
        (b"<allocation>N/A", b"<allocation>Randomized"),
    ],
)
def test_anything_else_in_legacy_xml_is_a_change(old: bytes, new: bytes) -> None:
    assert old in LEGACY
    assert ctgov.read(LEGACY.replace(old, new)).canonical != ctgov.read(LEGACY).canonical


def test_the_rank_the_ticker_and_the_day_of_an_export_are_no_change() -> None:
    row: dict[str, str] = msgspec.json.decode(ROW)
    exported = msgspec.json.encode(row | {"Rank": "99", "snapshot_date": "2020-04-06"})
    assert ctgov.read(exported).canonical == ctgov.read(ROW).canonical
    assert ctgov.read(exported).as_of == "2020-04-06"
    state: dict[str, str] = msgspec.json.decode(STATE)
    assert ctgov.read(msgspec.json.encode(state | {"ticker": "OTHR"})).canonical == ctgov.read(STATE).canonical
    assert ctgov.read(msgspec.json.encode(row | {"Status": "Completed"})).canonical != ctgov.read(ROW).canonical
