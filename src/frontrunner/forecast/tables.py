"""The CSV files beside these modules, as rows of text: the only thing the forecast reads."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, in file order: column -> cell."""
    text = files("frontrunner.forecast").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
