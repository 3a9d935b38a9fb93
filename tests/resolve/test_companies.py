"""Sponsors: one key for the spellings of a name, no key for two firms, a parent only as a hint."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.companies import company_key, organisation_kind, parent_hint, parent_key, slug
from frontrunner.resolve.names import rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UniQure Biopharma B.V.", "uniQure"),
        ("Kite, A Gilead Company", "Kite"),
        ("Baxalta now part of Shire", "Baxalta"),
        ("NightstaRx Ltd, a Biogen Company", "NightstaRx"),
        ("Juno Therapeutics, a Subsidiary of Celgene", "Juno Therapeutics, Inc."),
        ("Solid Biosciences, LLC", "Solid Biosciences"),
        ("Merck Sharp & Dohme Corp.", "Merck Sharp & Dohme LLC"),
        ("F. Hoffmann-La Roche Ltd", "Hoffmann-La Roche"),
        ("Ipsen Pharma, S.A.", "Ipsen"),
        ("Boehringer Ingelheim Pharma GmbH & Co. KG", "Boehringer Ingelheim"),
        ("Carsgen Therapeutics Co., Ltd.", "CARsgen Therapeutics"),
        ("bluebird bio, Inc.", "bluebird bio"),
        ("Glaxosmithkine Research & Development", "GlaxoSmithKline"),
        ("杭州嘉因生物科技有限公司", "杭州嘉因生物科技"),
        ("上海复星医药(集团)股份有限公司", "上海复星医药"),
        ("北京锦篮基因科技股份有限公司", "北京锦篮基因科技有限公司"),
        ("Maruho Co., Ltd. Kyoto R&D Center", "Maruho Co.,Ltd."),
        ("Les Laboratoires Servier", "Servier"),
        ("Mallinckrodt Hospital Products", "Mallinckrodt"),
        ("Axsome Malta, Ltd.", "Axsome Therapeutics, Inc."),
        ("medac Gesellschaft für klinische Spezialpräparate mbH", "Medac GmbH"),
        ("Merck Europe B.V.", "Merck KGaA"),
        ("Laboratorios LETI, S.L. Unipersonal", "Leti, S.L.U."),
        ("Korea UCB Co. Ltd.", "UCB Pharma SA"),
        ("SciencePharma spółka z ograniczoną odpowiedzialnością sp. k.", "SciencePharma"),
    ],
)
def test_spellings_of_one_firm_share_a_key(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Merck KGaA", "Merck & Co., Inc."),
        ("Merck KGaA", "Merck Sharp & Dohme LLC"),
        ("Kite, A Gilead Company", "Gilead Sciences"),
        ("Baxalta now part of Shire", "Shire"),
        ("Fosun Kite Biotechnology Co., Ltd.", "Kite Pharma"),
        ("Purdue Pharma LP", "Purdue University"),
        ("Sun Pharma Advanced Research Company Limited", "Sun Pharmaceutical Industries Limited"),
        ("AveXis, Inc.", "Novartis Pharmaceuticals"),
        ("复星凯特生物科技有限公司", "复星凯瑞(上海)生物科技有限公司"),
        ("科济药业", "科济基因"),
        ("Spark Therapeutics", "Sparks Foundation"),
        ("Shanghai Runshi Pharmaceutical Technology Co., Ltd", "Shanghai Junshi Bioscience Co., Ltd."),
        ("Bioray Laboratories", "BioRay Pharmaceutical Co., Ltd."),
        ("The Medicines Company", "Medicines Development for Global Health"),
    ],
)
def test_look_alikes_parents_and_renamed_firms_stay_apart(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Kite, A Gilead Company", "gilead"),
        ("Baxalta now part of Shire", "shire"),
        ("Bioverativ, a Sanofi company", "sanofi"),
        ("Juno Therapeutics, a Subsidiary of Celgene", "celgene"),
        ("Wyeth is now a wholly owned subsidiary of Pfizer", "pfizer"),
        ("Bioverativ a Sanofi Company Inc.", "sanofi"),
        ("Spark Therapeutics", None),
        ("The Medicines Company", None),
    ],
)
def test_a_name_may_hint_at_a_parent(name: str, parent: str | None) -> None:
    assert parent_hint(name) == parent


@pytest.mark.parametrize(
    ("name", "on", "parent"),
    [
        ("Dyax Corp.", None, "takeda"),
        ("Dyax Corp.", date(2018, 6, 1), "shire"),
        ("Dyax Corp.", date(2015, 6, 1), None),
        ("Alcon Research Limited", date(2015, 1, 1), "novartis"),
        ("Alcon Research Limited", None, None),
        ("Ignota, a Celgene Company", None, "bristol myers squibb"),
        ("Belief BioMed", None, None),
    ],
)
def test_an_owner_is_a_dated_fact_and_no_merge(name: str, on: date | None, parent: str | None) -> None:
    assert parent_key(name, on) == parent
    assert company_key(name) != parent


def test_every_owner_is_written_as_the_keys_of_its_names() -> None:
    for row in rules("company_owners"):
        assert company_key(row["company"]) == row["company"], row
        assert not row["owner"] or company_key(row["owner"]) == row["owner"], row
        assert row["how"] in ("acquired", "part", "renamed", "independent"), row
        assert row["source"], row
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["since"]), row


def test_owners_have_sources_and_days_that_these_tell() -> None:
    """A quarter of all facts has one, those met most first; a sponsor's own field says whose it is, and no day."""
    sourced = [row for row in rules("company_owners") if row["source"] != "memory"]
    assert len(sourced) >= 250
    for row in sourced:
        assert not row["source"].startswith("sponsor field") or len(row["since"]) <= 4, row


@pytest.mark.parametrize(
    ("name", "registry_class", "kind"),
    [
        ("Kite, A Gilead Company", "INDUSTRY", "company"),
        ("Belief BioMed", "INDUSTRY", "company"),
        ("Shenzhen Geno-Immune Medical Institute", "OTHER", "other"),
        ("Institute of Hematology & Blood Diseases Hospital", "OTHER", "hospital"),
        ("Changhai Hospital", "OTHER_GOV", "hospital"),
        ("St. Jude Children's Research Hospital", "OTHER", "hospital"),
        ("Huazhong University of Science and Technology", "OTHER", "university"),
        ("University College, London", "OTHER", "university"),
        ("National Eye Institute (NEI)", "NIH", "government"),
        ("[individual]", "OTHER", "individual"),
        ("Qiming Venture Partners", None, "investor"),
        ("Carsgen Therapeutics, Ltd.", None, "company"),
        ("Almirall, S.A.", None, "company"),
        ("Dr. Falk Pharma GmbH", None, "company"),
        ("Instituto Grifols, S.A.", None, "company"),
        ("Central Adelaide Local Health Network Incorporated", "OTHER_GOV", "government"),
        ("北京协和医院", None, "hospital"),
        ("四川大学", None, "university"),
        ("江苏恒瑞医药股份有限公司", None, "company"),
    ],
)
def test_kinds_by_class_and_words(name: str, registry_class: str | None, kind: str) -> None:
    assert organisation_kind(name, registry_class) == kind


def test_a_slug_keeps_chinese() -> None:
    assert slug(company_key("Belief BioMed")) == "belief-biomed"
    assert slug(company_key("信念医药")) == "信念医药"


@given(st.text(max_size=60))
def test_a_key_is_never_empty_and_its_own_key(name: str) -> None:
    key = company_key(name)
    assert key and company_key(key) == key


def test_the_keys_of_real_sponsors_are_their_own_keys(shared_data: Path) -> None:
    with (shared_data / "gold" / "sponsor_names.csv").open(encoding="utf-8", newline="") as lines:
        keys = {company_key(row["name_of_sponsor"]) for row in csv.DictReader(lines)}
    assert all(company_key(key) == key for key in keys)
