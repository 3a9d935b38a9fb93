"""What is a Purple Book and what is not; what makes two rows one document."""

from pathlib import Path

import pytest

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.sources import fda_purple_book

from ..regulators.saved import container, page

REPORT = page("fda_purple_book", "report.csv")


def rows(path: Path) -> list[Raw]:
    return [item for item in fda_purple_book.records(container(path)) if isinstance(item, Raw)]


def saved(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "head",
    [
        b'{"schema": "purple_book.v1", "as_of_date": "2026-04-01", "products": [{"bla_number": "125901"}]}',
        b"bla_number,product_name_proprietary,licensing_date\r\n125901,EXAMPLEVEC,2024-04-25\r\n",
        b"N/R/U,Applicant,Product\r\n",
        b"About the Purple Book Monthly Historical Data Changes Report\r\n",
    ],
)
def test_what_others_have_re_keyed_is_not_the_regulators_word(head: bytes) -> None:
    assert not fda_purple_book.recognise("purplebook.csv", head)


def test_the_flag_of_a_change_and_the_month_are_not_content(tmp_path: Path) -> None:
    """A row flagged in one month's report and plain in the next is the same document."""
    content = REPORT.read_bytes()
    later = saved(tmp_path, content.replace(b"March 2026", b"May 2026").replace(b"U,Example Gene", b",Example Gene"))
    first, second = (fda_purple_book.read(rows(path)[0].body) for path in (REPORT, later))
    assert (first.as_of, second.as_of) == ("2026-03", "2026-05")
    assert first.canonical == second.canonical
    assert first.statements == second.statements


def test_a_real_change_is_another_document(tmp_path: Path) -> None:
    content = REPORT.read_bytes().replace(b"Voluntarily Revoked", b"Licensed")
    changed = fda_purple_book.read(rows(saved(tmp_path, content))[0].body)
    assert changed.key == "125901/1"
    assert changed.canonical != fda_purple_book.read(rows(REPORT)[0].body).canonical


def test_forms_of_nothing_and_spaces_are_no_change(tmp_path: Path) -> None:
    content = REPORT.read_bytes()
    other = saved(tmp_path, content.replace(b"N/A", b" ").replace(b"Injection ,", b"Injection,"))
    told = [[fda_purple_book.read(raw.body).canonical for raw in rows(path)[:7]] for path in (REPORT, other)]
    assert told[0] == told[1]


def test_a_file_without_its_header_is_said_to_be_none(tmp_path: Path) -> None:
    for content in (b"Purple Book Monthly Historical Data Changes Report - March 2026\r\n", b"a,b\r\n" * 50):
        with pytest.raises(UnreadableInput, match="no header of the Purple Book"):
            list(fda_purple_book.records(container(saved(tmp_path, content))))


def test_a_report_of_no_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="names no month"):
        rows(saved(tmp_path, REPORT.read_bytes().replace(b"March 2026", b"Spring 2026")))


def test_what_stands_before_a_broken_quote_is_read(tmp_path: Path) -> None:
    items = fda_purple_book.records(container(saved(tmp_path, REPORT.read_bytes() + b'U,"Example" Inc\r\n')))
    found = []
    with pytest.raises(UnreadableInput, match="the rows before it were read"):
        found.extend(items)
    assert len(found) == len(rows(REPORT))
