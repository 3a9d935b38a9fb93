"""The names that the packaged tables know, for resolving texts without a home."""

import csv
from collections.abc import Iterator
from importlib import resources
from typing import Literal

from frontrunner.reading.layout import TABLES

#: kind of thing -> the table of its rows and the column of its id
_TABLE_OF = {"company": ("companies", "company"), "product": ("products", "product")}


def known(kind: Literal["company", "product"]) -> Iterator[dict[str, str | None]]:
    """Each name of a company or product: `id`, `value`, the `label` of the id and its `parent`."""
    table, column = _TABLE_OF[kind]
    labels = {row[column]: row for row in _rows(table)}
    for id, row in labels.items():
        yield _named(id, row["name"], row)
    for name in _rows("names"):
        if name["subject"] in labels:
            yield _named(name["subject"], name["value"], labels[name["subject"]])


def _named(id: str, value: str, row: dict[str, str]) -> dict[str, str | None]:
    return {"id": id, "value": value, "label": row["name"], "parent": row.get("parent") or None}


def _rows(table: str) -> Iterator[dict[str, str]]:
    assert table in TABLES, table
    text = (resources.files(__package__) / f"{table}.csv").read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), strict=True)
