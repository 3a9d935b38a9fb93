"""Workbooks, sound and broken, as rows of text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import UnreadableInput
from frontrunner.reading import sheet
from tests.reading.files import container
from tests.reading.workbook import MAIN, made

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=8)
CELL = st.one_of(
    st.just(""), TEXT.filter(lambda text: text.strip() == text and "_x" not in text), st.integers(0, 10**9)
)


def read(tmp_path: Path, content: bytes) -> list[tuple[int, list[str]]]:
    return list(sheet.rows(container(tmp_path, "any.xlsx", content)))


def of_cells(cells: str, strings: str = "") -> bytes:
    """A workbook whose only row has these cells."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="7">{cells}</row></sheetData></worksheet>'
    return made([], sheet=xml, strings=strings or f'<sst xmlns="{MAIN}"/>')


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.lists(CELL, max_size=30), max_size=5))
def test_what_was_written_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | int]]) -> None:
    expected = [(number, [str(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    for _, row in expected:
        while row and row[-1] == "":
            row.pop()
    assert read(tmp_path_factory.mktemp("book"), made(rows)) == [(number, row) for number, row in expected if row]


def test_every_kind_of_cell(tmp_path: Path) -> None:
    cells = (
        '<c r="B7" t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>'
        '<c r="C7" t="str"><f>1+1</f><v>of a formula</v></c><c r="D7" t="b"><v>1</v></c><c r="E7"><v>45519</v></c>'
        '<c r="F7" t="e"><v>#N/A</v></c><c r="H7" t="s"><v>0</v></c><c r="I7" s="4"/>'
    )
    strings = f'<sst xmlns="{MAIN}"><si><r><t>rich</t></r><r><t>_x000D_text</t></r><rPh><t>reading</t></rPh></si></sst>'
    expected = ["", "in line", "of a formula", "1", "45519", "#N/A", "", "rich\rtext"]
    assert read(tmp_path, of_cells(cells, strings)) == [(7, expected)]


def test_cells_without_references_stand_one_after_the_other(tmp_path: Path) -> None:
    assert read(tmp_path, of_cells("<c><v>1</v></c><c><v>2</v></c>")) == [(7, ["1", "2"])]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 nothing more", "truncated zip"),
        (made([["a"]])[:-40], "truncated zip"),
        (made([["a"]], workbook=""), "is missing: this is no workbook"),
        (made([["a"]], relations="<Relationships/>"), "without sheets"),
        (made([["a"]], workbook=f'<workbook xmlns="{MAIN}"/>'), "without sheets"),
        (made([["a"]], sheet="<worksheet"), "not well-formed"),
        (made([["a"]], strings=""), "refers to text '0'"),
        (made([["a"]], sheet='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "document type definition"),
        (of_cells('<c r="B7"><v>1</v></c><c r="A7"><v>2</v></c>'), "out of order at 'A7'"),
        (of_cells('<c r="ZZZ7"><v>1</v></c>'), "out of order"),
        (of_cells('<c r="A7" t="s"><v>-1</v></c>'), "refers to text '-1'"),
    ],
)
def test_a_broken_workbook_is_refused_in_one_line(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why) as error:
        read(tmp_path, content)
    assert "\n" not in str(error.value)
    assert error.value.where.startswith("any.xlsx")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "RECORD_BYTES", 1 << 16)
    with pytest.raises(UnreadableInput, match="a part of over"):
        read(tmp_path, of_cells(f'<c r="A7" t="str"><v>{"a" * (1 << 17)}</v></c>'))
