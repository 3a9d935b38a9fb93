"""What full vocabularies bring to a home: diseases that a trial names, arenas above them, names that people type."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import frontrunner
from frontrunner.errors import AmbiguousName, UnknownName
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.resolve import conditions
from frontrunner.store.home import Home
from tests.race.regulators import medicine, written
from tests.studies import lines, study

TODAY = date(2026, 1, 1)
#: what the files below say of a disease that the packaged list does not have
QUIET, EYES = "MONDO:9000001", "MONDO:9000010"
INDICATIONS = "select indication, place, because from trial_indication order by all"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A trial in quiet eye disease, and MONDO's names, hierarchy and mappings, DOID's and MeSH's words for it."""
    folder = tmp_path_factory.mktemp("files")
    made = {
        "names.tsv": [
            "ID\tLABEL\tSYNONYMS",
            f"{QUIET}\tquiet eye disease\tsilent eye disorder|loud or quiet eye",
            "MONDO:9000002\tloud eye disease\tloud or quiet eye",
            f"{EYES}\tnew eye diseases\t",
        ],
        "is_a.tsv": [
            "child\tchild_label\tparent\tparent_label",
            f"{QUIET}\tquiet eye disease\t{EYES}\tnew eye diseases",
            f"{EYES}\tnew eye diseases\t{QUIET}\tquiet eye disease",
        ],
        "mesh.sssom.tsv": [
            "# mapping_set_id: http://purl.obolibrary.org/obo/mondo/mappings/mondo_exactmatch_mesh.sssom.tsv",
            "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification",
            f"{QUIET}\tquiet eye disease\tskos:exactMatch\tmesh:D900001\tsemapv:ManualMappingCuration",
        ],
        "mesh.tsv": ["mesh_id\tmesh_name\tmesh_tree_number", "D900001\tEyes That Are Quiet\tC11.900"],
        "doid.tsv": ["id\tlabel\tsynonyms\tparents", "DOID:990\tsilent eye disorder\tmuted eye\t"],
        "genes.tsv": ["GeneID\ttype\tsymbol", "9000001\tsymbol\tQED1", "9000001\tsynonym\tQUIET1"],
    }
    for name, rows in made.items():
        (folder / name).write_text("\n".join(rows) + "\n")
    trial = lines(folder / "trial.jsonl", study(title="XYZ-101", conditions=["Severe Quiet Eye Disease"]))
    return [trial, *(folder / name for name in made)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, files: list[Path]) -> Home:
    """A home that holds them all."""
    made = Home(tmp_path_factory.mktemp("home"))
    ingest(made, files, today=TODAY)
    return made


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published snapshot."""
    with Snapshot(home) as snapshot:
        return snapshot.connection.execute(query).fetchall()


@pytest.mark.parametrize(
    "name",
    [
        "quiet eye disease",
        "Silent Eye Disorder",
        "eyes that are quiet",
        "muted eye",
        "MESH:D900001",
        "DOID:990",
        QUIET,
        "new eye diseases",
    ],
)
def test_a_race_is_asked_by_any_name_that_the_home_knows(home: Home, name: str) -> None:
    with Snapshot(home) as snapshot:
        answer = race(snapshot, asked(name, within=snapshot))
        assert [row.product.name for row in answer.standings] == ["XYZ-101"]
        assert answer.arena.indication
        assert answer.arena.indication.label == ("new eye diseases" if name.startswith("new") else "quiet eye disease")


def test_a_name_that_two_diseases_claim_is_nobodys(home: Home) -> None:
    with Snapshot(home) as snapshot, pytest.raises(AmbiguousName) as error:
        asked("loud or quiet eye", within=snapshot)
    assert error.value.candidates == ["MONDO:9000002 loud eye disease", f"{QUIET} quiet eye disease"]


def test_an_unknown_name_is_answered_with_the_nearest(home: Home) -> None:
    with Snapshot(home) as snapshot, pytest.raises(UnknownName) as error:
        asked("quiet eye diseese", within=snapshot)
    assert error.value.candidates[0] == "quiet eye disease"


def test_the_core_stays_with_its_chinese_names(home: Home) -> None:
    with Snapshot(home) as snapshot:
        assert asked("血友病B", within=snapshot).indication == asked("haemophilia B").indication


def test_a_target_is_asked_by_a_symbol_of_the_home(home: Home) -> None:
    with Snapshot(home) as snapshot:
        assert asked(target="quiet1", within=snapshot).target == "QED1"
        assert asked(target="FIX", within=snapshot).target == "F9"


def test_a_hierarchy_that_runs_in_a_circle_is_cut(home: Home) -> None:
    found = rows(home, f"select ancestor, distance from closure where id = '{QUIET}' order by all")
    assert found == [(QUIET, 0), (EYES, 1)]


@pytest.mark.slow
def test_the_order_in_which_files_come_does_not_matter(home: Home, tmp_path: Path, files: list[Path]) -> None:
    trial, names, *others = files
    for number, order in enumerate([[[trial], [*others], [names]], [[names], [*others, trial]]]):
        other = Home(tmp_path / f"home-{number}")
        for paths in order:
            ingest(other, paths, today=TODAY)
        assert rows(other, INDICATIONS) == rows(home, INDICATIONS)
    assert [row[0] for row in rows(home, INDICATIONS)] == [QUIET]


@pytest.mark.slow
def test_only_what_is_new_is_read_again(tmp_path: Path, files: list[Path]) -> None:
    """What was made of the texts of before is kept as it is, and an edition of the vocabulary reads all anew."""
    home = Home(tmp_path / "home")
    ingest(home, files, today=TODAY)
    ingest(home, [lines(tmp_path / "b.jsonl", study(nct="NCT90000002", conditions=["Muted Eye"]))], today=TODAY)
    texts = "select text, indication from condition_concept order by all"
    assert rows(home, texts) == [("Muted Eye", QUIET), ("Severe Quiet Eye Disease", QUIET)]
    other = tmp_path / "more.tsv"
    other.write_text("ID\tLABEL\tSYNONYMS\nMONDO:9000003\tmuted eye\t\n")
    ingest(home, [other], today=TODAY)
    assert rows(home, texts) == [("Muted Eye", "MONDO:9000003"), ("Severe Quiet Eye Disease", QUIET)]


def test_a_substance_is_known_by_its_code_its_name_and_its_brand(tmp_path: Path) -> None:
    path = tmp_path / "unii.txt"
    names = [("XYZ-101", "cd"), ("EXAMPLIGENE [INN]", "cn"), ("EXAMPLIGENE", "of"), ("EXAMPLA", "bn"), ("DNA", "sys")]
    rows_of = [f"{name}\t{kind}\t0123456789\tEXAMPLIGENE\n" for name, kind in names]
    path.write_text("Name\tTYPE\tUNII\tDisplay Name\n" + "".join(rows_of))
    home = Home(tmp_path / "substances")
    ingest(home, [path], today=TODAY)
    assert rows(home, "select unii, name, key, kind from substance_name order by kind") == [
        ("0123456789", "EXAMPLA", "exampla", "brand"),
        ("0123456789", "XYZ-101", "xyz101", "code"),
        ("0123456789", "EXAMPLIGENE", "exampligene", "inn"),
    ]


def test_how_common_a_disease_is_and_its_genes_are_told_of_the_homes_concept(tmp_path: Path, files: list[Path]) -> None:
    head = "disorder_id,orpha_code,"
    (tmp_path / "mapped.sssom.tsv").write_text(
        "# mapping_set_id: http://purl.obolibrary.org/obo/mondo/mappings/mondo_exactmatch_orphanet.sssom.tsv\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
        f"{QUIET}\tquiet eye disease\tskos:exactMatch\tOrphanet:9001\tQuiet eye\tsemapv:ManualMappingCuration\n"
    )
    (tmp_path / "common.csv").write_text(
        head + "name,disorder_type,disorder_group,prevalence_type,prevalence_qualification,prevalence_class,val_moy,"
        "prevalence_geographic,prevalence_validation_status,source\n"
        "1,9001,Quiet eye,Disease,Disorder,Point prevalence,Value and class,1-9 / 1 000 000,0.25,Europe,Validated,x\n"
    )
    (tmp_path / "genes.csv").write_text(
        head + "disorder_name,gene_symbol,gene_name,gene_type,gene_locus,association_type,association_status,"
        "source_of_validation\n"
        "1,9001,Quiet eye,QED1,quiet eye 1,gene,1p1,Disease-causing germline mutation(s) in,Assessed,x\n"
    )
    home = Home(tmp_path / "home")
    ingest(home, [*files, *sorted(tmp_path.glob("*.*sv"))], today=TODAY)
    query = "select indication, measure, value, low, high, area, published_as from disease_prevalence"
    assert rows(home, query) == [(QUIET, "point_prevalence", 0.25, 0.1, 0.9, "Europe", "ORPHA:9001")]
    assert rows(home, "select indication, target, causes from disease_cause") == [(QUIET, "QED1", True)]


def test_a_column_of_conditions_is_resolved_over_the_home(home: Home) -> None:
    (found, other) = frontrunner.open(home.path).resolve(
        "indication", ["Recurrent Silent Eye Disorder", "Gene Therapy"]
    )
    assert (found.id, found.label, other.id) == (QUIET, "quiet eye disease", None)


def test_a_licence_is_read_over_the_homes_vocabulary_whichever_came_first(tmp_path: Path, files: list[Path]) -> None:
    """The use is a disease that the packaged list does not have; the vocabulary comes a day after the licence."""
    use = medicine("Quietgen", "exampligene testaparvovec", "20/02/2023", "Silent Eye Disorder", "009001")
    made = Home(tmp_path / "home")
    table = written(tmp_path, "medicines.csv", [use])
    ingest(made, [table], today=TODAY)
    assert [place for _, place, _ in uses(made)] == ["areas"]
    assert uses(made)[0][0] != QUIET
    ingest(made, files, today=TODAY)
    assert uses(made) == [(QUIET, "areas", "its name")]
    with Snapshot(made) as snapshot:
        (row,) = race(snapshot, asked(QUIET, jurisdiction="EU", lane="all", on="2024-01-01", within=snapshot)).standings
        assert row.rung == "approved"


def uses(home: Home) -> list[tuple[Any, ...]]:
    """What the ledger holds of the uses that regulators' rows give."""
    with duckdb.connect(str(home.path / "ledger.duckdb"), read_only=True) as connection:
        return connection.execute("select indication, place, because from regulated_indication").fetchall()


@pytest.mark.slow
def test_trials_read_in_several_processes_are_about_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("Haemophilia B", "Quiet Eye Disease", "Haemophilia B", "Healthy")
    trials = [study(nct=f"NCT9000000{number}", conditions=[name]) for number, name in enumerate(names)]
    file, homes = lines(tmp_path / "trials.jsonl", *trials), []
    for at_once in (25_000, 1):
        monkeypatch.setattr(conditions, "_AT_ONCE", at_once)
        homes.append(Home(tmp_path / f"home-{at_once}"))
        ingest(homes[-1], [file], today=TODAY)
    for table in ("trial_indication", "condition_concept", "conditions_read"):
        one, several = (_in_ledger(home, f"from {table} order by all") for home in homes)
        assert one == several
        assert one


def _in_ledger(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(home.ledger, read_only=True) as connection:
        return connection.execute(query).fetchall()
