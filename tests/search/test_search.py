"""Search: what people type finds what they mean, in either language."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import UnknownOption
from frontrunner.race.question import Snapshot
from frontrunner.search import index
from frontrunner.search.results import Arena
from frontrunner.search.words import runs, squeezed
from frontrunner.store.home import Home
from frontrunner.vocab import phrase
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


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("with xyz-101 in hemophilia", "words"),
        ("hemophlia xyz-101 therapy", "fuzzy"),
        ("a trial of xyz-101 by nobody", "part"),
        ("NCT90000001", "exact"),
        ("NCT9000000", "prefix"),
    ],
)
def test_a_trial_is_found_by_its_id_and_by_words_of_its_title(home: HomeHandle, typed: str, how: str) -> None:
    hits = home.search(typed, kind="trial").hits
    assert {"NCT90000001": how}.items() <= {hit.id: hit.how for hit in hits}.items()


@pytest.mark.parametrize("typed", ["NCT00000009", "NCT", "ctr", "pro"])
def test_the_beginning_that_very_many_ids_share_finds_none_of_them(home: HomeHandle, typed: str) -> None:
    assert [hit for hit in home.search(typed).hits if hit.kind == "trial"] == []


def test_a_kind_narrows_and_an_unknown_one_names_those_there_are(home: HomeHandle) -> None:
    assert {hit.kind for hit in home.search("hemophilia B", kind="trial").hits} == {"trial"}
    with pytest.raises(UnknownOption, match="indication"):
        home.search("hemophilia B", kind="disease")


def test_a_limit_is_kept(home: HomeHandle) -> None:
    assert len(home.search("hemophilia", limit=3).hits) == 3


@pytest.mark.parametrize("typed", ["hemophilia", "gene therapy study", "haemophila b", "血友病"])
def test_a_smaller_limit_gives_the_beginning_of_the_same(home: HomeHandle, typed: str) -> None:
    every = home.search(typed, limit=1000).hits
    assert len(every) > 1
    assert all(home.search(typed, limit=limit).hits == every[:limit] for limit in (1, 4, 20))


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
        ("国内血友病B基因治疗", CHINA),
        ("CAR-T", Arena(modality="car_t")),
        ("F9 in US", Arena(target="F9", jurisdiction="US")),
        ("China", None),
        ("hemophilia B of Pfizer", None),
        ("in us", None),
    ],
)
def test_a_text_that_is_a_race_by_itself_names_its_arena(typed: str, named: Arena | None) -> None:
    said = phrase.read(typed)
    assert (Arena(**said.parts) if said.is_arena else None) == named


def test_a_lost_index_costs_time_and_nothing_else(home: HomeHandle, tmp_path: Path) -> None:
    """The index is derived: without it the same is found."""
    before = home.search("tislelizumab").hits
    copy = frontrunner.open(shutil.copytree(home.path, tmp_path / "home"))
    for folder in (copy.path / "snapshots").glob("*.search"):
        shutil.rmtree(folder)
    assert copy.search("tislelizumab").hits == before


def _stored(folder: Path) -> dict[str, int]:
    """The files of an index that hold words and entries, by the disk's own number of each."""
    return {path.name: path.stat().st_ino for path in folder.iterdir() if path.suffix == ".store"}


def test_an_index_shares_with_the_one_before_what_did_not_change_and_goes_with_its_snapshot(tmp_path: Path) -> None:
    home, seen = frontrunner.open(tmp_path / "home"), list[dict[str, int]]()
    for day in range(1, 5):
        studies = [study(nct=f"NCT9000{number:04d}") for number in range(30 if day == 1 else 0)]
        renamed = study(nct="NCT90000003", title=f"Title {day} of a Study", posted=f"2021-01-0{day}")
        home.ingest(lines(tmp_path / f"{day}.jsonl", *studies, renamed))
        snapshots = home.path / "snapshots"
        held = sorted(path.stem for path in snapshots.glob("*.search*"))
        assert held == sorted(path.stem for path in snapshots.glob("*.duckdb"))
        seen.append(_stored(snapshots / f"{held[-1]}.search"))
        hits = [hit for hit in home.search("title study", kind="trial").hits if hit.how == "words"]
        assert [hit.label for hit in hits] == [f"Title {day} of a Study"]
    assert all(seen[0].items() <= later.items() for later in seen), "the entries of the first day are there once"


def test_an_index_that_a_killed_writer_left_is_not_read(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    home.ingest(lines(tmp_path / "a.jsonl", study()))
    snapshots = home.path / "snapshots"
    for left in ("000002.search", "000002.search-part"):
        shutil.copytree(snapshots / "000001.search", snapshots / left)
        (snapshots / left / "meta.json").write_text("{}", "utf-8")
    home.ingest(lines(tmp_path / "b.jsonl", study(title="Another Title", posted="2021-01-01")))
    assert [hit.label for hit in home.search("NCT90000001").hits] == ["Another Title"]
    assert {path.name for path in snapshots.glob("*.search*")} == {"000001.search", "000002.search"}


def test_an_index_that_is_no_base_is_made_whole(tmp_path: Path) -> None:
    """Of a ledger with other runs, or of what cannot be read."""
    home = frontrunner.open(tmp_path / "home")
    home.ingest(lines(tmp_path / "a.jsonl", study()))
    shutil.rmtree(home.path / "evidence")
    (home.path / "ledger.duckdb").unlink()
    home.ingest(lines(tmp_path / "b.jsonl", study(nct="NCT90000002")))
    assert [hit.id for hit in home.search("hemophilia", kind="trial").hits] == ["NCT90000002"]
    (home.path / "snapshots" / "000002.search" / "holding.msgpack").write_bytes(b"\xc1")
    home.ingest(lines(tmp_path / "c.jsonl", study(nct="NCT90000003")))
    assert {hit.id for hit in home.search("hemophilia", kind="trial").hits} == {"NCT90000002", "NCT90000003"}


def test_many_trials_are_made_in_another_process_and_found_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [study(title="An Old Title", posted="2020-01-01"), study(title="A New Title", posted="2021-01-01")]
    studies = [study(nct=f"NCT9000{number:04d}", title=f"基因治疗 Título {number}") for number in range(30)]
    file, found = lines(tmp_path / "many.jsonl", *versions, *studies), []
    for most in (1, 1_000):
        monkeypatch.setattr(index, "_MOST", most)
        home = frontrunner.open(tmp_path / f"home-{most}")
        home.ingest(file)
        texts = ("NCT90000001", "old title", "new title", "titulo 7", "因治", "Hemophilia B", "example")
        found.append([home.search(text, limit=50).hits for text in texts])
        assert {path.name for path in (home.path / "snapshots").iterdir()} == {"000001.search", "000001.duckdb"}
    assert found[0] == found[1]
    assert [hits[0].label for hits in found[0][:3]] == ["A New Title"] * 3


def test_who_makes_entries_for_a_writer_that_is_gone_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MOST", 1)
    home = Home(tmp_path / "home")
    frontrunner.open(home.path).ingest(lines(tmp_path / "two.jsonl", study(), study(nct="NCT90000002")))
    with (
        home.writing(),
        Snapshot(home) as snapshot,
        pytest.raises(KeyboardInterrupt),
        index.begun(snapshot.connection, home, "another edition"),
    ):
        raise KeyboardInterrupt
    assert [path.name for path in home.snapshots.iterdir() if "part" in path.name] == []


@given(st.text(max_size=60))
def test_any_text_can_be_sought(home: HomeHandle, text: str) -> None:
    assert all(hit.label for hit in home.search(text, limit=5).hits)
    assert squeezed(squeezed(text)) == squeezed(text)
    assert all(runs(run) == [run] for run in runs(text))
