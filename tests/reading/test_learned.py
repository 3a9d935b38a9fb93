"""A learned layout gives what the slow way gives, or nothing."""

import json as plain
from typing import Any

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from frontrunner.reading import json
from frontrunner.reading.learned import Form

VOLATILE = (("day",), ("inner", "items", "*", "seen"))


class Inner(msgspec.Struct, frozen=True, rename="camel"):
    first_name: str | None = None
    items: list[str] = []


class Record(msgspec.Struct, frozen=True, rename="camel"):
    record_id: str
    inner: Inner = Inner()
    day: str | None = None


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
NAMES = st.sampled_from(("recordId", "inner", "day", "firstName", "items", "seen", "z", "ä", "a b"))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=12
)
RECORDS = st.lists(st.dictionaries(NAMES, VALUES, max_size=6).map(lambda one: {"recordId": "x"} | one), max_size=6)


def form() -> Form[Record]:
    return Form(Record, VOLATILE)


def slow(body: bytes) -> bytes:
    return json.canonical(json.parse(body), VOLATILE)


@given(RECORDS)
@example([{"recordId": "a", "day": "1", "inner": {}}] * 2)
@example([{"recordId": "a", "inner": {"items": [], "z": [{"seen": 1}]}}] * 3)
@example([{"recordId": "a", "z": ""}, {"recordId": "a", "z": {"b": 1, "a": 2}}])
@example([{"recordId": "a", "z": [{"seen": 1.0}]}, {"recordId": "a", "z": [{"seen": "1"}, 2, None]}] * 2)
def test_what_fits_has_the_canonical_form_of_the_slow_way(records: list[dict[str, Any]]) -> None:
    known = form()
    for record in records:
        body = plain.dumps(record, ensure_ascii=False).encode()
        for _ in range(2):
            fitted = known.decode(body)
            canonical = None if fitted is None else known.canonical(fitted)
            if canonical is None:
                known.learn(json.parse(body))
            else:
                assert canonical == slow(body)


def test_a_record_fits_once_its_names_were_met_in_any_order_and_with_any_white_space() -> None:
    known, body = (
        form(),
        b'{"recordId": "a", "z": {"c": [1, 2.5], "b": "x"}, "inner": {"firstName": "F", "items": ["i"]}}',
    )
    assert known.decode(body) is None
    known.learn(json.parse(body))
    turned = b'{"inner":{"items":["j","k"],"firstName":"G"},"z":{"b":"\\u00e4\\/","c":[3]},"recordId":"b","day":"1"}'
    fitted = known.decode(turned)
    assert fitted is not None
    assert (fitted.record_id, fitted.inner.first_name, fitted.inner.items, fitted.day) == (
        "b",
        "G",
        ["j", "k"],
        "1",
    )
    assert known.canonical(fitted) == slow(turned)


def test_volatile_fields_are_taken_out_wherever_they_stand() -> None:
    volatile = (("day",), ("places", "*", "seen"))
    known = Form(Record, volatile)
    body = b'{"recordId":"a","day":"1","places":[{"seen":{"z":1,"a":2},"b":1},{"b":2}]}'
    known.learn(json.parse(body))
    fitted = known.decode(body)
    assert fitted is not None
    assert known.canonical(fitted) == b'{"places":[{"b":1},{"b":2}],"recordId":"a"}'


def test_what_encoding_would_not_give_back_does_not_fit() -> None:
    known = form()
    for part in (b'"day":null', b'"inner":{"items":[]}', b'"inner":{"firstName":1}', b'"inner":[]'):
        body = b'{"recordId":"a",' + part + b"}"
        known.learn(json.parse(body))
        assert known.decode(body) is None


def test_a_coded_text_that_is_none_of_its_values_does_not_fit() -> None:
    coded = {("inner", "firstName"): frozenset(("F", "G")), ("inner", "items", "*"): frozenset(("i", "j"))}
    known = Form(Record, VOLATILE, coded)
    for name, items, fits in (("F", ["i", "j"], True), ("H", ["i"], False), ("G", ["j", "k"], False)):
        body = plain.dumps({"recordId": "a", "inner": {"firstName": name, "items": items}}).encode()
        known.learn(json.parse(body))
        fitted = known.decode(body)
        assert (fitted is not None) is fits
        assert fitted is None or known.canonical(fitted) == slow(body)
