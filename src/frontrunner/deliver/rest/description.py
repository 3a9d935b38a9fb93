"""The description of the API (OpenAPI 3.1), made from the methods, their docstrings and the types of their answers."""

from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

import msgspec

from frontrunner import __version__
from frontrunner.api import HomeHandle
from frontrunner.deliver.rest.feeds import ARENA
from frontrunner.deliver.serving.parameters import Parameter
from frontrunner.deliver.serving.problems import MEDIA_TYPE
from frontrunner.deliver.views.view import NOTICE

_REF = "#/components/schemas/{name}"
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "The name of the error, as in docs/reference/errors.md."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in one line."},
        "candidates": {"type": "array", "items": {"type": "string"}, "description": "The nearest names, best first."},
        "allowed": {"type": "array", "items": {"type": "string"}, "description": "The values that there are."},
    },
}


def openapi(questions: Mapping[str, Iterable[Parameter]]) -> dict[str, Any]:
    """The whole document."""
    answers = {name: get_type_hints(getattr(HomeHandle, name))["return"] for name in questions}
    shapes, components = msgspec.json.schema_components(answers.values(), ref_template=_REF)
    paths = {
        f"/api/{name}": {"get": _question(name, list(known), shape)}
        for (name, known), shape in zip(questions.items(), shapes, strict=True)
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Frontrunner",
            "version": __version__,
            "summary": "Who is ahead in the race to a new therapy, where, since when, and how we know.",
            "description": f"Every answer is that of the command line and of Python. {NOTICE}",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths | _others(),
        "components": {"schemas": {**components, "Problem": _PROBLEM}},
    }


def _question(name: str, known: list[Parameter], shape: dict[str, Any]) -> dict[str, Any]:
    told = (getattr(HomeHandle, name).__doc__ or "").strip()
    return {
        "operationId": name,
        "summary": told.splitlines()[0],
        "description": "\n".join(line.strip() for line in told.splitlines()),
        "parameters": [_parameter(parameter) for parameter in known],
        "responses": {
            "200": {
                "description": "The answer, from the snapshot in force; its ETag changes with snapshot and day.",
                "headers": {
                    "ETag": {"schema": {"type": "string"}},
                    "Link": {"schema": {"type": "string"}, "description": "The next page, where there is one."},
                },
                "content": {"application/json": {"schema": {"anyOf": [shape, {"type": ["object", "array"]}]}}},
            },
            "304": {"description": "Nothing has changed since the ETag of If-None-Match."},
            **_problems(),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": parameter.schema(),
    }


def _problems() -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    told = {
        "400": "The question cannot be asked so: allowed values and near names are said.",
        "404": "Nothing in the home answers to that name.",
        "503": "Nothing has been published yet, or the question took too long.",
    }
    return {status: {"description": words, "content": content} for status, words in told.items()}


def _others() -> dict[str, Any]:
    from frontrunner import marts

    mart = {"name": "mart", "in": "path", "required": True, "schema": {"type": "string", "enum": list(marts.ORDER)}}
    list_name = {"name": "name", "in": "query", "required": False, "schema": {"type": "string", "minLength": 1}}
    arena = [_parameter(parameter) for parameter in ARENA]
    feed = "What moved the races last; with an arena, every change of that race within two years."
    return {
        "/feed.atom": {"get": _get("feedAtom", feed, "application/atom+xml", arena)},
        "/feed.json": {"get": _get("feedJson", feed, "application/feed+json", arena)},
        "/api/vocab": {
            "get": _get("vocab", "One controlled list, or the names of all.", "application/json", [list_name])
        },
        "/api/marts": {"get": _get("marts", "The tables that can be had whole.", "application/json", [])},
        "/api/marts/{mart}.parquet": {"get": _get("martParquet", "A table.", "application/vnd.apache.parquet", [mart])},
        "/api/marts/{mart}.jsonl": {"get": _get("martLines", "A table, a line a row.", "application/jsonl", [mart])},
    }


def _get(id: str, summary: str, media_type: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    shape = {"schema": {"type": "object"}} if media_type == "application/json" else {}
    answer = {"description": summary, "content": {media_type: shape}}
    return {
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": answer, **_problems()},
    }
