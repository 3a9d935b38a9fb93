"""Zip archives of half a million small members, read in place and by parts of their directory.

The standard library reads the whole directory on opening (seconds for 550,000 members, in every process) and goes
through four layers a member. Only what registries publish is read: stored and deflated members, Zip64, no encryption.
Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import io
import mmap
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import BinaryIO, NamedTuple

from frontrunner.errors import UnreadableInput
from frontrunner.reading import inflate

_END, _END64, _LOCATOR64 = Struct("<4s4H2LH"), Struct("<4sQ2H2L4Q"), Struct("<4sLQL")
_CENTRAL, _LOCAL = Struct("<4s6H3L5H2L"), Struct("<4s5H3L2H")
_COMMENT_BYTES = 0xFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800
_CHUNK = 1 << 18


class Entry(NamedTuple):
    """A member as the directory describes it: sizes in bytes, `offset` of its local header in the archive."""

    name: str
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    offset: int


class Archive(NamedTuple):
    """An open archive: its bytes, its name for messages, and the bounds of its directory."""

    data: mmap.mmap
    name: str
    first: int
    last: int


def opened(path: Path, name: str) -> Archive:
    """The archive at `path`; it stays open as long as something refers to it.

    Raises UnreadableInput when its directory is missing (truncated) or holds no files.
    """
    try:
        with open(path, "rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise UnreadableInput(name, f"cannot be opened ({error.strerror or error})") from error
    return _archive(data, name)


def _archive(data: mmap.mmap, name: str) -> Archive:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _COMMENT_BYTES))
    if end < 0 or end + _END.size > len(data):
        raise UnreadableInput(name, "is a truncated zip: it has no directory at its end")
    *_, count, size, offset, _comment = _END.unpack_from(data, end)
    locator = end - _LOCATOR64.size
    if locator >= 0 and data[locator : locator + 4] == b"PK\x06\x07":
        end = _LOCATOR64.unpack_from(data, locator)[2]
        if end + _END64.size > len(data) or data[end : end + 4] != b"PK\x06\x06":
            raise UnreadableInput(name, "is a damaged zip: its Zip64 directory is not where it says")
        *_, count, size, offset = _END64.unpack_from(data, end)
    first = end - size
    if first != offset:
        raise UnreadableInput(name, "is a damaged zip: its directory is not where it says")
    if count == 0:
        raise UnreadableInput(name, "is a zip without files")
    return Archive(data, name, first, end)


def entries(archive: Archive, span: tuple[int, int] | None = None) -> Iterator[Entry]:
    """The files in a span of the directory (all of it if null), in its order; folders and hidden files left out.

    Raises UnreadableInput when the directory is damaged, or when the members together are longer than the archive:
    they overlap, which only a bomb does.
    """
    at, end = span or (archive.first, archive.last)
    budget = len(archive.data)
    while at < end:
        entry, at = _entry(archive, at)
        budget -= entry.compressed
        if budget < 0:
            raise UnreadableInput(archive.name, "is a bomb: its members overlap")
        if not entry.name.endswith("/") and not _is_hidden(entry.name):
            yield entry


def spans(archive: Archive, n: int) -> list[tuple[int, int]]:
    """At most `n` spans of the directory, of about as many bytes each, that together are all of it."""
    cuts, step = [archive.first], max(1, (archive.last - archive.first) // n)
    at = archive.first
    while at < archive.last:
        _, at = _entry(archive, at)
        if at - cuts[-1] >= step and len(cuts) < n and at < archive.last:
            cuts.append(at)
    return list(zip(cuts, [*cuts[1:], archive.last], strict=True))


def _entry(archive: Archive, at: int) -> tuple[Entry, int]:
    start = at + _CENTRAL.size
    if start > archive.last or archive.data[at : at + 4] != b"PK\x01\x02":
        raise UnreadableInput(archive.name, "is a damaged zip: its directory breaks off")
    fields = _CENTRAL.unpack_from(archive.data, at)
    _, _, _, flags, method, _, _, crc, compressed, size, n_name, n_extra, n_comment, _, _, _, offset = fields
    raw = archive.data[start : start + n_name]
    name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    if 0xFFFFFFFF in (compressed, size, offset):
        extra = archive.data[start + n_name : start + n_name + n_extra]
        size, compressed, offset = zip64(extra, size, compressed, offset)
    entry = Entry(name, flags, method, crc, compressed, size, offset)
    return entry, start + n_name + n_extra + n_comment


def zip64(extra: bytes, *values: int) -> Iterator[int]:
    """The sizes and the offset, where the directory has no room for them, from the Zip64 extra field."""
    at = 0
    while at + 4 <= len(extra) and extra[at : at + 2] != b"\x01\x00":
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
    at += 4
    for value in values:
        if value == 0xFFFFFFFF:
            value, at = int.from_bytes(extra[at : at + 8], "little"), at + 8
        yield value


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or any(part.startswith(".") for part in name.split("/"))


def refused(entry: Entry) -> str | None:
    """Why a member is not read here, or null."""
    if entry.flags & _ENCRYPTED:
        return "is encrypted"
    if entry.method not in (_STORED, _DEFLATED):
        return f"is compressed by method {entry.method}; only stored and deflated members are read"
    return None


def read(archive: Archive, entry: Entry, where: str, at_once: int) -> BinaryIO:
    """The bytes of a member: a member of at most `at_once` bytes whole, a longer one as a stream.

    Raises UnreadableInput when it is truncated, damaged (CRC) or not of the size that the directory says.
    """
    local = archive.data[entry.offset : entry.offset + _LOCAL.size]
    if len(local) < _LOCAL.size or not local.startswith(b"PK\x03\x04"):
        raise UnreadableInput(where, "is not where the directory says: a damaged zip")
    *_, n_name, n_extra = _LOCAL.unpack(local)
    start = entry.offset + _LOCAL.size + n_name + n_extra
    if start + entry.compressed > len(archive.data):
        raise UnreadableInput(where, "is truncated")
    stream = _Inflating(archive.data, entry, start, where)
    if entry.size > at_once:
        return io.BufferedReader(stream, _CHUNK)
    return io.BytesIO(stream.everything())


class _Inflating(io.RawIOBase):
    """A member's bytes as they come out; the size and the CRC are checked at the end."""

    def __init__(self, data: mmap.mmap, entry: Entry, start: int, where: str) -> None:
        self._data, self._entry, self._where = data, entry, where
        self._at, self._end = start, start + entry.compressed
        self._inflate = inflate.raw_deflate() if entry.method == _DEFLATED else None
        self._out, self._crc = 0, 0

    def readable(self) -> bool:
        return True

    def everything(self) -> bytes:
        """The whole member at once."""
        packed = self._data[self._at : self._end]
        body = packed if self._inflate is None else self._inflated(packed, self._entry.size + 1)
        self._checked(body)
        self._finish()
        return body

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        chunk = self._next(len(buffer))
        buffer[: len(chunk)] = chunk
        if not chunk:
            self._finish()
        return len(chunk)

    def _next(self, room: int) -> bytes:
        while True:
            packed = self._inflate.unconsumed_tail if self._inflate else b""
            if not packed:
                packed = self._data[self._at : min(self._end, self._at + min(room, _CHUNK))]
                self._at += len(packed)
            if self._inflate is None:
                return self._checked(packed)
            chunk = self._inflated(packed, room)
            if chunk or not packed:
                return self._checked(chunk)

    def _inflated(self, packed: bytes, most: int) -> bytes:
        assert self._inflate is not None
        try:
            return self._inflate.decompress(packed, most)
        except inflate.DAMAGE as error:
            raise UnreadableInput(self._where, f"is damaged after {self._out} decompressed bytes") from error

    def _checked(self, chunk: bytes) -> bytes:
        self._out += len(chunk)
        self._crc = inflate.crc32(chunk, self._crc)
        if self._out > self._entry.size:
            raise UnreadableInput(self._where, f"expands beyond the {self._entry.size} bytes that the directory says")
        return chunk

    def _finish(self) -> None:
        if self._out != self._entry.size:
            raise UnreadableInput(self._where, f"is truncated: {self._out} of {self._entry.size} bytes")
        if self._crc != self._entry.crc:
            raise UnreadableInput(self._where, "is damaged: its checksum does not match")
