"""The generator and its records, made once for all tests of the bench (the world alone takes two seconds)."""

import json
from typing import Any

import pytest

from bench.study import Studies

RECORDS = 3_000


@pytest.fixture(scope="session")
def studies() -> Studies:
    """The generator with seed 1."""
    return Studies(1)


@pytest.fixture(scope="session")
def bodies(studies: Studies) -> list[bytes]:
    """The first records of its base."""
    return [studies.record(index) for index in range(RECORDS)]


@pytest.fixture(scope="session")
def records(bodies: list[bytes]) -> list[dict[str, Any]]:
    """The same, parsed."""
    return [json.loads(body) for body in bodies]
