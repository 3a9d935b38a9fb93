"""The tables of AACT are put together again, one record a study."""

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container, head
from frontrunner.reading.places import quote
from frontrunner.sources import ctgov, recognise
from frontrunner.sources.ctgov import aact

from .conftest import PAGES, raws, trial

Table = list[dict[str, str]]

ID = {"nct_id": "NCT99999901"}
OTHER = {"nct_id": "NCT99999902"}

#: the study of the saved v2 page, and another, in the tables of an export of today
TABLES: dict[str, Table] = {
    "studies": [
        ID
        | {
            "nlm_download_date_description": "",
            "brief_title": "EX-101 in Hemophilia B",
            "official_title": "An Open-Label, Single-Arm Study of EX-101, an AAV Factor IX Gene Transfer, "
            "in Adults With Hemophilia B",
            "acronym": "EXAMPLE-1",
            "overall_status": "TERMINATED",
            "why_stopped": "Business decision; no safety concern",
            "verification_month_year": "2023-11",
            "start_month_year": "2019-10-16",
            "start_date_type": "ACTUAL",
            "start_date": "2019-10-16",
            "primary_completion_month_year": "2022-03",
            "primary_completion_date_type": "ACTUAL",
            "primary_completion_date": "2022-03-31",
            "completion_month_year": "2027-06-30",
            "completion_date_type": "ESTIMATED",
            "study_first_submitted_date": "2019-09-01",
            "study_first_posted_date": "2019-09-05",
            "results_first_posted_date": "2023-05-02",
            "last_update_posted_date": "2023-11-22",
            "study_type": "INTERVENTIONAL",
            "phase": "PHASE1/PHASE2",
            "enrollment": "15",
            "enrollment_type": "ACTUAL",
            "created_at": "2023-12-02 01:02:03",
        },
        OTHER | {"brief_title": 'Follow-up | of "EX-101"', "overall_status": "RECRUITING"},
    ],
    "sponsors": [
        OTHER | {"id": "1", "agency_class": "OTHER", "lead_or_collaborator": "lead", "name": "Example Hospital"},
        ID | {"id": "2", "agency_class": "INDUSTRY", "lead_or_collaborator": "lead", "name": "Example Therapeutics"},
        ID
        | {
            "id": "3",
            "agency_class": "OTHER",
            "lead_or_collaborator": "collaborator",
            "name": "Example University Hospital",
        },
    ],
    "conditions": [
        ID | {"id": "1", "name": "Hemophilia B", "downcase_name": "hemophilia b"},
        OTHER | {"id": "2", "name": "Hemophilia B", "downcase_name": "hemophilia b"},
        ID | {"id": "3", "name": "Factor IX Deficiency", "downcase_name": "factor ix deficiency"},
    ],
    "keywords": [ID | {"id": "1", "name": "gene therapy"}, ID | {"id": "2", "name": "AAV"}],
    "countries": [
        ID | {"id": "1", "name": "China", "removed": "f"},
        ID | {"id": "2", "name": "Korea, Republic of", "removed": ""},
        ID | {"id": "3", "name": "Japan", "removed": "t"},
    ],
    "designs": [
        ID
        | {
            "id": "1",
            "allocation": "NA",
            "intervention_model": "SINGLE_GROUP",
            "primary_purpose": "TREATMENT",
            "masking": "NONE",
        }
    ],
    "design_groups": [
        ID | {"id": "77", "group_type": "EXPERIMENTAL", "title": "Treatment", "description": "One infusion"}
    ],
    "design_group_interventions": [
        ID | {"id": "1", "design_group_id": "77", "intervention_id": "501"},
        ID | {"id": "2", "design_group_id": "77", "intervention_id": "502"},
    ],
    "design_outcomes": [
        ID | {"id": "1", "outcome_type": "primary", "measure": "Adverse events", "time_frame": "5 years"},
        ID | {"id": "2", "outcome_type": "secondary", "measure": "Factor IX activity", "time_frame": "1 year"},
        ID | {"id": "3", "outcome_type": "secondary", "measure": "Annualized bleeding rate", "time_frame": ""},
        ID | {"id": "4", "outcome_type": "other", "measure": "Quality of life", "time_frame": "1 year"},
    ],
    "eligibilities": [
        ID
        | {
            "id": "1",
            "gender": "MALE",
            "minimum_age": "18 Years",
            "maximum_age": "N/A",
            "healthy_volunteers": "f",
            "criteria": "x",
        }
    ],
    "id_information": [
        ID | {"id": "1", "id_source": "org_study_id", "id_type": "", "id_value": "EX-101"},
        ID | {"id": "2", "id_source": "secondary_id", "id_type": "EUDRACT_NUMBER", "id_value": "2019-000001-11"},
        ID | {"id": "3", "id_source": "secondary_id", "id_type": "REGISTRY", "id_value": "ChiCTR0000000001"},
        ID | {"id": "4", "id_source": "nct_alias", "id_type": "", "id_value": "NCT99999999"},
    ],
    "interventions": [
        ID | {"id": "501", "intervention_type": "GENETIC", "name": "EX-101", "description": "One | infusion\nslow"},
        ID | {"id": "502", "intervention_type": "DRUG", "name": "Prednisolone", "description": ""},
    ],
    "intervention_other_names": [ID | {"id": "1", "intervention_id": "501", "name": "examplegene vec"}],
    "baseline_counts": [ID | {"id": "1", "units": "Participants"}],
}


def export(folder: Path, tables: Mapping[str, Table], name: str = "export.zip") -> Container:
    """A zip of these tables, delimited by bars, and what accompanies them."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schema.png", b"\x89PNG")
        for table, rows in sorted(tables.items()):
            archive.writestr(f"{table}.txt", delimited(rows))
    return Container(folder / name, name)


def delimited(rows: Table) -> str:
    """A table as text."""
    out = io.StringIO(newline="")
    columns = dict.fromkeys(column for row in rows for column in row)
    writer = csv.DictWriter(out, list(columns), delimiter="|", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def records(container: Container) -> dict[str, bytes]:
    """NCT number -> the record that is put together."""
    items = list(ctgov.records(container))
    assert all(isinstance(item, Raw) for item in items), items
    return {item.place: item.body for item in items if isinstance(item, Raw)}


def test_an_export_gives_the_rows_that_the_api_gives(tmp_path: Path) -> None:
    found = export(tmp_path, TABLES)
    assert recognise(found.name, head(found)) is ctgov
    reading = ctgov.read(records(found)["NCT99999901"])
    api = ctgov.read(raws(PAGES / "v2_study.json")[0].body)
    told, known = msgspec.to_builtins(trial(reading)), msgspec.to_builtins(trial(api))
    assert {column for column in known if told[column] != known[column]} == {"secondaryIds"}
    assert [one["type"] for one in told["secondaryIds"]] == ["orgStudyId", "EUDRACT_NUMBER", "REGISTRY"]
    assert (reading.key, reading.known_on, reading.known_basis, reading.whole) == (
        api.key,
        api.known_on,
        "posted",
        True,
    )


def test_every_told_column_leads_back_to_its_words(tmp_path: Path) -> None:
    body = records(export(tmp_path, TABLES))["NCT99999901"]
    reading = ctgov.read(body)
    for column, value in msgspec.to_builtins(trial(reading)).items():
        if value not in (None, [], False):
            assert quote(body, reading.media_type, ctgov.FORMS[reading.media_type][column])


@pytest.mark.parametrize("group", [1, 2, 50])
def test_studies_are_put_together_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    tables = dict(TABLES)
    tables["studies"] = [{"nct_id": f"NCT{n:08d}", "brief_title": f"Study {n}"} for n in range(7)]
    tables["conditions"] = [{"nct_id": f"NCT{n % 7:08d}", "name": f"c{n}"} for n in range(20)]
    monkeypatch.setattr(aact, "GROUP", group)
    found = [trial(ctgov.read(body)) for body in records(export(tmp_path, tables)).values()]
    assert [one.brief_title for one in found] == [f"Study {n}" for n in range(7)]
    assert [one.conditions for one in found] == [[f"c{m}" for m in range(20) if m % 7 == n] for n in range(7)]


@pytest.mark.parametrize("n", [2, 5, 99])
def test_slices_of_the_zip_give_every_study_once(tmp_path: Path, n: int) -> None:
    found = export(tmp_path, TABLES)
    given = [place for part in found.slices(n) for place in records_of_slice(part)]
    assert sorted(given) == ["NCT99999901", "NCT99999902"]


def records_of_slice(part: Container) -> list[str]:
    """The records of a slice; what only accompanies the tables may be refused."""
    items = list(ctgov.records(part))
    assert all("schema.png" in str(item) for item in items if isinstance(item, UnreadableInput))
    return [item.place for item in items if isinstance(item, Raw)]


def test_new_row_numbers_and_days_of_export_are_no_change(tmp_path: Path) -> None:
    before = ctgov.read(records(export(tmp_path, TABLES))["NCT99999901"]).canonical
    links = {"id", "intervention_id", "design_group_id"}
    shifted = {
        name: [
            {column: str(int(cell) + 1000) if column in links else cell for column, cell in row.items()} for row in rows
        ]
        for name, rows in TABLES.items()
    }
    shifted["studies"] = [row | {"created_at": "2024-01-01"} for row in shifted["studies"]]
    assert ctgov.read(records(export(tmp_path, shifted))["NCT99999901"]).canonical == before


def test_a_missing_table_leaves_its_columns_unread(tmp_path: Path) -> None:
    some = {name: rows for name, rows in TABLES.items() if name not in ("sponsors", "interventions", "designs")}
    reading = ctgov.read(records(export(tmp_path, some))["NCT99999901"])
    assert not reading.whole
    assert set(trial(reading).not_read) == {
        *("leadSponsorName", "leadSponsorClass", "collaborators", "interventions"),
        *("allocation", "interventionModel", "primaryPurpose", "masking"),
    }


def test_an_export_of_before_2024_says_the_same_in_labels(tmp_path: Path) -> None:
    old = dict(TABLES)
    old["studies"] = [
        TABLES["studies"][0]
        | {
            "overall_status": "Terminated",
            "phase": "Phase 1/Phase 2",
            "study_type": "Interventional",
            "start_month_year": "October 16, 2019",
            "primary_completion_month_year": "March 2022",
            "completion_month_year": "June 30, 2027",
            "completion_date_type": "Anticipated",
            "verification_month_year": "November 2023",
        }
    ]
    old["designs"] = [TABLES["designs"][0] | {"allocation": "N/A", "masking": "None (Open Label)"}]
    old["eligibilities"] = [TABLES["eligibilities"][0] | {"gender": "Male", "healthy_volunteers": "No"}]
    today, before = (ctgov.read(records(export(tmp_path, tables))["NCT99999901"]) for tables in (TABLES, old))
    assert trial(before) == trial(today)


def test_tables_without_the_studies_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"without studies\.txt"):
        list(ctgov.records(export(tmp_path, {"conditions": TABLES["conditions"]})))


def test_the_table_of_studies_alone_is_read(tmp_path: Path) -> None:
    (tmp_path / "studies.txt").write_text(delimited(TABLES["studies"]))
    found = records(Container(tmp_path / "studies.txt", "studies.txt"))
    assert trial(ctgov.read(found["NCT99999901"])).start_date == "2019-10-16"
    assert "conditions" in trial(ctgov.read(found["NCT99999901"])).not_read


@pytest.mark.parametrize(
    ("table", "cells", "place"),
    [
        ("studies", {"overall_status": "PAUSED"}, "studies.overall_status"),
        ("studies", {"start_month_year": "2023-02-31"}, "studies.start_month_year"),
        ("studies", {"enrollment": "many"}, "studies.enrollment"),
        ("designs", {"allocation": "x"}, "designs[].allocation"),
        ("interventions", {"intervention_type": "x"}, "interventions[0].intervention_type"),
        ("sponsors", {"agency_class": "x"}, "sponsors[0].agency_class"),
        ("eligibilities", {"healthy_volunteers": "x"}, "eligibilities[].healthy_volunteers"),
    ],
)
def test_a_wrong_cell_is_refused_at_its_place(tmp_path: Path, table: str, cells: dict[str, str], place: str) -> None:
    wrong = TABLES | {table: [row | cells for row in TABLES[table] if row["nct_id"] == ID["nct_id"]]}
    with pytest.raises(BadRecord) as error:
        ctgov.read(records(export(tmp_path, wrong))["NCT99999901"])
    assert error.value.place == place


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"studies": {"nct_id": 5}}', "studies"),
        (b'{"studies": {"nct_id": "NCT99999901"}, "sponsors": {}}', "sponsors"),
        (b'{"studies": {"nct_id": "NCT99999901"}, "sponsors": [[]]}', "sponsors[0]"),
        (b'{"studies": {}}', "studies.nct_id"),
    ],
)
def test_a_record_of_another_shape_is_refused(body: bytes, place: str) -> None:
    with pytest.raises(BadRecord) as error:
        ctgov.read(body)
    assert error.value.place == place
