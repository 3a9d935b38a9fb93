"""One call of a tool: the answer, the words behind it, and what it does not know."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec

from frontrunner.deliver.mcp.offered import LISTS, SHOWN, Result, accepted
from frontrunner.deliver.serving import Desk
from frontrunner.deliver.serving.parameters import checked, parameters
from frontrunner.deliver.serving.pinned import PinnedHome
from frontrunner.deliver.views.view import NOTICE
from frontrunner.errors import FrontrunnerError
from frontrunner.race.question import day

#: quotes in one result, and characters of one
_QUOTES, _WORDS = 30, 400
#: programmes, and studies, whose evidence is quoted where an answer only names them
_NAMED = 8
_STUDY = re.compile(r"NCT\d{8}|CTR2\d{7}|ChiCTR[-\w]+|[A-Z]{3,}\S*\d{4,}\S*")
#: statuses that must be said aloud
_SOFT = ("contested", "unverified", "implied")


def called(desk: Desk, tool: str, arguments: Mapping[str, Any]) -> Result:
    """The result of a tool; raises what its question raises."""
    given = checked(accepted(tool), arguments)
    own = {parameter.name for parameter in parameters(getattr(PinnedHome, tool))}
    limit, then = int(given.get("limit", SHOWN)), given.get("clock") == "then"
    with desk.asking() as home:
        found = getattr(home, tool)(**{name: value for name, value in given.items() if name in own})
        answer = msgspec.to_builtins(found)
        caveats = [*_cut(answer, LISTS.get(tool), limit), *_caveats(answer), *_of_today(given, own)]
        ids = list(dict.fromkeys(_evidence(answer))) or _behind(home, answer, given)
        quotes, left_out = _quotes(home, ids[:_QUOTES], day(given.get("on")) if then else None)
    if len(ids) > _QUOTES:
        caveats.append(f"{len(ids) - _QUOTES} more pieces of evidence are not quoted: ask 'why' with their ids.")
    if not ids:
        caveats.append("No record is quoted: this answer is of names, or of the home itself.")
    if left_out:
        caveats.append(f"{left_out} quotes were not public on that day and are left out.")
    return Result(answer, ids, quotes, caveats, NOTICE)


def _cut(answer: Any, field: str | None, limit: int) -> list[str]:
    """Cut the long list of an answer; what was cut, in words."""
    rows = answer.get(field) if field and isinstance(answer, dict) else None
    if not rows or len(rows) <= limit:
        return []
    answer[field] = rows[:limit]
    return [f"Only the first {limit} of {len(rows)} {field} are shown; ask with a higher limit for the rest."]


def _evidence(value: Any) -> Iterator[str]:
    """Every evidence id of an answer, in its order."""
    if isinstance(value, str):
        if value.startswith("ev:"):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _evidence(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _evidence(part)


def _of_today(given: Mapping[str, Any], own: set[str]) -> list[str]:
    """What to say where a day is asked about and the question has no past."""
    if "on" not in given or "on" in own:
        return []
    return [
        "unknown: what this answer was on that day; it is of the snapshot in force, and only quotes keep to the clock."
    ]


def _behind(home: PinnedHome, answer: Any, given: Mapping[str, Any]) -> list[str]:
    """The evidence of programmes and studies that an answer only names: of the last that is dated of each."""
    named = list(dict.fromkeys(_ids(answer)))
    when = {name: given[name] for name in ("on", "clock") if name in given}
    found = []
    for programme in home.milestones([id for id in named if id.startswith("prog:")][:_NAMED], **when):
        past = [one.evidence for one in programme.milestones if not one.anticipated]
        found += past[-1:]
    for id in [id for id in named if _STUDY.fullmatch(id)][:_NAMED]:
        with suppress(FrontrunnerError):
            found += list(home.trial(id, **when).evidence.values())[:1]
    return list(dict.fromkeys(found))


def _ids(value: Any) -> Iterator[str]:
    """Every id of what an answer lists, in its order."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for part in value.values():
            yield from _ids(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids(part)


def _quotes(home: PinnedHome, ids: list[str], until: date | None) -> tuple[list[dict[str, str]], int]:
    held = home.quotes(ids)
    public = [quote for quote in held if until is None or date.fromisoformat(quote.known_on) <= until]
    told = [
        {
            "evidence": quote.id,
            "words": quote.words[:_WORDS],
            "source": quote.source,
            "record": quote.record,
            "known_on": quote.known_on,
            **({"citation": quote.citation} if quote.citation else {}),
            **({"url": quote.url} if quote.url else {}),
        }
        for quote in public
    ]
    return told, len(held) - len(public)


def _caveats(answer: Any) -> list[str]:
    """What must be said beside the answer: nothing known, a rung that is not certain, sources that disagree."""
    if not isinstance(answer, dict):
        return []
    told = []
    for field in ("standings", "firsts", "hits", "milestones", "moved", "record"):
        if field in answer and not answer[field] and field != "firsts":
            told.append(f"unknown: no {field} are held for this question; that is no proof that there are none.")
    for row in answer.get("standings") or answer.get("firsts") or []:
        told += _of_row(row)
    told += [f"open: {one['programme']}, {one['milestone']}: {one['why']}" for one in answer.get("open_questions", [])]
    coverage = answer.get("coverage") or {}
    if coverage.get("missing"):
        told.append(f"Sources not read here: {', '.join(coverage['missing'])}.")
    if answer.get("verdict"):
        told.append(f"verdict: {answer['verdict']}")
    return told


def _of_row(row: dict[str, Any]) -> list[str]:
    because = f": {row['because']}" if row.get("because") else ""
    told = [f"{row['status']}: {row['programme']}{because}"] if row.get("status") in _SOFT else []
    if "place" in row and row.get("rung") is None:
        told.append(f"unknown: no rung of {row['programme']} is certain.")
    return told
