"""Hostile input: a clear refusal with its exact place, and nothing around it lost."""

import gzip
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container, containers, head
from frontrunner.sources import ctgov, recognise

from .conftest import PAGES, raws

P = "protocolSection."
LEGACY = raws(PAGES / "legacy_study.xml")[0].body
ROW: dict[str, str] = msgspec.json.decode(raws(PAGES / "download_today.csv")[0].body)
OLD_ROW: dict[str, str] = msgspec.json.decode(raws(PAGES / "download_until_2023.csv")[0].body)

#: (path in the study, what is put there, the place that must be named)
WRONG: list[tuple[str, object, str]] = [
    ("identificationModule.nctId", "NCT1234567", "identificationModule.nctId"),
    ("identificationModule.nctId", "NCT٠٠٠٠٠٠٠١", "identificationModule.nctId"),
    ("identificationModule.nctId", 99999901, "identificationModule.nctId"),
    ("identificationModule", [], "identificationModule"),
    ("identificationModule.briefTitle", {"en": "x"}, "identificationModule.briefTitle"),
    ("identificationModule.secondaryIdInfos", {"id": "x"}, "identificationModule.secondaryIdInfos"),
    ("statusModule.overallStatus", "Recruiting", "statusModule.overallStatus"),
    ("statusModule.overallStatus", "", "statusModule.overallStatus"),
    ("statusModule.startDateStruct.date", "2023-02-31", "statusModule.startDateStruct.date"),
    ("statusModule.startDateStruct.date", "October 2019", "statusModule.startDateStruct.date"),
    ("statusModule.startDateStruct.type", "ANTICIPATED", "statusModule.startDateStruct.type"),
    ("statusModule.startDateStruct", "2019-10-16", "statusModule.startDateStruct"),
    ("statusModule.primaryCompletionDateStruct.type", "x", "statusModule.primaryCompletionDateStruct.type"),
    ("statusModule.completionDateStruct.date", "2027-13", "statusModule.completionDateStruct.date"),
    ("statusModule.completionDateStruct.type", "x", "statusModule.completionDateStruct.type"),
    ("statusModule.statusVerifiedDate", "2023-1", "statusModule.statusVerifiedDate"),
    ("statusModule.studyFirstSubmitDate", "yesterday", "statusModule.studyFirstSubmitDate"),
    ("statusModule.lastUpdatePostDateStruct.date", "2023-11", "statusModule.lastUpdatePostDateStruct.date"),
    ("sponsorCollaboratorsModule.leadSponsor.class", "PRIVATE", "sponsorCollaboratorsModule.leadSponsor.class"),
    ("sponsorCollaboratorsModule.collaborators[0].class", "x", "sponsorCollaboratorsModule.collaborators[0].class"),
    ("conditionsModule.conditions[1]", 7, "conditionsModule.conditions[1]"),
    ("conditionsModule.conditions", "Hemophilia B", "conditionsModule.conditions"),
    ("designModule.studyType", "TRIAL", "designModule.studyType"),
    ("designModule.phases[0]", "PHASE12", "designModule.phases[0]"),
    ("designModule.phases", "PHASE1", "designModule.phases"),
    ("designModule.enrollmentInfo.count", "15", "designModule.enrollmentInfo.count"),
    ("designModule.enrollmentInfo.count", 15.5, "designModule.enrollmentInfo.count"),
    ("designModule.enrollmentInfo.type", "MAYBE", "designModule.enrollmentInfo.type"),
    ("designModule.designInfo.allocation", "N/A", "designModule.designInfo.allocation"),
    ("designModule.designInfo.maskingInfo.masking", "OPEN", "designModule.designInfo.maskingInfo.masking"),
    ("armsInterventionsModule.interventions[1].type", "PILL", "armsInterventionsModule.interventions[1].type"),
    ("armsInterventionsModule.interventions[0]", "EX-101", "armsInterventionsModule.interventions[0]"),
    ("armsInterventionsModule.armGroups[0].type", "x", "armsInterventionsModule.armGroups[0].type"),
    ("eligibilityModule.sex", "BOTH", "eligibilityModule.sex"),
    ("eligibilityModule.healthyVolunteers", "No", "eligibilityModule.healthyVolunteers"),
    ("contactsLocationsModule.locations[2]", None, "contactsLocationsModule.locations[2]"),
]


def put(study: dict[str, Any], path: str, value: object) -> None:
    """Set the value at a dotted path of the protocol section."""
    node: Any = study["protocolSection"]
    *way, last = path.replace("[", ".[").split(".")
    for step in way:
        node = node[int(step[1:-1]) if step.startswith("[") else step]
    node[int(last[1:-1]) if last.startswith("[") else last] = value


@pytest.mark.parametrize(("path", "value", "place"), WRONG)
def test_a_wrong_value_is_refused_at_its_exact_place(
    study: dict[str, Any], path: str, value: object, place: str
) -> None:
    put(study, path, value)
    with pytest.raises(BadRecord) as error:
        ctgov.read(msgspec.json.encode(study))
    assert error.value.place == P + place
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"status": "pwned"}', "protocolSection"),
        (b"{}", "protocolSection"),
        (b'{"protocolSection": null}', "protocolSection"),
        (b'{"protocolSection": {}}', "protocolSection"),
        (b'{"protocolSection": {"identificationModule": {}}}', P + "identificationModule"),
        (b'{"protocolSection": {"identificationModule": {"nctId": "NCT99999901"}}, "hasResults": "no"}', "hasResults"),
        (b"[]", "the record"),
        (b'"NCT99999901"', "the record"),
        (b"", "the record"),
        (b"NCT99999901", "byte 0"),
        ('{"protocolSection": {"identificationModule": {"nctId": "NCT99999901"}}}'.encode("utf-16"), "byte 0"),
        ('{"protocolSection": {"acronym": "é"}}'.encode("latin-1"), "byte 33"),
        (b'{"protocolSection": ' * 30_000 + b"1" + b"}" * 30_000, "the record"),
        (b"<html><body>503 Service Unavailable</body></html>", "/"),
        (b"<clinical_study/>", "/clinical_study/id_info/nct_id"),
    ],
)
def test_what_is_no_study_is_refused(body: bytes, place: str) -> None:
    with pytest.raises(BadRecord) as error:
        ctgov.read(body)
    assert error.value.place == place


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b"October 16, 2019", b"February 31, 2023", "start_date"),
        (b"March 2022", b"Marchember 2022", "primary_completion_date"),
        (b"<overall_status>Terminated", b"<overall_status>Paused", "overall_status"),
        (b'start_date type="Actual"', b'start_date type="Perhaps"', "start_date/@type"),
        (b"<phase>Phase 1/Phase 2", b"<phase>Phase 1/Phase 7", "phase"),
        (b"<agency_class>Other", b"<agency_class>Alien", "sponsors/collaborator[1]/agency_class"),
        (b"<intervention_type>Drug", b"<intervention_type>Potion", "intervention[2]/intervention_type"),
        (b"<arm_group_type>Experimental", b"<arm_group_type>x", "arm_group[1]/arm_group_type"),
        (b'type="Actual">15<', b'type="Actual">fifteen<', "enrollment"),
        (b"<healthy_volunteers>No", b"<healthy_volunteers>Perhaps", "eligibility/healthy_volunteers"),
        (b"<nct_id>NCT99999901", b"<nct_id>EUCTR99", "id_info/nct_id"),
        (b"December 01, 2023", b"some day", "required_header/download_date"),
    ],
)
def test_a_wrong_value_in_legacy_xml_is_refused_at_its_xpath(old: bytes, new: bytes, place: str) -> None:
    assert old in LEGACY
    with pytest.raises(BadRecord) as error:
        ctgov.read(LEGACY.replace(old, new))
    assert error.value.place == f"/clinical_study/{place}"


@pytest.mark.parametrize(
    "doctype", [b"<!DOCTYPE clinical_study [<!ENTITY x 'y'>]>", b"<!DOCTYPE a SYSTEM 'http://a/b'>"]
)
def test_legacy_xml_with_a_document_type_is_refused(doctype: bytes) -> None:
    body = LEGACY.replace(b"<clinical_study", doctype + b"<clinical_study", 1)
    with pytest.raises(BadRecord, match="document type definition"):
        ctgov.read(body)
    with pytest.raises(BadRecord, match="well-formed"):
        ctgov.read(LEGACY.replace(b"Tianjin", b"&Tianjin;"))


@pytest.mark.parametrize(
    ("row", "cell", "value"),
    [
        (ROW, "NCT Number", ""),
        (ROW, "Study Status", "PAUSED"),
        (ROW, "Study Results", "MAYBE"),
        (ROW, "Start Date", "2023-02-31"),
        (ROW, "Last Update Posted", "2023-11"),
        (ROW, "Enrollment", "1e3"),
        (ROW, "Enrollment", "-5"),
        (ROW, "Phases", "PHASE1|PHASE9"),
        (ROW, "Interventions", "POTION: x"),
        (ROW, "Interventions", "DRUG: a|POTION: b"),
        (ROW, "Funder Type", "ALIEN"),
        (ROW, "Age", "OLD"),
        (ROW, "Study Design", "Allocation: BY_COIN"),
        (OLD_ROW, "Start Date", "Smarch 13, 2019"),
        (OLD_ROW, "Age", "some Years"),
        (OLD_ROW, "Gender", "Either"),
        (OLD_ROW, "Study Type", "Accidental"),
    ],
)
def test_a_wrong_cell_is_refused_by_its_name(row: dict[str, str], cell: str, value: str) -> None:
    with pytest.raises(BadRecord) as error:
        ctgov.read(msgspec.json.encode(row | {cell: value}))
    assert error.value.place == cell


def test_a_cell_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadRecord, match="Enrollment: is not text"):
        ctgov.read(msgspec.json.encode(ROW | {"Enrollment": 15}))


def written(folder: Path, name: str, body: bytes) -> Container:
    """A file as the container that its folder gives."""
    (folder / name).write_bytes(body)
    (found,) = containers(folder / name)
    return found


def test_every_version_of_one_study_in_one_file_is_kept(tmp_path: Path, study: dict[str, Any]) -> None:
    first = msgspec.json.encode(study)
    study["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    lines = b"\n".join([first, msgspec.json.encode(study), first])
    readings = [ctgov.read(raw.body) for raw in raws(written(tmp_path, "twice.jsonl", lines).path)]
    assert [reading.key for reading in readings] == ["NCT99999901"] * 3
    assert len({reading.canonical for reading in readings}) == 2


def test_a_zip_of_every_form_reads_each_and_names_what_it_cannot(tmp_path: Path) -> None:
    members = {f"all/{path.name}": path.read_bytes() for path in PAGES.iterdir() if ".rows." not in path.name}
    members |= {"Contents.txt": b"NCT99999901\n", "all/empty.json": b"", "all/wide.json": "{}".encode("utf-16")}
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    found = Container(tmp_path / "all.zip", "all.zip")
    items = list(ctgov.records(found))
    alone = [raw.body for path in sorted(PAGES.iterdir()) if ".rows." not in path.name for raw in raws(path)]
    assert sorted(item.body for item in items if isinstance(item, Raw)) == sorted(alone)
    assert sorted(str(item) for item in items if isinstance(item, UnreadableInput)) == [
        "all.zip!Contents.txt: is of no form that ClinicalTrials.gov publishes studies in",
        "all.zip!all/empty.json: is of no form that ClinicalTrials.gov publishes studies in",
        "all.zip!all/wide.json: is UTF-16: save it as UTF-8",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_a_wide_encoding_is_not_taken_for_anything(tmp_path: Path, encoding: str) -> None:
    page = (PAGES / "v2_study.json").read_text(encoding="utf-8").encode(encoding)
    found = written(tmp_path, "wide.json", page)
    assert recognise(found.name, head(found)) is None
    items: list[Raw | UnreadableInput] = []
    with pytest.raises((UnreadableInput, BadRecord)):
        items.extend(ctgov.records(found))
        for item in items:
            ctgov.read(item.body if isinstance(item, Raw) else b"")


def test_lines_in_another_encoding_are_refused_one_by_one(tmp_path: Path) -> None:
    lines = [
        b'{"protocolSection": {"identificationModule": {"nctId": "NCT9999990%d", "acronym": "%s"}}}' % (n, name)
        for n, name in enumerate([b"plain", "é".encode("latin-1"), "é".encode()])
    ]
    first, second, third = raws(written(tmp_path, "mixed.jsonl", b"\n".join(lines)).path)
    assert ctgov.read(first.body).key == "NCT99999900"
    with pytest.raises(BadRecord, match="not UTF-8"):
        ctgov.read(second.body)
    assert ctgov.read(third.body).key == "NCT99999902"


def test_a_truncated_archive_gives_the_studies_before_the_break(tmp_path: Path, study: dict[str, Any]) -> None:
    study["protocolSection"]["descriptionModule"]["noise"] = [n**7 for n in range(500)]
    packed = gzip.compress(b"\n".join(msgspec.json.encode(study | {"n": n * 7919}) for n in range(2000)))
    found = written(tmp_path, "cut.jsonl.gz", packed[: len(packed) // 2])
    read = []
    with pytest.raises(UnreadableInput, match=r"cut\.jsonl\.gz: is truncated"):
        for item in ctgov.records(found):
            assert isinstance(item, Raw)
            read.append(ctgov.read(item.body))
    assert len(read) > 100
