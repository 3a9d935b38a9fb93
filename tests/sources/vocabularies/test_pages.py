"""Every saved page of a vocabulary gives the rows beside it, and is taken by its own source alone."""

from pathlib import Path

import msgspec
import pytest

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import STATEMENTS, Raw
from frontrunner.reading.containers import Container, head
from frontrunner.reading.places import quote
from frontrunner.sources import forms, load, named
from tests.sources.regulators.saved import ROWS, all_told, container

SOURCES = ("mondo", "doid", "orphanet", "gard", "mesh", "genes", "unii")
_FOLDER = Path(__file__).parent.parent
PAGES = [(id, page) for id in SOURCES for page in sorted(_FOLDER.glob(f"{id}/pages/*")) if not page.name.endswith(ROWS)]

each_page = pytest.mark.parametrize(("id", "page"), PAGES, ids=lambda value: getattr(value, "name", value))


def test_every_source_has_a_page() -> None:
    assert {source for source, _ in PAGES} == set(SOURCES)


@each_page
def test_a_page_gives_its_rows(id: str, page: Path) -> None:
    expected = msgspec.json.decode((page.parent / f"{page.name}{ROWS}").read_bytes())
    assert all_told(id, page) == expected


@each_page
def test_a_page_is_taken_by_its_source_alone(id: str, page: Path) -> None:
    start = head(container(page))
    assert [name for name, module in load().items() if module.recognise(page.name, start)] == [id]


@each_page
def test_every_column_is_quoted_from_its_record(id: str, page: Path) -> None:
    """Whatever a statement says stands at the place that the source gives for its column."""
    module = named(id)
    for raw in module.records(container(page)):
        assert isinstance(raw, Raw)
        try:
            reading = module.read(raw.body)
        except BadRecord:
            continue
        places = forms(module)[reading.media_type]
        for statement in reading.statements:
            told = msgspec.to_builtins(statement)
            for column in [column for column, value in told.items() if value not in (None, [], False)]:
                assert quote(raw.body, reading.media_type, places[column]).strip("; "), column


def test_the_day_of_a_release_is_that_of_the_file() -> None:
    days = {page.name: {raw.as_of for raw in load()["mondo"].records(container(page)) if isinstance(raw, Raw)}
            for id, page in PAGES if id == "mondo"}  # fmt: skip
    assert days == {"names_2026-02.tsv": {"2026-02"}, "hierarchy.tsv": {None}, "mappings.sssom.tsv": {"2026-02-03"}}


def test_rows_of_one_thing_that_stand_apart_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "genes.tsv"
    path.write_text("GeneID\ttype\tsymbol\n1\tsymbol\tAA\n2\tsymbol\tBB\n1\tsynonym\tCC\n")
    with pytest.raises(UnreadableInput, match="line 4: 1 comes again: sort the table by GeneID"):
        list(load()["genes"].records(Container(path, path.name)))


def test_every_kind_of_statement_is_made_by_some_page() -> None:
    made = {kind for id, page in PAGES for row in all_told(id, page) for says in _says(row) for kind in says}
    assert made == {STATEMENTS[kind] for kind in STATEMENTS if kind.__module__.endswith("vocabularies")}


def _says(row: dict[str, object]) -> list[dict[str, object]]:
    found = row.get("says", [])
    assert isinstance(found, list)
    return found
