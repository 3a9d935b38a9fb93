"""Homes of the records beside the checkout, made for one evaluation and thrown away."""

import atexit
import csv
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

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


@cache
def of_files(data: Path, *, starter: bool) -> Home:
    """A home of the files, with or without the starter ledger; made once a process and gone with it."""
    folder = Path(mkdtemp(prefix="frontrunner-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = Home(folder / "home")
    if starter:
        shutil.copytree(of_files(data, starter=False).path, home.path)
        frontrunner.open(home.path).add_starter()
    else:
        ingest(home, [data / name for name in FILES if (data / name).exists()])
    return home


@cache
def of_starter() -> Home:
    """A home of the starter ledger alone; made once a process and gone with it."""
    folder = Path(mkdtemp(prefix="frontrunner-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = Home(folder / "home")
    frontrunner.open(home.path).add_starter()
    return home
