"""One request and its answer, as they went over the wire."""

import zlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from frontrunner.errors import BadAnswer, FetchFailed

#: bytes that are expanded at once
_STEP = 1 << 20


class CutOff(FetchFailed):
    """A body that ends early or is damaged on its way."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A GET of `url` with the headers `asked`, and the answer; `payload` is the body as sent, still encoded."""

    url: str
    at: datetime
    asked: Sequence[tuple[str, str]]
    status: int
    reason: str
    headers: Sequence[tuple[str, str]]
    payload: bytes

    def header(self, name: str) -> str | None:
        """The value of a header of the answer, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def media_type(self) -> str:
        """The type of the body without its parameters."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    def body(self, limit: int) -> bytes:
        """The body decoded. Raises CutOff, BadAnswer when it expands beyond the limit."""
        coding = (self.header("content-encoding") or "identity").strip().lower()
        if coding == "identity" or not self.payload:
            return self.payload
        if coding not in ("gzip", "x-gzip"):
            raise BadAnswer(self.url, f"its body is coded as {coding!r}, which was not asked for")
        return _expanded(self.payload, limit, self.url)


def _expanded(payload: bytes, limit: int, url: str) -> bytes:
    machine, parts, size, rest = zlib.decompressobj(wbits=31), list[bytes](), 0, payload
    try:
        while rest and not machine.eof:
            part = machine.decompress(rest, _STEP)
            rest, size = machine.unconsumed_tail, size + len(part)
            parts.append(part)
            if size > limit:
                raise BadAnswer(url, f"its body expands to over {limit} bytes")
        parts.append(machine.flush())
    except zlib.error as error:
        raise CutOff(url, f"its compressed body is damaged ({error})") from error
    if not machine.eof:
        raise CutOff(url, "its compressed body is cut off")
    return b"".join(parts)
