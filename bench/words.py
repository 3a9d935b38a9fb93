"""Our own words and sentence patterns (`words.txt`) and cities (`cities.csv`), read as data."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
NUMBERS = (*range(1, 13), 14, 15, 16, 18, 20, 21, 24, 26, 28, 30, 36, 40, 42, 48, 52, 60, 72, 90, 96, 100, 120, 180)


class City(NamedTuple):
    """A place with study sites; `weight` is the share of sites that it gets, in no unit."""

    city: str
    state: str
    country: str
    lat: float
    lon: float
    weight: float


@cache
def lists() -> dict[str, list[str]]:
    """Every list of `words.txt` by its name, and `n`, the numbers that a protocol is fond of."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (FOLDER / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif name and line:
            found[name].extend(line.split("|"))
    found["n"] = [str(number) for number in NUMBERS]
    return found


@cache
def cities() -> list[City]:
    """The cities, in file order."""
    with open(FOLDER / "cities.csv", encoding="utf-8", newline="") as file:
        return [
            City(row["city"], row["state"], row["country"], float(row["lat"]), float(row["lon"]), float(row["weight"]))
            for row in csv.DictReader(file)
        ]
