"""Which edition of the code made a derived file: other readers mean another ledger, other code other marts."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
#: what decides which rows a document gives
_READERS = ("model", "intake.py", "vocab", "reading", "sources", "resolve", "store")
_KINDS = {".py", ".sql", ".csv"}


def readers() -> str:
    """The hash of everything that turns bytes into rows."""
    return _hash(path for name in _READERS for path in _files(_PACKAGE / name))


def whole() -> str:
    """The hash of the package and of the version of the database, whose hashes of texts are kept in marts."""
    return hashlib.sha256(f"{_hash(_files(_PACKAGE))} {version('duckdb')}".encode()).hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _KINDS)


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
