"""Where answers leave the program: the format asked for, laid out for the terminal."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import click
import msgspec

from frontrunner.deliver import render
from frontrunner.deliver.views.view import View

_T = TypeVar("_T")
#: where answers go instead of being printed, while `caught` asks for them
_CAUGHT: ContextVar[list[tuple[object, View]] | None] = ContextVar("caught", default=None)


def show(result: _T, as_view: Callable[[_T], View], form: str) -> None:
    """Print an answer: JSON is the typed answer itself, every other form its view."""
    held = _CAUGHT.get()
    if held is not None:
        held.append((result, as_view(result)))
        return
    if form == "json":
        printed = json_text(result)
    else:
        view = as_view(result)
        forms = {"csv": render.comma_separated, "md": render.markdown}
        printed = forms[form](view) if form in forms else render.table(view, width(), colour())
    click.echo(printed, nl=False, color=True)


@contextmanager
def caught() -> Iterator[list[tuple[object, View]]]:
    """The answers that commands give while the block runs, with their views; nothing is printed."""
    held: list[tuple[object, View]] = []
    token = _CAUGHT.set(held)
    try:
        yield held
    finally:
        _CAUGHT.reset(token)


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
