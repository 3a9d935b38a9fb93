"""Sources are found by name, and each brings what a source has to bring."""

import re
from pathlib import Path

import pytest

from frontrunner import sources
from frontrunner.errors import UnknownOption
from frontrunner.model import STATEMENTS

MODULES = [path for path in Path(sources.__path__[0]).iterdir() if path.suffix in ("", ".py")]
IDS = sorted(path.stem for path in MODULES if not path.name.startswith("_"))
COLUMNS = {column for statement in STATEMENTS for column in statement.__struct_encode_fields__}


def test_every_module_is_a_source_by_its_name() -> None:
    assert list(sources.load()) == IDS
    assert {"ctgov", "starter"} <= set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_a_source_says_who_it_is_and_where_its_columns_stand(id: str) -> None:
    module = sources.named(id)
    assert isinstance(module, sources.SourceModule)
    assert module.SOURCE.id == id
    assert all((module.SOURCE.title, module.SOURCE.publisher, module.SOURCE.licence, module.SOURCE.attribution))
    assert set(module.PLACES) <= COLUMNS
    assert all(module.PLACES.values())


@pytest.mark.parametrize(
    "head", [b"", b"{}", b"[]", b"hello", b"\x00" * 4096, b"<html></html>", b"a,b,c\n1,2,3\n", b"PK\x03\x04"]
)
def test_what_is_of_no_source_is_recognised_by_none(head: bytes) -> None:
    assert sources.recognise("file.json", head) is None


def test_an_unknown_source_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UnknownOption, match=re.escape("--source cannot be 'ctgv'; it is one of")) as error:
        sources.named("ctgv")
    assert error.value.allowed == IDS
