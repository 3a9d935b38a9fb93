"""What is kept of a letter and what never is."""

import re
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Letter, Raw
from frontrunner.sources import fda_letters
from frontrunner.sources.fda_letters import passages, topics
from frontrunner.sources.fda_letters.product import names

from ..regulators.saved import container, page

LETTER = page("fda_letters", "letter-ab12cd.md")
PERSON = re.compile(r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?")
ABOUT_PERSONS = re.compile(r"\W*\w*(?:contact|signator|signed_by|reviewer|manager)\w*\W*:\s*(.+)", re.IGNORECASE)
ROLES = re.compile(r"Director|Affairs|President|Manager|Project|Division|Office|Center|Pharma|Inc|Officer|Regulatory")


def raws(path: Path) -> list[Raw]:
    return [item for item in fda_letters.records(container(path)) if isinstance(item, Raw)]


def read(tmp_path: Path, content: str | bytes, name: str = "letter.md") -> Letter:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (raw,) = raws(path)
    (statement,) = fda_letters.read(raw.body).statements
    assert isinstance(statement, Letter)
    return statement


def test_nothing_of_the_transcriber_and_no_person_is_kept() -> None:
    kept = raws(LETTER)[0].body.decode()
    for word in ("Surname", "Wrong", "2001", "555", "Vice President", "Example Way"):
        assert word in LETTER.read_text() and word not in kept


def test_no_person_named_in_the_real_transcriptions_is_kept(shared_data: Path) -> None:
    """Whom the transcribers list as contacts and signatories stands in no record."""
    path = shared_data / "fda" / "complete_response_letters.zip"
    persons = set()
    with ZipFile(path) as archive:
        for name in archive.namelist():
            listed = archive.read(name).decode().partition("\n# ")[0]
            for line in filter(None, map(ABOUT_PERSONS.match, listed.splitlines())):
                value = re.split(r"[,(|]", line[1].strip(' "*'))[0].strip(' "*')
                if PERSON.fullmatch(value) and not ROLES.search(value):
                    persons.add(value)
    assert len(persons) > 50
    kept = "\n".join(raw.body.decode() for raw in raws(path))
    assert [person for person in persons if person in kept] == []
    assert not re.search(r"@|removed\]|\(\d{3}\) ?\d{3}|\bM\.D\.|\bPh\.?D", kept)


def test_the_day_is_the_letters_own_or_none(tmp_path: Path) -> None:
    text = LETTER.read_text()
    assert read(tmp_path, text).sent_on == "2022-05-02"
    assert read(tmp_path, text.replace("05/02/2022", "an unreadable stamp")).sent_on is None
    assert read(tmp_path, text.replace("# CENTER", "**Date:** May 3, 2022\n# CENTER", 1)).sent_on is None, "two days"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("## Critical Data", "## Data", "the record"),
        ("761999", "", "application"),
        ("05/02/2022", "31/31/2022", "dated"),
        ("July 15, 2021", "July 35, 2021", "submission"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_at_its_passage(
    tmp_path: Path, before: str, after: str, place: str
) -> None:
    with pytest.raises(BadRecord) as error:
        read(tmp_path, LETTER.read_text().replace(before, after))
    assert error.value.place == place


def test_a_letter_that_decides_nothing_is_refused(tmp_path: Path) -> None:
    text = re.sub("(?i)complete response|cannot approve", "decision", LETTER.read_text())
    with pytest.raises(BadRecord, match="decision"):
        read(tmp_path, text)


def test_bytes_that_are_no_text_and_records_of_others_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.md"
    path.write_bytes(b"---\nnda complete response \xff\xfe")
    with pytest.raises(UnreadableInput, match="not UTF-8"):
        raws(path)
    for raw in (b"[]", b"{}", b'{"transcript": "a", "more": 1}', b"\xff"):
        with pytest.raises(BadRecord):
            fda_letters.read(raw)


@pytest.mark.parametrize(
    ("made_for", "expected"),
    [
        ("Eylea HD (aflibercept) Injection", ["brand Eylea HD", "inn aflibercept"]),
        ("AK105", ["code AK105"]),
        ("toripalimab-tpzi injection", ["variant toripalimab-tpzi"]),
        ("Trazimera (PF-05280014)", ["brand Trazimera", "code PF-05280014"]),
        ("Neffy (ARS-1, epinephrine nasal spray), 2 mg", ["brand Neffy", "code ARS-1", "inn epinephrine"]),
        ("(cladribine) Tablets", ["inn cladribine"]),
        ("Vyondys 53 (golodirsen) injection", ["brand Vyondys 53", "inn golodirsen"]),
        ("solifenacin succinate oral suspension, 1 mg/mL", ["variant solifenacin succinate"]),
        ("SUTAB (sodium sulfate, magnesium sulfate)", ["brand SUTAB", "variant sodium sulfate, magnesium sulfate"]),
    ],
)
def test_the_names_in_the_sentence_of_the_submission(made_for: str, expected: list[str]) -> None:
    said = f"submitted under section 505(b) of the Federal Food, Drug, and Cosmetic Act for {made_for}."
    found = names(f"Please refer to your application dated May 1, 2020, {said}")
    assert [f"{name.kind} {name.value}" for name in found] == expected


def test_a_sentence_that_names_no_product_gives_none() -> None:
    assert names("Please refer to your new drug application (NDA) dated May 1, 2020, received May 1, 2020.") == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("CLINICAL / STATISTICAL:", {"clinical", "statistical"}),
        ("Clinical and Clinical Pharmacology", {"clinical", "clinical_pharmacology"}),
        ("Chemistry, Manufacturing, and Controls", {"product_quality"}),
        ("FACILITY INSPECTIONS", {"facility"}),
        ("RISK EVALUATION AND MITIGATION STRATEGY REQUIREMENTS", {"rems"}),
        ("PRESCRIBING INFORMATION", set()),
        ("SAFETY UPDATE", set()),
    ],
)
def test_the_topics_of_a_heading(heading: str, expected: set[str]) -> None:
    assert topics.of_heading(heading) == expected


def test_every_topic_of_the_list_can_be_shown() -> None:
    for id, (headings, phrases) in topics._vocabulary().items():
        assert all(id in topics.of_heading(heading) for heading in headings)
        assert all(id in topics.of_text(f"In this letter {phrase} is meant.") for phrase in phrases)


@pytest.mark.parametrize(
    ("name", "mark"), [("a/BLA 761127_drug_ada5ug.md", "ada5ug"), ("X-NDA_1-q1w2e3.md", "q1w2e3"), ("own.md", "own")]
)
def test_a_transcription_is_told_by_the_end_of_its_name(name: str, mark: str) -> None:
    assert passages.transcript(name) == mark


def test_the_number_links_a_letter_to_the_licence_that_followed(shared_data: Path) -> None:
    """Penpulimab (BLA 761258), refused once, and toripalimab (BLA 761240), refused before its licence of 2023."""
    found = {}
    for raw in raws(shared_data / "fda" / "complete_response_letters.zip"):
        try:
            (letter,) = fda_letters.read(raw.body).statements
        except BadRecord:
            continue
        found[msgspec.to_builtins(letter)["number"]] = letter
    assert isinstance(found["761258"], Letter) and found["761258"].received_on == "2021-07-16"
    assert isinstance(found["761240"], Letter) and found["761240"].submitted_on == "2021-08-31"
    assert found["761240"].applicant == "Coherus BioSciences, Inc."
