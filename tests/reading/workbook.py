"""Makes small .xlsx workbooks for tests: shared, inline and rich texts, numbers, styled blanks."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(rows: Sequence[Sequence[str | int]], **parts: str) -> bytes:
    """A workbook of one sheet with these cells; an empty text is a styled blank. `parts` replace `sheet`, ..."""
    strings: list[str] = []
    lines = "".join(_row(number, row, strings) for number, row in enumerate(rows, start=1))
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    contents = {
        "workbook": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Medicine" sheetId="1" '
        'r:id="a"/></sheets></workbook>',
        "relations": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "strings": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "sheet": f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>',
    } | parts
    names = {
        "workbook": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "strings": "xl/sharedStrings.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in contents.items():
            if content:
                archive.writestr(zipfile.ZipInfo(names[part], (2024, 8, 15, 4, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _row(number: int, row: Sequence[str | int], strings: list[str]) -> str:
    cells = "".join(_cell(f"{_letters(column)}{number}", value, strings) for column, value in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _cell(reference: str, value: str | int, strings: list[str]) -> str:
    if value == "":
        return f'<c r="{reference}" s="3"/>'
    if isinstance(value, int):
        return f'<c r="{reference}"><v>{value}</v></c>'
    strings.append(value)
    return f'<c r="{reference}" t="s"><v>{len(strings) - 1}</v></c>'


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
