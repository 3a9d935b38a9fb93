"""Answers as files: the same views as on the command line, and workbooks."""

from frontrunner.deliver import render
from frontrunner.deliver.views.view import View
from frontrunner.deliver.workbook import workbook
from frontrunner.errors import UnknownOption

#: form -> its media type
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def written(view: View, form: str) -> bytes:
    """A view in one of the forms that are views; UnknownOption for another."""
    if form == "csv":
        return b"\xef\xbb\xbf" + render.comma_separated(view).encode()
    if form == "md":
        return render.markdown(view).encode()
    if form == "xlsx":
        return workbook(view)
    raise UnknownOption("form", form, list(FORMS))
