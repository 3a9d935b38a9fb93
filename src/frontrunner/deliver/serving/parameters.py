"""The parameters of a question, read from the signature of its method: the API cannot fall behind the Python door."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from frontrunner import vocab
from frontrunner.errors import UnknownOption, UsageError
from frontrunner.race.question import asked

#: the longest value of one parameter, and the most values of one that may be repeated
LONGEST, MOST = 400, 200
#: parameters whose values are a vocabulary short enough to list
_LISTED = {"clock": "clock", "lane": "lane"}


class Parameter(msgspec.Struct, frozen=True):
    """One parameter of a question; `kind` is string, integer, number, boolean or array (of strings)."""

    name: str
    kind: str
    required: bool
    default: Any
    about: str

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        if self.kind == "array":
            return {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST, "minItems": 1}
        bounds: dict[str, dict[str, Any]] = {
            "integer": {"minimum": 1, "maximum": 1000},
            "string": {"maxLength": LONGEST, "minLength": 1},
        }
        known: dict[str, Any] = {"type": self.kind} | bounds.get(self.kind, {})
        if self.name in _LISTED:
            known["examples"] = list(vocab.load(_LISTED[self.name]).terms)
        return known if self.default is None else known | {"default": self.default}


#: what the options of an arena are where they are not given
_DEFAULTS = {name: one.default for name, one in inspect.signature(asked).parameters.items()}
#: question -> those that are something else there
_OTHERWISE: dict[str, dict[str, Any]] = {"forecast": {"clock": "then"}}
_ABOUT = {
    "indication": "A disease by any of its names, in English or Chinese, or its id; or a phrase that names an arena.",
    "modality": "Only this kind of therapy and what is below it.",
    "target": "The gene or its product aimed at; CD19/CD22: both at once.",
    "jurisdiction": "Where a milestone must count: CN, US, EU, ...",
    "origin": "Only products discovered there.",
    "lane": "Studies towards approval, investigator-initiated ones, or both.",
    "on": "The day asked about, YYYY-MM-DD; a month or a year means its last day. Today by default.",
    "clock": "now: by everything known today; then: only what was public that day.",
    "id": "An id that an answer shows.",
    "ids": "Ids that answers show; repeat the parameter.",
    "since": "Only changes after this day.",
    "until": "Only changes until this day; today by default.",
    "country": "Only studies with a site in this country.",
    "claim": "A claim of a first, as a press release words it, in English or Chinese.",
    "name": "A name in any language, or an id.",
    "text": "What to look for.",
    "vocabulary": "indication, target or modality.",
    "kind": "Only things of this kind.",
    "limit": "How many at most.",
    "years": "The horizon of a forecast; 10 by default.",
    "prior_weight": "How many programmes on each rung the published rates are worth against what was seen.",
    "correlation": "How far runners of one kind and target move together, from 0 to below 1.",
    "class_failure": "The fraction a year of whole classes that fail at once.",
    "steps": "RUNG=CHANCE of leaving a rung upward, in place of the published one; repeat the parameter.",
    "stays": "RUNG=YEARS, the mean time on a rung, in place of the published one; repeat the parameter.",
    "waits": "A stay on a rung is so many equal waits; 1 is a constant hazard.",
    "sent_back": "The part of filings that is sent back.",
    "files_again": "The part of filings sent back that is filed again.",
    "years_away": "The mean years until a filing that was sent back is filed again.",
    "rates": "nearest: the published rates of the nearest kind; all_medicines: those of all for everybody.",
    "rare": "known, all or none: who takes the rates of rare diseases.",
    "past": "kind, arena or none: whose past moves the published rates.",
    "silent": "The chance that a runner silent for two years is active still.",
    "seed": "Where the random numbers start.",
    "history": "Whether to show every version.",
    "whole": "Whether to show everything behind the id; without it, the first of many quotes.",
}


def parameters(method: Callable[..., Any]) -> list[Parameter]:
    """The parameters of a method, in its order."""
    hints = get_type_hints(method)
    found = list[Parameter]()
    for name, given in inspect.signature(method).parameters.items():
        if given.kind is given.VAR_KEYWORD:  # Unpack of a TypedDict: the options of an arena
            (options,) = get_args(hints[name])
            defaults = _DEFAULTS | _OTHERWISE.get(method.__name__, {})
            found += [
                _parameter(option, hint, defaults.get(option)) for option, hint in get_type_hints(options).items()
            ]
        elif name != "self" and get_origin(hints[name]) is not Callable:  # whom to tell of progress: nobody here
            found.append(_parameter(name, hints[name], given.default))
    return found


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    required = default is inspect.Parameter.empty
    return Parameter(name, _kind(hint), required, None if required else default, _ABOUT.get(name, ""))


def _kind(hint: Any) -> str:
    parts = [part for part in get_args(hint) if part is not NoneType] if _is_union(hint) else [hint]
    if str in parts or date in parts:
        return "string"
    if get_origin(parts[0]) in (list, tuple, Iterable) or get_origin(parts[0]) is not None:
        return "array"
    return {bool: "boolean", int: "integer", float: "number"}[parts[0]]


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def read(known: Iterable[Parameter], given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The arguments that a query string gives; UsageError or UnknownOption for what cannot be one."""
    by_name = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    for name, text in given:
        parameter = by_name.get(name)
        if parameter is None:
            raise UnknownOption("parameter", name, list(by_name))
        if len(text) > LONGEST or "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
            raise UsageError(f"{name}: a value has at most {LONGEST} characters, and no control characters")
        if parameter.kind == "array":
            found.setdefault(name, []).append(text)
        elif name in found:
            raise UsageError(f"{name} is given twice")
        else:
            found[name] = _value(parameter, text)
    _complete(by_name.values(), found)
    return found


def checked(known: Iterable[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a JSON object, by the same rules as `read`."""
    pairs = list[tuple[str, str]]()
    for name, value in given.items():
        several = value if isinstance(value, list) else [value]
        pairs += [(name, _text(one)) for one in several if one is not None]
    return read(known, pairs)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def _value(parameter: Parameter, text: str) -> Any:
    if parameter.kind == "string":
        if not text.strip():
            raise UsageError(f"{parameter.name} is empty; leave it out, or say what is meant")
        return text
    if parameter.kind == "boolean":
        if text not in ("true", "false"):
            raise UnknownOption(parameter.name, text, ["true", "false"])
        return text == "true"
    if parameter.kind == "number":
        try:
            return float(text)
        except ValueError:
            raise UsageError(f"{parameter.name}: {text!r} is not a number") from None
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= 1000:
        raise UsageError(f"{parameter.name}: {text!r} is not a number from 1 to 1000")
    return int(text)


def _complete(known: Iterable[Parameter], found: dict[str, Any]) -> None:
    missing = [parameter.name for parameter in known if parameter.required and parameter.name not in found]
    if missing:
        raise UsageError(f"the parameter {missing[0]!r} is missing")
    for parameter in known:
        if parameter.kind == "array" and len(found.get(parameter.name, ())) > MOST:
            raise UsageError(f"{parameter.name}: at most {MOST} values")
