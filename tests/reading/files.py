"""Small files of every form, made by the tests themselves."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import zstandard

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import Container


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


#: how a body becomes a file, by the suffix that people give it; the suffix is for people only
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda body: body,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor().compress,
    ".zip": lambda body: zipped({"one.json": body}),
}


def container(folder: Path, name: str, body: bytes) -> Container:
    """The container of a file of that name and these bytes."""
    path = folder / name
    path.write_bytes(body)
    return Container(path, name)


def bodies(items: list[Raw | UnreadableInput]) -> list[bytes]:
    """The bytes of the records, in order; fails when one could not be read."""
    assert all(isinstance(item, Raw) for item in items), items
    return [item.body for item in items if isinstance(item, Raw)]
