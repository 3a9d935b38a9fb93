"""A WARC file (ISO 28500) of the exchanges of one visit, in their order.

What is on the tape answers first; when it is at its end, what is asked live is added to it, one exchange at a time and
durable before it is used. So a visit that was killed goes on where it stood, and a whole one can be replayed without a
network. A record that was half written when the process died is cut off.
"""

import io
import os
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from frontrunner.errors import FetchFailed, UnreadableInput, UsageError
from frontrunner.fetching.exchange import Exchange
from frontrunner.fetching.live import Live

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_CHUNK = 1 << 16


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What the first record of a tape says: whose it is, since when changes were asked for, and when it was begun.

    `validators` are the headers (ETag, Last-Modified) of the last complete visit, by address.
    """

    source: str
    since: date | None
    begun: datetime
    validators: dict[str, dict[str, str]] = {}


class OffTape(FetchFailed):
    """The tape holds the answer to another question than the one that is asked now."""


class Tape:
    """The exchanges of one visit. Without `live` only what is recorded can be answered."""

    def __init__(self, path: Path, live: Live | None) -> None:
        self.path, self._live = path, live
        self.label = label(path)
        self._recorded = _pairs(path)
        self._end = 0
        self._file: io.BufferedRandom | None = None
        self.replayed = 0

    def __enter__(self) -> "Tape":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def get(self, url: str, headers: Mapping[str, str]) -> Exchange:
        """The next exchange, from the tape or live. Raises OffTape, or FetchFailed where neither has it."""
        if self._file is None:
            found = next(self._recorded, None)
            if found is not None:
                exchange, self._end = found
                if exchange.url != url:
                    raise OffTape(url, f"the recording {self.path.name} has {exchange.url} in its place")
                self.replayed += 1
                return exchange
            if self._live is None:
                raise OffTape(url, f"the recording {self.path.name} ends before it")
            self._file = _writable(self.path, self._end)
        assert self._live is not None
        exchange = self._live.get(url, headers)
        _append(self._file, exchange)
        return exchange

    def slow_down(self, pause: float) -> None:
        """Leave at least so many seconds between two requests."""
        if self._live:
            self._live.pause = max(self._live.pause, pause)


def begin(path: Path, label: Label) -> None:
    """A new tape with its label, durable on return."""
    _, writing, _ = _warcio()
    buffer = io.BytesIO()
    writer = writing.WARCWriter(buffer, gzip=True)
    info = {"software": "frontrunner", "format": "WARC File Format 1.0", "label": msgspec.json.encode(label).decode()}
    writer.write_record(writer.create_warcinfo_record(path.name, info))
    with open(path, "xb") as file:
        _durably(file, buffer.getvalue())


def label(path: Path) -> Label:
    """The label of a tape. Raises UnreadableInput for a WARC file that is none of ours."""
    with open(path, "rb") as file:
        first = next((record for _, record in _records(file)), None)
    fields = dict(line.split(": ", 1) for line in _text(first).splitlines() if ": " in line)
    try:
        return msgspec.json.decode(fields.get("label", ""), type=Label)
    except msgspec.MsgspecError as error:
        raise UnreadableInput(str(path), f"is no recording of a visit ({error}); read its files with ingest") from error


def answers(path: Path) -> Iterator[Exchange]:
    """The responses of any WARC file, ours or not, in their order."""
    with open(path, "rb") as file:
        for _, record in _records(file):
            if record.rec_type == "response" and record.http_headers is not None:
                yield _exchange([], record)


def _text(record: "ArcWarcRecord | None") -> str:
    if record is None or record.rec_type != "warcinfo":
        return ""
    return bytes(record.content_stream().read()).decode("utf-8", "replace")


def _pairs(path: Path) -> Iterator[tuple[Exchange, int]]:
    """Each request with its response, and the byte at which the response's record ends."""
    with open(path, "rb") as file:
        asked: list[tuple[str, str]] = []
        for end, record in _records(file):
            if record.rec_type == "request":
                asked = [(key, value) for key, value in record.http_headers.headers]
            elif record.rec_type == "response":
                yield _exchange(asked, record), end


def _exchange(asked: list[tuple[str, str]], record: "ArcWarcRecord") -> Exchange:
    at = record.rec_headers.get_header("WARC-Date")
    return Exchange(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        at=datetime.fromisoformat(at.replace("Z", "+00:00")),
        asked=asked,
        status=int(record.http_headers.get_statuscode()),
        reason=record.http_headers.statusline.partition(" ")[2],
        headers=[(key, value) for key, value in record.http_headers.headers],
        payload=record.raw_stream.read(),
    )


def _records(file: io.BufferedReader) -> Iterator[tuple[int, "ArcWarcRecord"]]:
    """The whole records of a WARC file, each with the byte at which it ends; a last one that is cut off is left out."""
    reading, _, _ = _warcio()
    if file.peek(2)[:2] != b"\x1f\x8b":
        yield from ((0, record) for record in reading.ArchiveIterator(file))
        return
    for end, member in _members(file):
        yield from ((end, record) for record in reading.ArchiveIterator(io.BytesIO(member)))


def _members(file: io.BufferedReader) -> Iterator[tuple[int, bytes]]:
    """The whole gzip members, decompressed, each with the byte at which it ends."""
    end, rest = 0, b""
    while True:
        machine, parts, used = zlib.decompressobj(wbits=31), list[bytes](), 0
        while not machine.eof:
            rest = rest or file.read(_CHUNK)
            if not rest:
                return
            try:
                parts.append(machine.decompress(rest))
            except zlib.error:
                return
            used += len(rest) - len(machine.unused_data)
            rest = machine.unused_data
        end += used
        yield end, b"".join(parts)


def _writable(path: Path, end: int) -> io.BufferedRandom:
    """The file from the end of its last whole exchange on; of a fresh tape, from the end of its label."""
    if not end:
        with open(path, "rb") as file:
            end = next((at for at, _ in _records(file)), 0)
    file_ = open(path, "r+b")  # noqa: SIM115  # the tape closes it
    file_.truncate(end)
    file_.seek(end)
    return file_


def _append(file: io.BufferedRandom, exchange: Exchange) -> None:
    """Add a request and its response in one write."""
    _, writing, status = _warcio()
    buffer = io.BytesIO()
    writer = writing.WARCWriter(buffer, gzip=True)
    when = {"WARC-Date": exchange.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    asked = status.StatusAndHeaders("GET " + exchange.url + " HTTP/1.1", list(exchange.asked), is_http_request=True)
    told = status.StatusAndHeaders(f"{exchange.status} {exchange.reason}", list(exchange.headers), protocol="HTTP/1.1")
    for kind, headers, payload in (("request", asked, b""), ("response", told, exchange.payload)):
        record = writer.create_warc_record(
            exchange.url,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=headers,
            warc_headers_dict=dict(when),
        )
        writer.write_record(record)
    _durably(file, buffer.getvalue())


def _durably(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _warcio() -> tuple[Any, Any, Any]:
    try:
        from warcio import archiveiterator, statusandheaders, warcwriter
    except ImportError as error:
        raise UsageError("recordings need the packages of the extra 'sync': pip install 'frontrunner[sync]'") from error
    return archiveiterator, warcwriter, statusandheaders
