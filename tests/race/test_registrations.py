"""One trial in several registries, asked by any of its ids."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.registrations import disagreements
from frontrunner.race.results import TrialDossier
from frontrunner.race.standings import race
from frontrunner.race.trials import trial
from frontrunner.store.home import Home
from tests.sources.registries.saved import page
from tests.studies import lines, study

TODAY = date(2026, 1, 1)
US, EU = "NCT09000009", "2020-000001-11"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A study of the American registry, a European part that names it, and the platform's copies of both."""
    folder = tmp_path_factory.mktemp("registries")
    record = study(
        nct=US, title="EX-FIX in Hemophilia B", sponsor={"name": "Other Gene Works, Inc.", "class": "INDUSTRY"}
    )
    record["protocolSection"]["identificationModule"]["secondaryIdInfos"] = [{"id": "CTR20210009", "type": "REGISTRY"}]
    record["protocolSection"]["armsInterventionsModule"]["interventions"] = [{"type": "GENETIC", "name": "EX-FIX"}]
    home = Home(folder / "home")
    copy = folder / "copy.csv"
    copy.write_text(copied(), "utf-8")
    ingest(home, [lines(folder / "studies.jsonl", record), page("euctr", "country.json"), copy], today=TODAY)
    with Snapshot(home) as opened:
        yield opened


def copied() -> str:
    """An older copy of the American record."""
    row: dict[str, Any] = {
        "TrialID": US,
        "Last Refreshed on": "14 April 2021",
        "Public title": "EX-FIX in Hemophilia B",
        "Primary sponsor": "Other Gene Works Inc",
        "Date registration": "02/04/2019",
        "Date registration3": "20190402",
        "Source Register": "ClinicalTrials.gov",
        "Recruitment Status": "Recruiting",
        "Date enrollement": "15/03/2019",
        "Phase": "Phase 2",
        "Condition": "Hemophilia B",
        "Intervention": "Genetic: EX-FIX",
        "Countries": "United States",
        "Study type": "Interventional",
    }
    return ",".join(row) + "\n" + ",".join(row.values()) + "\n"


def of(snapshot: Snapshot, id: str) -> TrialDossier:
    return trial(snapshot, id, TODAY, "now", history=True)


def test_a_trial_is_shown_with_its_other_ids_whichever_is_asked(snapshot: Snapshot) -> None:
    american, european = of(snapshot, US), of(snapshot, EU)
    assert [(one.id, one.held, one.declared_by) for one in american.also_registered_as] == [
        (EU, True, EU),
        ("CTR20210009", False, US),
    ]
    assert [one.id for one in european.also_registered_as] == [US, "CTR20210009"]
    assert all(one.evidence for one in american.also_registered_as)


def test_an_id_without_a_record_here_stands_for_its_trial(snapshot: Snapshot) -> None:
    assert of(snapshot, "CTR20210009").id == US


def test_what_the_records_disagree_on_is_shown_with_its_sources(snapshot: Snapshot) -> None:
    found = {one.field: {(said.value, said.source) for said in one.said} for one in of(snapshot, US).disagreements}
    assert found["phases"] == {("PHASE1; PHASE2", "ctgov"), ("PHASE2", "ictrp"), ("PHASE1; PHASE2", "euctr")}
    assert found["start_date"] == {("2019-05-20", "ctgov"), ("2019-03-15", "ictrp"), ("2020-06-18", "euctr")}
    assert ("Example Therapeutics BV", "euctr") in found["lead_sponsor_name"]
    assert all(said.evidence for one in of(snapshot, US).disagreements for said in one.said)


def test_a_registrys_own_record_goes_before_a_later_copy(snapshot: Snapshot) -> None:
    shown = of(snapshot, US)
    assert shown.record["startDate"] == "2019-05-20"
    assert {version.source for version in shown.history} == {"ctgov", "ictrp"}
    assert not any(version.changes for version in shown.history), "a copy is no change of the record"


def test_one_start_in_two_registries_is_one_start(snapshot: Snapshot) -> None:
    """The programme's rung goes by the trial's own first start, not by that of each record, and no copy contests it."""
    (row,) = race(snapshot, asked("hemophilia B", modality="gene_therapy", on="2026-01-01")).standings
    assert (row.rung, row.reached and row.reached.date) == ("phase_1_2", "2019-05-20")
    assert row.status == "proven"


def test_a_link_to_one_id_of_a_trial_holds_for_its_records_under_the_others(tmp_path: Path) -> None:
    """The table names the trial by its Chinese id; the record here has the American one and no telling words."""
    record = study(nct=US, title="A Study in Hemophilia B", interventions=[{"type": "GENETIC", "name": "gene therapy"}])
    record["protocolSection"]["identificationModule"]["secondaryIdInfos"] = [{"id": "CTR20210009", "type": "REGISTRY"}]
    cited = "citation,authority,known_on,known_basis"
    row = "a list,registry,2019-04-02,posted"
    tables = {
        "drugs.csv": f"product,name,modality,target,{cited}\nprod:my-1,MY-1,aav,F9,{row}\n",
        "who.csv": f"programme,product,indication,company,role,{cited}\n"
        f"prog:my-1/haemophilia-b,prod:my-1,MONDO:0010604,org:my-firm,developer,{row}\n",
        "trials.csv": f"trial_id,programme,lane,{cited}\nCTR20210009,prog:my-1/haemophilia-b,iit,{row}\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, "utf-8")
    home = Home(tmp_path / "home")
    files = [lines(tmp_path / "studies.jsonl", record), *(tmp_path / name for name in tables)]
    ingest(home, files, today=TODAY)
    with Snapshot(home) as opened:
        assert [one.id for one in of(opened, US).programmes] == ["prog:my-1/haemophilia-b"]
        (standing,) = race(opened, asked("hemophilia B", lane="iit", on="2026-01-01")).standings
        assert (standing.id, standing.trials) == ("prog:my-1/haemophilia-b", [US])


def test_a_curated_row_that_has_the_sponsors_name_alone_disagrees_with_nothing() -> None:
    empty = dict.fromkeys(
        ("study_type", "overall_status", "start_date", "completion_date", "enrollment_count", "phases")
    )
    record = {**empty, "lead_sponsor_name": "Other Gene Works", "sponsor_company": "other-gene-works"}
    curated = {**record, "sponsor_company": None, "trial_id": US, "source": "starter"}
    record |= {"trial_id": US, "source": "ctgov"}
    assert disagreements([record, curated], lambda row, field: None) == []
    (one,) = disagreements([record, {**curated, "lead_sponsor_name": "Somebody Else"}], lambda row, field: None)
    assert (one.field, len(one.said)) == ("lead_sponsor_name", 2)
