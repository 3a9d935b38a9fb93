"""Long answers in pages, and slim ones: the list of an answer is cut, never its meaning changed."""

import base64
import binascii
from typing import Any

import msgspec

from frontrunner.errors import UsageError

#: question -> the field of its answer that may be long
PAGED = {
    "race": "standings",
    "search": "hits",
    "company": "programmes",
    "programme": "milestones",
    "newest": "moved",
    "recruiting": "trials",
}
#: fields that `view=slim` leaves out, at any depth
_DETAIL = frozenset({"names", "also", "evidence", "because", "trials"})
VIEWS = ("full", "slim")


def cut(answer: Any, field: str, cursor: str | None, limit: int | None) -> tuple[Any, str | None]:
    """The page of an answer that a cursor points to, and the cursor of the next."""
    start = _start(cursor, answer.snapshot) if cursor else 0
    whole = getattr(answer, field)
    if limit is None and not start:
        return answer, None
    end = len(whole) if limit is None else start + limit
    following = written(end, answer.snapshot) if end < len(whole) else None
    return msgspec.structs.replace(answer, **{field: whole[start:end]}), following


def written(at: int, snapshot: str) -> str:
    """A cursor: opaque to whoever holds it, good for one snapshot."""
    return base64.urlsafe_b64encode(f"{snapshot}:{at}".encode()).decode().rstrip("=")


def _start(cursor: str, snapshot: str) -> int:
    try:
        named, _, at = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").rpartition(":")
        start = int(at)
    except (binascii.Error, ValueError):
        raise UsageError("cursor: this is none of ours; begin without one") from None
    if named != snapshot or start < 0:
        raise UsageError(f"cursor: it is of snapshot {named!r}, in force is {snapshot!r}; begin without one")
    return start


def slim(answer: Any) -> Any:
    """The answer as plain values without its details."""
    return _without(msgspec.to_builtins(answer))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without(part) for name, part in value.items() if name not in _DETAIL}
    return [_without(part) for part in value] if isinstance(value, list) else value
