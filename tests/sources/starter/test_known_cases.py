"""Facts that the ledger must hold, written down independently of its tables (docs: the cases that break naive code)."""

from datetime import date

import pytest

from frontrunner.model import MilestoneClaim, NameClaim, PartialDate, ProductClaim, ProgrammeClaim, TrialClaim

from .conftest import Ledger

FACTS = [
    # haemophilia B
    ("Hemgenix", "approval", "US", "2022-11-22"),
    ("Hemgenix", "approval", "EU", "2023-02-20"),
    ("Hemgenix", "approval", "UK", "2023-03-27"),
    ("Hemgenix", "approval", "CA", "2023-10"),
    ("Beqvez", "approval", "CA", "2024-01-03"),
    ("Beqvez", "approval", "US", "2024-04-25"),
    ("Beqvez", "approval", "EU", "2024-07-24"),
    ("Beqvez", "discontinued", "GLOBAL", "2025-02-20"),
    ("Beqvez", "licence_revoked", "US", "2026-03"),
    ("BBM-H901", "iit_start", "CN", "2019-10-16"),
    ("BBM-H901", "ind_submission", "CN", "2021-04"),
    ("BBM-H901", "ind_clearance", "CN", "2021-08-06"),
    ("BBM-H901", "first_patient", "CN", "2021-12-30"),
    ("BBM-H901", "approval", "CN", "2025-04-10"),
    ("BBM-H901", "approval", "MO", "2026-03-19"),
    ("SPK-9001", "first_patient", "US", "2015-09"),
    ("SPK-9001", "first_patient", "US", "2015-11-18"),
    # an order that flips by jurisdiction
    ("toripalimab", "approval", "CN", "2018-12-17"),
    ("toripalimab", "approval", "US", "2023-10-27"),
    ("toripalimab", "approval", "EU", "2024-09-19"),
    ("tislelizumab", "approval", "CN", "2019-12-26"),
    ("tislelizumab", "approval", "US", "2024-03-13"),
    ("tislelizumab", "approval", "EU", "2023-09-15"),
    ("nivolumab", "approval", "CN", "2018-06-15"),
    ("sintilimab", "approval", "CN", "2018-12-24"),
    ("sintilimab", "approval", "CN", "2018-12-27"),
    # sickle cell disease and thalassaemia
    ("Casgevy", "approval", "UK", "2023-11-16"),
    ("Casgevy", "approval", "US", "2023-12-08"),
    ("Casgevy", "approval", "US", "2024-01-16"),
    ("Lyfgenia", "approval", "US", "2023-12-08"),
    # CD19 CAR-T
    ("Kymriah", "approval", "US", "2017-08-30"),
    ("Kymriah", "approval", "EU", "2018-08-23"),
    ("Yescarta", "approval", "US", "2017-10-18"),
    ("Yescarta", "approval", "EU", "2018-08-23"),
    ("FKC876", "approval", "CN", "2021-06-22"),
    ("FKC876", "approval", "CN", "2021-06-23"),
    # Duchenne muscular dystrophy
    ("PF-06939926", "first_patient", "GLOBAL", "2020-12-29"),
    ("PF-06939926", "topline_negative", "GLOBAL", "2024-06-12"),
    ("SRP-9001", "first_patient", "US", "2017-12-11"),
    ("SRP-9001", "first_patient", "US", "2018-01-04"),
    ("Elevidys", "approval", "US", "2023-06-22"),
    # no winner
    ("Lumevoq", "withdrawn_application", "EU", "2023-04-20"),
    ("NR082", "ind_clearance", "US", "2022-01-18"),
    ("NR082", "ind_clearance", "CN", "2021-03-29"),
    ("NR082", "ind_clearance", "CN", "2021-03-30"),
    ("botaretigene sparoparvovec", "acquisition", "GLOBAL", "2026-04-16"),
    ("anacetrapib", "not_filed", "GLOBAL", "2017-10-11"),
    ("dalcetrapib", "licence_deal", "GLOBAL", "2015"),
    ("dalcetrapib", "topline_negative", "GLOBAL", "2022"),
    ("obicetrapib", "acquisition", "GLOBAL", "2020"),
    ("obicetrapib", "submission_accepted", "EU", "2025-08"),
    # the first made in China to enter US trials: by what is meant
    ("LCAR-B38M", "ind_clearance", "US", "2018-05-30"),
    ("CT053", "ind_clearance", "US", "2019-06-19"),
    # factor IX of the 1990s
    ("Mononine", "approval", "US", "1992-08-20"),
    ("BeneFIX", "approval", "US", "1997-02-11"),
]


@pytest.mark.parametrize(("name", "event", "jurisdiction", "day"), FACTS)
def test_fact(ledger: Ledger, name: str, event: str, jurisdiction: str, day: str) -> None:
    (product,) = ledger.products(name)
    held = {(one.event, one.jurisdiction, one.happened_on) for one in ledger.milestones(product)}
    assert (event, jurisdiction, day) in held


def known(ledger: Ledger, product: str, day: str) -> list[MilestoneClaim]:
    """What the public could know of a product on a day: the version then in force of each statement."""
    versions: dict[str, MilestoneClaim] = {}
    for reading in sorted(ledger.readings, key=lambda one: one.known_on or ""):
        (one,) = reading.statements
        if isinstance(one, MilestoneClaim) and one in ledger.milestones(product) and one.known_on <= day:
            versions[reading.key] = one
    return list(versions.values())


def test_haemophilia_b_in_china_on_the_second_day_of_the_forum(ledger: Ledger) -> None:
    then = known(ledger, "prod:bbm-h901", "2022-01-12")
    assert {one.rung: one.happened_on for one in then if one.lane == "registrational" and one.rung} == {
        "ind_filed": "2021-04",
        "ind_cleared": "2021-08-06",
        "pivotal": "2021-12-30",
    }
    assert {trial for one in then for trial in one.trials} == {"NCT04135300", "CTR20212816"}
    pivotal = next(one for one in then if one.rung == "pivotal")
    assert pivotal.known_on == "2022-01-05"
    assert "pivotal" not in {one.rung for one in known(ledger, "prod:bbm-h901", "2022-01-04")}


def test_the_registration_of_late_january_2022_is_known_from_its_end(ledger: Ledger) -> None:
    link = next(one for one in ledger.claims(TrialClaim) if one.trial_id == "NCT05203679")
    assert (link.known_on, link.known_basis, link.lane) == ("2022-01-31", "posted", "registrational")
    then = {one.trial_id for one in ledger.claims(TrialClaim) if one.known_on <= "2022-01-12"}
    assert {"CTR20212816", "NCT04135300"} <= then and "NCT05203679" not in then


def test_revised_starts_are_versions_of_one_statement(ledger: Ledger) -> None:
    for product, day, then, now in (
        ("prod:spk-9001", "2019-01-01", "2015-09", "2015-11-18"),
        ("prod:srp-9001", "2019-01-01", "2017-12-11", "2018-01-04"),
        ("prod:bax-335", "2019-01-01", "2013-01-28", "2013-02-11"),
    ):
        for at, start in ((day, then), (starter_day(), now)):
            held = [one.happened_on for one in known(ledger, product, at) if one.rung == "phase_1_2"]
            assert held == [start]


def starter_day() -> str:
    """A day after every row became known."""
    return "9999-12-31"


def test_names_are_not_known_before_their_time(ledger: Ledger) -> None:
    for name, day in (
        ("dalnacogene ponparvovec", "2022-01-12"),
        ("Hemgenix", "2022-11-21"),
        ("etranacogene dezaparvovec", "2019-12-31"),
        ("exagamglogene autotemcel", "2021-12-31"),
        ("delandistrogene moxeparvovec", "2019-12-31"),
        ("Genetix Biotherapeutics", "2025-12-31"),
        ("Fosun Kairos", "2024-12-31"),
        ("BeOne Medicines", "2024-12-31"),
    ):
        days = [one.known_on for one in ledger.claims(NameClaim) if one.value == name]
        assert days and min(days) > day, name
    codes = {one.value: one.known_on for one in ledger.claims(NameClaim) if one.kind == "code"}
    assert codes["BBM-H901"] < "2020" and codes["SPK-9001"] < "2016" and codes["NR082"] < "2021"


@pytest.mark.parametrize(
    ("company", "old", "new", "day"),
    [
        ("org:fosun-kite", "Fosun Kite", "Fosun Kairos", "2025-09-24"),
        ("org:fosun-kite", "复星凯特", "复星凯瑞", "2025-09-24"),
        ("org:bluebird-bio", "bluebird bio", "Genetix Biotherapeutics", "2026-03"),
        ("org:beigene", "BeiGene", "BeOne Medicines", "2025-05"),
    ],
)
def test_renames_are_dated(ledger: Ledger, company: str, old: str, new: str, day: str) -> None:
    names = [one for one in ledger.claims(NameClaim) if one.subject == company]
    assert {one.valid_to for one in names if one.value == old} == {day}
    assert {one.kind for one in names if one.value == old} == {"short", "former"}
    assert {one.valid_from for one in names if one.value == new} == {day}


def developer(ledger: Ledger, programme: str, day: str) -> str:
    """The developer on a day: the last developer row that began by then."""
    rows = [one for one in ledger.claims(ProgrammeClaim) if (one.programme, one.role) == (programme, "developer")]
    begun = [
        one for one in rows if one.valid_from is None or PartialDate(one.valid_from).last <= date.fromisoformat(day)
    ]
    return max(begun, key=lambda one: one.valid_from or "").company


@pytest.mark.parametrize(
    ("programme", "owners"),
    [
        ("prog:ro4607381/acute-coronary-syndrome", {"2010-01-01": "org:roche", "2016-01-01": "org:dalcor"}),
        (
            "prog:ta-8995/hypercholesterolaemia",
            {"2014-01-01": "org:dezima", "2018-01-01": "org:amgen", "2022-01-01": "org:newamsterdam"},
        ),
        ("prog:amt-061/haemophilia-b", {"2019-01-01": "org:uniqure", "2022-11-22": "org:csl-behring"}),
        ("prog:spk-9001/haemophilia-b", {"2016-01-01": "org:spark-therapeutics", "2024-04-25": "org:pfizer"}),
        (
            "prog:sb-525/haemophilia-a",
            {"2018-01-01": "org:sangamo", "2023-01-01": "org:pfizer", "2026-01-01": "org:sangamo"},
        ),
        ("prog:bbm-h901/haemophilia-b", {"2022-01-12": "org:belief-biomed", "2026-01-01": "org:belief-biomed"}),
        ("prog:bax-335/haemophilia-b", {"2018-01-01": "org:shire", "2020-01-01": "org:takeda"}),
    ],
)
def test_owners_change_within_one_programme(ledger: Ledger, programme: str, owners: dict[str, str]) -> None:
    assert {day: developer(ledger, programme, day) for day in owners} == owners


def test_rights_split_by_territory(ledger: Ledger) -> None:
    rows = ledger.claims(ProgrammeClaim)
    axi = {
        one.programme: one.territory for one in rows if one.company == "org:fosun-kite" and "kte-c19" in one.programme
    }
    assert axi == {"prog:kte-c19/large-b-cell-lymphoma/fosun-kite": "CN"}
    takeda = {one.territory for one in rows if (one.company, one.role) == ("org:takeda-china", "licensee")}
    assert takeda == {"CN", "HK", "MO", "TW"}


def test_one_programme_an_indication(ledger: Ledger) -> None:
    held = {(one.product, one.indication) for one in ledger.claims(ProgrammeClaim)}
    assert {("prod:ctl019", "MONDO:0004947"), ("prod:ctl019", "MONDO:0018905")} <= held
    assert {("prod:kte-x19", "MONDO:0004947"), ("prod:kte-x19", "MONDO:0018876")} <= held
    assert {("prod:jcar017", "MONDO:0018905"), ("prod:jcar017", "MONDO:0018876")} <= held


def test_the_hospital_study_is_an_iit(ledger: Ledger) -> None:
    lanes = {one.lane for one in ledger.claims(TrialClaim) if one.trial_id == "NCT04135300"}
    assert lanes == {"iit"}
    product = next(one for one in ledger.claims(ProductClaim) if one.product == "prod:bbm-h901")
    assert (product.modality, product.vector, product.target, product.origin) == ("aav", "AAV843", "F9", "CN")
