"""JSON is cut into records that keep their own bytes, in every layout, and brokenness stays where it is."""

import gzip
import io
import json as plain
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading import json
from tests.reading.files import FORMS, bodies, container, zipped

RECORDS = [b'{"n": %d, "odd \\"}]\\\\": ["{[", {"x": null}, 1.50]}' % n for n in range(50)]

LAYOUTS = {
    "lines": b"\n".join(RECORDS),
    "lines with blanks and carriage returns": b"\r\n\r\n".join(RECORDS) + b"\r\n\n",
    "lines with a byte order mark": b"\xef\xbb\xbf" + b"\n".join(RECORDS),
    "array": b"[" + b", ".join(RECORDS) + b"]",
    "array over lines": b"[\n  " + b",\n  ".join(RECORDS) + b"\n]\n",
    "page": b'{"studies": [' + b",".join(RECORDS) + b"]}",
    "page over lines": b'{\n  "studies": [\n' + b",\n".join(RECORDS) + b'\n  ],\n  "nextPageToken": "x"\n}',
    "page with fields before": b'{"totalCount": 50, "a": "b\\"[", "c": null, "studies": [' + b",".join(RECORDS) + b"]}",
}


def cut(body: bytes) -> list[Raw | UnreadableInput]:
    """The records of these bytes."""
    return list(json.cut("x.json", io.BytesIO(body)))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", FORMS)
def test_every_layout_gives_the_same_records_untouched(tmp_path: Path, layout: str, suffix: str) -> None:
    assert bodies(list(json.records(container(tmp_path, f"x{suffix}", FORMS[suffix](LAYOUTS[layout]))))) == RECORDS


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if not name.startswith("lines")])
def test_long_lists_are_cut_alike_page_by_page(monkeypatch: pytest.MonkeyPatch, layout: str) -> None:
    whole = cut(LAYOUTS[layout])
    for page in (100, 333, 1000):
        monkeypatch.setattr(json, "PAGE_BYTES", page)
        assert cut(LAYOUTS[layout]) == whole


@pytest.mark.parametrize("body", [RECORDS[0], plain.dumps(plain.loads(RECORDS[0]), indent=2).encode()])
def test_one_object_is_one_record(body: bytes) -> None:
    assert cut(b"  \n" + body + b"\n") == [Raw("whole file", body)]


def test_places_say_where_a_record_stands(tmp_path: Path) -> None:
    assert [item.place for item in cut(b"\n" + LAYOUTS["lines"])[:2] if isinstance(item, Raw)] == ["line 2", "line 3"]
    assert [item.place for item in cut(LAYOUTS["page"])[:2] if isinstance(item, Raw)] == ["studies[0]", "studies[1]"]
    found = json.records(container(tmp_path, "x.zip", zipped({"a.json": RECORDS[0], "b.jsonl": LAYOUTS["lines"]})))
    assert [item.place for item in list(found)[:2] if isinstance(item, Raw)] == ["a.json", "b.jsonl, line 1"]


BROKEN = [b'{"n":', b'{"n": tru}', b"garbage", b'{"n": "\xff"}', b"{'n': 1}", b'{"n": 1} {"n": 2}']


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("at", [0, 25, 50])
def test_a_broken_line_does_not_stop_its_neighbours(broken: bytes, at: int) -> None:
    lines = [*RECORDS[:at], broken, *RECORDS[at:]]
    assert bodies(cut(b"\n".join(lines))) == lines
    with pytest.raises(BadRecord):
        json.parse(broken)


@pytest.mark.parametrize("broken", [b'{"n": tru}', b'{"n": "\xff"}', b'{"n": {"m": }}', b"17", b'"text"', b"[1]"])
@pytest.mark.parametrize("at", [0, 25, 50])
def test_a_broken_element_does_not_stop_its_neighbours(broken: bytes, at: int) -> None:
    elements = [*RECORDS[:at], broken, *RECORDS[at:]]
    for start, end in ((b"[", b"]"), (b'{"studies": [', b"]}")):
        assert bodies(cut(start + b", ".join(elements) + end)) == elements


@pytest.mark.parametrize("layout", ["array", "page", "page over lines"])
def test_a_truncated_list_gives_what_came_before(layout: str) -> None:
    body = LAYOUTS[layout]
    found = []
    with pytest.raises(UnreadableInput, match=r"x\.json, .*\[\d+\]: is truncated"):
        for item in json.cut("x.json", io.BytesIO(body[: len(body) // 2])):
            found.append(item)
    assert len(found) > 20
    assert bodies(found) == RECORDS[: len(found)]


def test_a_truncated_archive_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"\n".join(b'{"n": %d, "x": "%x"}' % (n, n**9) for n in range(60_000))
    packed = gzip.compress(lines)
    found: list[Raw | UnreadableInput] = []
    with pytest.raises(UnreadableInput, match="truncated"):
        for item in json.records(container(tmp_path, "x.gz", packed[: len(packed) // 2])):
            found.append(item)
    assert 10_000 < len(found) < 60_000


def test_an_overlong_line_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "RECORD_BYTES", 200)
    long = b'{"n": "' + b"x" * 70_000 + b'"}'
    for lines in ([RECORDS[0], long, RECORDS[1]], [long, RECORDS[0]], [RECORDS[0], long]):
        items = cut(b"\n".join(lines))
        number = lines.index(long)
        error = items.pop(number)
        assert isinstance(error, UnreadableInput)
        assert str(error).startswith(f"x.json, line {number + 1}: a record of over")
        assert bodies(items) == [line for line in lines if line != long]


def test_an_overlong_element_ends_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "RECORD_BYTES", 200)
    monkeypatch.setattr(json, "PAGE_BYTES", 100)
    with pytest.raises(UnreadableInput, match=r"\[1\]: a record of over"):
        cut(b"[" + RECORDS[0] + b',{"n": "' + b"x" * 200_000 + b'"}]')


@pytest.mark.parametrize(("body", "why"), [(b"", "empty"), (b"\xef\xbb\xbf \n", "empty"), (b"\xff\xfe{\x00", "UTF-16")])
def test_what_is_no_text_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why):
        cut(body)


@pytest.mark.slow
def test_json_lines_of_any_length_take_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl.gz"
    line = b'{"text": "' + b"some words " * 1500 + b'"}\n'
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(6000):
            file.write(line)
    tracemalloc.start()
    count = sum(1 for _ in json.records(json.Container(path, "long.jsonl.gz")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 6000
    assert 6000 * len(line) > 90 << 20 > 9 << 20 > peak


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=50)
@given(
    st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=4), min_size=1, max_size=8), st.sampled_from([None, 1])
)
def test_any_objects_come_back_in_any_layout(objects: list[dict[str, object]], indent: int | None) -> None:
    lines = "\n".join(plain.dumps(one, ensure_ascii=False) for one in objects).encode()
    listed = plain.dumps(objects, indent=indent).encode()
    page = plain.dumps({"studies": objects}, indent=indent).encode()
    for body in (lines, listed, page):
        assert [plain.loads(one) for one in bodies(cut(body))] == ([objects[0]] if len(objects) == 1 else objects)


@settings(max_examples=50)
@given(st.dictionaries(st.text(max_size=5), JSON, max_size=6), st.randoms())
def test_the_canonical_form_depends_on_the_content_alone(obj: dict[str, object], random: Random) -> None:
    keys = list(obj)
    random.shuffle(keys)
    shuffled = plain.dumps({key: obj[key] for key in keys}, indent=random.choice([None, 2])).encode()
    canonical = json.canonical(json.parse(shuffled))
    assert canonical == json.canonical(json.parse(plain.dumps(obj, ensure_ascii=False).encode()))
    assert plain.loads(canonical) == obj
    assert json.canonical(json.parse(canonical)) == canonical


def test_volatile_fields_are_left_out_of_the_canonical_form() -> None:
    obj: dict[str, object] = {"a": {"b": 1, "c": 2}, "l": [{"x": 1, "y": 2}, 5, {"x": 3}], "z": 0}
    drop = (("a", "b"), ("l", "*", "x"), ("z",), ("not", "there"), ("a", "c", "deeper"), ("z", "*"))
    assert json.canonical(obj, drop) == b'{"a":{"c":2},"l":[{"y":2},5,{}]}'


@pytest.mark.parametrize(
    ("body", "place", "why"),
    [
        (b"[1]", "the record", "is a JSON array, not an object"),
        (b"17", "the record", "is a JSON number, not an object"),
        (b"null", "the record", "is a JSON null, not an object"),
        (b'{"a": nope}', "byte 10", "malformed"),
        (b'{"a": ', "the record", "truncated"),
        (b'{"a": "\xff"}', "byte 7", "not UTF-8"),
        ('{"Ä": 1}'.encode("latin-1"), "byte 2", "not UTF-8"),
        (b'{"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "the record", "nested too deeply"),
        (b'{"a": "\\ud800"}', "the record", "truncated"),
        (b'{"a": 1e999}', "the record", "out of range"),
        (b"", "the record", "truncated"),
    ],
)
def test_a_record_that_is_no_object_says_where(body: bytes, place: str, why: str) -> None:
    with pytest.raises(BadRecord, match=why) as error:
        json.parse(body)
    assert error.value.place == place
