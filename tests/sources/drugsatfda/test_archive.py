"""The archive of tables, which workers may be given in parts although its records lie across its tables."""

from pathlib import Path

from frontrunner.reading.containers import Container
from frontrunner.sources import drugsatfda

ARCHIVE = Path(__file__).parent / "pages" / "tables.zip"


def test_its_parts_together_give_every_application_once() -> None:
    whole = Container(ARCHIVE, ARCHIVE.name)
    parts = whole.slices(4)
    assert len(parts) > 1
    assert [item for part in parts for item in map(repr, drugsatfda.records(part))] == [
        repr(item) for item in drugsatfda.records(whole)
    ]
