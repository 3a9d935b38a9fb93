"""A view as a workbook: a sheet for each section that has a table, and one for what the answer rests on.

Every cell is written as text, so that nothing out of a record is ever run as a formula.
"""

import io
import re

from frontrunner.deliver.views.view import View
from frontrunner.errors import UsageError

#: what a sheet's name cannot hold, and how long it can be
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NAME = 31
#: the longest text of a cell
_CELL = 32_767


def workbook(view: View) -> bytes:
    """The bytes of an .xlsx file; UsageError without xlsxwriter (the extra `office`)."""
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise UsageError("a workbook needs xlsxwriter, which is not installed; install frontrunner[office]") from None
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        tables = [(section.title, section.table) for section in view.sections if section.table]
        for number, (title, table) in enumerate(tables, start=1):
            rows = [[column.title for column in table.columns], *([cell.plain for cell in row] for row in table.rows)]
            _sheet(book, f"{number} {title}", rows, head)
        about = [
            ["about", ""],
            ["title", view.title],
            *map(list, view.stamp.items()),
            *[[line] for line in view.footer],
        ]
        _sheet(book, "About", about, head)
    return written.getvalue()


def _sheet(book: object, name: str, rows: list[list[str]], head: object) -> None:
    sheet = book.add_worksheet(_FORBIDDEN.sub(" ", name)[:_NAME].strip())  # type: ignore[attr-defined]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text[:_CELL], head if at == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.autofit(400)
