"""Zip archives are read in place, in parts, and refused where they lie."""

import io
import struct
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading import containers, zips
from frontrunner.reading.containers import Container, split, whole
from tests.reading.files import container, zipped

MEMBERS = {f"NCT{n:08d}.json": b'{"n": %d}' % n * (1 + n % 50) for n in range(500)}


def bodies(found: Container) -> dict[str, bytes]:
    """Name -> bytes of every member."""
    read = {}
    for member in found.members():
        assert not isinstance(member, UnreadableInput)
        with member.open() as stream:
            read[member.name] = stream.read()
    return read


def errors(found: Container) -> list[str]:
    """What is said while every member is read as one record."""
    items = split(found, lambda where, stream: iter([Raw("whole file", whole(where, stream))]))
    return [str(item) for item in items if isinstance(item, UnreadableInput)]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_members_are_what_the_standard_library_reads(tmp_path: Path, method: int) -> None:
    found = container(tmp_path, "all.zip", zipped(MEMBERS, method))
    with zipfile.ZipFile(found.path) as archive:
        assert bodies(found) == {name: archive.read(name) for name in archive.namelist()} == MEMBERS


@pytest.mark.parametrize("n", [1, 2, 3, 7, 499, 5000])
def test_slices_hold_every_member_once(tmp_path: Path, n: int) -> None:
    parts = container(tmp_path, "all.zip", zipped(MEMBERS)).slices(n)
    assert len(parts) <= n
    assert Counter(name for part in parts for name in bodies(part)) == Counter(list(MEMBERS))


@given(st.dictionaries(st.text("abc/é文", min_size=1, max_size=9), st.binary(max_size=300), min_size=1, max_size=20))
def test_any_archive_is_read_back(tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes]) -> None:
    found = container(tmp_path_factory.mktemp("zip"), "any.zip", zipped(members))
    assert bodies(found) == {name: body for name, body in members.items() if not name.endswith("/")}


def test_folders_and_hidden_members_are_passed_over(tmp_path: Path) -> None:
    members = {"a/": b"", "a/.DS_Store": b"x", "__MACOSX/a/1.json": b"x", "a/1.json": b"{}"}
    assert bodies(container(tmp_path, "mac.zip", zipped(members))) == {"a/1.json": b"{}"}


def test_a_truncated_archive_has_no_directory(tmp_path: Path) -> None:
    packed = zipped(MEMBERS)
    for kept in (0.1, 0.5, 0.99):
        with pytest.raises(UnreadableInput, match="truncated zip"):
            list(container(tmp_path, "cut.zip", packed[: int(len(packed) * kept)]).members())


def test_an_archive_with_a_piece_missing_is_damaged(tmp_path: Path) -> None:
    packed = zipped(MEMBERS)
    with pytest.raises(UnreadableInput, match="damaged zip"):
        list(container(tmp_path, "torn.zip", packed[:1000] + packed[1100:]).members())


def test_an_archive_without_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="zip without files"):
        list(container(tmp_path, "none.zip", zipped({})).members())


def test_one_damaged_member_does_not_hide_its_neighbours(tmp_path: Path) -> None:
    packed = bytearray(zipped({f"{n}.json": b"x" * 100 + bytes([n]) for n in range(9)}, zipfile.ZIP_STORED))
    packed[packed.index(b"4.json") + len("4.json") + 50] ^= 0xFF
    found = container(tmp_path, "bad.zip", bytes(packed))
    assert errors(found) == ["bad.zip!4.json: is damaged: its checksum does not match"]


def test_encrypted_members_and_unknown_methods_are_refused_by_name(tmp_path: Path) -> None:
    packed = bytearray(zipped({"a.json": b"{}", "b.json": b"{}"}))
    directory = packed.index(b"PK\x01\x02")
    struct.pack_into("<H", packed, directory + 8, 1)
    second = packed.index(b"PK\x01\x02", directory + 4)
    struct.pack_into("<H", packed, second + 10, 99)
    said = errors(container(tmp_path, "odd.zip", bytes(packed)))
    assert [line.partition(";")[0] for line in said] == [
        "odd.zip!a.json: is encrypted",
        "odd.zip!b.json: is compressed by method 99",
    ]


def test_a_member_larger_than_its_directory_says_is_stopped(tmp_path: Path) -> None:
    packed = bytearray(zipped({"bomb.json": bytes(50 << 20)}))
    struct.pack_into("<L", packed, packed.index(b"PK\x01\x02") + 24, 1000)
    assert errors(container(tmp_path, "liar.zip", bytes(packed))) == [
        "liar.zip!bomb.json: expands beyond the 1000 bytes that the directory says"
    ]


def test_a_member_that_says_it_is_a_bomb_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "RATIO_FROM", 1 << 20)
    found = container(tmp_path, "bomb.zip", zipped({"zeros.json": bytes(50 << 20), "sound.json": b"{}"}))
    assert [line.partition(",")[0] for line in errors(found)] == [
        "bomb.zip!zeros.json: says that it expands to 52428800 bytes"
    ]


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    out = io.BytesIO(zipped({"kernel.json": b"x" * 100_000}, zipfile.ZIP_STORED))
    packed = out.getvalue()
    start, end = packed.index(b"PK\x01\x02"), packed.index(b"PK\x05\x06")
    directory = packed[start:end] * 50
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(directory), start, 0)
    with pytest.raises(UnreadableInput, match="bomb: its members overlap"):
        list(container(tmp_path, "overlap.zip", packed[:start] + directory + tail).members())


def test_a_long_member_is_streamed_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "RECORD_BYTES", 1000)
    body = b"".join(b"%d\n" % n for n in range(100_000))
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        packed = zipped({"long.txt": body}, method)
        assert bodies(container(tmp_path, "long.zip", packed)) == {"long.txt": body}
        wrong = bytearray(packed)
        struct.pack_into("<L", wrong, wrong.index(b"PK\x01\x02") + 16, 0)
        with pytest.raises(UnreadableInput, match="checksum"):
            bodies(container(tmp_path, "long.zip", bytes(wrong)))


@pytest.mark.slow
def test_an_archive_of_more_members_than_the_old_format_counts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for n in range(66_000):
            archive.writestr(f"{n}.json", b"{}")
    parts = Container(path, "many.zip").slices(4)
    assert sum(1 for part in parts for _ in part.members()) == 66_000


def test_sizes_beyond_four_gigabytes_are_read_from_the_zip64_field() -> None:
    extra = struct.pack("<2HQ", 0xCAFE, 8, 1) + struct.pack("<2H3Q", 1, 24, 5 << 30, 4 << 30, 9 << 30)
    assert list(zips.zip64(extra, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)) == [5 << 30, 4 << 30, 9 << 30]
    assert list(zips.zip64(extra, 7, 0xFFFFFFFF, 8)) == [7, 5 << 30, 8]


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_never_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int
) -> None:
    packed = bytearray(zipped({f"{n}.json": b'{"n": %d}' % n * 9 for n in range(40)}))
    packed[at % len(packed)] = value
    found = container(tmp_path_factory.mktemp("zip"), "x.zip", bytes(packed))
    try:
        errors(found)
    except UnreadableInput as error:
        assert "\n" not in str(error)
