"""Files and functions stay small enough to hold in the head."""

from pathlib import Path

import pytest

import sizes
from checkout import project_files


def test_no_file_or_function_is_over_the_limit() -> None:
    code = [path for path in project_files() if path.suffix in sizes.CODE]
    assert len(code) > 10
    assert [breach for path in code for breach in sizes.breaches(path)] == []


@pytest.mark.parametrize(("lines", "found"), [(400, 0), (401, 1)])
def test_a_file_has_at_most_400_lines(tmp_path: Path, lines: int, found: int) -> None:
    path = tmp_path / "long.sql"
    path.write_text("select 1;\n" * lines)
    assert len(list(sizes.breaches(path))) == found


@pytest.mark.parametrize(("lines", "found"), [(50, 0), (51, 1)])
def test_a_function_has_at_most_50_lines(tmp_path: Path, lines: int, found: int) -> None:
    path = tmp_path / "long.py"
    path.write_text("class Holder:\n    async def inner(self):\n" + "        pass\n" * (lines - 1))
    breaches = list(sizes.breaches(path))
    assert len(breaches) == found
    assert all("inner is 51 lines" in breach and ":2:" in breach for breach in breaches)
