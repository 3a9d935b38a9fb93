"""Large XML cut into elements: the bytes of each, in bounded memory, whatever the blocks it comes in."""

import io
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UnreadableInput
from frontrunner.reading import elements

START, END = b"<?xml version='1.0' encoding='UTF-8'?>\n<All made='today'>\n", b"\n</All>\n"


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time, whatever it is asked for."""

    def __init__(self, body: bytes, sizes: list[int]) -> None:
        self.rest, self.sizes, self.asked = body, sizes, 0

    def read(self, size: int = -1) -> bytes:
        step = len(START) if not self.asked else self.sizes[self.asked % len(self.sizes)]
        self.asked += 1
        part, self.rest = self.rest[:step], self.rest[step:]
        return part


def cut(stream: BinaryIO) -> list[bytes]:
    return [raw.body for raw in elements.cut("a.xml", stream, "All", "One")]


@given(
    st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"<", b"&lt;")), max_size=6),
    st.lists(st.integers(1, 9), min_size=1),
)
def test_elements_come_out_as_they_are_however_the_bytes_arrive(texts: list[bytes], sizes: list[int]) -> None:
    found = [b"<One>" + text + b"</One>" for text in texts]
    assert cut(Dripping(START + b"\n ".join(found) + END, sizes)) == found  # type: ignore[arg-type]


def test_places_are_numbered_and_what_stands_between_is_given_to_the_reader() -> None:
    body = START + b"<!-- a note --><One>1</One> stray <One>2</One><Other/>" + END
    raws = list(elements.cut("a.xml", io.BytesIO(body), "All", "One"))
    assert [(raw.place, raw.body) for raw in raws] == [
        ("One[1]", b"<One>1</One>"),
        ("One[2]", b"stray <One>2</One>"),
        ("One[3]", b"<Other/>"),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (START + b"<One>1</One><One>2", "is truncated"),
        (START + b"<One>1</One>", "is truncated"),
        (b"<Any><One>1</One></Any>", "has no <All>"),
        (START.replace(b"UTF-8", b"GB2312") + END, "is not UTF-8"),
        (b"\xff\xfe<\x00A\x00", "is UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_on_says_so(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why):
        cut(io.BytesIO(body))


def test_what_came_before_the_end_is_read() -> None:
    found = elements.cut("a.xml", io.BytesIO(START + b"<One>1</One><One>2"), "All", "One")
    assert next(found).body == b"<One>1</One>"
    with pytest.raises(UnreadableInput, match=r"a.xml, One\[2\]: is truncated"):
        next(found)
