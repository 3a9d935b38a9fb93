"""Every saved page gives the rows beside it, and is taken by its own source alone."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord
from frontrunner.model import Raw
from frontrunner.reading.containers import head
from frontrunner.reading.places import quote
from frontrunner.sources import forms, load, named

from .saved import PAGES, ROWS, SOURCES, all_told, container

each_page = pytest.mark.parametrize(("id", "page"), PAGES, ids=lambda value: getattr(value, "name", value))


def test_every_source_has_a_page() -> None:
    assert {source for source, _ in PAGES} == set(SOURCES)


@each_page
def test_a_page_gives_its_rows(id: str, page: Path) -> None:
    expected = msgspec.json.decode((page.parent / f"{page.name}{ROWS}").read_bytes())
    assert all_told(id, page) == expected
    assert all_told(id, page) == expected, "reading is pure"


@each_page
def test_a_page_is_taken_by_its_source_alone(id: str, page: Path) -> None:
    start = head(container(page))
    assert [name for name, module in load().items() if module.recognise(page.name, start)] == [id]


@each_page
def test_every_column_that_says_something_is_found_in_its_record(id: str, page: Path) -> None:
    """A statement's column is quoted from its place; jurisdiction and kind of designation are the source's own."""
    module = named(id)
    for raw in module.records(container(page)):
        if not isinstance(raw, Raw):
            continue
        try:
            reading = module.read(raw.body)
        except BadRecord:
            continue
        for statement in reading.statements:
            told = {
                column: value for column, value in msgspec.to_builtins(statement).items() if value not in (None, [])
            }
            places = forms(module)[reading.media_type]
            for column in set(told) & set(places):
                assert quote(raw.body, reading.media_type, places[column]).strip("; "), column
