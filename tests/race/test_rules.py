"""Rules of standings on small records of our own: who is stopped, what a day holds, who is called the developer."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontrunner.errors import UnknownName
from frontrunner.pipeline import ingest
from frontrunner.race.ledger import ledger
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Race, Standing
from frontrunner.race.standings import race
from frontrunner.race.why import why
from frontrunner.store.home import Home
from tests.studies import lines, study

Known = Callable[..., Snapshot]
ARENA = {"indication": "hemophilia B", "modality": "gene_therapy"}
ENDED = {"date": "2022-02-02", "type": "ACTUAL"}


@pytest.fixture
def known(tmp_path: Path) -> Known:
    """A snapshot of some studies."""

    def make(*records: dict[str, Any]) -> Snapshot:
        home = Home(tmp_path / "home")
        ingest(home, [lines(tmp_path / "studies.jsonl", *records)], today=date(2026, 1, 1))
        return Snapshot(home)

    return make


def only(answer: Race) -> Standing:
    """The one row."""
    (row,) = answer.standings
    return row


@pytest.mark.parametrize(
    ("others", "activity"),
    [
        ([{"status": "WITHDRAWN", "phases": ["PHASE2"]}], "active"),
        ([{"status": "TERMINATED", "phases": ["PHASE4"], "completion": ENDED}], "active"),
        ([{"status": "TERMINATED", "title": "Long-Term Follow-up of XYZ-101", "completion": ENDED}], "active"),
    ],
)
def test_a_running_study_keeps_a_programme_going(known: Known, others: list[dict[str, Any]], activity: str) -> None:
    records = [study(posted="2022-05-01"), *(study(nct=f"NCT9100000{n}", **other) for n, other in enumerate(others))]
    with known(*records) as snapshot:
        assert only(race(snapshot, asked(**ARENA, on="2022-06-01"))).activity == activity


def test_a_programme_whose_studies_all_ended_is_stopped(known: Known) -> None:
    ended = study(status="TERMINATED", completion=ENDED)
    with known(ended, study(nct="NCT91000001", status="WITHDRAWN", completion=ENDED)) as snapshot:
        before, after = (only(race(snapshot, asked(**ARENA, on=on))) for on in ("2021-06-01", "2022-06-01"))
    assert (before.activity, after.activity, after.rung, after.next) == ("active", "stopped", "phase_1_2", None)


def test_the_clock_then_names_the_sponsor_of_that_day(known: Known) -> None:
    first = study(posted="2020-02-03", sponsor={"name": "First Owner, Inc.", "class": "INDUSTRY"})
    later = study(posted="2021-02-03", sponsor={"name": "Later Owner GmbH", "class": "INDUSTRY"})
    with known(first, later) as snapshot:
        then = only(race(snapshot, asked(**ARENA, on="2020-06-01", clock="then")))
        now = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
    assert then.company is not None and then.company.name.startswith("First Owner")
    assert now.company is not None and now.company.name.startswith("Later Owner")


def test_a_first_tells_who_stood_higher_before_without_a_day_there(known: Known) -> None:
    early = study(phases=["PHASE3"], start={"date": "2015-01-01", "type": "ACTUAL"})
    late = study(nct="NCT91000001", phases=["PHASE2"], interventions=[{"type": "GENETIC", "name": "ABC-202"}])
    with known(early, late) as snapshot:
        firsts = race(snapshot, asked(**ARENA)).firsts
    assert [(first.rung, [one.programme for one in first.passed_by]) for first in firsts] == [
        ("pivotal", []),
        ("phase_2", ["XYZ-101 in hemophilia B"]),
    ]


LADDER = [
    # phases, start, rung and date reached, status, words of the reason
    (["EARLY_PHASE1"], "ACTUAL", "phase_1", "proven", "stands in for its first dosing"),
    (["NA"], "ACTUAL", "phase_1", "implied", "states no phase"),
    (["PHASE2", "PHASE3"], "ACTUAL", "pivotal", "proven", "stands in"),
    (["PHASE1", "PHASE2", "PHASE3"], "ACTUAL", "phase_1", "proven", "stands in"),
    (["PHASE2"], None, "phase_2", "proven", "actual because the study has begun"),
    (["PHASE2"], "ESTIMATED", None, "proven", None),
    (["PHASE4"], "ACTUAL", None, "proven", None),
]


@pytest.mark.parametrize(("phases", "typed", "rung", "status", "because"), LADDER)
def test_what_a_registered_study_reaches(
    known: Known, phases: list[str], typed: str | None, rung: str | None, status: str, because: str | None
) -> None:
    start = {"date": "2019-05-20"} | ({"type": typed} if typed else {})
    with known(study(phases=phases, start=start)) as snapshot:
        row = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
    assert (row.rung, row.status, row.reached and row.reached.date) == (rung, status, "2019-05-20" if rung else None)
    assert because in (row.because or "") if because else row.because is None


def test_a_study_of_several_places_starts_in_each_by_implication(known: Known) -> None:
    places = [{"country": name} for name in ("France", "United States", "China")]
    with known(study(locations=places)) as snapshot:
        anywhere, union, japan = (race(snapshot, asked(**ARENA, jurisdiction=place)) for place in (None, "EU", "JP"))
    assert (only(anywhere).status, only(union).status) == ("proven", "implied")
    assert "stands in for the local one" in str(only(union).because)
    assert japan.standings == []


def test_two_years_without_a_sign_are_silence(known: Known) -> None:
    with known(study()) as snapshot:
        heard, silent = (only(race(snapshot, asked(**ARENA, on=day))) for day in ("2022-02-01", "2022-02-04"))
    assert (heard.activity, silent.activity, silent.rung) == ("active", "silent", "phase_1_2")


def test_a_suspended_study_is_a_pause_and_withdrawn_before_enrolment_reaches_nothing(known: Known) -> None:
    stopped = study(nct="NCT91000001", status="WITHDRAWN", interventions=[{"type": "GENETIC", "name": "ABC-202"}])
    with known(study(status="SUSPENDED"), stopped) as snapshot:
        rows = {row.product.name: row for row in race(snapshot, asked(**ARENA, on="2020-06-01")).standings}
    assert (rows["XYZ-101"].activity, rows["XYZ-101"].rung) == ("paused", "phase_1_2")
    assert "ABC-202" not in rows or (rows["ABC-202"].rung, rows["ABC-202"].activity) == (None, "stopped")


def test_long_follow_up_is_no_new_rung(known: Known) -> None:
    later = study(
        nct="NCT91000001",
        title="Long-term Follow-up of Participants Treated With XYZ-101 in Hemophilia B",
        phases=["PHASE3"],
        start={"date": "2020-01-05", "type": "ACTUAL"},
    )
    with known(study(), later) as snapshot:
        row = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
    assert (row.rung, row.trials) == ("phase_1_2", ["NCT90000001", "NCT91000001"])


TWELVE = [
    *("Breast Cancer", "Melanoma", "Hepatocellular Carcinoma", "Pancreatic Cancer", "Ovarian Cancer", "Glioblastoma"),
    *("Gastric Cancer", "Prostate Cancer", "Colorectal Cancer", "Mesothelioma", "Neuroblastoma", "Esophageal Cancer"),
]


def test_a_basket_of_twelve_diseases_races_in_each_and_once_in_the_whole(known: Known) -> None:
    record = study(title="XYZ-101 in Solid Tumors", conditions=TWELVE)
    with known(record) as snapshot:
        each = [only(race(snapshot, asked(name, on="2020-06-01", within=snapshot))) for name in TWELVE]
        whole = only(race(snapshot, asked("cancer", on="2020-06-01", within=snapshot)))
    assert len({row.id for row in each}) == 12 and not any(row.also for row in each)
    assert {whole.id, *(one.id for one in whole.also)} == {row.id for row in each}


def test_in_a_combination_each_product_is_its_own_developers(known: Known) -> None:
    xyz, abc = ({"type": "GENETIC", "name": name} for name in ("XYZ-101", "ABC-202"))
    other = {"name": "Other Works GmbH", "class": "INDUSTRY"}
    records = [
        study(interventions=[xyz]),
        study(nct="NCT91000001", interventions=[abc], sponsor=other, phases=["PHASE3"]),
        study(nct="NCT91000002", interventions=[xyz, abc]),
    ]
    with known(*records) as snapshot:
        rows = race(snapshot, asked("hemophilia B", on="2020-06-01")).standings
    assert [(row.product.name, row.company and row.company.name) for row in rows] == [
        ("ABC-202", "Other Works GmbH"),
        ("XYZ-101", "Example Gene Works, Inc."),
    ]
    assert all("NCT91000002" in row.trials for row in rows)


def expanded_access(**values: Any) -> dict[str, Any]:
    """A record by which people get the product outside studies."""
    record = study(nct="NCT91000009", title="Expanded Access to XYZ-101", status="AVAILABLE", **values)
    record["protocolSection"]["designModule"] = {"studyType": "EXPANDED_ACCESS", "phases": ["PHASE3"]}
    return record


def test_expanded_access_is_no_rung_no_start_and_no_dosing(known: Known) -> None:
    early = {"date": "2018-05-01", "type": "ACTUAL"}
    with known(study(phases=["PHASE1"]), expanded_access(start=early)) as snapshot:
        row = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
        dosed = {one.date for one in ledger(snapshot, asked(**ARENA)).firsts if one.milestone == "first_patient"}
        (ind,) = [one for one in why(snapshot, row.id).milestones if one.rung == "ind_cleared"]
    assert (row.rung, row.reached and row.reached.date) == ("phase_1", "2019-05-20")
    assert (dosed, ind.date) == ({"2019-05-20"}, "2019-05-20")


def test_expanded_access_alone_reaches_nothing(known: Known) -> None:
    with known(expanded_access()) as snapshot:
        row = only(race(snapshot, asked(**ARENA, on="2020-06-01")))
        reached = {one.milestone for one in ledger(snapshot, asked(**ARENA)).firsts}
        told = why(snapshot, row.id).milestones
    assert (row.rung, row.reached, row.next) == (None, None, None)
    assert reached == {"registered"} and not any(one.rung for one in told)


def test_an_ind_that_only_a_study_implies_is_a_row_that_says_so(known: Known) -> None:
    later = study(nct="NCT91000001", phases=["PHASE3"], start={"date": "2020-01-05", "type": "ACTUAL"})
    with known(study(), later) as snapshot:
        answer = race(snapshot, asked(**ARENA, on="2020-06-01"))
        told = why(snapshot, only(answer).id).milestones
        (ind,) = [one for one in told if one.rung == "ind_cleared"]
        behind = why(snapshot, ind.id)
    assert (ind.date, ind.status, ind.jurisdictions) == ("2019-05-20", "implied", ["US"])
    assert str(ind.because).startswith("not later than the start of the study")
    assert [(one.event, one.status) for one in behind.milestones] == [("ind_clearance", "implied")]
    assert [one.words for one in behind.quotes] == ["2019-05-20"], "the start is what implies it"
    assert not [one for one in answer.firsts if one.rung == "ind_cleared"], "implied, it is nobody's first"


def test_a_study_of_a_hospital_implies_no_ind(known: Known) -> None:
    hospital = study(sponsor={"name": "Example University Hospital", "class": "OTHER"})
    with known(hospital) as snapshot:
        row = only(race(snapshot, asked(**ARENA, lane="all", on="2020-06-01")))
        assert not [one for one in why(snapshot, row.id).milestones if one.rung == "ind_cleared"]


def test_a_new_owner_and_a_new_start_after_a_stop_revive_the_same_programme(known: Known) -> None:
    given_up = study(
        status="TERMINATED",
        phases=["PHASE2"],
        completion={"date": "2020-02-02", "type": "ACTUAL"},
        sponsor={"name": "First Owner, Inc.", "class": "INDUSTRY"},
    )
    taken_up = study(
        nct="NCT91000001",
        phases=["PHASE1"],
        start={"date": "2023-03-03", "type": "ACTUAL"},
        first_posted="2023-01-10",
        posted="2023-04-01",
        sponsor={"name": "Later Owner GmbH", "class": "INDUSTRY"},
    )
    with known(given_up, taken_up) as snapshot:
        rows = [only(race(snapshot, asked(**ARENA, on=on))) for on in ("2021-06-01", "2024-01-01")]
    assert [(row.rung, row.activity) for row in rows] == [("phase_2", "stopped"), ("phase_2", "active")]
    assert [str(row.company and row.company.name)[:5] for row in rows] == ["First", "Later"]
    assert rows[0].id == rows[1].id


def test_a_start_that_was_revised_is_another_day_on_the_clock_of_then(known: Known) -> None:
    first = study(start={"date": "2017-12-11", "type": "ACTUAL"}, posted="2018-02-03")
    later = study(start={"date": "2018-01-04", "type": "ACTUAL"}, posted="2019-02-03")
    with known(first, later) as snapshot:
        for clock, day in (("then", "2017-12-11"), ("now", "2018-01-04")):
            row = only(race(snapshot, asked(**ARENA, on="2018-06-01", clock=clock)))
            assert row.reached is not None and row.reached.date == day


def test_what_a_study_excludes_is_not_what_it_tests(known: Known) -> None:
    record = study(interventions=[{"type": "DRUG", "name": "ABC-202"}], title="ABC-202 in Hemophilia B")
    excluded = "Exclusion Criteria:\n\n* Prior gene therapy\n* Prior CAR-T cell therapy"
    record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": excluded}
    with known(record) as snapshot:
        assert only(race(snapshot, asked("hemophilia B", on="2020-06-01"))).product.name == "ABC-202"
        for modality in ("gene_therapy", "car_t"):
            assert race(snapshot, asked("hemophilia B", modality=modality, on="2020-06-01")).standings == []


BOTH = ["CD19/CD22", "cd22 and CD19", "CD19 x CD22", "CD19和CD22", "CD19|CD22"]


def test_an_arena_of_two_targets_holds_what_hits_both(known: Known) -> None:
    records = [
        study(
            nct=f"NCT9300000{at}",
            title=f"{target} CAR-T Cells in Lymphoma",
            conditions=["Lymphoma"],
            interventions=[{"type": "BIOLOGICAL", "name": f"{code} ({target} CAR-T cells)"}],
        )
        for at, (code, target) in enumerate((("XYZ-101", "CD19"), ("ABC-202", "CD22/CD19"), ("QRS-303", "CD22")))
    ]
    with known(*records) as snapshot:
        both = [race(snapshot, asked(target=words, within=snapshot)) for words in BOTH]
        assert {one.arena.target for one in both} == {"CD19|CD22"}
        assert [only(one).product.name for one in both] == ["ABC-202"] * len(BOTH)
        assert len(race(snapshot, asked(target="CD19", within=snapshot)).standings) == 2
        assert asked(target="JAK1/2", within=snapshot).target == "JAK1|JAK2"
        with pytest.raises(UnknownName, match="CD19x"):
            asked(target="CD19x/CD22", within=snapshot)


def test_a_narrower_name_than_those_known_brings_the_wider_one(known: Known) -> None:
    with known(study(phases=["PHASE3"])) as snapshot:
        for name, wider in (("bulbar onset als", "amyotrophic lateral sclerosis"), ("brittle asthma", "asthma")):
            with pytest.raises(UnknownName) as caught:
                snapshot.concept("indication", "indication", name)
            assert wider in caught.value.candidates[:2]


def test_a_registry_never_proves_more_than_its_own_steps(known: Known) -> None:
    with known(study(phases=["PHASE3"])) as snapshot:
        reached = {one.milestone for one in ledger(snapshot, asked(**ARENA, on="2020-06-01")).firsts}
    assert reached == {"pivotal", "registered", "first_patient"}


def test_a_fact_that_was_only_fetched_is_counted_and_not_known_then(known: Known) -> None:
    undated = study()
    del undated["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]
    del undated["derivedSection"]
    with known(undated) as snapshot:
        then, now = (race(snapshot, asked(**ARENA, on="2020-06-01", clock=clock)) for clock in ("then", "now"))
    assert (then.standings, now.coverage.left_out) == ([], 0)
    assert then.coverage.left_out > 0 and only(now).rung == "phase_1_2"


def test_why_of_many_studies_quotes_the_highest_rungs_and_counts_the_rest(known: Known) -> None:
    records = [study(nct=f"NCT9200{n:04d}", phases=["PHASE3"] if n == 29 else ["PHASE1"]) for n in range(30)]
    with known(*records) as snapshot:
        id = only(race(snapshot, asked(**ARENA, on="2020-06-01"))).id
        told, whole = why(snapshot, id), why(snapshot, id, whole=True)
    assert (whole.more, len(whole.quotes)) == (0, len(told.quotes) + told.more)
    assert told.more > 0 and told.milestones == whole.milestones
    assert {quote.record for quote in told.quotes} == {"NCT92000029", *(f"NCT9200{n:04d}" for n in range(24))}


DATES = st.one_of(
    st.dates(date(2015, 1, 1), date(2019, 12, 31)).map(date.isoformat),
    st.dates(date(2015, 1, 1), date(2019, 12, 31)).map(lambda day: day.isoformat()[:7]),
)
PHASES = st.sampled_from([["PHASE1"], ["PHASE1", "PHASE2"], ["PHASE2"], ["PHASE3"]])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(DATES, PHASES), min_size=2, max_size=9))
def test_places_follow_the_rule(tmp_path_factory: pytest.TempPathFactory, runners: list[tuple[str, list[str]]]) -> None:
    folder = tmp_path_factory.mktemp("places")
    records = [
        study(nct=f"NCT92{n:06d}", start={"date": start, "type": "ACTUAL"}, phases=phases,
              interventions=[{"type": "GENETIC", "name": f"ABC-{300 + n}"}])
        for n, (start, phases) in enumerate(runners)
    ]  # fmt: skip
    home = Home(folder / "home")
    ingest(home, [lines(folder / "studies.jsonl", *records)], today=date(2026, 1, 1))
    with Snapshot(home) as snapshot:
        rows = race(snapshot, asked(**ARENA, on="2021-01-01")).standings
    order = ["phase_1", "phase_1_2", "phase_2", "pivotal"]

    def ahead(one: Standing, other: Standing) -> bool:
        assert one.reached is not None and other.reached is not None
        higher = order.index(str(one.rung)) - order.index(str(other.rung))
        return higher > 0 or (higher == 0 and _last(one.reached.date) < _first(other.reached.date))

    assert len(rows) == len(runners)
    assert [row.place for row in rows] == sorted(row.place for row in rows)
    for row in rows:
        assert row.place == 1 + sum(ahead(other, row) for other in rows)
        assert row.tied == (sum(other.place == row.place for other in rows) > 1)
    for row, following in pairwise(rows):
        if row.lead and row.lead.low is not None and row.place != following.place:
            assert row.lead.low >= 0 or row.tied or following.tied


def _first(text: str) -> str:
    return (text + "-01")[:10]


def _last(text: str) -> str:
    return text if len(text) == 10 else text + "-31"
