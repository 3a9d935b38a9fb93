"""A race written by hand, with a tie, a stop, a hold, wide dates, Chinese names and open questions."""

import pytest

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.race.results import (
    Also,
    Arena,
    Company,
    Coverage,
    Day,
    First,
    Label,
    Lead,
    Milestone,
    Name,
    OpenQuestion,
    Product,
    ProgrammeDossier,
    Quote,
    Race,
    Runner,
    Standing,
)

DISEASE = "hemophilia B"


def standing(place: int, name: str, rung: str | None, reached: str | None, **other: object) -> Standing:
    """A row of the race; `other` overrides what is not said."""
    slug = name.lower().replace(" ", "-")
    fields: dict[str, object] = {
        "place": place,
        "tied": False,
        "id": f"prog:{slug}/haemophilia-b",
        "programme": f"{name} in {DISEASE}",
        "product": Product(f"prod:{slug}", name, [Name(name, "inn", "en")]),
        "company": Company("org:maker", "Maker", "US", []),
        "modality": "aav",
        "vector": "AAV8",
        "target": "F9",
        "origin": "US",
        "rung": rung,
        "kind": None,
        "reached": Day(reached, {4: "year", 7: "month", 10: "day"}[len(reached)]) if reached else None,
        "activity": "active",
        "lead": None,
        "next": None,
        "trials": [],
        "status": "cited",
        "because": None,
        "evidence": [f"ev:00000000000000{place:02d}@happened_on"],
        "also": [],
    }
    return Standing(**fields | other)  # type: ignore[arg-type]


def first_row() -> Standing:
    """A leader with Chinese names, an open lead and another programme."""
    return standing(
        1,
        "dalnacogene ponparvovec",
        "approved",
        "2025-04-10",
        product=Product(
            "prod:bbm-h901",
            "dalnacogene ponparvovec",
            [
                Name("dalnacogene ponparvovec", "inn", "en"),
                Name("BBM-H901", "code", "en"),
                Name("信玖凝", "brand", "zh"),
            ],
        ),
        company=Company("org:belief-biomed", "Belief BioMed", "CN", [Name("信念医药", "short", "zh")]),
        vector="AAV843",
        kind="conditional",
        lead=Lead(
            Runner("prog:second/haemophilia-b", "second"),
            at_rung="pivotal",
            months=17.25,
            low=17.0,
            high=17.5,
            ahead_at="approved",
            months_so_far=19.4,
            open=True,
        ),
        trials=["NCT05203679"],
        also=[
            Also(
                "prog:bbm-h901/other",
                "dalnacogene ponparvovec in hemophilia A",
                "phase_1",
                Day("2024-05", "month"),
                "proven",
            )
        ],
    )


@pytest.fixture
def race() -> Race:
    """Four rows: a leader with Chinese names, a tie behind it, and one without a certain rung."""
    leader = first_row()
    second = standing(2, "second", "phase_1_2", "2022-06", tied=True, status="contested", because="two dates are given")
    third = standing(2, "third", "phase_1_2", "2022-06-15", tied=True, activity="stopped", next=None)
    last = standing(4, "VGB-R04", None, None, status="unverified", activity="silent", company=None)
    return Race(
        arena=Arena(Label("MONDO:0010604", DISEASE), "gene_therapy", None, "CN", None, "registrational"),
        on="2026-11-24",
        clock="now",
        standings=[leader, second, third, last],
        firsts=[
            First(
                "approved", leader.id, leader.programme, "2025-04-10", "cited", None, None, None, [], leader.evidence
            ),
            First(
                "phase_1_2",
                second.id,
                second.programme,
                "2022-06",
                "contested",
                Runner(third.id, third.programme),
                -15,
                14,
                [Runner(third.id, third.programme)],
                second.evidence,
            ),
        ],
        open_questions=[
            OpenQuestion(
                "VGB-R04 in hemophilia B",
                "ind_cleared",
                "2022",
                "the interval holds the day; unverified",
                ["ev:00000000000000aa@happened_on"],
            ),
        ],
        coverage=Coverage(["starter"], ["ctgov"], 2),
        snapshot="000001",
        built_at="2026-11-24T08:00:00+00:00",
    )


def milestone(event: str, date: str, rung: str | None = None, **other: object) -> Milestone:
    """Something dated that counts in China."""
    fields: dict[str, object] = {
        "id": f"ms:{event}",
        "event": event,
        "rung": rung,
        "kind": None,
        "jurisdictions": ["CN"],
        "date": date,
        "precision": {4: "year", 7: "month", 10: "day"}[len(date)],
        "anticipated": False,
        "lane": "registrational",
        "trial": None,
        "status": "cited",
        "because": None,
        "known_from": date,
        "known_to": None,
        "known_basis": "published",
        "evidence": f"ev:{abs(hash(event)) % 16**16:016x}@happened_on",
    }
    return Milestone(**fields | other)  # type: ignore[arg-type]


def dossier(row: Standing, milestones: list[Milestone]) -> ProgrammeDossier:
    """The dossier behind a row."""
    return ProgrammeDossier(
        row.id,
        row.programme,
        row.product,
        Label("MONDO:0010604", DISEASE),
        [],
        row.modality,
        row.vector,
        row.target,
        row.origin,
        row.trials,
        milestones,
        "000001",
    )


@pytest.fixture
def programmes(race: Race) -> list[ProgrammeDossier]:
    """What happened to each: a straight run, a hold that was lifted, a stop, and a year that is all we know."""
    first, second, third, last = race.standings
    return [
        dossier(
            first,
            [
                milestone("iit_start", "2019-10-16", "phase_1", lane="iit"),
                milestone("ind_submission", "2021-04", "ind_filed"),
                milestone("ind_clearance", "2021-08-06", "ind_cleared"),
                milestone("first_patient", "2021-12-30", "pivotal"),
                milestone("breakthrough_designation", "2022-09-01"),
                milestone("submission_accepted", "2024-07-01", "accepted"),
                milestone("approval", "2025-04-10", "approved", kind="conditional"),
            ],
        ),
        dossier(
            second,
            [
                milestone("phase_start", "2022-06", "phase_1_2", status="contested"),
                milestone("clinical_hold", "2023-02-01"),
                milestone("clinical_hold_lifted", "2023-09-15"),
                milestone("phase_start", "2027-03", "pivotal", anticipated=True),
            ],
        ),
        dossier(
            third,
            [
                milestone("phase_start", "2022-06-15", "phase_1_2"),
                milestone("approval", "2022-11-22", "approved", jurisdictions=["US"]),
                milestone("discontinued", "2024-02-20", jurisdictions=["GLOBAL"]),
            ],
        ),
        dossier(last, [milestone("ind_clearance", "2022", "ind_cleared", status="unverified")]),
    ]


@pytest.fixture
def quotes(race: Race) -> list[Quote]:
    """The words behind the first row."""
    return [
        Quote(
            race.standings[0].evidence[0],
            "2025-04-10",
            "happened_on",
            "starter",
            "bbm-h901/cn-approval",
            "ab" * 32,
            "2025-04-10",
            "act",
            None,
            "nmpa.gov.cn 2025-04-10",
            "https://example.com/approval",
        )
    ]


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    """A home that holds the starter ledger and nothing else."""
    handle = frontrunner.open(tmp_path_factory.mktemp("home"))
    handle.add_starter()
    return handle
