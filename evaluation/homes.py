"""Homes of the records beside the checkout, made for one evaluation and thrown away."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frontrunner
from frontrunner.pipeline import ingest
from frontrunner.store.home import Home

#: the folders of records that a race is answered from
FILES = ("names", "ctgov/transcribed", "ctgov/v2", "ctgov/v2_history", "ctgov/legacy_xml", "fda", "ema")
#: the two ways in which races are scored: title, and whether the starter ledger is added
TABLES = (("Files alone", False), ("Files and the starter ledger", True))


def gold(data: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of checked facts."""
    with (data / "gold" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@contextmanager
def of_files(data: Path, *, starter: bool) -> Iterator[Home]:
    """A home of the files, with or without the starter ledger."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        ingest(home, [data / name for name in FILES if (data / name).exists()])
        if starter:
            frontrunner.open(folder).add_starter()
        yield home
