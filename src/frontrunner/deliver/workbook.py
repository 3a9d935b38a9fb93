"""A view as a workbook: a sheet a section, and one for what the answer rests on.

Every cell is written as text, so that nothing that a source says can run as a formula.
"""

import io
from typing import Any

from frontrunner.deliver.views.view import Section, View
from frontrunner.errors import UsageError

_NOT_IN_SHEETS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
#: the longest name of a sheet, text of a cell, and width of a column
_NAME, _CELL, _WIDE = 31, 32_767, 60


def workbook(view: View) -> bytes:
    """The bytes of an .xlsx file; UsageError without xlsxwriter (the extra `office`)."""
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise UsageError("a workbook needs the extra 'office' (pip install 'frontrunner[office]')") from None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, section in enumerate(view.sections, start=1):
            name = f"{number} {section.title}"[:_NAME].translate(_NOT_IN_SHEETS).strip()
            _fill(book.add_worksheet(name), section, bold, wrapped)
        about = book.add_worksheet("About")
        for down, told in enumerate([view.title, *view.footer]):
            about.write_string(down, 0, told[:_CELL])
    return out.getvalue()


def _fill(sheet: Any, section: Section, bold: Any, wrapped: Any) -> None:
    rows = [[cell.plain for cell in row] for row in section.table.rows] if section.table else []
    titles = [column.title for column in section.table.columns] if section.table else []
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, bold)
        sheet.set_column(at, at, min(_WIDE, max([len(title), *(len(row[at]) for row in rows)]) + 2))
    first = 1 if titles else 0
    for down, row in enumerate([*rows, *([line.plain] for line in section.lines)], start=first):
        for across, text in enumerate(row):
            sheet.write_string(down, across, text[:_CELL], wrapped)
    sheet.freeze_panes(first, 0)
