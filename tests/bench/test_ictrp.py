"""The made-up export of the WHO platform: the same records in both forms, all of them read."""

from pathlib import Path

from bench import ictrp
from frontrunner.model import Raw, Trial
from frontrunner.reading.containers import Container
from frontrunner.sources import ictrp as source


def trials(path: Path) -> list[Trial]:
    found = []
    for item in source.records(Container(path, path.name)):
        assert isinstance(item, Raw)
        (statement,) = source.read(item.body).statements
        assert isinstance(statement, Trial)
        found.append(statement)
    return found


def test_both_forms_hold_the_same_records_and_all_are_read(tmp_path: Path) -> None:
    as_xml, as_csv = (trials(path) for path in ictrp.make(tmp_path, 1))
    assert len(as_xml) > 100
    assert as_xml == as_csv[: len(as_xml)]
    assert {len(one.phases) for one in as_xml} == {1, 2}


def test_what_is_there_is_not_made_anew(tmp_path: Path) -> None:
    first = [path.stat().st_mtime_ns for path in ictrp.make(tmp_path, 1)]
    assert [path.stat().st_mtime_ns for path in ictrp.make(tmp_path, 1)] == first
