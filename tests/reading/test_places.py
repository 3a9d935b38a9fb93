"""From a place back to the words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.reading.places import quote

STUDY = """{"protocolSection": {"conditionsModule": {"conditions": ["Hemophilia B", "血友病"]},
  "sites": [{"country": "France"}, {"city": "x"}, {"country": "Italy"}, {"country": "France"}],
  "enrollmentInfo": {"count": 15, "open": false, "none": null}},
  "Study Title": "A. [b] | c", "No. of arms": "2", "Brand": "", "INN": " "}""".encode()
XML = (
    b"<study><start type='Actual'>May 2014</start><site><country>France</country></site><brand/>"
    b"<site><country>Italy</country></site></study>"
)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("protocolSection.conditionsModule.conditions[0]", "Hemophilia B"),
        ("protocolSection.conditionsModule.conditions[1]", "血友病"),
        ("protocolSection.conditionsModule.conditions[]", "Hemophilia B; 血友病"),
        ("protocolSection.conditionsModule.conditions", '["Hemophilia B","血友病"]'),
        ("protocolSection.sites[].country", "France; Italy"),
        ("protocolSection.sites[2].country", "Italy"),
        ("protocolSection.enrollmentInfo.count", "15"),
        ("protocolSection.enrollmentInfo.open", "false"),
        ("protocolSection.enrollmentInfo.none", "null"),
        ("Study Title", "A. [b] | c"),
        ("No. of arms", "2"),
        ("Title | Study Title", "A. [b] | c"),
        ("Study Title | No. of arms", "A. [b] | c; 2"),
        ("Brand | No. of arms | INN", "2"),
        ("Brand | protocolSection.enrollmentInfo.open", "false"),
        ("Brand", ""),
        ("Brand | INN", ""),
    ],
)
def test_words_of_a_json_record(place: str, words: str) -> None:
    assert quote(STUDY, "application/json", place) == words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/study/start", "May 2014"),
        ("/study/start/@type", "Actual"),
        ("/study/site/country", "France; Italy"),
        ("/study/begin | /study/start", "May 2014"),
        ("/study/brand | /study/start", "May 2014"),
        ("count(/study/site)", "2.0"),
    ],
)
def test_words_of_an_xml_record(place: str, words: str) -> None:
    assert quote(XML, "application/xml", place) == words


def test_words_of_a_text() -> None:
    assert quote("a 血友病 b".encode(), "text/plain", "chars 2-5") == "血友病"
    for place in ("chars 2-99", "chars 5-5", "chars 9-5"):
        with pytest.raises(BadRecord, match="characters"):
            quote("a 血友病 b".encode(), "text/plain", place)


@pytest.mark.parametrize(
    "place", ["", "x", "protocolSection.x", "protocolSection[0]", "Study Title.x", "a[99999999999999999999]", "]["]
)
def test_a_place_that_is_not_there_is_said(place: str) -> None:
    with pytest.raises(BadRecord, match="is not in the document"):
        quote(STUDY, "application/json", place)


@pytest.mark.parametrize(
    ("body", "media_type"), [(b"{", "application/json"), (b"<", "text/xml"), (b"\xff", "text/plain")]
)
def test_a_document_that_cannot_be_read_is_said(body: bytes, media_type: str) -> None:
    with pytest.raises(BadRecord):
        quote(body, media_type, "chars 0-1" if media_type == "text/plain" else "/a")


@given(st.text(), st.sampled_from([("application/json", STUDY), ("application/xml", XML), ("text/plain", STUDY)]))
def test_any_place_gives_words_or_is_refused(place: str, document: tuple[str, bytes]) -> None:
    media_type, body = document
    with suppress(BadRecord):
        assert isinstance(quote(body, media_type, place), str)
