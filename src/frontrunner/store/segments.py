"""Segments: the bytes of documents, compressed some dozens at a time, and beside them a row a document.

`bytes-*.zst` holds the documents end to end in frames of Zstandard, each compressed by itself and with a checksum, so
that one document is read back cheaply; `bytes-*.parquet` says of each document what it is and where its frame begins.
Segments written until November 2026 are the Parquet file alone, with the bytes in a column; they are read as well.
"""

import os
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from frontrunner.store import columns

#: Documents a frame, and a row group of the older form: about a megabyte of registry records, read in milliseconds ...
FRAME = 64
#: ... and the bytes of documents after which a frame ends earlier.
_FRAME_BYTES = 2 << 20

DOCUMENT = pa.schema(
    [
        pa.field("doc", pa.uint64()),
        pa.field("hash", pa.binary(32)),
        pa.field("source", pa.string()),
        pa.field("key", pa.string()),
        pa.field("media_type", pa.string()),
        pa.field("size", pa.int64()),
        pa.field("frame", pa.int64()),
    ]
)

#: (offset, bytes, sizes of its documents)
_Frame = tuple[int, int, Sequence[int]]
#: what reading a damaged segment raises
DAMAGE: tuple[type[Exception], ...] = (OSError, pa.ArrowException, zstandard.ZstdError, IndexError)


class Document(msgspec.Struct, frozen=True):
    """A document to be kept."""

    doc: int
    hash: bytes
    source: str
    key: str | None
    media_type: str
    body: bytes


class Writer:
    """Writes a segment as its documents come; `path` is that of its Parquet file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._compress = zstandard.ZstdCompressor(level=1, write_checksum=True).compress
        self._rows: list[tuple[object, ...]] = []
        self._frame: list[bytes] = []
        self._at = self._size = 0

    def add(self, one: Document) -> None:
        """Take in one document."""
        self._rows.append((one.doc, one.hash, one.source, one.key, one.media_type, len(one.body), self._at))
        self._frame.append(one.body)
        self._size += len(one.body)
        if len(self._frame) == FRAME or self._size >= _FRAME_BYTES:
            self._end_frame()

    def close(self) -> None:
        """Write what is left; `sync` then makes it durable."""
        if self._frame:
            self._end_frame()
        pq.write_table(
            columns.of_tuples(DOCUMENT, self._rows),
            self.path,
            compression="zstd",
            use_dictionary=["source", "media_type", "frame"],
            write_statistics=["doc"],
            write_page_checksum=True,
        )

    def _end_frame(self) -> None:
        packed = self._compress(b"".join(self._frame))
        with open(_bytes_of(self.path), "ab") as file:
            file.write(packed)
        self._at += len(packed)
        self._frame, self._size = [], 0


def sync(path: Path) -> None:
    """Make a closed segment durable."""
    for part in (_bytes_of(path), path):
        with open(part, "rb") as written:
            os.fsync(written.fileno())


def docs(path: Path) -> list[int]:
    """The ids of its documents, in order."""
    with pq.ParquetFile(path) as index:
        found: list[int] = index.read(columns=["doc"]).column("doc").to_pylist()
    return found


def move(path: Path, folder: Path, keeps: list[bool]) -> None:
    """Move a segment into a folder with those of its documents that it `keeps`; without any it stays where it is."""
    if all(keeps):
        os.rename(_bytes_of(path), folder / _bytes_of(path).name)
        os.rename(path, folder / path.name)
    elif any(keeps):
        writer = Writer(folder / path.name)
        for one, keep in zip(documents(path), keeps, strict=True):
            if keep:
                writer.add(one)
        writer.close()
        sync(writer.path)


def documents(path: Path) -> Iterator[Document]:
    """The documents of a segment, in order, a frame in memory at a time. Raises one of DAMAGE."""
    rows = pq.read_table(path)
    if "frame" not in rows.column_names:
        yield from (Document(**row) for row in rows.drop_columns("size").to_pylist())
        return
    told = iter(rows.drop_columns(["size", "frame"]).to_pylist())
    with open(_bytes_of(path), "rb") as file:
        for _, length, sizes in _frames(rows):
            for body in _bodies(file.read(length), sizes):
                yield Document(**next(told), body=body)


def body(path: Path, row: int) -> bytes:
    """The bytes of the document in that row. Raises one of DAMAGE."""
    held = os.stat(path)
    frames = _index(path, held.st_ino, held.st_mtime_ns)
    if frames is None:
        with pq.ParquetFile(path, page_checksum_verification=True) as old:
            found: bytes = old.read_row_group(row // FRAME, columns=["body"]).column("body")[row % FRAME].as_py()
            return found
    for offset, length, sizes in frames:
        if row < len(sizes):
            with open(_bytes_of(path), "rb") as file:
                file.seek(offset)
                return _bodies(file.read(length), sizes)[row]
        row -= len(sizes)
    raise IndexError(f"{path} has no such row")


@lru_cache(maxsize=2048)
def _index(path: Path, inode: int, written: int) -> list[_Frame] | None:
    """The frames of a segment as it was written; None: of the older form. Opening its table costs more than a frame."""
    with pq.ParquetFile(path, page_checksum_verification=True) as index:
        if "frame" not in index.schema_arrow.names:
            return None
        return list(_frames(index.read(columns=["size", "frame"])))


def _frames(rows: pa.Table) -> Iterator[_Frame]:
    """Each frame; the last goes to the end of the file (-1)."""
    told = zip(rows.column("frame").to_pylist(), rows.column("size").to_pylist(), strict=True)
    found = [(frame, array("q", (size for _, size in group))) for frame, group in groupby(told, key=itemgetter(0))]
    ends = [frame for frame, _ in found[1:]]
    for (frame, sizes), end in zip(found, [*ends, None], strict=True):
        yield frame, -1 if end is None else end - frame, sizes


def _bodies(packed: bytes, sizes: Sequence[int]) -> list[bytes]:
    plain = zstandard.ZstdDecompressor().decompress(packed)
    if len(plain) != sum(sizes):
        raise IndexError(f"a frame of {len(plain)} bytes should have {sum(sizes)}")
    return [plain[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]


def _bytes_of(path: Path) -> Path:
    return path.with_suffix(".zst")
