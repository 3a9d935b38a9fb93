"""Whatever a record holds, a reader reads it or refuses it with a place: it raises nothing else."""

from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import BadRecord
from frontrunner.model import Raw
from frontrunner.sources import forms, named

from ..regulators.saved import container
from .saved import PAGES, SOURCES

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    10**12,
    1.5,
    "",
    " ",
    "x",
    "2021-13-45",
    "\ud7ff",
    [],
    [[]],
    {},
    {"x": []},
    [None, 7],
]
Path = tuple[str | int, ...]


@cache
def bodies(id: str) -> list[bytes]:
    """The records of a source's pages."""
    module = named(id)
    return [
        raw.body
        for source, page in PAGES
        if source == id
        for raw in module.records(container(page))
        if isinstance(raw, Raw)
    ]


def read_or_refused(id: str, body: bytes) -> None:
    try:
        reading = named(id).read(body)
    except BadRecord as error:
        assert error.place and error.why
        assert "\n" not in str(error)
        return
    assert msgspec.json.encode(reading.statements)
    assert reading.key and reading.media_type in forms(named(id))


def paths(node: Any, above: Path = ()) -> list[Path]:
    """Every place in a JSON value."""
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [above, *(path for key, value in below for path in paths(value, (*above, key)))]


def put(node: Any, path: Path, value: Any) -> Any:
    """The value with another at a path."""
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = put(node[path[0]], path[1:], value)  # type: ignore[index]
    return copy


@pytest.mark.parametrize("id", SOURCES)
@settings(max_examples=150)
@given(st.data())
def test_a_value_of_another_kind_is_read_or_refused(id: str, data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(bodies(id)))
    if body.startswith(b"<"):
        text = data.draw(st.sampled_from([b"", b"<x/>", b"<![CDATA[ ]]>", b"&amp;", b"\xff", b"<!-- -->"]))
        at = data.draw(st.integers(0, len(body)))
        end = data.draw(st.integers(at, min(len(body), at + 60)))
        body = body[:at] + text + body[end:]
    else:
        record = msgspec.json.decode(body)
        path = data.draw(st.sampled_from(paths(record)))
        body = msgspec.json.encode(put(record, path, data.draw(st.sampled_from(ODD))))
    read_or_refused(id, body)


@pytest.mark.parametrize("id", SOURCES)
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"7", b"<", b"<Trial/>", b"<Triall/>", b"[" * 5000, b"\xff\xfe{"])
def test_what_is_no_record_is_refused(id: str, body: bytes) -> None:
    with pytest.raises(BadRecord):
        named(id).read(body)


@pytest.mark.parametrize("id", SOURCES)
def test_the_order_of_keys_and_white_space_are_no_content(id: str) -> None:
    for body in bodies(id):
        if body.startswith(b"<"):
            other = body.replace(b"</", b" </")
        else:
            record = msgspec.json.decode(body)
            other = (
                msgspec.json.format(msgspec.json.encode(dict(reversed(record.items()))))
                if isinstance(record, dict)
                else body
            )
        try:
            first = named(id).read(body)
        except BadRecord:
            continue
        assert named(id).read(other).canonical == first.canonical
