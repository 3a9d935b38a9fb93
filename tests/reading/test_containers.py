"""What a user gives is opened by what it is, and whatever is wrong with it is said in one line."""

import gzip
import os
import pickle
import zlib
from pathlib import Path

import pytest
import zstandard

from frontrunner.errors import UnreadableInput
from frontrunner.reading import containers as module
from frontrunner.reading.containers import Container, containers, head
from tests.reading.files import FORMS, container, zipped

BODY = b"".join(b'{"n": %d, "text": "%s"}\n' % (n, bytes(f"{n * 7919:x}", "ascii") * 3) for n in range(4000))


@pytest.mark.parametrize("suffix", FORMS)
def test_every_form_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    found = container(tmp_path, f"records{suffix}", FORMS[suffix](BODY))
    with found.open() as stream:
        assert stream.read() == BODY
    assert head(found) == BODY[: module.HEAD_BYTES]


@pytest.mark.parametrize("suffix", FORMS)
def test_the_name_of_a_file_does_not_matter(tmp_path: Path, suffix: str) -> None:
    with container(tmp_path, "records.json", FORMS[suffix](BODY)).open() as stream:
        assert stream.read() == BODY


def test_gzip_and_zstandard_of_several_parts_are_read_to_the_end(tmp_path: Path) -> None:
    halves = BODY[:5000], BODY[5000:]
    for suffix in (".gz", ".zst"):
        body = b"".join(FORMS[suffix](half) for half in halves)
        with container(tmp_path, f"parts{suffix}", body).open() as stream:
            assert stream.read() == BODY


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_truncated_file_is_said_to_be_so(tmp_path: Path, suffix: str, kept: float) -> None:
    packed = FORMS[suffix](BODY)
    found = container(tmp_path, f"cut{suffix}", packed[: int(len(packed) * kept)])
    with found.open() as stream, pytest.raises(UnreadableInput, match=rf"cut{suffix}: is truncated") as error:
        stream.read()
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_damaged_file_is_said_to_be_so(tmp_path: Path, suffix: str) -> None:
    packed = bytearray(FORMS[suffix](BODY))
    packed[len(packed) // 2] ^= 0xFF
    with (
        container(tmp_path, f"bad{suffix}", bytes(packed)).open() as stream,
        pytest.raises(UnreadableInput, match=r"is (damaged|truncated) after"),
    ):
        stream.read()


def test_what_a_bomb_expands_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RATIO_FROM", 1 << 20)
    bombs = {"bomb.gz": gzip.compress(bytes(64 << 20), 9), "bomb.zst": zstandard.compress(bytes(64 << 20))}
    for name, packed in bombs.items():
        taken = 0
        with container(tmp_path, name, packed).open() as stream, pytest.raises(UnreadableInput, match="the limit"):
            while chunk := stream.read(1 << 20):
                taken += len(chunk)
        assert taken <= max(1 << 20, module.RATIO * len(packed))


def test_an_honest_file_that_compresses_well_is_no_bomb(tmp_path: Path) -> None:
    body = b'{"status": "RECRUITING"}\n' * 200_000
    with container(tmp_path, "even.gz", gzip.compress(body)).open() as stream:
        assert stream.read() == body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is empty"),
        (b"BZh91AY&SY", "is bzip2"),
        (b"\xfd7zXZ\x00\x00", "is xz"),
        (b"7z\xbc\xaf\x27\x1c..", "is 7-Zip"),
        (b"Rar!\x1a\x07\x01\x00", "is RAR"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, body: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=f"thing: {why}"):
        head(container(tmp_path, "thing", body))


def test_a_missing_path_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="there is no such file or folder"):
        list(containers(tmp_path / "nowhere"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    found = container(tmp_path, "locked", BODY)
    found.path.chmod(0)
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        head(found)


def test_a_folder_gives_its_files_in_order_with_their_paths_below_it(tmp_path: Path) -> None:
    for name in ("b/2.json", "b/1.json", "a.json", ".hidden", "c/.git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    assert [found.name for found in containers(tmp_path)] == ["a.json", "b/1.json", "b/2.json"]
    assert [found.name for found in containers(tmp_path / "b" / "1.json")] == ["1.json"]


def test_a_bad_file_in_a_folder_does_not_hide_its_neighbours(tmp_path: Path) -> None:
    for name, body in {"1.json": BODY, "2.json": b"", "3.json": BODY}.items():
        (tmp_path / name).write_bytes(body)
    first, second, third = containers(tmp_path)
    assert head(first) == head(third)
    with pytest.raises(UnreadableInput, match=r"2\.json: is empty"):
        head(second)


def test_a_container_can_be_sent_to_another_process(tmp_path: Path) -> None:
    found = container(tmp_path, "records.zip", zipped({f"{n}.json": BODY for n in range(9)}))
    for part in found.slices(3):
        again: Container = pickle.loads(pickle.dumps(part))
        assert [member.name for member in again.members() if not isinstance(member, UnreadableInput)]


def test_gzip_by_the_standard_library_gives_the_same(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=31)
    with container(tmp_path, "records.gz", packer.compress(BODY) + packer.flush()).open() as stream:
        assert stream.read() == BODY


def test_the_head_of_a_zip_is_that_of_a_record_not_of_a_note(tmp_path: Path) -> None:
    found = container(tmp_path, "all.zip", zipped({"Contents.txt": b"files", "NCT1/x.json": b"{}"}))
    assert head(found) == b"{}"
    assert head(container(tmp_path, "notes.zip", zipped({"README": b"only this"}))) == b"only this"
