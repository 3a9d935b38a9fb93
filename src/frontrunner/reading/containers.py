"""What a user gave, opened: plain files, folders, gzip, Zstandard and zip, told apart by their bytes.

An archive is read in place and never unpacked to disk. What it may expand to is bounded, so that a bomb costs no more
than these limits; the whole of ClinicalTrials.gov (about 12 GB, 7 times its compressed size) is far below them.
"""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

import msgspec

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading import inflate, zips

#: Bytes of one record: a line, a member that is one record, an element. The longest known study has 20 MB.
RECORD_BYTES = 64 << 20
#: Bytes that one compressed file or zip member may expand to ...
MEMBER_BYTES = 256 << 30
#: ... and how many times its compressed size, once RATIO_FROM bytes have come out. Records of registries reach 30.
RATIO = 200
RATIO_FROM = 64 << 20
#: Bytes of a file that are shown to a source for recognition.
HEAD_BYTES = 4096

#: how a Parquet file begins
PARQUET = b"PAR1"

_BUFFER = 1 << 20
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
#: compressed forms that are not read, to say so rather than "of no known form"
_OTHER_FORMS = {b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR"}
#: zips by form that are documents by meaning: their own readers take the file
_OFFICE = (".xlsx", ".docx", ".pptx", ".ods", ".odt")
#: what accompanies records in an archive, by the beginning or the end of its name
_NOTES = ("readme", "contents", "license", "licence", "schema", "data_dictionary")
_NOTE_FORMS = (".md", ".pdf", ".png", ".html", ".docx", ".xlsx")


class Member(NamedTuple):
    """One stream of a container: the file itself, or a member of the archive. `name` is empty for the file itself."""

    name: str
    open: Callable[[], BinaryIO]


class Container(msgspec.Struct, frozen=True):
    """A file that holds records; picklable, opened only when asked.

    `name` is what a user is shown: the path below what was given, a file's own name for a file. `span` is a range of
    bytes of a zip's directory (`slices`); null means all of it.
    """

    path: Path
    name: str
    span: tuple[int, int] | None = None

    def open(self) -> BinaryIO:
        """The bytes, decompressed; a zip must hold exactly one file. Raises UnreadableInput, also while reading."""
        if not self.is_zip():
            return self._expanded()
        found = list(self.members())
        if len(found) != 1:
            raise UnreadableInput(self.name, f"holds {len(found)} files: read its members one by one")
        if isinstance(found[0], UnreadableInput):
            raise found[0]
        return found[0].open()

    def members(self) -> Iterator[Member | UnreadableInput]:
        """The streams in the order of the archive, an UnreadableInput for one that cannot be opened."""
        if not self.is_zip():
            yield Member("", self._expanded)
            return
        archive = zips.opened(self.path, self.name)
        for entry in zips.entries(archive, self.span):
            yield self._member(archive, entry)

    def slices(self, n: int) -> list["Container"]:
        """At most `n` containers that together hold its members, for worker processes; itself unless a zip."""
        if n < 2 or not self.is_zip():
            return [self]
        archive = zips.opened(self.path, self.name)
        return [msgspec.structs.replace(self, span=span) for span in zips.spans(archive, n)]

    def is_zip(self) -> bool:
        """Whether it holds members; raises UnreadableInput for an empty file and for forms not read here."""
        magic = self._magic()
        if not magic:
            raise UnreadableInput(self.name, "is empty")
        for start, form in _OTHER_FORMS.items():
            if magic.startswith(start):
                raise UnreadableInput(self.name, f"is {form}, which is not read here: give gz, zst, zip or plain")
        return magic.startswith(_ZIP_MAGICS) and not self.name.lower().endswith(_OFFICE)

    def is_parquet(self) -> bool:
        """Whether it is a Parquet file, which is read by its path. Raises UnreadableInput."""
        return self._magic().startswith(PARQUET)

    def _magic(self) -> bytes:
        with _reading(self.name), open(self.path, "rb") as file:
            return file.read(8)

    def _expanded(self) -> BinaryIO:
        magic = self._magic()
        with _reading(self.name):
            file = open(self.path, "rb", buffering=_BUFFER)  # noqa: SIM115  # the caller closes it
            size = os.fstat(file.fileno()).st_size
        if magic.startswith(_GZIP_MAGIC):
            return bounded(inflate.gunzip(file), file, self.name, size)
        if magic.startswith(_ZSTD_MAGIC):
            return bounded(_zstd(file, self.name), file, self.name, size)
        return file

    def _member(self, archive: zips.Archive, entry: zips.Entry) -> Member | UnreadableInput:
        where = f"{self.name}!{entry.name}"
        refused = zips.refused(entry) or _too_large(entry.compressed, entry.size)
        if refused:
            return UnreadableInput(where, refused)
        return Member(entry.name, lambda: zips.read(archive, entry, where, RECORD_BYTES))


def containers(path: Path) -> Iterator[Container]:
    """The containers of a file or of a folder and those below it, sorted by name; hidden files are passed over.

    Raises UnreadableInput for a path that is not there; whatever else is wrong shows when a container is read.
    """
    if path.is_file():
        yield Container(path, path.name)
        return
    if not path.is_dir():
        raise UnreadableInput(str(path), "is not a file" if path.exists() else "there is no such file or folder")
    with _reading(str(path)):
        found = [file for file in sorted(path.rglob("*")) if file.is_file()]
    for file in found:
        below = file.relative_to(path)
        if not any(part.startswith(".") for part in below.parts):
            yield Container(file, below.as_posix())


def head(container: Container) -> bytes:
    """The first HEAD_BYTES of its first stream, decompressed, to tell what it is. Raises UnreadableInput.

    Of a Parquet file, which says at its end what it holds, the names of its columns follow its first four bytes.
    """
    member = first(container)
    with member.open() as stream:
        start = stream.read(HEAD_BYTES)
    if not member.name and start.startswith(PARQUET):
        return PARQUET + _column_names(container.path)
    return start


def first(container: Container) -> Member:
    """The stream that stands for all: of a zip the first member that is not a note about the others, if there is one.

    Raises UnreadableInput, also where that member cannot be opened.
    """
    notes: list[Member | UnreadableInput] = []
    for member in container.members():
        if isinstance(member, UnreadableInput) or not _is_note(member.name):
            notes.insert(0, member)
            break
        notes.append(member)
    if not notes:
        raise UnreadableInput(container.name, "holds no files")
    if isinstance(notes[0], UnreadableInput):
        raise notes[0]
    return notes[0]


def _column_names(path: Path) -> bytes:
    from frontrunner.reading import parquet

    return "\n".join(["", *parquet.columns(path)]).encode()


def peek(stream: BinaryIO) -> bytes:
    """The first bytes of a stream at its start, HEAD_BYTES if there are so many, left to be read again."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    start = stream.read(HEAD_BYTES)
    stream.seek(0)
    return start


def split(
    container: Container, splitter: Callable[[str, BinaryIO], Iterator[Raw | UnreadableInput]]
) -> Iterator[Raw | UnreadableInput]:
    """The records of every stream of the container, cut by `splitter(where, stream)`.

    A record of a zip has its member's name before its place. A member that cannot be read on comes out as an
    UnreadableInput among the records, and its neighbours are read; a file that cannot be read on raises it.
    """
    for member in container.members():
        if isinstance(member, UnreadableInput):
            yield member
        elif not member.name:
            with member.open() as stream:
                yield from splitter(container.name, stream)
        else:
            yield from _split_member(container.name, member, splitter)


def _split_member(
    archive: str, member: Member, splitter: Callable[[str, BinaryIO], Iterator[Raw | UnreadableInput]]
) -> Iterator[Raw | UnreadableInput]:
    try:
        with member.open() as stream:
            for item in splitter(f"{archive}!{member.name}", stream):
                if isinstance(item, Raw):
                    place = member.name if item.place == WHOLE else f"{member.name}, {item.place}"
                    item = Raw(place, item.body, item.as_of)
                yield item
    except UnreadableInput as error:
        yield error


#: The place of a record that is all of its file or member.
WHOLE = "whole file"


def whole(where: str, stream: BinaryIO) -> bytes:
    """All of a stream that is one record. Raises UnreadableInput when it is longer than RECORD_BYTES."""
    body = stream.read(RECORD_BYTES + 1)
    if len(body) > RECORD_BYTES:
        raise UnreadableInput(where, f"a record of over {RECORD_BYTES >> 20} MiB")
    return body


def bounded(stream: IO[bytes], file: IO[bytes], where: str, compressed: int) -> BinaryIO:
    """A decompressing stream over `file`; raises UnreadableInput when it is damaged or expands beyond the limits."""
    return io.BufferedReader(_Bounded(stream, file, where, _limit(compressed)), _BUFFER)


def _limit(compressed: int) -> int:
    return min(MEMBER_BYTES, max(RATIO_FROM, RATIO * compressed))


def _too_large(compressed: int, size: int) -> str | None:
    limit = _limit(compressed)
    return f"says that it expands to {size} bytes, over the limit of {limit}" if size > limit else None


class _Bounded(io.RawIOBase):
    def __init__(self, stream: IO[bytes], file: IO[bytes], where: str, limit: int) -> None:
        self._stream, self._file, self._where, self._limit, self._out = stream, file, where, limit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed wants any buffer
        try:
            data = self._stream.read(len(buffer))
        except inflate.DAMAGE as error:
            raise UnreadableInput(self._where, _damage(error, self._out)) from error
        self._out += len(data)
        if self._out > self._limit:
            raise UnreadableInput(self._where, f"expands to over {self._limit} bytes, the limit for its size")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        self._file.close()
        super().close()


def _damage(error: Exception, out: int) -> str:
    cut = isinstance(error, EOFError) or "ended before" in str(error)
    return f"is {'truncated' if cut else 'damaged'} after {out} decompressed bytes; what came before was read"


def _zstd(file: IO[bytes], where: str) -> IO[bytes]:
    try:
        from frontrunner.reading import zst
    except ImportError as error:
        raise UnreadableInput(where, "is Zstandard: install the package zstandard, or give gz") from error
    return zst.stream(file)


def _is_note(name: str) -> bool:
    base = name.rpartition("/")[2].lower()
    return base.startswith(_NOTES) or base.endswith(_NOTE_FORMS)


@contextmanager
def _reading(where: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableInput(where, f"cannot be opened ({error.strerror or error})") from error
