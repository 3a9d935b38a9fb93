"""Every saved page gives the rows beside it, record by record."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.reading.containers import head
from frontrunner.sources import ctgov, load, recognise
from frontrunner.sources.ctgov import aact

from .conftest import PAGES, container, raws, told

ROWS = ".rows.json"
SAVED = sorted(path for path in PAGES.iterdir() if not path.name.endswith(ROWS))


def test_every_page_has_its_rows_and_every_form_a_page() -> None:
    assert {f"{path.name}{ROWS}" for path in SAVED} == {path.name for path in PAGES.glob(f"*{ROWS}")}
    assert {ctgov.read(raws(path)[0].body).media_type for path in SAVED} == set(ctgov.FORMS) - {
        aact.MEDIA_TYPE
    }  # put together from tables: test_aact


@pytest.mark.parametrize("page", SAVED, ids=lambda path: path.name)
def test_a_page_gives_its_rows(page: Path) -> None:
    expected = msgspec.json.decode((PAGES / f"{page.name}{ROWS}").read_bytes())
    assert [told(raw) for raw in raws(page)] == expected


@pytest.mark.parametrize("page", SAVED, ids=lambda path: path.name)
def test_a_page_is_recognised_by_its_beginning_and_by_no_other_source(page: Path) -> None:
    start = head(container(page))
    assert recognise("anything", start) is ctgov
    assert [name for name, module in load().items() if module.recognise(page.name, start)] == ["ctgov"]


@pytest.mark.parametrize("page", SAVED, ids=lambda path: path.name)
def test_reading_is_pure(page: Path) -> None:
    assert [told(raw) for raw in raws(page)] == [told(raw) for raw in raws(page)]
