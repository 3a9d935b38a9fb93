"""The addresses of the API. Handlers read parameters, ask, and encode; every rule lives behind the question."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import Response

from frontrunner.api import QUESTIONS, HomeHandle
from frontrunner.deliver.rest import bulk, description, feeds, paging
from frontrunner.deliver.serving import Desk, problem, status_of
from frontrunner.deliver.serving.parameters import Parameter, parameters, read
from frontrunner.deliver.serving.problems import MEDIA_TYPE
from frontrunner.deliver.views.vocabularies import Listed, ListOfLists
from frontrunner.errors import FrontrunnerError, UnknownOption

_CURSOR = Parameter("cursor", "string", False, None, "Where the next page begins: from the Link header of the last.")
_LIMIT = Parameter("limit", "integer", False, None, "How many rows at most; without it the whole answer.")
_VIEW = Parameter("view", "string", False, "full", "full, or slim: without names, evidence and reasons.")


def add_to(app: FastAPI, desk: Desk) -> None:
    """Add the API under /api, and the problems in which every error is told."""
    app.add_exception_handler(FrontrunnerError, said)
    for name in QUESTIONS:
        app.add_api_route(f"/api/{name}", _asked(desk, name), methods=["GET"], name=f"api_{name}")
    app.add_api_route("/api/vocab", _vocab, methods=["GET"], name="api_vocab")
    bulk.add_to(app, desk)
    feeds.add_to(app, desk)

    def described() -> Response:  # made when it is asked for: a server starts without it
        text = msgspec.json.encode(description.openapi({name: known(name) for name in QUESTIONS}))
        return Response(text, media_type="application/vnd.oai.openapi+json;version=3.1")

    app.add_api_route("/api/openapi.json", described, methods=["GET"], name="api_description")


def said(_: Request, error: Exception) -> Response:
    """An error of ours as a problem."""
    assert isinstance(error, FrontrunnerError), error
    return Response(msgspec.json.encode(problem(error)), status_of(error), media_type=MEDIA_TYPE)


def known(name: str) -> list[Parameter]:
    """The parameters of a question over HTTP: its own, and how to cut the answer."""
    own = parameters(getattr(HomeHandle, name))
    if name in paging.PAGED:
        own += [_CURSOR] if any(parameter.name == "limit" for parameter in own) else [_LIMIT, _CURSOR]
    return [*own, _VIEW]


def _asked(desk: Desk, name: str) -> Callable[[Request], Response]:
    accepted = known(name)
    own = {parameter.name: parameter for parameter in parameters(getattr(HomeHandle, name))}
    limited = "limit" in own

    def answer(request: Request) -> Response:
        given = read(accepted, request.query_params.multi_items())
        view, cursor = given.pop("view", "full"), given.pop("cursor", None)
        if view not in paging.VIEWS:
            raise UnknownOption("view", view, paging.VIEWS)
        limit = given.get("limit", own["limit"].default if limited else None)
        if limited:
            given["limit"] = 1000
        else:
            given.pop("limit", None)
        with desk.asking() as home:
            result = getattr(home, name)(**given)
        following = None
        if name in paging.PAGED:
            result, following = paging.cut(result, paging.PAGED[name], cursor, limit)
        body = msgspec.json.encode(paging.slim(result) if view == "slim" else result)
        return Response(body, media_type="application/json", headers=_next(request, following))

    return answer


def _next(request: Request, cursor: str | None) -> dict[str, str]:
    """The Link header of the next page."""
    if cursor is None:
        return {}
    items = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    return {"Link": f'<{request.url.path}?{urlencode([*items, ("cursor", cursor)])}>; rel="next"'}


def _vocab(request: Request) -> Response:
    """One controlled list, or the names of all."""
    name = Parameter("name", "string", False, None, "Which list; without it the lists that there are.")
    given: dict[str, Any] = read([name], request.query_params.multi_items())
    answer = Listed.named(given["name"]) if given else ListOfLists.all()
    return Response(msgspec.json.encode(answer), media_type="application/json")
