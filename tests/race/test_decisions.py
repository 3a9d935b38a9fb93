"""What regulators' rows say becomes milestones: whose day a licence is, and what stays undated, contested or apart."""

from datetime import date
from pathlib import Path

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.dossiers import company, programme
from frontrunner.race.ledger import ledger
from frontrunner.race.newest import newest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Milestone, Race, Standing
from frontrunner.race.standings import race
from frontrunner.race.why import quotes, why
from frontrunner.store.home import Home
from tests.studies import lines, study

from .regulators import Row, licence, medicine, protected, written

USE_B = "hemophilia B"
TWO_USES = "Sickle Cell Disease; beta-Thalassemia"


def home(folder: Path, **tables: list[Row]) -> Snapshot:
    """A home of these tables, in this order."""
    folder.mkdir(exist_ok=True)
    made = Home(folder / "home")
    report = ingest(made, [written(folder, f"{name}.csv", rows) for name, rows in tables.items()])
    assert not report.problems
    return Snapshot(made)


def ask(snapshot: Snapshot, *names: str, **parts: str) -> Race:
    return race(snapshot, asked(*names, **parts))


def only(answer: Race) -> Standing:
    (row,) = answer.standings
    return row


def told(snapshot: Snapshot, id: str, event: str) -> list[Milestone]:
    found = programme(snapshot, id, date.max, "now").milestones
    return [milestone for milestone in found if milestone.event == event]


def test_a_licence_dates_the_only_use_and_leads_back_to_its_cell(tmp_path: Path) -> None:
    rows = [protected("Examplevec", "examplegene testparvovec", "2022-11-22", USE_B, "1")]
    with home(
        tmp_path, purple=[licence("Examplevec", "examplegene testparvovec-abcd", "22-Nov-22", "125901")], list=rows
    ) as made:
        row = only(ask(made, USE_B, modality="gene_therapy", jurisdiction="US"))
        assert (row.product.name, row.rung, row.status) == ("examplegene testparvovec", "approved", "proven")
        assert row.reached is not None and row.reached.date == "2022-11-22"
        assert [quote.words for quote in quotes(made, row.evidence)] == ["2022-11-22"]


def test_a_licence_for_several_uses_dates_the_product_and_each_use_only_from_below(tmp_path: Path) -> None:
    with home(
        tmp_path, ema=[medicine("Examplecel", "examplegene autotemcel", "09/02/2024", TWO_USES, "009001")]
    ) as made:
        whole = only(ask(made, modality="gene_therapy", jurisdiction="EU"))
        assert (whole.programme, whole.reached and whole.reached.date) == (
            "examplegene autotemcel in any use",
            "2024-02-09",
        )
        use = only(ask(made, "sickle cell disease", jurisdiction="EU"))
        assert (use.rung, use.status) == ("approved", "implied")
        assert use.because and "not before that day" in use.because
        words = [quote.words for quote in why(made, use.id).quotes]
        assert words[0] == "09/02/2024" and "Sickle Cell Disease" in words[1], "the words that name the use"
        early = ask(made, "sickle cell disease", jurisdiction="EU", on="2024-06-01")
        assert early.standings == [], "the table of 2025 does not prove the use of 2024"
        assert [question.milestone for question in early.open_questions] == ["approved"]


def test_a_list_by_use_dates_every_use(tmp_path: Path) -> None:
    book = [licence("Examplecel", "examplegene autotemcel", "8-Dec-23", "125902")]
    uses = [
        protected("Examplecel", "examplegene autotemcel", "2023-12-08", "sickle cell disease", "1"),
        protected("Examplecel", "examplegene autotemcel", "2024-01-16", "beta-thalassemia", "2"),
    ]
    with home(tmp_path, purple=book, list=uses) as made:
        days = {
            disease: only(ask(made, disease, jurisdiction="US")).reached
            for disease in ("sickle cell disease", "beta thalassemia")
        }
        assert {name: day and day.date for name, day in days.items()} == {
            "sickle cell disease": "2023-12-08",
            "beta thalassemia": "2024-01-16",
        }


def test_two_tables_that_disagree_are_both_kept_and_the_day_of_the_use_is_shown(tmp_path: Path) -> None:
    book = [licence("Examplate", "Example Factor (Human)", "17-Mar-00", "101999")]
    uses = [protected("Examplate", "Example Factor (Human)", "1992-08-20", USE_B, "1")]
    with home(tmp_path, purple=book, list=uses) as made:
        row = only(ask(made, USE_B, jurisdiction="US"))
        assert (row.status, row.reached and row.reached.date) == ("contested", "1992-08-20")
        (question,) = ask(made, USE_B, jurisdiction="US").open_questions
        assert question.why == "sources disagree: 1992-08-20 to 2000-03-17"
        assert {one.date for one in told(made, row.id, "approval")} == {"1992-08-20", "2000-03-17"}


def test_a_proper_name_that_two_makers_share_joins_nothing(tmp_path: Path) -> None:
    uses = [
        protected(
            "Examplate", "Coagulation Factor IX (human)", "1990-12-31", USE_B, "1", **{"Sponsor Company": "One Works"}
        ),
        protected(
            "Testonine", "Coagulation Factor IX (human)", "1992-08-20", USE_B, "2", **{"Sponsor Company": "Two Works"}
        ),
    ]
    with home(tmp_path, list=uses) as made:
        rows = ask(made, USE_B, jurisdiction="US").standings
        assert [(row.product.name, row.company and row.company.name) for row in rows] == [
            ("Examplate", "One Works"),
            ("Testonine", "Two Works"),
        ]


@pytest.mark.parametrize(
    ("status", "dated_by", "event"),
    [
        ("Application withdrawn", "Withdrawal of application date", "withdrawn_application"),
        ("Refused", "Refusal of marketing authorisation date", "refusal"),
    ],
)
def test_what_was_turned_down_is_no_approval(tmp_path: Path, status: str, dated_by: str, event: str) -> None:
    days = {"Marketing authorisation date": "", dated_by: "20/04/2023", "Start of evaluation date": "29/10/2020"}
    row = medicine("Examplevoq", "examplegene testparvovec", "", "Hemophilia B", "009002", **days)
    with home(tmp_path, ema=[row | {"Medicine status": status}]) as made:
        found = only(ask(made, USE_B, jurisdiction="EU"))
        assert (found.rung, found.reached and found.reached.date, found.next) == ("accepted", "2020-10-29", "filed")
        (milestone,) = told(made, found.id, event)
        assert milestone.date == "2023-04-20"


def test_a_licence_that_is_no_more_is_withdrawn_after_approval_for_every_use(tmp_path: Path) -> None:
    gone = licence("Examplecel", "examplegene autotemcel", "25-Apr-24", "125901", Licensure="Voluntarily Revoked")
    uses = [
        protected("Examplecel", "examplegene autotemcel", "2024-04-25", "sickle cell disease", "1"),
        protected("Examplecel", "examplegene autotemcel", "2024-06-20", "beta-thalassemia", "2"),
    ]
    with home(tmp_path, purple=[gone], list=uses) as made:
        for disease in ("sickle cell disease", "beta thalassemia"):
            row = only(ask(made, disease, jurisdiction="US"))
            assert (row.rung, row.activity) == ("approved", "withdrawn_after_approval")


def test_a_licence_that_ended_beside_one_that_stands_ends_nothing(tmp_path: Path) -> None:
    both = [
        licence("Examplevec", "examplegene testparvovec", "25-Apr-24", "125901", Licensure="Voluntarily Revoked"),
        licence("Othervec", "examplegene testparvovec", "26-Apr-24", "125902"),
    ]
    with home(tmp_path, purple=both) as made:
        row = only(ask(made, modality="gene_therapy", jurisdiction="US"))
        assert (row.rung, row.activity) == ("approved", "active")


def test_a_european_approval_of_before_2021_counts_in_the_united_kingdom(tmp_path: Path) -> None:
    rows = [
        medicine("Oldvec", "oldgene testparvovec", "23/08/2018", "Hemophilia B", "009003"),
        medicine("Newvec", "newgene testparvovec", "24/08/2022", "Hemophilia B", "009004"),
    ]
    with home(tmp_path, ema=rows) as made:
        assert [row.product.name for row in ask(made, USE_B, jurisdiction="EU").standings] == [
            "oldgene testparvovec",
            "newgene testparvovec",
        ]
        british = only(ask(made, USE_B, jurisdiction="UK"))
        assert (british.product.name, british.status) == ("oldgene testparvovec", "implied")
        assert british.because is not None and "unless its holder declined" in british.because
        assert ask(made, USE_B, jurisdiction="EU").standings[0].status == "proven"
        first = next(one for one in ledger(made, asked(USE_B, jurisdiction="EU")).firsts if one.milestone == "approved")
        assert first.status == "proven"


def test_exclusivity_says_until_when_and_designations_stand_beside_the_rungs(tmp_path: Path) -> None:
    use = protected(
        "Examplevec", "examplegene testparvovec", "2022-11-22", USE_B, "1", **{"Exclusivity End Date": "2029-11-22"}
    )
    with home(tmp_path, list=[use]) as made:
        row = only(ask(made, USE_B, jurisdiction="US"))
        (exclusive,) = told(made, row.id, "orphan_exclusivity")
        assert (exclusive.date, exclusive.until) == ("2022-11-22", "2029-11-22")
        (designated,) = told(made, row.id, "orphan_designation")
        assert designated.date == "2010-01-04" and designated.rung is None


@pytest.mark.parametrize(("end", "british"), [("24/03/2022", "active"), ("28/10/2020", "withdrawn_after_approval")])
def test_what_ends_a_european_licence_ended_it_in_the_united_kingdom_until_2021(
    tmp_path: Path, end: str, british: str
) -> None:
    ended = "Withdrawal / expiry / revocation / lapse of marketing authorisation date"
    gone = {"Medicine status": "Withdrawn", ended: end}
    row = medicine("Oldvec", "oldgene testparvovec", "29/05/2019", "Hemophilia B", "009003", **gone)
    with home(tmp_path, ema=[row]) as made:
        assert only(ask(made, USE_B, jurisdiction="EU")).activity == "withdrawn_after_approval"
        assert only(ask(made, USE_B, jurisdiction="EU", on="2020-10-01")).activity == "active"
        assert only(ask(made, USE_B, jurisdiction="UK")).activity == british


def test_a_licence_whose_use_is_not_told_is_an_open_question_of_the_pivotal_programmes(tmp_path: Path) -> None:
    book = [licence("Examplimab", "examplimab", "8-Dec-23", "125904")]
    records = [
        study(
            nct=f"NCT9000002{number}",
            title=f"Examplimab in {disease}",
            conditions=[disease],
            phases=["PHASE3"],
            interventions=[{"type": "BIOLOGICAL", "name": "Examplimab"}],
        )
        for number, disease in enumerate(("Melanoma", "Hemophilia B"))
    ]
    made = Home(tmp_path / "home")
    paths = [written(tmp_path, "purple.csv", book), lines(tmp_path / "studies.jsonl", *records)]
    assert not ingest(made, paths).problems
    with Snapshot(made) as snapshot:
        answer = ask(snapshot, "melanoma", jurisdiction="US")
        assert only(answer).rung == "pivotal"
        (question,) = answer.open_questions
        assert (question.milestone, question.date) == ("approved", "2023-12-08")
        assert "whether for this use" in question.why


def test_an_exclusivity_names_whom_it_may_keep_out_until_it_ends(tmp_path: Path) -> None:
    until = {"Exclusivity End Date": "2029-11-22"}
    uses = [
        protected("Firstvec", "etranacogene dezaparvovec", "2022-11-22", USE_B, "1", **until),
        protected("Secondvec", "fidanacogene elaparvovec", "2024-04-25", USE_B, "2"),
        protected("Factorate", "Coagulation Factor IX (human)", "1990-12-31", USE_B, "3"),
    ]
    with home(tmp_path, list=uses) as made:
        (held,) = ask(made, USE_B, jurisdiction="US", on="2025-01-01").exclusivity
        assert (held.programme, held.since, held.until) == (
            "etranacogene dezaparvovec in hemophilia B",
            "2022-11-22",
            "2029-11-22",
        )
        assert [rival.programme for rival in held.may_keep_out] == ["fidanacogene elaparvovec in hemophilia B"]
        assert ask(made, USE_B, jurisdiction="US", on="2022-11-21").exclusivity == []
        assert ask(made, USE_B, jurisdiction="US", on="2029-11-23").exclusivity == []
        assert ask(made, USE_B, jurisdiction="EU", on="2025-01-01").exclusivity == []


def test_an_official_act_is_known_from_its_own_day(tmp_path: Path) -> None:
    use = protected("Examplevec", "examplegene testparvovec", "2022-11-22", USE_B, "1")
    with home(tmp_path, list=[use]) as made:
        row = only(ask(made, USE_B, jurisdiction="US", on="2023-01-01", clock="then"))
        assert (row.rung, row.product.name) == ("approved", "examplegene testparvovec")
        assert ask(made, USE_B, jurisdiction="US", on="2022-11-21", clock="then").standings == []
        (approval,) = told(made, row.id, "approval")
        assert (approval.known_from, approval.known_basis) == ("2022-11-22", "act")


def test_an_undated_use_is_known_only_from_the_table_that_names_it(tmp_path: Path) -> None:
    with home(
        tmp_path, ema=[medicine("Examplecel", "examplegene autotemcel", "09/02/2024", TWO_USES, "009001")]
    ) as made:
        assert ask(made, "sickle cell disease", jurisdiction="EU", on="2025-03-14", clock="then").standings == []
        assert (
            only(ask(made, "sickle cell disease", jurisdiction="EU", on="2025-03-15", clock="then")).rung == "approved"
        )


def test_the_licence_of_a_copy_does_not_date_a_use_of_the_first(tmp_path: Path) -> None:
    rows = [
        medicine("Examplimid", "examplimid", "14/06/2007", "Multiple Myeloma; Melanoma", "009005"),
        medicine("Examplimid Copy", "examplimid", "20/09/2018", "Multiple Myeloma", "009006"),
    ]
    with home(tmp_path, ema=rows) as made:
        row = only(ask(made, "multiple myeloma", jurisdiction="EU"))
        assert (row.reached and row.reached.date, row.status) == ("2007-06-14", "implied")


def test_a_licence_dates_no_use_where_another_label_of_the_product_is_not_understood(tmp_path: Path) -> None:
    book = [licence("Examplimab", "examplimab", "10-Dec-97", "125907")]
    uses = [
        protected("Examplimab", "examplimab", "2016-05-27", "multiple sclerosis", "1"),
        protected("Examplimab", "examplimab", "1997-12-10", "something that nobody knows", "2"),
    ]
    with home(tmp_path, purple=book, list=uses) as made:
        row = only(ask(made, "multiple sclerosis", jurisdiction="US"))
        assert (row.reached and row.reached.date, row.status) == ("2016-05-27", "proven")


def test_brands_that_only_trials_name_together_stay_apart(tmp_path: Path) -> None:
    uses = [
        protected("Firstaferon", "Interferon (human)", "1993-07-23", "multiple sclerosis", "1"),
        protected("Secondaferon", "Interferon (human)", "1996-05-17", "multiple sclerosis", "2"),
    ]
    both = [{"type": "BIOLOGICAL", "name": "Firstaferon", "otherNames": ["Secondaferon"]}]
    trials = lines(tmp_path / "studies.jsonl", study(conditions=["Multiple Sclerosis"], interventions=both))
    made = Home(tmp_path / "home")
    assert not ingest(made, [trials, written(tmp_path, "list.csv", uses)]).problems
    with Snapshot(made) as snapshot:
        rows = ask(snapshot, "multiple sclerosis", jurisdiction="US").standings
        assert [row.product.name for row in rows if row.rung == "approved"] == ["Firstaferon", "Secondaferon"]


def test_a_licence_whatever_the_use_stands_in_the_dossiers_too(tmp_path: Path) -> None:
    both = [
        medicine("Examplecel", "examplegene autotemcel", "09/02/2024", TWO_USES, "009001"),
        medicine("Firstimid", "examplimid", "14/06/2007", "Multiple Myeloma; Melanoma", "009005"),
    ]
    with home(tmp_path, ema=both) as made:
        whole = programme(made, "prog:examplegene-autotemcel", date.max, "now")
        assert (whole.programme, whole.indication) == ("examplegene autotemcel in any use", None)
        held = company(made, "Example Works", date.max, "now")
        assert [one.programme for one in held.programmes if one.programme.endswith("any use")] == [
            "examplimid in any use",
            "examplegene autotemcel in any use",
        ]
        assert {one.indication for one in newest(made, 50, date(2026, 1, 1), "now").moved} >= {None}
