"""Every packaged row: that it reads, that what it names exists, and that it claims no more than it may."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from frontrunner.model import (
    CompanyClaim,
    MilestoneClaim,
    NameClaim,
    PartialDate,
    ProductClaim,
    ProgrammeClaim,
    TrialClaim,
)
from frontrunner.reading import layout
from frontrunner.sources import starter

from .conftest import Ledger

HAN = re.compile("[\u4e00-\u9fff]")

#: what an authority does, so that the day of the act is the day it could be known
ACTS = {
    "approval",
    "licence_revoked",
    "negative_opinion",
    "orphan_designation",
    "submission_accepted",
    "withdrawn_application",
}


def first_known(ledger: Ledger, table: str, column: str) -> dict[str, str]:
    """id -> the first day on which the ledger knows of it."""
    known: dict[str, str] = {}
    for cells in ledger.cells:
        if cells["table"] == table:
            known[cells[column]] = min(known.get(cells[column], "9999"), cells["known_on"])
    return known


def test_headers_are_the_layout(ledger: Ledger) -> None:
    for packaged in starter.bundled():
        header = packaged.read_text("utf-8").splitlines()[0].split(",")
        assert tuple(header) == layout.columns(packaged.name.removesuffix(".csv"))
    assert {cells["table"] for cells in ledger.cells} == set(layout.TABLES) - {"deals", "prices"}


def test_cells_are_trimmed_and_on_one_line(ledger: Ledger) -> None:
    for cells in ledger.cells:
        for text in cells.values():
            assert text == text.strip() and "\n" not in text


def test_a_key_and_a_day_name_one_row(ledger: Ledger) -> None:
    seen = Counter((one.key, one.known_on) for one in ledger.readings)
    assert [key for key, rows in seen.items() if rows > 1] == []


def test_ids_exist_and_are_known_before_what_uses_them(ledger: Ledger) -> None:
    companies = first_known(ledger, "companies", "company")
    products = first_known(ledger, "products", "product")
    programmes = first_known(ledger, "programmes", "programme")
    known = companies | products | programmes
    for cells in ledger.cells:
        used = [cells.get(name) for name in ("company", "parent", "product", "originator", "subject", "programme")]
        for one in filter(None, used):
            assert one in known, f"{one} is used and never stated"
            assert known[one] <= cells["known_on"], f"{one} is known later than {cells}"


def test_every_programme_has_a_product_of_its_own_slug_and_a_developer(ledger: Ledger) -> None:
    roles: dict[str, set[str]] = defaultdict(set)
    indications: dict[str, set[str]] = defaultdict(set)
    for one in ledger.claims(ProgrammeClaim):
        assert isinstance(one, ProgrammeClaim)
        assert one.programme.split("/")[0].removeprefix("prog:") == one.product.removeprefix("prod:")
        roles[one.programme].add(one.role)
        indications[one.programme].add(one.indication)
    assert [programme for programme, held in roles.items() if "developer" not in held] == []
    assert [programme for programme, held in indications.items() if len(held) > 1] == []


def test_every_programme_has_a_milestone_and_every_product_a_name(ledger: Ledger) -> None:
    programmes = {one.programme for one in ledger.claims(ProgrammeClaim)}
    assert programmes == {one.programme for one in ledger.claims(MilestoneClaim)}
    named = {one.subject for one in ledger.claims(NameClaim)}
    assert [one.product for one in ledger.claims(ProductClaim) if one.product not in named] == []


def test_trials_of_milestones_belong_to_their_programme(ledger: Ledger) -> None:
    linked = {(one.trial_id, one.programme) for one in ledger.claims(TrialClaim)}
    named = {(trial, one.programme) for one in ledger.claims(MilestoneClaim) for trial in one.trials}
    assert named <= linked


def test_nothing_is_known_before_it_happened_or_after_the_edition(ledger: Ledger) -> None:
    for one in ledger.readings:
        assert one.known_on is not None and one.known_on <= starter.EDITION
        assert one.as_of == starter.EDITION
    for milestone in ledger.claims(MilestoneClaim):
        assert date.fromisoformat(milestone.known_on) >= PartialDate(milestone.happened_on).first


def test_what_rests_on_memory_says_so(ledger: Ledger) -> None:
    for reading in ledger.readings:
        (one,) = reading.statements
        assert (one.authority == "memory") == (one.citation == "memory"), reading.key
        assert not (one.verified and one.authority == "memory"), reading.key


def test_no_row_claims_more_than_its_source_can(ledger: Ledger) -> None:
    for reading in ledger.readings:
        (one,) = reading.statements
        assert one.authority != "regulator_decision", "no decision is held"
        assert one.known_basis != "posted" or one.authority == "registry", reading.key
        assert "ClinicalTrials.gov" not in one.citation or one.authority == "registry", reading.key
    for one in ledger.claims(MilestoneClaim):
        assert one.known_basis != "act" or one.event in ACTS, one.fact
        if one.authority == "registry":
            assert one.rung not in ("ind_filed", "ind_cleared", "filed", "accepted", "approved"), one.fact


def test_rungs_follow_their_events(ledger: Ledger) -> None:
    fixed = {
        "ind_submission": "ind_filed",
        "ind_clearance": "ind_cleared",
        "submission": "filed",
        "submission_accepted": "accepted",
        "approval": "approved",
    }
    starts = {"trial_start", "first_patient", "iit_start"}
    for one in ledger.claims(MilestoneClaim):
        if one.event in starts:
            assert one.rung in (None, "phase_1", "phase_1_2", "phase_2", "pivotal"), one.fact
        else:
            assert one.rung == fixed.get(one.event), one.fact
        assert one.kind is None or one.event == "approval", one.fact
        assert one.event != "iit_start" or one.lane == "iit", one.fact


def test_two_rows_of_one_fact_really_differ(ledger: Ledger) -> None:
    facts: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for cells in ledger.cells:
        if cells["table"] == "milestones":
            facts[cells["fact"]][cells["row"]].append(cells)
    contested = {fact: rows for fact, rows in facts.items() if len(rows) > 1}
    assert len(contested) >= 7
    for fact, rows in contested.items():
        assert "" not in rows, f"{fact}: its rows need numbers, or they would be versions of one another"
        latest = [max(versions, key=lambda cells: cells["known_on"]) for versions in rows.values()]
        assert len({cells["citation"] + cells["note"] for cells in latest}) == len(latest)
        said = {(cells["happened_on"], cells["note"]) for cells in latest}
        assert len(said) == len(latest), f"{fact}: the same statement twice"
    for fact, rows in facts.items():
        scopes = {(c["event"], c["jurisdiction"], c["lane"], c["rung"]) for versions in rows.values() for c in versions}
        assert len(scopes) == 1, f"{fact} is about several things"


def test_chinese_names(ledger: Ledger) -> None:
    chinese = {one.company for one in ledger.claims(CompanyClaim) if one.country == "CN"}
    named = {one.subject for one in ledger.claims(NameClaim) if one.lang == "zh"}
    assert chinese <= named
    for one in ledger.claims(NameClaim):
        assert bool(HAN.search(one.value)) == (one.lang == "zh"), one.value


def test_a_company_with_versions_keeps_a_dated_short_name(ledger: Ledger) -> None:
    versions: dict[str, list[str]] = defaultdict(list)
    for one in ledger.claims(CompanyClaim):
        versions[one.company].append(one.known_on)
    for company, days in versions.items():
        short = [
            one.known_on
            for one in ledger.claims(NameClaim)
            if (one.subject, one.kind, one.lang) == (company, "short", "en")
        ]
        assert len(days) == 1 or min(short) <= min(days), company


@pytest.mark.parametrize("pattern", [r"@", r"\b1[3-9]\d{9}\b", r"https?://"])
def test_no_addresses_in_the_tables(pattern: str) -> None:
    for packaged in starter.bundled():
        assert not re.search(pattern, packaged.read_text("utf-8"))
