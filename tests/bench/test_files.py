"""The files of a corpus: the same records in every form, updates of some of them, archives that other tools open."""

import zipfile
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from isal import igzip

from bench import synthetic, zips
from bench.study import Studies
from bench.synthetic import Corpus

RECORDS = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A small corpus, made by two processes as a large one is."""
    return synthetic.make(tmp_path_factory.mktemp("bench"), RECORDS)


def lines(path: Path) -> list[bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    read = [file.read_bytes() if file.suffix == ".jsonl" else igzip.decompress(file.read_bytes()) for file in files]
    return b"".join(read).splitlines()


@pytest.mark.slow
def test_every_form_holds_the_records_of_the_generator(corpus: Corpus, studies: Studies) -> None:
    expected = [studies.record(index) for index in range(RECORDS)]
    for form in ("gz", "one", "plain"):
        assert lines(corpus.form(form)) == expected, form
    with zipfile.ZipFile(corpus.form("zip")) as archive:
        assert [archive.read(name) for name in archive.namelist()] == expected
        assert all(name.encode()[:11] in body for name, body in zip(archive.namelist(), expected, strict=True))


@pytest.mark.slow
def test_the_manifest_counts_what_is_there(corpus: Corpus) -> None:
    manifest = corpus.manifest
    parts = sorted(corpus.form("gz").iterdir())
    assert len(parts) >= synthetic.LEAST_PARTS
    assert manifest.parts == [part.stat().st_size for part in parts]
    found = lines(corpus.form("gz"))
    assert (manifest.records, manifest.bytes) == (RECORDS, sum(map(len, found)) + RECORDS)
    assert manifest.with_results == sum(b'"resultsSection"' in line for line in found)
    assert 0.6 * manifest.gz_bytes < manifest.gz6_bytes < manifest.gz_bytes


@pytest.mark.slow
def test_a_finished_corpus_is_not_made_again(corpus: Corpus) -> None:
    before = {path: path.stat().st_mtime_ns for path in corpus.folder.rglob("*")}
    again = synthetic.make(corpus.folder.parent.parent, RECORDS)
    assert again.folder == corpus.folder
    assert {path: path.stat().st_mtime_ns for path in corpus.folder.rglob("*")} == before


@pytest.mark.slow
def test_an_update_holds_the_moved_studies_alone_and_the_whole_file_all(corpus: Corpus, studies: Studies) -> None:
    moved = synthetic.moved(corpus.manifest, 10, 1)
    assert len(set(moved)) == 10
    assert lines(corpus.update(10)) == [studies.record(index, 1, True) for index in moved]
    assert lines(corpus.whole(10)) == [studies.record(index, 1, index in moved) for index in range(RECORDS)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=2_000), max_size=20))
def test_an_archive_gives_back_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("zip") / "some.zip"
    assert zips.write(path, (zips.deflated(f"{n}.bin", each) for n, each in enumerate(contents))) == len(contents)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert [archive.read(f"{n}.bin") for n in range(len(contents))] == contents


@pytest.mark.slow
def test_an_archive_of_more_members_than_the_old_form_can_count(tmp_path: Path) -> None:
    one = zips.deflated("0.json", b"{}")
    count = zips.write(tmp_path / "many.zip", (one._replace(name=b"%d.json" % n) for n in range(70_000)))
    with zipfile.ZipFile(tmp_path / "many.zip") as archive:
        assert len(archive.namelist()) == count == 70_000
        assert archive.read("69999.json") == b"{}"


def test_an_archive_that_is_larger_than_the_old_form_can_address(tmp_path: Path) -> None:
    """The file has a hole of 5 GB before its members, which costs no disk."""
    path = tmp_path / "far.zip"
    with open(path, "wb") as file:
        file.truncate(5 << 30)
    zips.write(path, [zips.deflated("a", b"x" * 1_000), zips.deflated("b", b"y")], start=5 << 30)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("b").header_offset > 1 << 32
        assert archive.read("b") == b"y"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["gz", "one"])
def test_the_floor_parses_every_record_of_either_form(corpus: Corpus, form: str) -> None:
    floor = pytest.importorskip("bench.floor", exc_type=ImportError)
    pytest.importorskip("simdjson")
    done = [floor.parse(piece) for piece in floor.slices(corpus, form)]
    assert sum(records for records, _ in done) == RECORDS
    assert sum(size for _, size in done) == corpus.manifest.bytes


@pytest.mark.slow
def test_the_floor_refuses_a_slice_that_ends_inside_a_member(corpus: Corpus) -> None:
    pytest.importorskip("simdjson")
    from bench import floor

    piece = floor.slices(corpus, "gz")[0]
    with pytest.raises(ValueError, match="does not end with a gzip member"):
        floor.parse(piece._replace(length=piece.length - 9))


@pytest.mark.slow
def test_the_per_record_loader_fills_the_ledgers_columns_with_what_the_project_reads(corpus: Corpus) -> None:
    pytest.importorskip("orjson")
    import duckdb

    from bench import naive
    from frontrunner.resolve import labels
    from frontrunner.sources import ctgov

    bodies = lines(corpus.form("gz"))
    for insert in (naive.row_by_row, naive.as_arrow):
        with duckdb.connect() as connection:
            assert naive.load(bodies, connection, insert) == RECORDS
            rows = connection.sql("from trial_version").to_arrow_table().to_pylist()
            named = connection.sql("select position, value, key, kind from tested_name").fetchall()
        trials = [ctgov.read(body).statements[0] for body in bodies]
        said = [label for trial in trials for label in labels.of(trial) if isinstance(label, labels.TestedName)]
        assert named == [msgspec.structs.astuple(label) for label in said]
        for trial, row in zip(trials, rows, strict=True):
            read = msgspec.structs.asdict(trial)
            row.pop("doc")
            assert row == {name: plain(value) for name, value in read.items()}


def plain(value: object) -> object:
    return msgspec.to_builtins(value)


def test_crc_is_that_of_the_content() -> None:
    member = zips.deflated("a", b"content")
    assert (member.crc, member.size) == (zlib.crc32(b"content"), 7)
