"""What a register of substances joins, and what it keeps apart."""

from pathlib import Path

from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Race
from frontrunner.race.standings import race
from frontrunner.store.home import Home
from tests.studies import lines, study

from .regulators import licence, medicine, written

USE_B = "hemophilia B"


def ask(snapshot: Snapshot, *names: str, **parts: str) -> Race:
    return race(snapshot, asked(*names, **parts))


def substances(folder: Path, *rows: tuple[str, str, str]) -> Path:
    """A list of substances: (name, type, UNII)."""
    path = folder / "unii.txt"
    lines = ["\t".join(("Name", "TYPE", "UNII", "Display Name"))]
    path.write_text("\n".join([*lines, *("\t".join((*row, row[2])) for row in rows)]) + "\n", "utf-8")
    return path


def test_a_register_of_substances_joins_code_proper_name_and_brand(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("XYZ-101", "cd", "AAAAAAAAA1"),
        ("EXAMPLEGENE TESTPARVOVEC", "of", "AAAAAAAAA1"),
        ("EXAMPLEVEC", "bn", "AAAAAAAAA1"),
        ("XYZ-202", "cd", "AAAAAAAAA2"),
        ("OTHERGENE TESTPARVOVEC", "of", "AAAAAAAAA2"),
    )
    trials = lines(
        tmp_path / "studies.jsonl",
        study(),
        study(nct="NCT90000002", interventions=[{"type": "GENETIC", "name": "XYZ-202"}]),
    )
    book = written(
        tmp_path, "purple.csv", [licence("Examplevec", "examplegene testparvovec-abcd", "8-Dec-23", "125905")]
    )
    for order in ([register, trials, book], [book, trials, register]):
        made = Home(tmp_path / f"home-{order[0].stem}")
        assert not ingest(made, order).problems
        with Snapshot(made) as snapshot:
            rows = ask(snapshot, USE_B, jurisdiction="US").standings
            assert [(row.product.name, row.rung) for row in rows] == [
                ("examplegene testparvovec", "approved"),
                ("othergene testparvovec", "phase_1_2"),
            ]
            assert "XYZ-101" in {name.value for name in rows[0].product.names}


def test_a_code_of_a_gene_therapy_and_of_a_small_molecule_joins_neither(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("XYZ-101", "cd", "AAAAAAAAA1"),
        ("EXAMPLACLID", "of", "AAAAAAAAA1"),
        ("TELLTALOR", "bn", "AAAAAAAAA1"),
    )
    trials = lines(
        tmp_path / "studies.jsonl",
        study(),
        study(
            nct="NCT90000002",
            title="Examplaclid in Hemophilia B",
            interventions=[{"type": "DRUG", "name": "Examplaclid"}],
        ),
    )
    made = Home(tmp_path / "home")
    assert not ingest(made, [register, trials]).problems
    with Snapshot(made) as snapshot:
        (row,) = ask(snapshot, USE_B, modality="gene_therapy").standings
    assert row.product.name == "XYZ-101"
    assert {name.value for name in row.product.names} == {"XYZ-101"}


def test_substances_that_a_record_names_together_stay_two_and_names_of_one_are_one(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("EXAMPLACLID", "of", "AAAAAAAAA1"),
        ("TELLTALOM", "of", "AAAAAAAAA2"),
        ("TELLTALOMINE", "of", "AAAAAAAAA2"),
    )
    given = (["Examplaclid", "Telltalom"], ["Telltalomine"])
    trials = [
        study(
            nct=f"NCT9000000{at}",
            title="A Study in Hemophilia B",
            interventions=[{"type": "DRUG", "name": names[0], "otherNames": names[1:]}],
        )
        for at, names in enumerate(given)
    ]
    made = Home(tmp_path / "home")
    assert not ingest(made, [register, lines(tmp_path / "studies.jsonl", *trials)]).problems
    with Snapshot(made) as snapshot:
        rows = ask(snapshot, USE_B).standings
    found = sorted(sorted({name.value.lower() for name in row.product.names}) for row in rows)
    assert found == [["examplaclid"], ["telltalom", "telltalomine"]]


def test_a_name_that_two_substances_share_joins_neither(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("XYZ-101", "cd", "AAAAAAAAA1"),
        ("ONEGENE TESTPARVOVEC", "of", "AAAAAAAAA1"),
        ("XYZ-101", "cd", "AAAAAAAAA2"),
        ("TWOGENE TESTPARVOVEC", "of", "AAAAAAAAA2"),
    )
    trials = lines(tmp_path / "studies.jsonl", study())
    book = [
        licence("Onevec", "onegene testparvovec", "8-Dec-23", "125905"),
        licence("Twovec", "twogene testparvovec", "9-Dec-23", "125906"),
    ]
    made = Home(tmp_path / "home")
    assert not ingest(made, [register, trials, written(tmp_path, "purple.csv", book)]).problems
    with Snapshot(made) as snapshot:
        assert len(ask(snapshot, modality="gene_therapy", jurisdiction="US").standings) == 3


def test_a_biosimilar_races_by_itself_and_its_code_is_not_the_originators(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("EXAMPLUMAB", "of", "AAAAAAAAA1"),
        ("EXAMPLUMAB BIOSIMILAR (CPY-201)", "cn", "AAAAAAAAA1"),
        ("CPY-201", "cd", "AAAAAAAAA1"),
        ("FIRSTOMAX", "bn", "AAAAAAAAA1"),
        ("COPYMAX", "bn", "AAAAAAAAA1"),
    )
    table = [
        medicine("Firstomax", "examplumab", "20/02/2003", "Hemophilia B", "000001"),
        medicine("Copymax", "examplumab", "20/02/2019", "Hemophilia B", "000002", Biosimilar="Yes"),
    ]
    trials = lines(tmp_path / "studies.jsonl", study(interventions=[{"type": "BIOLOGICAL", "name": "CPY-201"}]))
    made = Home(tmp_path / "home")
    assert not ingest(made, [register, written(tmp_path, "medicines.csv", table), trials]).problems
    with Snapshot(made) as snapshot:
        names = [row.product.name for row in ask(snapshot, USE_B).standings]
        antibodies = [row.product.name for row in ask(snapshot, USE_B, modality="antibody").standings]
    assert (names, antibodies) == (["examplumab", "Copymax", "CPY-201"], ["examplumab", "Copymax"])


def test_a_code_goes_with_its_proper_name_though_records_use_the_code_alone(tmp_path: Path) -> None:
    register = substances(
        tmp_path,
        ("XYZ-101", "cd", "AAAAAAAAA1"),
        ("EXAMPLACLID", "of", "AAAAAAAAA1"),
        ("TELLTALOM", "of", "AAAAAAAAA2"),
    )
    given, title = [{"type": "DRUG", "name": "XYZ-101/Telltalom"}], "A Study in Hemophilia B"
    made = Home(tmp_path / "home")
    assert not ingest(
        made, [register, lines(tmp_path / "studies.jsonl", study(title=title, interventions=given))]
    ).problems
    with Snapshot(made) as snapshot:
        rows = ask(snapshot, USE_B).standings
    found = sorted(sorted({name.value.lower() for name in row.product.names}) for row in rows)
    assert found == [["examplaclid", "xyz-101"], ["telltalom"]]
