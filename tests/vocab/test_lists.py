"""Every CSV of the vocabularies, held to the rules that the code relies on."""

import csv
import re
from pathlib import Path

import pytest

from frontrunner import vocab

FOLDER = Path(vocab.__file__).parent
COLUMNS = ["id", "label", "label_zh", "synonyms", "parents", "external_id"]
EXTRA = {
    "rung": ["order"],
    "authority": ["order"],
    "event": ["rung", "effect", "everywhere"],
    "country": ["jurisdiction"],
}
EXPECTED = {
    "rung": "preclinical ind_filed ind_cleared phase_1 phase_1_2 phase_2 pivotal filed accepted approved",
    "activity": "active paused silent stopped withdrawn_after_approval",
    "lane": "registrational iit all",
    "clock": "now then",
    "status": "proven cited implied contested unverified",
    "known_basis": "posted act published fetched",
    "precision": "day month year",
    "authority": "regulator_decision regulator_table regulator_list filing registry registry_copy company press memory",
    "approval_kind": "full conditional accelerated expanded",
    "role": "originator developer licensee manufacturer investor",
    "name_kind": "short legal former group code inn brand variant",
    "verdict": "same different unsure",
    "organisation_kind": "company hospital university investor government individual other",
}

every_list = pytest.mark.parametrize("name", vocab.names())


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@every_list
def test_columns_are_the_common_ones_and_the_lists_own(name: str) -> None:
    header = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
    assert header == COLUMNS + EXTRA.get(name, [])
    assert all(None not in row and None not in row.values() for row in rows(name)), "a row with a cell too many or few"


@every_list
def test_ids_are_unique_and_cells_are_trimmed(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert len(set(ids)) == len(ids)
    for row in rows(name):
        for cell in row.values():
            assert all(part == part.strip() for part in cell.split("|")), row
            assert cell == "" or "" not in cell.split("|"), row


@every_list
def test_every_label_has_a_chinese_one(name: str) -> None:
    for row in rows(name):
        assert row["label"], row
        assert re.search(r"[\u4e00-\u9fff]", row["label_zh"]), row


@every_list
def test_no_name_answers_to_two_terms(name: str) -> None:
    answers: dict[str, str] = {}
    for term in vocab.load(name).terms.values():
        for called in term.names():
            folded = vocab.fold(called)
            assert folded, f"{term.id}: {called!r} folds to nothing"
            assert answers.setdefault(folded, term.id) == term.id, f"{called!r} is {answers[folded]} and {term.id}"


@every_list
def test_a_synonym_is_listed_once(name: str) -> None:
    for term in vocab.load(name).terms.values():
        folded = [vocab.fold(called) for called in (term.label, term.label_zh, *term.synonyms)]
        assert len(set(folded)) == len(folded), f"{term.id} repeats a name"


@every_list
def test_parents_exist_and_nothing_is_above_itself(name: str) -> None:
    listed = vocab.load(name)
    for term in listed.terms.values():
        assert set(term.parents) <= set(listed.terms), term.id
        assert not any(term.id in listed.ancestors(parent) for parent in term.parents), f"a cycle through {term.id}"


@pytest.mark.parametrize("name", EXPECTED)
def test_closed_lists_hold_exactly_their_ids_in_order(name: str) -> None:
    assert list(vocab.load(name).terms) == EXPECTED[name].split()


@pytest.mark.parametrize("name", ["rung", "authority"])
def test_orders_rise_with_the_file(name: str) -> None:
    orders = [int(term.extra["order"]) for term in vocab.load(name).terms.values()]
    assert orders == sorted(set(orders))


def test_events_reach_rungs_that_exist_and_have_a_known_effect() -> None:
    effects = {"advance", "stop", "pause", "resume", "revive", "withdraw_licence", "none"}
    for term in vocab.load("event").terms.values():
        assert term.extra["rung"] in {"", *vocab.load("rung").terms}, term.id
        assert term.extra["effect"] in effects, term.id
        assert term.extra["everywhere"] in {"0", "1"}, term.id


def test_what_reaches_a_rung_never_counts_everywhere() -> None:
    for term in vocab.load("event").terms.values():
        assert not (term.extra["rung"] and term.extra["everywhere"] == "1"), term.id


def test_a_stop_and_what_undoes_it_count_everywhere() -> None:
    events = vocab.load("event").terms.values()
    stopping = {term.id for term in events if term.extra["effect"] == "stop"}
    reviving = {term.id for term in events if term.extra["effect"] in {"revive", "resume"}}
    assert stopping == {"discontinued", "terminated", "not_filed"}
    assert reviving == {"licence_deal", "acquisition", "clinical_hold_lifted"}
    assert all(term.extra["everywhere"] == "1" for term in events if term.id in stopping | reviving)


def test_countries_have_a_jurisdiction_that_exists() -> None:
    jurisdictions = vocab.load("jurisdiction").terms
    assert {term.extra["jurisdiction"] for term in vocab.load("country").terms.values()} <= set(jurisdictions)


def test_every_jurisdiction_but_global_holds_a_country() -> None:
    held = {term.extra["jurisdiction"] for term in vocab.load("country").terms.values()}
    assert set(vocab.load("jurisdiction").terms) - held == {"GLOBAL"}


def test_the_union_has_its_27_members_and_their_territories() -> None:
    inside = {term.id for term in vocab.load("country").terms.values() if term.extra["jurisdiction"] == "EU"}
    members = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
    assert inside == {*members, "AX", "GF", "GP", "MF", "MQ", "RE", "YT"}


@pytest.mark.parametrize("code", ["NO", "IS", "LI", "CH", "HK", "MO", "TW"])
def test_these_are_jurisdictions_of_their_own(code: str) -> None:
    assert vocab.load("country").terms[code].extra["jurisdiction"] == code


def test_the_kingdom_is_gb_as_a_country_and_uk_as_a_jurisdiction() -> None:
    assert vocab.load("country").terms["GB"].extra["jurisdiction"] == "UK"
    assert vocab.load("country").find("UK") == "GB"
    assert vocab.load("jurisdiction").find("GB") == "UK"


def test_ids_have_the_form_of_their_list() -> None:
    assert all(re.fullmatch(r"MONDO:\d{7}|FR:[a-z0-9-]+", i) for i in vocab.load("indication").terms)
    assert all(re.fullmatch(r"[A-Z]{2}", i) for i in vocab.load("country").terms)
    assert all(re.fullmatch(r"[a-z0-9_]+", i) for i in vocab.load("modality").terms)
    assert all(re.fullmatch(r"[A-Z0-9-]+|C\d+orf\d+|FR:[a-z0-9-]+", i) for i in vocab.load("target").terms)
