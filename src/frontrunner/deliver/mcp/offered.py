"""The tools: which questions an assistant may ask, how each is described, what it takes."""

from collections.abc import Mapping
from typing import Any

import msgspec

from frontrunner.api import HomeHandle
from frontrunner.deliver.serving.parameters import Parameter, parameters

#: tool -> when to use it, beside what its question says of itself
TOOLS: Mapping[str, str] = {
    "race": "Use for who leads, who is second, by how much, in one place or anywhere, on any day.",
    "firsts": "Use for who was first at a step, and whether that was always the answer.",
    "changes": "Use for what changed the order between two days, and which milestones did it.",
    "jurisdictions": "Use to compare China, the US, the EU, the UK and Japan.",
    "readouts": "Use for what the studies of a race found.",
    "forecast": "Use for chances and dates of approval, and for who may be first; say that they are estimates.",
    "check": "Use before repeating a claim such as 'the first ...': supported, contradicted, contested or unknown.",
    "search": "Use first when a name is not certain: it forgives slips, and finds names in English and Chinese.",
    "programme": "Use for one product in one disease: names, owners, all that is dated.",
    "company": "Use for what a company has in development.",
    "trial": "Use for one registered study; with history for what its record said before.",
    "concept": "Use for all names of a disease, target or kind of therapy, and for what is wider and narrower.",
    "newest": "Use for what happened last.",
    "recruiting": "Use for which studies a patient may ask about, by country.",
    "why": "Use to quote what stands behind an id of an answer. Do this before citing a fact.",
    "status": "Use to say what the answers rest on and how fresh it is.",
}
#: field of an answer that is cut to `limit`
LISTS = {
    "race": "standings",
    "firsts": "firsts",
    "changes": "moves",
    "company": "programmes",
    "programme": "milestones",
    "recruiting": "trials",
    "jurisdictions": "rows",
    "readouts": "readouts",
}
SHOWN = 20

_ON = Parameter("on", "string", False, None, "The day asked about, YYYY-MM-DD; today by default.")
_CLOCK = Parameter(
    "clock", "string", False, "now", "now: by all known today; then: quotes only what was public that day."
)
_LIMIT = Parameter("limit", "integer", False, SHOWN, "How many rows at most; what is cut is said.")


def accepted(tool: str) -> list[Parameter]:
    """What a tool takes: the parameters of its question, and `on`, `clock` and `limit` where it has none."""
    own = parameters(getattr(HomeHandle, tool))
    named = {parameter.name for parameter in own}
    more = [_ON, _CLOCK, *([_LIMIT] if tool in LISTS else [])]
    return [*own, *(parameter for parameter in more if parameter.name not in named)]


def input_schema(tool: str) -> dict[str, Any]:
    """The JSON Schema of what a tool takes."""
    known = accepted(tool)
    return {
        "type": "object",
        "properties": {one.name: one.schema() | {"description": one.about} for one in known},
        "required": [one.name for one in known if one.required],
        "additionalProperties": False,
    }


def description(tool: str) -> str:
    """What an assistant reads before it chooses a tool."""
    told = " ".join((getattr(HomeHandle, tool).__doc__ or "").split())
    return (
        f"{told} {TOOLS[tool]} The result has the answer, quotes with evidence ids, and caveats: repeat what they "
        "say is unknown or contested, and cite the evidence."
    )


class Result(msgspec.Struct, frozen=True):
    """What every tool gives.

    `answer` is that of the command line; `quotes` the words behind it, by evidence id; `caveats` what is unknown,
    contested or cut.
    """

    answer: Any
    evidence: list[str]
    quotes: list[dict[str, str]]
    caveats: list[str]
    notice: str


def output_schema() -> dict[str, Any]:
    """The JSON Schema of `Result`."""
    return {
        "type": "object",
        "required": ["answer", "evidence", "quotes", "caveats", "notice"],
        "properties": {
            "answer": {},
            "evidence": {"type": "array", "items": {"type": "string"}},
            "quotes": {"type": "array", "items": {"type": "object"}},
            "caveats": {"type": "array", "items": {"type": "string"}},
            "notice": {"type": "string"},
        },
    }
