"""The API asked what its description allows and much that it does not: nothing but answers and refusals."""

from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("schemathesis")

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings

from frontrunner.api import QUESTIONS, HomeHandle
from frontrunner.deliver import rest
from frontrunner.deliver.serving import Desk, Front

OTHERS = [
    "/feed.atom",
    "/feed.json",
    "/api/vocab",
    "/api/marts",
    "/api/marts/{mart}.parquet",
    "/api/marts/{mart}.jsonl",
]
ADDRESSES = [*(f"/api/{name}" for name in QUESTIONS), *OTHERS]


@pytest.fixture(scope="module")
def api(starter_home: HomeHandle) -> Any:
    """The API with its description, as a fuzzer reads it."""
    app, desk = FastAPI(openapi_url=None), Desk(starter_home)
    rest.add_to(app, desk)
    return schemathesis.openapi.from_asgi("/api/openapi.json", Front(app, desk))


def test_what_is_fuzzed_is_the_whole_description(api: Any) -> None:
    described = {(one.ok().path, one.ok().method.upper()) for one in api.get_all_operations()}
    assert described == {(address, "GET") for address in ADDRESSES}


@pytest.mark.slow
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_question_breaks_the_server(api: Any, address: str) -> None:
    seen = set[int]()
    modes = [schemathesis.GenerationMode.POSITIVE]
    if address != "/api/marts":  # which takes nothing that could be wrong
        modes.append(schemathesis.GenerationMode.NEGATIVE)

    def ask(case: Any) -> None:
        answer = case.call()
        seen.add(answer.status_code)
        assert answer.status_code < 500, answer.text
        if answer.status_code in (400, 404):
            assert answer.json()["detail"]

    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    bounded = settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=slow)
    for mode in modes:
        bounded(given(case=api[address]["GET"].as_strategy(generation_mode=mode))(ask))()
    assert seen
