"""The cases that break naive code, asked of the starter ledger; docs/explanation/cases.md tells them."""

from collections.abc import Callable
from datetime import date

import pytest

from frontrunner import vocab
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Race, Standing
from frontrunner.race.trials import trial
from frontrunner.race.why import milestones, quotes

Ask = Callable[..., Race]
HAEMOPHILIA_B = {"indication": "hemophilia B", "modality": "gene_therapy"}


def row(answer: Race, product: str) -> Standing:
    """The row of the product that has this name."""
    found = [one for one in answer.standings if product in {name.value for name in one.product.names}]
    assert len(found) == 1, f"{product} stands in {len(found)} rows"
    return found[0]


def names(answer: Race, rung: str = "approved") -> list[str]:
    """Display names at a rung, in order."""
    return [one.product.name for one in answer.standings if one.rung == rung]


def test_china_on_the_second_day_of_the_forum(ask: Ask) -> None:
    answer = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2022-01-12")
    leader = answer.standings[0]
    assert (leader.place, leader.tied) == (1, False)
    assert leader.company is not None and leader.company.name == "Belief BioMed"
    assert "信念医药" in {name.value for name in leader.company.names}
    assert leader.product.name == "dalnacogene ponparvovec"
    assert (leader.rung, leader.reached.date, leader.reached.precision) == ("pivotal", "2021-12-30", "day")
    assert "NCT05203679" in leader.trials
    assert leader.next == "filed"


def test_china_as_it_was_known_that_day(ask: Ask) -> None:
    leader = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2022-01-12", clock="then").standings[0]
    assert (leader.place, leader.rung, leader.reached.date) == (1, "pivotal", "2021-12-30")
    assert leader.product.name == "BBM-H901", "the INN was not public yet"
    assert "NCT05203679" not in leader.trials, "posted later that month"


def test_the_dosing_was_not_known_on_the_day_itself(ask: Ask) -> None:
    leader = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2022-01-04", clock="then").standings[0]
    assert leader.rung == "ind_cleared"


def test_china_today_is_one_approval(ask: Ask) -> None:
    answer = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2026-01-01")
    assert (answer.standings[0].rung, answer.standings[0].reached.date) == ("approved", "2025-04-10")
    assert names(answer) == ["dalnacogene ponparvovec"]


def test_year_precision_is_an_open_question_within_the_year(ask: Ask) -> None:
    answer = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2022-01-12")
    question = next(one for one in answer.open_questions if one.programme.startswith("VGB-R04"))
    assert (question.milestone, question.date) == ("ind_cleared", "2022")
    assert "unverified" in question.why
    assert not [one for one in answer.standings if one.programme.startswith("VGB-R04")]


def test_the_hospital_study_has_its_own_lane(ask: Ask) -> None:
    leader = ask(**HAEMOPHILIA_B, jurisdiction="CN", lane="iit", on="2022-01-12").standings[0]
    assert (leader.rung, leader.reached.date, leader.trials) == ("phase_1", "2019-10-16", ["NCT04135300"])
    registrational = ask(**HAEMOPHILIA_B, jurisdiction="CN", on="2020-01-01")
    assert not [one for one in registrational.standings if one.rung], "an IIT never leads a registrational race"


def test_united_states_second_entrant_withdrawn(ask: Ask) -> None:
    answer = ask(**HAEMOPHILIA_B, jurisdiction="US", on="2026-11-01")
    first, second = answer.standings[:2]
    assert (first.product.name, first.reached.date) == ("etranacogene dezaparvovec", "2022-11-22")
    assert (second.product.name, second.reached.date) == ("fidanacogene elaparvovec", "2024-04-25")
    assert second.activity == "withdrawn_after_approval"
    assert second.rung == "approved", "rung and activity are never merged"
    assert (first.lead.at_rung, first.lead.months, first.lead.open) == ("approved", 17.1, False)


def test_stopped_is_not_yet_withdrawn(ask: Ask) -> None:
    assert row(ask(**HAEMOPHILIA_B, jurisdiction="US", on="2025-06-01"), "Beqvez").activity == "stopped"


def test_canada_has_the_same_order_with_other_dates(ask: Ask) -> None:
    answer = ask(**HAEMOPHILIA_B, jurisdiction="CA")
    assert names(answer) == ["etranacogene dezaparvovec", "fidanacogene elaparvovec"]
    assert answer.standings[0].reached.date == "2023-10"
    assert answer.standings[0].reached.precision == "month"
    assert answer.standings[1].reached.date == "2024-01-03"


def test_haemophilia_b_without_a_modality_starts_with_factor_ix(ask: Ask) -> None:
    leader = ask("haemophilia B", jurisdiction="US").standings[0]
    assert leader.modality in vocab.load("modality").descendants("protein")
    assert leader.reached.date < "2000"


def test_sickle_cell_disease_united_states_is_a_tie(ask: Ask) -> None:
    first, second = ask("sickle cell disease", modality="gene_therapy", jurisdiction="US").standings[:2]
    assert {first.place, second.place} == {1} and first.tied and second.tied
    assert {first.reached.date, second.reached.date} == {"2023-12-08"}
    assert (first.lead.low, first.lead.high) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("indication", "jurisdiction", "date"),
    [
        ("sickle cell disease", "UK", "2023-11-16"),
        ("sickle cell disease", "US", "2023-12-08"),
        ("sickle cell disease", "EU", "2024-02-09"),
        ("beta-thalassemia", "US", "2024-01-16"),
    ],
)
def test_casgevy_by_jurisdiction_and_disease(ask: Ask, indication: str, jurisdiction: str, date: str) -> None:
    assert row(ask(indication, modality="gene_therapy", jurisdiction=jurisdiction), "Casgevy").reached.date == date


def test_kymriah_first_in_leukaemia_yescarta_first_in_lymphoma(ask: Ask) -> None:
    cd19 = {"target": "CD19", "modality": "car_t"}
    assert names(ask(**cd19, jurisdiction="US"))[0] == "tisagenlecleucel"
    assert names(ask("diffuse large B-cell lymphoma", **cd19, jurisdiction="US"))[:3] == [
        "axicabtagene ciloleucel",
        "tisagenlecleucel",
        "lisocabtagene maraleucel",
    ]
    first, second, third = ask(**cd19, jurisdiction="EU").standings[:3]
    assert {first.product.name, second.product.name} == {"tisagenlecleucel", "axicabtagene ciloleucel"}
    assert (first.place, second.place, third.place) == (1, 1, 3)


def test_duchenne_the_first_in_phase_3_stopped(ask: Ask) -> None:
    answer = ask("Duchenne muscular dystrophy", modality="gene_therapy", on="2026-01-01")
    assert answer.standings[0].product.name == "delandistrogene moxeparvovec"
    stopped = row(answer, "PF-06939926")
    assert (stopped.rung, stopped.reached.date, stopped.activity) == ("pivotal", "2020-12-29", "stopped")


@pytest.mark.parametrize(
    ("indication", "modality", "target"),
    [
        ("LHON", "gene_therapy", None),
        ("X-linked retinitis pigmentosa", "gene_therapy", None),
        (None, None, "CETP"),
    ],
)
def test_races_without_a_winner(ask: Ask, indication: str | None, modality: str | None, target: str | None) -> None:
    for jurisdiction in (None, "US", "EU", "CN", "UK", "JP"):
        answer = ask(indication, modality=modality, target=target, jurisdiction=jurisdiction)
        assert names(answer) == []


def test_pd1_in_china(ask: Ask) -> None:
    order = names(ask(target="PDCD1", modality="antibody", jurisdiction="CN"))
    assert order[:4] == ["nivolumab", "pembrolizumab", "toripalimab", "sintilimab"]


def test_pd1_of_china_in_china(ask: Ask) -> None:
    leader = ask(target="PDCD1", modality="antibody", jurisdiction="CN", origin="CN").standings[0]
    assert (leader.product.name, leader.reached.date) == ("toripalimab", "2018-12-17")


def test_the_winner_was_approved_before_its_own_phase_3_missed(ask: Ask, starter: Snapshot) -> None:
    winner = row(ask("Duchenne muscular dystrophy", modality="gene_therapy", jurisdiction="US"), "Elevidys")
    assert winner.reached is not None and winner.reached.date == "2023-06-22"
    told = {one.event: one.date for one in milestones(starter, winner.id, date(2026, 1, 1), "now")}
    assert str(told["topline_negative"]) > winner.reached.date, "a miss takes nobody down a rung"


@pytest.mark.parametrize(
    ("jurisdiction", "first"), [("CN", "toripalimab"), ("US", "toripalimab"), ("EU", "tislelizumab")]
)
def test_an_order_that_flips_by_jurisdiction(ask: Ask, jurisdiction: str, first: str) -> None:
    order = names(ask(target="PDCD1", modality="antibody", jurisdiction=jurisdiction))
    assert next(name for name in order if name in ("toripalimab", "tislelizumab")) == first


def test_sources_that_disagree_are_contested_and_both_kept(ask: Ask) -> None:
    answer = ask(target="PDCD1", modality="antibody", jurisdiction="CN")
    assert row(answer, "sintilimab").status == "contested"
    assert any(one.programme.startswith("sintilimab") and "disagree" in one.why for one in answer.open_questions)


def test_a_cohort_that_stopped_and_two_revivals(ask: Ask) -> None:
    answer = ask(target="CETP", on="2026-01-01")
    assert {row(answer, name).activity for name in ("torcetrapib", "evacetrapib")} == {"stopped"}
    assert row(answer, "obicetrapib").activity == "active"
    roche = row(ask(target="CETP", on="2013-01-01"), "dalcetrapib")
    dalcor = row(ask(target="CETP", on="2018-01-01"), "dalcetrapib")
    assert roche.company is not None and "Roche" in roche.company.name
    assert dalcor.company is not None and dalcor.company.name.startswith("DalCor")


def test_of_the_stopped_cohort_only_the_revival_is_filed(ask: Ask, starter: Snapshot) -> None:
    answer = ask(target="CETP", on="2026-01-01")
    assert {one.product.name for one in answer.standings if one.rung in ("filed", "accepted")} == {"obicetrapib"}
    missed_nothing = row(answer, "anacetrapib")
    told = {one.event for one in milestones(starter, missed_nothing.id, date(2026, 1, 1), "now")}
    assert "topline_positive" in told and (missed_nothing.rung, missed_nothing.activity) == ("pivotal", "stopped")


def test_a_programme_that_missed_is_revived_by_another_owner(ask: Ask) -> None:
    arena = {"indication": "X-linked retinitis pigmentosa", "modality": "gene_therapy"}
    missed, revived = (row(ask(**arena, on=on), "botaretigene sparoparvovec") for on in ("2025-12-01", "2026-06-01"))
    assert [one.company and one.company.name for one in (missed, revived)] == ["Janssen", "MeiraGTx"]
    assert (missed.id, missed.rung) == (revived.id, revived.rung)
    assert revived.activity == "active" and revived.company is not None


def test_a_launch_is_no_rung_and_what_is_approved_is_never_silent(ask: Ask, starter: Snapshot) -> None:
    hemgenix = row(ask(**HAEMOPHILIA_B, jurisdiction="US", on="2030-01-01"), "Hemgenix")
    assert (hemgenix.rung, hemgenix.reached.date, hemgenix.activity) == ("approved", "2022-11-22", "active")
    told = [one for one in milestones(starter, hemgenix.id, date(2030, 1, 1), "now") if "commercial" in one.event]
    assert told and all(one.rung is None for one in told)


def test_an_ind_with_a_day_is_not_implied_too(starter: Snapshot) -> None:
    told = milestones(starter, "prog:nr082/lhon-nd4", date(2026, 1, 1), "now")
    assert {one.status for one in told if one.rung == "ind_cleared"} == {"cited"}


@pytest.mark.parametrize(
    ("arena", "product", "on", "name"),
    [
        ("hemophilia B", "BAX 335", "2017-06-01", "Shire"),
        ("hemophilia B", "BAX 335", "2026-01-01", "Takeda"),
        ("sickle cell disease", "Lyfgenia", "2024-01-01", "bluebird bio"),
        ("sickle cell disease", "Lyfgenia", "2026-06-01", "Genetix Biotherapeutics"),
    ],
)
def test_an_acquisition_and_a_rename_change_the_developer_of_later_days(
    ask: Ask, arena: str, product: str, on: str, name: str
) -> None:
    company = row(ask(arena, modality="gene_therapy", jurisdiction="US", on=on), product).company
    assert company is not None and company.name == name


@pytest.mark.parametrize(("on", "name"), [("2024-01-01", "Fosun Kite"), ("2026-01-01", "Fosun Kairos")])
def test_a_company_is_called_as_on_the_day(ask: Ask, on: str, name: str) -> None:
    company = row(ask(target="CD19", modality="car_t", jurisdiction="CN", on=on), "奕凯达").company
    assert company is not None and company.name == name


def test_every_row_of_every_arena_walks_back_to_words(ask: Ask, starter: Snapshot) -> None:
    arenas = [
        {"lane": "all", part: value, "clock": clock}
        for part, query in (
            ("indication", "select distinct indication from programme where indication is not null order by 1"),
            (
                "target",
                "select distinct unnest(string_split(target, '|')) from product where target is not null order by 1",
            ),
            ("modality", "select distinct modality from product where modality is not null order by 1"),
        )
        for (value,) in starter.connection.execute(query).fetchall()
        for clock in ("now", "then")
    ]
    asked = 0
    for arena in arenas:
        answer = ask(**arena)
        held = {one.id: one.evidence for one in answer.standings}
        leads = [one.lead.over.id for one in answer.standings if one.lead]
        assert leads == [one.id for one in answer.standings[1:]], (
            "a lead is over the next row, whose evidence is its own"
        )
        ids = [id for evidence in held.values() for id in evidence]
        ids += [id for one in answer.firsts for id in one.evidence]
        ids += [id for one in answer.open_questions for id in one.evidence]
        for quote in quotes(starter, ids):
            assert quote.words and quote.document and quote.known_on and quote.citation
        assert all(held.values()) and all(one.evidence for one in answer.firsts)
        asked += len(ids)
    assert asked > 400


def test_a_dosing_without_a_phase_is_phase_1_by_implication(ask: Ask) -> None:
    one = row(ask("LHON", modality="gene_therapy", jurisdiction="CN"), "NFS-02")
    assert (one.rung, one.reached and one.reached.date, one.status) == ("phase_1", "2023-08-17", "implied")
    assert one.because is not None and "phase of the study is not stated" in one.because


def test_no_row_of_the_starter_ledger_is_proven(ask: Ask, starter: Snapshot) -> None:
    statuses = {row[0] for row in starter.connection.execute("select distinct status from milestone").fetchall()}
    assert statuses <= {"cited", "unverified", "implied"}


def test_a_trial_that_only_the_starter_ledger_knows(starter: Snapshot) -> None:
    held = trial(starter, "NCT05203679", date(2026, 1, 1), "now")
    assert held.record["startDate"] == "2021-12-30" and held.record["phases"] == ["PHASE3"]
    assert [one.id for one in held.programmes] == ["prog:bbm-h901/haemophilia-b"]
    (quote,) = quotes(starter, [held.evidence["startDate"]])
    assert quote.words == "2021-12-30"


def test_a_revised_start_gives_two_answers_by_clock(starter: Snapshot) -> None:
    then = trial(starter, "NCT02484092", date(2019, 1, 1), "then")
    now = trial(starter, "NCT02484092", date(2019, 1, 1), "now")
    assert (then.record["startDate"], now.record["startDate"]) == ("2015-09", "2015-11-18")


def test_a_revised_start_moves_the_standing_by_clock(ask: Ask) -> None:
    for clock, reached in (("then", "2015-09"), ("now", "2015-11-18")):
        one = row(ask(**HAEMOPHILIA_B, jurisdiction="US", on="2019-06-01", clock=clock), "SPK-9001")
        assert one.reached.date == reached


def test_a_race_is_also_a_table(ask: Ask) -> None:
    table = ask(**HAEMOPHILIA_B, jurisdiction="US", on="2026-11-01").to_arrow()
    first, second = table.slice(0, 2).to_pylist()
    assert (first["product"], first["date"], first["lead_months"]) == ("etranacogene dezaparvovec", "2022-11-22", 17.1)
    assert (second["place"], second["activity"], second["lead_months"]) == (2, "withdrawn_after_approval", None)


@pytest.mark.parametrize("on", ["2018-12-24", "2018-12-25", "2018-12-26"])
def test_a_contested_day_is_not_reached_while_the_sources_disagree(ask: Ask, on: str) -> None:
    answer = ask(target="PDCD1", modality="antibody", jurisdiction="CN", on=on)
    assert "sintilimab" not in names(answer)
    assert any(one.programme.startswith("sintilimab") for one in answer.open_questions)


def test_a_race_is_also_a_polars_frame(ask: Ask) -> None:
    frame = ask(**HAEMOPHILIA_B, jurisdiction="US", on="2026-11-01").to_polars()
    assert frame["product"].to_list()[:2] == ["etranacogene dezaparvovec", "fidanacogene elaparvovec"]


def test_after_a_withdrawn_application_the_next_step_is_to_file_again(ask: Ask) -> None:
    arena = {"indication": "LHON", "modality": "gene_therapy", "jurisdiction": "EU"}
    before, after = (row(ask(**arena, on=on), "Lumevoq") for on in ("2022-01-01", "2024-01-01"))
    assert (before.rung, before.next) == ("accepted", "approved")
    assert (after.rung, after.next) == ("accepted", "filed")
