"""A home that another machine serves: each question is one GET of its REST API, each answer the same typed struct."""

import inspect
import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any, get_type_hints
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import msgspec

from frontrunner.errors import (
    AmbiguousName,
    FrontrunnerError,
    HomeError,
    NoSnapshot,
    UnknownName,
    UnknownOption,
    UsageError,
)

#: seconds to wait for an answer, and the most bytes of one
PATIENCE, LARGEST = 60, 200_000_000


def question(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same question asked of the home at `self.url`; raises what the method itself would, HomeError offline."""
    signature, answer = inspect.signature(method), get_type_hints(method)["return"]
    keywords = next((name for name, one in signature.parameters.items() if one.kind is one.VAR_KEYWORD), "")

    @wraps(method)
    def ask(self: Any, *args: Any, **named: Any) -> Any:
        given = dict(signature.bind(self, *args, **named).arguments)
        del given["self"]
        given |= given.pop(keywords, {})
        body = _get(f"{self.url}/api/{method.__name__}?{urlencode(list(_pairs(given)))}")
        try:
            return msgspec.json.decode(body, type=answer)
        except msgspec.DecodeError as error:
            raise HomeError(f"{self.url}: the answer is of another version of frontrunner ({error})") from None

    return ask


def refused(method: Callable[..., Any]) -> Callable[..., Any]:
    """What a home elsewhere does not do: UsageError."""

    @wraps(method)
    def refuse(self: Any, *_: Any, **__: Any) -> Any:
        raise UsageError(f"{method.__name__}: {self.url} can be asked and nothing else; do this where the home lies")

    return refuse


def _pairs(given: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Arguments as they stand in an address; a list is its name several times."""
    for name, value in given.items():
        several = value if not isinstance(value, str) and isinstance(value, Iterable) else [value]
        for one in several:
            if one is not None:
                yield name, _text(one)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _get(url: str) -> bytes:
    request = Request(url, headers={"Accept": "application/json"})
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            body: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        raise _said(error.code, error.read(65536), url) from None
    except (URLError, OSError) as error:
        raise HomeError(
            f"{url.partition('?')[0]}: cannot be reached ({error}); is 'frontrunner serve' running?"
        ) from None
    if len(body) > LARGEST:
        raise HomeError(f"{url.partition('?')[0]}: the answer is larger than {LARGEST} bytes; ask for less")
    return body


def _said(status: int, body: bytes, url: str) -> FrontrunnerError:
    """The error that a problem+json tells of."""
    try:
        told = json.loads(body)
        match told["title"]:
            case "UnknownName":
                return UnknownName(told["kind"], told["name"], told["candidates"])
            case "AmbiguousName":
                return AmbiguousName(told["kind"], told["name"], told["candidates"])
            case "UnknownOption":
                return UnknownOption(told["option"], told["value"], told["allowed"])
            case "NoSnapshot":
                return NoSnapshot(told["detail"])
            case title:
                return (UsageError if title == "UsageError" else HomeError)(str(told["detail"]))
    except (ValueError, KeyError, TypeError):
        return HomeError(f"{url.partition('?')[0]}: status {status}, and no answer of ours")
