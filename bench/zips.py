"""Writes a zip archive from members that are already deflated, so that several processes can do the deflating.

The standard `zipfile` deflates in the process that writes. Past 65,535 members the zip64 records are added, as in the
publisher's own bulk download of half a million studies. Dates are 1980-01-01, so the same members give the same bytes.
"""

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from isal import isal_zlib

LEVEL = 3
_DATE = (1 << 5) | 1


class Member(NamedTuple):
    """A deflated file of an archive; `size` and `crc` are those of its content."""

    name: bytes
    crc: int
    size: int
    deflated: bytes


def deflated(name: str, content: bytes) -> Member:
    """One member, compressed by itself."""
    squeeze = isal_zlib.compressobj(LEVEL, wbits=-15)
    return Member(name.encode(), zlib.crc32(content), len(content), squeeze.compress(content) + squeeze.flush())


def write(path: Path, members: Iterable[Member], start: int = 0) -> int:
    """Write an archive; returns the number of members. A member is at most 4 GiB, the archive any size.

    With `start`, the members are put into the file that is there, from that byte on.
    """
    directory: list[bytes] = []
    with open(path, "r+b" if start else "wb") as file:
        file.seek(start)
        for member in members:
            at = file.tell()
            file.write(_head(member))
            file.write(member.name)
            file.write(member.deflated)
            directory.append(_entry(member, at))
        listed = file.tell()
        file.write(b"".join(directory))
        file.write(_end(len(directory), listed, file.tell() - listed))
    return len(directory)


def _head(member: Member) -> bytes:
    """What stands before a member's name."""
    sizes = (member.crc, len(member.deflated), member.size, len(member.name), 0)
    return b"PK\x03\x04" + struct.pack("<5H3I2H", 20, 0, 8, 0, _DATE, *sizes)


def _entry(member: Member, at: int) -> bytes:
    """A line of the central directory; an offset past 4 GiB goes into a zip64 extra field."""
    extra = struct.pack("<2HQ", 1, 8, at) if at >= 0xFFFFFFFF else b""
    fixed = struct.pack(
        "<6H3I5H2I",
        45, 45 if extra else 20, 0, 8, 0, _DATE,
        member.crc, len(member.deflated), member.size,
        len(member.name), len(extra), 0, 0, 0,
        0, min(at, 0xFFFFFFFF),
    )  # fmt: skip
    return b"PK\x01\x02" + fixed + member.name + extra


def _end(count: int, start: int, size: int) -> bytes:
    """The end of the directory, preceded by its zip64 form where the plain one cannot say the numbers."""
    large = b""
    if count >= 0xFFFF or start >= 0xFFFFFFFF:
        large = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, count, count, size, start)
        large += b"PK\x06\x07" + struct.pack("<IQI", 0, start + size, 1)
    few = min(count, 0xFFFF)
    return large + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, few, few, size, min(start, 0xFFFFFFFF), 0)
