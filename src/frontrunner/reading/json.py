"""JSON cut into records without parsing it twice: each record keeps its own bytes.

Four layouts are told apart by their first bytes: one object a file, `{"studies": [...]}` (a page of an API, with
whatever stands beside the list), an array, and JSON Lines. Each may be of any length in bounded memory; a list longer
than PAGE_BYTES, or with a broken element, is cut by its brackets, which is slower.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import BinaryIO, cast

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import RECORD_BYTES, WHOLE, Container, split

#: Bytes of a list of records that is parsed at once.
PAGE_BYTES = 32 << 20
_LOOK = 64 << 10
_TOO_LONG = f"a record of over {RECORD_BYTES >> 20} MiB"

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SCALAR = rb'(?:"(?:[^"\\]|\\.)*+"|[-+.\w]++)'
#: an object whose list of records follows any number of plain fields
_PAGE = re.compile(rb'\s*+\{\s*+(?:"[^"\\]*+"\s*+:\s*+' + _SCALAR + rb'\s*+,\s*+)*+"studies"\s*+:\s*+\[', re.DOTALL)
_ARRAY = re.compile(rb"\s*+\[")
#: whatever is no bracket, strings whole, up to the next bracket
_TO_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
#: how one element ends and the next begins, with its first key
_MEETING = re.compile(rb'\}\s*+,\s*+\{\s*+"[^"\\]{1,99}"')
_BETWEEN = b" \t\r\n,"

_raw = msgspec.json.Decoder(msgspec.Raw)
_any = msgspec.json.Decoder()
_array = msgspec.json.Decoder(list[msgspec.Raw])
_encoder = msgspec.json.Encoder(order="deterministic")


class _Page(msgspec.Struct):
    studies: list[msgspec.Raw]


_page = msgspec.json.Decoder(_Page)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The records of a container. A broken one comes out with its bytes, for the reader to refuse; its neighbours too.

    An UnreadableInput among them is a part that cannot be read (a line beyond RECORD_BYTES, a zip member); one that
    is raised ends the container.
    """
    return split(container, cut)


def is_likely(head: bytes) -> bool:
    """Whether a file that begins so is to be cut as JSON, be it only to say what is wrong with it."""
    return head.startswith(_WIDE_BOMS) or head.removeprefix(_BOM).lstrip().startswith((b"{", b"["))


def cut(where: str, stream: BinaryIO) -> Iterator[Raw | UnreadableInput]:
    """The records of one stream; places are `line 12`, `studies[3]`, `[3]` or the whole file."""
    head = _fill(stream, b"", _LOOK)
    if head.startswith(_WIDE_BOMS):
        raise UnreadableInput(where, "is UTF-16: save it as UTF-8")
    head = head.removeprefix(_BOM)
    if not head.strip():
        raise UnreadableInput(where, "is empty")
    for start, label in ((_PAGE, "studies"), (_ARRAY, "")):
        match = start.match(head)
        if match:
            return _list(where, stream, head, match.end(), label)
    return _lines_or_one(where, stream, head)


def _fill(stream: BinaryIO, buffer: bytes, size: int) -> bytes:
    """`buffer` with what follows, `size` bytes if there are so many."""
    parts, missing = [buffer], size - len(buffer)
    while missing > 0:
        part = stream.read(missing)
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _lines_or_one(where: str, stream: BinaryIO, head: bytes) -> Iterator[Raw | UnreadableInput]:
    """One object, or JSON Lines: those when the first line is a value, or broken but followed by an object."""
    asked = _LOOK
    if b"\n" not in head:
        asked = RECORD_BYTES + 1
        head = _fill(stream, head, asked)
    first, _, rest = head.lstrip().partition(b"\n")
    if len(head) < asked and not rest.strip():
        yield Raw(WHOLE, first.strip())
    elif not first.startswith(b"{") or rest.lstrip().startswith(b"{") or len(first) > RECORD_BYTES or _is_value(first):
        yield from _lines(where, stream, head)
    else:
        body = _fill(stream, head, RECORD_BYTES + 1)
        if len(body) > RECORD_BYTES:
            raise UnreadableInput(where, _TOO_LONG)
        yield Raw(WHOLE, body.strip())


def _is_value(text: bytes) -> bool:
    try:
        _raw.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _lines(where: str, stream: BinaryIO, head: bytes) -> Iterator[Raw | UnreadableInput]:
    for number, line in enumerate(_split_lines(stream, head), start=1):
        if line is None:
            yield UnreadableInput(f"{where}, line {number}", _TOO_LONG)
        elif body := line.strip():
            yield Raw(f"line {number}", body)


def _split_lines(stream: BinaryIO, head: bytes) -> Iterator[bytes | None]:
    """The lines of what was looked at and of what follows; null for one that is too long, which is skipped."""
    *complete, last = head.split(b"\n")
    yield from complete
    line = last + stream.readline(RECORD_BYTES + 1)
    while line:
        if len(line) > RECORD_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_LOOK)
            yield None
        else:
            yield line
        line = stream.readline(RECORD_BYTES + 1)


def _list(where: str, stream: BinaryIO, head: bytes, start: int, label: str) -> Iterator[Raw]:
    """The elements of a list that begins at `start`: parsed at once when it is short, else page by page."""
    body = _fill(stream, head, PAGE_BYTES + 1)
    if len(body) <= PAGE_BYTES:
        try:
            found = _page.decode(body).studies if label else _array.decode(body)
        except (msgspec.DecodeError, RecursionError):
            pass
        else:
            yield from _numbered(found, label, 0)
            return
    pages = _Pages(stream, body[start:], label)
    yield from pages.sound()
    yield from _elements(where, stream, pages.rest, label, pages.count)


def _numbered(found: list[msgspec.Raw], label: str, first: int) -> Iterator[Raw]:
    return (Raw(f"{label}[{i}]", bytes(raw)) for i, raw in enumerate(found, start=first))


class _Pages:
    """A long list cut where its elements meet in the same way as the first two do, as long as that gives sound JSON."""

    def __init__(self, stream: BinaryIO, rest: bytes, label: str) -> None:
        self.stream, self.rest, self.label, self.count = stream, rest, label, 0

    def sound(self) -> Iterator[Raw]:
        """The elements of the pages that are sound; `rest` is then what is left in hand, `count` what was given."""
        meeting = _MEETING.match(self.rest, _end_of_first(self.rest))
        while meeting:
            cut = self.rest.rfind(meeting[0])
            try:
                found = _array.decode(b"[" + self.rest[: cut + 1].lstrip(_BETWEEN) + b"]") if cut > 0 else []
            except (msgspec.DecodeError, RecursionError):
                return
            if not found:
                return
            yield from _numbered(found, self.label, self.count)
            self.count += len(found)
            self.rest = _fill(self.stream, self.rest[cut + 1 :], PAGE_BYTES)


def _end_of_first(buffer: bytes) -> int:
    """Where the first element of a list ends, before its last bracket; the end of the buffer when it is longer."""
    at = depth = 0
    while match := _TO_BRACKET.match(buffer, at):
        depth += 1 if match[1] in b"{[" else -1
        if depth <= 0:
            return match.end() - 1
        at = match.end()
    return len(buffer)


def _elements(where: str, stream: BinaryIO, buffer: bytes, label: str, count: int) -> Iterator[Raw]:
    """The elements between brackets, sound or not. Raises UnreadableInput when the list does not end."""
    depth, begin, at = 1, 0, 0
    while depth:
        match = _TO_BRACKET.match(buffer, at)
        if match is None:
            buffer, at, begin = _more(where, stream, buffer[begin:], at - begin, f"{label}[{count}]")
            continue
        at = match.end()
        opens = match[1] in b"{["
        if opens and depth == 1:
            count, begin = yield from _between(buffer, begin, at - 1, label, count)
        depth += 1 if opens else -1
        if depth == 1:
            yield Raw(f"{label}[{count}]", buffer[begin:at])
            count, begin = count + 1, at
    yield from _between(buffer, begin, at - 1, label, count)  # the closing bracket is not part of it


def _between(buffer: bytes, begin: int, end: int, label: str, count: int) -> Generator[Raw, None, tuple[int, int]]:
    """What stands between two elements, where it is more than a comma; returns the next number and where it begins."""
    stray = buffer[begin:end].strip(_BETWEEN)
    if stray:
        yield Raw(f"{label}[{count}]", stray)
        count += 1
    return count, end


def _more(where: str, stream: BinaryIO, begun: bytes, at: int, place: str) -> tuple[bytes, int, int]:
    if len(begun) > RECORD_BYTES:
        raise UnreadableInput(f"{where}, {place}", _TOO_LONG)
    longer = _fill(stream, begun, max(2 * len(begun), _LOOK))
    if len(longer) == len(begun):
        raise UnreadableInput(f"{where}, {place}", "is truncated: the list does not end; what came before was read")
    return longer, at, 0


def parse(body: bytes) -> dict[str, object]:
    """One record as an object. Raises BadRecord with the byte at which it is broken."""
    try:
        found = _any.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _broken(body, error) from error
    if not isinstance(found, dict):
        raise BadRecord("the record", f"is a JSON {_kind(found)}, not an object")
    return cast(dict[str, object], found)


def _broken(body: bytes, error: Exception) -> BadRecord:
    if isinstance(error, RecursionError):
        return BadRecord("the record", "is nested too deeply")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return BadRecord(f"byte {wrong.start}", f"is not UTF-8 ({wrong.reason})")
    what, _, byte = str(error).partition(" (")
    return BadRecord(byte.rstrip(")") or "the record", what)


def _kind(value: object) -> str:
    return {list: "array", str: "string", bool: "boolean", type(None): "null"}.get(type(value), "number")


def canonical(obj: dict[str, object], drop: Sequence[tuple[str, ...]] = ()) -> bytes:
    """The content in one form whatever its white space and key order: compact UTF-8 JSON with sorted keys.

    `drop` are paths of volatile fields, taken out of `obj` itself; `*` in a path is every element of a list. Raises
    BadRecord for what JSON can say and no other reader keeps (a number beyond 64 bits).
    """
    for path in drop:
        _drop(obj, path)
    try:
        return _encoder.encode(obj)
    except (ValueError, RecursionError, OverflowError) as error:
        raise BadRecord("the record", str(error)) from error


def _drop(node: object, path: tuple[str, ...]) -> None:
    key, rest = path[0], path[1:]
    if key == "*":
        for element in node if isinstance(node, list) else ():
            if len(rest) == 1 and isinstance(element, dict):
                element.pop(rest[0], None)
            else:
                _drop(element, rest)
    elif isinstance(node, dict):
        if rest:
            _drop(node.get(key), rest)
        else:
            node.pop(key, None)
