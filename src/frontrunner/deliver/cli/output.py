"""Where answers leave the program: the format asked for, laid out for the terminal."""

import os
import shutil
import sys
from collections.abc import Callable
from typing import TypeVar

import click
import msgspec

from frontrunner.deliver import render
from frontrunner.deliver.views.view import View

_T = TypeVar("_T")


def show(result: _T, as_view: Callable[[_T], View], form: str) -> None:
    """Print an answer: JSON is the typed answer itself, every other form its view."""
    if form == "json":
        printed = json_text(result)
    else:
        view = as_view(result)
        forms = {"csv": render.comma_separated, "md": render.markdown}
        printed = forms[form](view) if form in forms else render.table(view, width(), colour())
    click.echo(printed, nl=False, color=True)


def json_text(result: object) -> str:
    """Indented JSON with its final newline; Chinese stays Chinese."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2).decode() + "\n"


def width() -> int | None:
    """Columns to lay out for: the terminal's, or COLUMNS; None where the output is neither, as in a pipe."""
    if os.environ.get("COLUMNS", "").isdecimal() or sys.stdout.isatty():
        return max(20, shutil.get_terminal_size().columns)
    return None


def colour() -> bool:
    """Whether to paint: only on a terminal that can, and never against NO_COLOR (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
