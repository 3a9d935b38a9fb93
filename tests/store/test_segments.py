"""What is kept is read back byte for byte, also what was kept before; damage is noticed."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import HomeError
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.race.why import quotes
from frontrunner.store import evidence, segments
from frontrunner.store.home import Home
from frontrunner.store.segments import Document
from tests.studies import lines, study

OLD = pa.schema(
    [field for field in segments.DOCUMENT if field.name != "frame"] + [pa.field("body", pa.binary())],
)


def documents(bodies: list[bytes]) -> list[Document]:
    """A document of each body."""
    return [
        Document(number, hashlib.sha256(body).digest(), "ctgov", None if number % 3 else f"K{number}", "x/y", body)
        for number, body in enumerate(bodies)
    ]


def written(path: Path, given: list[Document]) -> Path:
    """A segment of them."""
    writer = segments.Writer(path)
    for one in given:
        writer.add(one)
    writer.close()
    segments.sync(path)
    return path


def written_before(path: Path, given: list[Document]) -> Path:
    """A segment of them as it was written until November 2026."""
    rows = [
        dict(doc=x.doc, hash=x.hash, source=x.source, key=x.key, media_type=x.media_type, size=len(x.body), body=x.body)
        for x in given
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=OLD), path, compression="zstd", row_group_size=64)
    return path


@given(
    st.lists(st.binary(max_size=40), min_size=1, max_size=12), st.sampled_from((1, 20)), st.sampled_from((1, 100_000))
)
def test_every_document_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], times: int, longer: int
) -> None:
    given = documents([body * longer for body in bodies] * times)
    path = written(tmp_path_factory.mktemp("segment") / "bytes-000001-0000.parquet", given)
    assert list(segments.documents(path)) == given
    assert segments.docs(path) == [one.doc for one in given]
    for row in {0, len(given) // 2, len(given) - 1}:
        assert segments.body(path, row) == given[row].body


@pytest.mark.parametrize("write", [written, written_before])
def test_both_forms_are_read_and_moved_with_what_is_new(
    tmp_path: Path, write: Callable[[Path, list[Document]], Path]
) -> None:
    given = documents([bytes([number]) * number for number in range(150)])
    path = write(tmp_path / "bytes-000001-0000.parquet", given)
    assert list(segments.documents(path)) == given
    assert [segments.body(path, row) for row in (0, 63, 64, 149)] == [given[row].body for row in (0, 63, 64, 149)]
    folder = tmp_path / "run"
    folder.mkdir()
    segments.move(path, folder, [one.doc % 2 == 0 for one in given])
    assert list(segments.documents(folder / path.name)) == given[::2]


def test_damage_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "bytes-000001-0000.parquet", documents([b"abc" * 500, b"d" * 900]))
    packed = path.with_suffix(".zst")
    sound = packed.read_bytes()
    for broken in (sound[:-6], b"", sound[: len(sound) // 2] + b"\x00\xff" + sound[len(sound) // 2 + 2 :]):
        packed.write_bytes(broken)
        with pytest.raises(segments.DAMAGE):
            segments.body(path, 0)
    packed.write_bytes(sound)
    with pytest.raises(segments.DAMAGE):
        segments.body(path, 2)


def test_a_home_of_before_answers_and_grows(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    ingest(home, [lines(tmp_path / "a.jsonl", study())], today=date(2026, 1, 1))
    (segment,) = evidence.segments(home, 1)
    kept = list(segments.documents(segment))
    segment.with_suffix(".zst").unlink()
    written_before(segment, kept)
    assert _quoted(home) == ["2019-05-20"]
    home.ledger.unlink()
    ingest(home, [lines(tmp_path / "b.jsonl", study(nct="NCT90000002"))], today=date(2026, 1, 1))
    assert _quoted(home) == ["2019-05-20"]


def test_evidence_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    ingest(home, [lines(tmp_path / "a.jsonl", study())], today=date(2026, 1, 1))
    (segment,) = evidence.segments(home, 1)
    segment.with_suffix(".zst").unlink()
    with pytest.raises(HomeError, match=r"the evidence cannot be read .*; restore it from a backup"):
        _quoted(home)


def _quoted(home: Home) -> list[str]:
    with Snapshot(home) as snapshot:
        (row, *_) = race(snapshot, asked("haemophilia B", modality="gene_therapy", jurisdiction="US")).standings
        return [quote.words for quote in quotes(snapshot, row.evidence)]
