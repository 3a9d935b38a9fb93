"""The cells of a row whose columns are all known: a row with exactly these columns, or none."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading.dates import full_date

R = TypeVar("R", bound=msgspec.Struct)

_COLUMN = re.compile(r"`(.+)`", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)


def strict(decoder: msgspec.json.Decoder[R], raw: bytes, whose: str) -> R:
    """A row as its struct, which is to forbid unknown columns. `whose` table it is of: `the EMA's list`.

    Raises BadRecord with the unknown or missing column as its place, or `row`.
    """
    try:
        return decoder.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        column = _COLUMN.search(str(error)) if str(error).startswith("Object") else None
        raise BadRecord(column[1] if column else "row", f"the row is not one of {whose} ({error})") from error


def tidy(row: R, columns: Mapping[str, str], days: Iterable[str] = (), day: Callable[[str, str], str] = full_date) -> R:
    """The row, its fields (field -> column) with white space collapsed and those in `days`, if filled, read by `day`.

    Raises what `day` does, which is given the cell and its column.
    """
    for field in columns:
        setattr(row, field, " ".join(getattr(row, field).split()))
    for field in days:
        if getattr(row, field):
            setattr(row, field, day(getattr(row, field), columns[field]))
    return row


def day_first(text: str, place: str) -> str:
    """`20/03/2025` as an ISO day. Raises BadRecord at `place` for anything else."""
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        raise BadRecord(place, f"{text!r} is not a day such as 20/03/2025")
    return full_date(f"{match[3]}-{match[2]}-{match[1]}", place)
