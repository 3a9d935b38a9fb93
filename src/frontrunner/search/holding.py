"""What an index holds, kept beside it: from what it was made, and a digest of each entry that is not a trial's.

A trial's entry follows from its records alone, so the runs that came since tell which of them changed; anything else is
looked at whole and compared by digest.
"""

from hashlib import blake2b
from importlib import resources
from pathlib import Path

import duckdb
import msgspec

from frontrunner.search.entries import Entry

_FILE = "holding.msgpack"
#: of the entries that an index was made with, this share may be exchanged before it is made whole again
_MOST_EXCHANGED = 0.5


class Holding(msgspec.Struct, kw_only=True):
    """The edition of the code and the runs that an index was made from, with a sum over what was sighted in these.

    `made` counts the entries when it was made whole, `exchanged` those that were exchanged since; `digests` is by key.
    """

    edition: str
    runs: int
    sighted: int
    made: int = 0
    exchanged: int = 0
    digests: dict[str, bytes] = {}

    def is_worn(self) -> bool:
        """Whether so much of the index was exchanged that one made whole is quicker to search."""
        return self.exchanged > _MOST_EXCHANGED * self.made


def now(connection: duckdb.DuckDBPyConnection, edition: str) -> Holding:
    """What an index by this edition of what `connection` holds is made from, without entries yet."""
    return _as_of(connection, edition, None)


def read(connection: duckdb.DuckDBPyConnection, folder: Path, edition: str) -> Holding | None:
    """What the index in a folder holds; null where it is no base for one of `connection` by this edition."""
    try:
        found = msgspec.msgpack.decode((folder / _FILE).read_bytes(), type=Holding)
    except (OSError, msgspec.DecodeError):
        return None
    same = _as_of(connection, edition, found.runs)
    fits = (found.edition, found.runs, found.sighted) == (same.edition, same.runs, same.sighted)
    return found if fits and not found.is_worn() else None


def write(folder: Path, holding: Holding) -> None:
    """Leave it beside the index that it describes."""
    (folder / _FILE).write_bytes(msgspec.msgpack.encode(holding))


def digest(entry: Entry) -> bytes:
    """Equal for two entries only if they are."""
    return blake2b(msgspec.msgpack.encode(entry), digest_size=10).digest()


def _as_of(connection: duckdb.DuckDBPyConnection, edition: str, runs: int | None) -> Holding:
    sql = resources.files(__package__).joinpath("holding.sql").read_text("utf-8")
    ((upto, sighted),) = connection.execute(sql, {"runs": runs}).fetchall()
    return Holding(edition=edition, runs=upto, sighted=sighted)
