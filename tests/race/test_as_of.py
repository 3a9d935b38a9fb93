"""Identities as of a past day: a race knows the names, owners and joins of its own date."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Race
from frontrunner.race.standings import race
from frontrunner.store.home import Home
from tests.race.conftest import Ask
from tests.race.regulators import protected, written
from tests.studies import lines, study

INN = "exampligene testaparvovec"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One study: by its code in 2019, in 2023 also by its nonproprietary name; and one of a firm that was bought."""
    folder = tmp_path_factory.mktemp("as_of")
    named = [{"type": "GENETIC", "name": "XYZ-101", "otherNames": ["AAV8 factor IX gene", INN]}]
    bought = study(
        nct="NCT90000002", title="ABC-202 in Hemophilia B", sponsor={"name": "Dyax Corp.", "class": "INDUSTRY"}
    )
    bought["protocolSection"]["armsInterventionsModule"]["interventions"] = [{"type": "GENETIC", "name": "ABC-202"}]
    files = [
        lines(folder / "2019.jsonl", study(posted="2019-05-03", holder="2019-05-04"), bought),
        lines(folder / "2023.jsonl", study(posted="2023-02-03", holder="2023-02-04", interventions=named)),
    ]
    made = Home(folder / "home")
    ingest(made, files, today=date(2024, 1, 1))
    return made


@pytest.fixture(scope="module")
def handle(home: Home) -> HomeHandle:
    return frontrunner.open(home.path)


@pytest.fixture(scope="module")
def snapshot(home: Home) -> Iterator[Snapshot]:
    with Snapshot(home) as opened:
        yield opened


def names(answer: Race) -> dict[str, list[str]]:
    """Display name -> all names, of each product that races."""
    return {row.product.name: [name.value for name in row.product.names] for row in answer.standings}


def test_the_race_of_2019_does_not_know_the_nonproprietary_name_of_2023(snapshot: Snapshot) -> None:
    then = race(snapshot, asked("hemophilia B", on="2019-12-31", clock="then"))
    assert "XYZ-101" in names(then)
    shown = msgspec.to_builtins(then)
    for row in shown["standings"]:
        row["id"] = row["product"]["id"] = ""  # ids are the same on every clock
    assert INN not in str(shown)
    now = race(snapshot, asked("hemophilia B", on="2019-12-31", clock="now"))
    assert INN in names(now), "by what is known today the product of that day has its name of today"


def test_the_day_on_which_the_name_was_posted_knows_it(snapshot: Snapshot) -> None:
    assert "XYZ-101" in names(race(snapshot, asked("hemophilia B", on="2023-02-02", clock="then")))
    assert INN in names(race(snapshot, asked("hemophilia B", on="2023-02-03", clock="then")))


def test_the_starter_ledger_calls_bbm_h901_by_its_code_until_it_was_named(ask: Ask) -> None:
    arena = {"modality": "gene_therapy", "jurisdiction": "CN", "clock": "then"}
    assert ask("hemophilia B", on="2022-01-12", **arena).standings[0].product.name == "BBM-H901"
    assert ask("hemophilia B", on="2025-04-11", **arena).standings[0].product.name == "dalnacogene ponparvovec"


@pytest.mark.parametrize(
    ("on", "parent", "steps"),
    [("2015-06-01", None, 0), ("2018-06-01", "org:shire", 1), ("2024-01-01", "org:takeda", 2)],
)
def test_an_owner_is_that_of_the_day(handle: HomeHandle, on: str, parent: str | None, steps: int) -> None:
    told = handle.company("Dyax Corp.", on=on)
    assert told.parent == parent
    assert len(told.owners) == steps


def test_an_owner_names_its_source_or_says_that_it_has_none(handle: HomeHandle) -> None:
    dyax, shire = handle.company("Dyax Corp.", on="2024-01-01").owners
    assert dyax.startswith("dyax belongs to shire since ")
    assert "(Shire release of completion" in dyax
    assert "(Takeda completes on Tuesday" in shire


def test_a_dossier_says_which_record_states_two_names_together_once_it_was_public(handle: HomeHandle) -> None:
    dossier = handle.race("hemophilia B", on="2023-12-31").standings
    id = next(row.id for row in dossier if row.product.name == INN)
    told = handle.programme(id, on="2023-12-31", clock="then").because
    assert any("'XYZ-101'" in line and INN in line and "NCT90000001 (ctgov)" in line for line in told)
    assert not any(INN in line for line in handle.programme(id, on="2019-12-31", clock="then").because)


def test_a_company_has_its_part_in_each_programme_and_those_of_its_partners(starter_home: Home) -> None:
    handle = frontrunner.open(starter_home.path)
    licensee, owner = handle.company("Takeda China"), handle.company("Belief BioMed")
    rights = {(one.part.role, one.part.territory) for one in licensee.roles}
    assert rights == {("licensee", place) for place in ("CN", "HK", "MO", "TW")}
    assert {one.part.role for one in licensee.partners if one.part.company == owner.id} == {"originator", "developer"}
    assert {(one.part.name, one.part.role) for one in owner.partners} >= {
        ("Takeda China", "licensee"),
        ("Qiming Venture Partners", "investor"),
    }
    assert handle.company("Takeda China", on="2023-10-31").roles == licensee.roles
    assert handle.company("Takeda China", on="2023-09-30").roles == []
    assert handle.company("Belief BioMed", on="2023-10-15", clock="then").partners == []


def test_two_codes_that_a_later_record_joins_are_two_runners_before_it(tmp_path: Path) -> None:
    gene = [{"type": "GENETIC", "name": "XYZ-101"}]
    other = [{"type": "GENETIC", "name": "QRS-202"}]
    both = [{"type": "GENETIC", "name": "XYZ-101", "otherNames": ["QRS-202"]}]
    files = [
        lines(
            tmp_path / "2019.jsonl",
            study(posted="2019-05-03", interventions=gene),
            study(
                nct="NCT90000003",
                title="Gene Therapy With QRS-202 in Hemophilia B",
                posted="2019-07-03",
                sponsor={"name": "Other Gene Works, Inc.", "class": "INDUSTRY"},
                interventions=other,
            ),
        ),
        lines(
            tmp_path / "2022.jsonl",
            study(nct="NCT90000004", first_posted="2022-03-01", posted="2022-03-02", interventions=both),
        ),
    ]
    home = Home(tmp_path / "home")
    ingest(home, files[:1], today=date(2024, 1, 1))
    ingest(home, files[1:], today=date(2024, 1, 1))
    with Snapshot(home) as opened:
        then = race(opened, asked("hemophilia B", on="2020-12-31", clock="then")).standings
        assert {(row.product.name, row.company and row.company.name, tuple(row.trials)) for row in then} == {
            ("XYZ-101", "Example Gene Works, Inc.", ("NCT90000001",)),
            ("QRS-202", "Other Gene Works, Inc.", ("NCT90000003",)),
        }
        after = race(opened, asked("hemophilia B", on="2022-12-31", clock="then")).standings
        assert len(after) == 1
        now = race(opened, asked("hemophilia B", on="2020-12-31", clock="now")).standings
        assert [sorted(row.trials) for row in now] == [["NCT90000001", "NCT90000003", "NCT90000004"]]


def test_a_designation_of_2010_does_not_tell_the_brand_and_the_proper_name_of_its_licence(tmp_path: Path) -> None:
    named = [{"type": "GENETIC", "name": "XYZ-101", "otherNames": [INN]}]
    table = [protected("Examplevec", INN, "11/22/2022", "hemophilia B", "1")]
    studies = [
        study(posted="2019-05-03", holder="2019-05-04"),
        study(nct="NCT90000002", posted="2023-02-03", holder="2023-02-04", interventions=named),
    ]
    made = Home(tmp_path / "home")
    assert not ingest(made, [written(tmp_path, "orphans.csv", table), lines(tmp_path / "s.jsonl", *studies)]).problems
    with Snapshot(made) as snapshot:
        before, after = (
            race(snapshot, asked("hemophilia B", on=f"{year}-12-31", clock="then")) for year in (2020, 2022)
        )
        assert names(before) == {"XYZ-101": ["XYZ-101"]}
        assert {"Examplevec", INN} <= {name for found in names(after).values() for name in found}
