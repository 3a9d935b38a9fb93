"""Search: what people type finds what they mean, in either language."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import UnknownOption
from frontrunner.search.arena import arena
from frontrunner.search.results import Arena
from frontrunner.search.words import runs, squeezed
from tests.studies import lines, study

pytest.importorskip("tantivy")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    """The starter ledger and two studies, one of them hostile."""
    folder = tmp_path_factory.mktemp("search")
    handle = frontrunner.open(folder / "home")
    hostile = study(nct="NCT90000002", title="<script>alert(1)</script> in Hemophilia B")
    handle.add_starter()
    handle.ingest(lines(folder / "two.jsonl", study(), hostile))
    return handle


@pytest.mark.parametrize(
    ("typed", "kind", "label", "how"),
    [
        ("hemophilia B", "indication", "hemophilia B", "exact"),
        ("haemophilia b", "indication", "hemophilia B", "exact"),
        ("haemophila b", "indication", "hemophilia B", "fuzzy"),
        ("血友病B", "indication", "hemophilia B", "exact"),
        ("信念医药", "company", "Belief BioMed", "exact"),
        ("belief bio", "company", "Belief BioMed", "prefix"),
        ("BBM H901", "product", "dalnacogene ponparvovec", "exact"),
        ("bbmh901", "product", "dalnacogene ponparvovec", "exact"),
        ("tisleizumab", "product", "tislelizumab", "fuzzy"),
        ("替雷利珠", "product", "tislelizumab", "prefix"),
        ("PD-1", "target", "PDCD1", "exact"),
        ("nct90000001", "trial", "Gene Therapy With XYZ-101 in Hemophilia B", "exact"),
    ],
)
def test_the_first_hit_is_what_is_meant(home: HomeHandle, typed: str, kind: str, label: str, how: str) -> None:
    first = home.search(typed).hits[0]
    assert (first.kind, first.label, first.how) == (kind, label, how)


def test_where_something_races_stands_before_where_nothing_does(home: HomeHandle) -> None:
    hits = [hit for hit in home.search("hemophilia", kind="indication").hits if hit.how == "prefix"]
    assert [bool(hit.programmes) for hit in hits] == sorted([bool(hit.programmes) for hit in hits], reverse=True)


def test_a_kind_narrows_and_an_unknown_one_names_those_there_are(home: HomeHandle) -> None:
    assert {hit.kind for hit in home.search("hemophilia B", kind="trial").hits} == {"trial"}
    with pytest.raises(UnknownOption, match="indication"):
        home.search("hemophilia B", kind="disease")


def test_a_limit_is_kept(home: HomeHandle) -> None:
    assert len(home.search("hemophilia", limit=3).hits) == 3


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xyzzyqwert"])
def test_nothing_is_found_where_nothing_answers(home: HomeHandle, typed: str) -> None:
    assert home.search(typed).hits == []


CHINA = Arena(indication="MONDO:0010604", modality="gene_therapy", jurisdiction="CN")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("hemophilia B gene therapy in China", CHINA),
        ("who leads haemophilia B gene therapy in CN?", CHINA),
        ("中国血友病B基因治疗", CHINA),
        ("谁领先 中国 血友病B 基因疗法", CHINA),
        ("CAR-T", Arena(modality="car_t")),
        ("F9 in US", Arena(target="F9", jurisdiction="US")),
        ("China", None),
        ("hemophilia B of Pfizer", None),
        ("in us", None),
    ],
)
def test_a_text_that_is_a_race_by_itself_names_its_arena(typed: str, named: Arena | None) -> None:
    assert arena(typed) == named


def test_a_lost_index_costs_time_and_nothing_else(home: HomeHandle, tmp_path: Path) -> None:
    """The index is derived: without it the same is found."""
    before = home.search("tislelizumab").hits
    copy = frontrunner.open(shutil.copytree(home.path, tmp_path / "home"))
    for folder in (copy.path / "snapshots").glob("*.search"):
        shutil.rmtree(folder)
    assert copy.search("tislelizumab").hits == before


def test_an_index_goes_with_its_snapshot(home: HomeHandle) -> None:
    folder = home.path / "snapshots"
    assert {path.stem for path in folder.glob("*.search")} <= {path.stem for path in folder.glob("*.duckdb")}


@given(st.text(max_size=60))
def test_any_text_can_be_sought(home: HomeHandle, text: str) -> None:
    assert all(hit.label for hit in home.search(text, limit=5).hits)
    assert squeezed(squeezed(text)) == squeezed(text)
    assert all(runs(run) == [run] for run in runs(text))
