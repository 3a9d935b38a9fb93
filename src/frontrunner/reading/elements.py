"""Large XML cut into its records without parsing it: each record is an element that keeps its own bytes."""

from collections.abc import Iterator
from typing import BinaryIO

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import HEAD_BYTES, RECORD_BYTES

_BLOCK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def cut(where: str, stream: BinaryIO, root: str, tag: str) -> Iterator[Raw]:
    """The `tag` elements below `root`, in memory bounded by the longest; places are `Trial[3]`, counted from 1.

    What stands between two elements comes out as a record of its own, for the reader to refuse. Raises
    UnreadableInput for another root, an encoding that is not UTF-8, and where the file ends before its root does.
    """
    buffer = _below(where, stream.read(HEAD_BYTES), root)
    opening, closing, end = f"<{tag}>".encode(), f"</{tag}>".encode(), f"</{root}>".encode()
    number = at = 0
    while True:
        stop = buffer.find(closing, at)
        if stop < 0:
            rest, at = buffer[at:], 0
            block = stream.read(_BLOCK)
            if not block:
                yield from _last(where, rest, end, f"{tag}[{number + 1}]")
                return
            buffer = rest + block
            if len(rest) > RECORD_BYTES:
                raise UnreadableInput(f"{where}, {tag}[{number + 1}]", f"a record of over {RECORD_BYTES >> 20} MiB")
            continue
        stop += len(closing)
        number += 1
        body = buffer[at:stop].strip()
        yield Raw(f"{tag}[{number}]", body[body.find(opening) :] if _is_comment(body, opening) else body)
        at = stop


def _below(where: str, head: bytes, root: str) -> bytes:
    """What follows the start of the root element."""
    if head.startswith(_WIDE):
        raise UnreadableInput(where, "is UTF-16: save it as UTF-8")
    before, found, rest = head.partition(f"<{root}".encode())
    declared = before.partition(b"encoding=")[2][1:6].lower() if b"encoding=" in before else b"utf-8"
    if declared != b"utf-8":
        raise UnreadableInput(where, "is not UTF-8: save it as UTF-8")
    if not found:
        raise UnreadableInput(where, f"has no <{root}>")
    return rest.partition(b">")[2]


def _is_comment(body: bytes, opening: bytes) -> bool:
    """Whether only a comment stands before the element."""
    before = body.partition(opening)[0].strip()
    return before.startswith(b"<!--") and before.endswith(b"-->") and before.count(b"-->") == 1


def _last(where: str, rest: bytes, end: bytes, place: str) -> Iterator[Raw]:
    stray, ended, _ = rest.partition(end)
    if not ended:
        raise UnreadableInput(f"{where}, {place}", "is truncated: the file ends here; what came before was read")
    if stray.strip():
        yield Raw(place, stray.strip())
