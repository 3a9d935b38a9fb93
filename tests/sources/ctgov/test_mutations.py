"""Whatever a record is turned into, reading it gives a reading or a BadRecord with a place, nothing else."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.model import Reading
from frontrunner.sources import ctgov

from .conftest import PAGES, raws

BODIES = [raw.body for path in sorted(PAGES.iterdir()) if ".rows." not in path.name for raw in raws(path)]
STRANGE: list[Any] = [
    *(None, True, 0, -1, 1e308, 2**70, "", "x", "N/A", "2023-02-31", "\x00", "\u202e", "é" * 300, "|", ": "),
    *([], {}, [[]], [None], [{"name": 1}], {"date": 5}, {"": ""}, ["PHASE1", None]),
    *("NCT99999901", "[individual]", "a, Republic of", "DRUG: |DRUG: ", "up to 5 Years", "May 2014"),
]


def survives(body: bytes) -> bool:
    """Whether it is read; else it is refused in one line."""
    try:
        reading = ctgov.read(body)
    except BadRecord as error:
        assert error.place
        assert "\n" not in str(error)
        return False
    assert isinstance(reading, Reading)
    assert msgspec.json.encode(reading.statements)
    return True


def spots(node: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every (container, key) in a parsed record."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        found.append((node, key))
        spots(child, found)
    return found


def graft(body: bytes, choose: Callable[[int], int]) -> bytes:
    """A record with a value replaced, removed, wrapped or doubled somewhere."""
    if body.startswith(b"<"):
        return scribble(body, choose)
    try:
        record = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return scribble(body, choose)
    places = spots(record, []) or [([record], 0)]
    node, key = places[choose(len(places))]
    what = choose(4)
    if what == 0:
        node[key] = STRANGE[choose(len(STRANGE))]
    elif what == 1:
        node[key] = [node[key], node[key]]
    elif what == 2:
        node[key] = {"value": node[key]}
    else:
        del node[key]
    return msgspec.json.encode(record)


def scribble(body: bytes, choose: Callable[[int], int]) -> bytes:
    """A record with bytes cut out, doubled or replaced."""
    start = choose(len(body))
    end = min(len(body), start + choose(40))
    middle = [b"", body[start:end] * 2, bytes([choose(256)]), b"\xff\xfe", b'"', b"{[", b"<", b"]]>"][choose(8)]
    return body[:start] + middle + body[end:]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_mutated_record_is_read_or_refused(data: st.DataObject) -> None:
    def choose(n: int) -> int:
        return data.draw(st.integers(0, n - 1))

    body = data.draw(st.sampled_from(BODIES))
    for _ in range(data.draw(st.integers(1, 3))):
        body = data.draw(st.sampled_from([graft, scribble]))(body, choose) or b"{}"
    survives(body)


@pytest.mark.slow
def test_ten_thousand_mutated_records_are_read_or_refused() -> None:
    luck = random.Random(20260202)
    refused = 0
    for _ in range(10_000):
        body = luck.choice(BODIES)
        for _ in range(luck.randint(1, 2)):
            body = luck.choice([graft, graft, scribble])(body, luck.randrange) or b"{}"
        refused += not survives(body)
    assert 1_000 < refused < 9_000
