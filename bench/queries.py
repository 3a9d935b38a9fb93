"""Warm questions through the Python door: race, race as of a day with what was known then, and why.

One process asks every question `ROUNDS` + 1 times and leaves the first round out. It prints JSON: for each kind of
question the number of samples, p50, p95 and the slowest in milliseconds, and for each arena how many rows it has.

    python -m bench.queries HOME
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import FrontrunnerError

ROUNDS = 5
#: From a race of a few products to the largest one that can be asked.
ARENAS: tuple[tuple[str | None, dict[str, str]], ...] = (
    ("hemophilia B", {"modality": "gene_therapy"}),
    ("hemophilia B", {}),
    ("Duchenne muscular dystrophy", {"modality": "gene_therapy", "jurisdiction": "US"}),
    ("sickle cell disease", {"modality": "gene_therapy"}),
    ("inherited retinal dystrophy", {}),
    ("B-cell non-Hodgkin lymphoma", {"target": "CD19"}),
    ("multiple myeloma", {"modality": "car_t", "jurisdiction": "CN"}),
    (None, {"target": "PDCD1"}),
    (None, {"modality": "aav"}),
    ("non-small cell lung carcinoma", {}),
    ("cardiovascular disease", {}),
    ("cancer", {"modality": "car_t"}),
    ("cancer", {"jurisdiction": "CN"}),
    ("cancer", {}),
)
DAYS = ("2012-06-30", "2019-01-01", "2024-12-31")
#: Rows of an answer that are asked why, evenly from its head to its tail.
WHYS = 4


def measure(home: str) -> dict[str, Any]:
    """Every arena asked now, as of DAYS by what was known then, and why of some of its rows."""
    door = frontrunner.open(home)
    spent: dict[str, list[float]] = {"race": [], "race_then": [], "why": []}
    arenas, refused = [], []
    for number in range(ROUNDS + 1):
        for indication, options in ARENAS:
            try:
                rows = _round(door, indication, options, spent if number else {})
            except FrontrunnerError as error:
                refused.append(f"{indication} {options}: {error}")
                continue
            if number == ROUNDS:
                arenas.append({"indication": indication, **options, **rows})
    return {"kinds": {kind: _summed(times) for kind, times in spent.items()}, "arenas": arenas, "refused": refused}


def _round(
    door: HomeHandle, indication: str | None, options: dict[str, str], spent: dict[str, list[float]]
) -> dict[str, float]:
    """One arena asked once in each way; returns its rows and the time of the plain race."""
    answer, seconds = _timed(partial(door.race, indication, **options))
    spent.setdefault("race", []).append(seconds)
    for day in DAYS:
        _, then = _timed(partial(door.race, indication, **options, on=day, clock="then"))
        spent.setdefault("race_then", []).append(then)
    rows = answer.standings
    for row in rows[:: max(1, len(rows) // WHYS)][:WHYS]:
        for id in (row.id, *row.evidence[:1]):
            _, asked = _timed(partial(door.why, id))
            spent.setdefault("why", []).append(asked)
    return {"rows": len(rows), "ms": round(seconds * 1000, 1)}


def _timed(ask: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    answer = ask()
    return answer, time.perf_counter() - started


def _summed(times: list[float]) -> dict[str, float]:
    """Samples, p50, p95 and the slowest, in milliseconds."""
    ranked = sorted(times)
    if not ranked:
        return {"samples": 0}
    at = {name: ranked[min(len(ranked) - 1, int(len(ranked) * share))] for name, share in (("p50", 0.5), ("p95", 0.95))}
    return {"samples": len(ranked)} | {
        name: round(value * 1000, 1) for name, value in {**at, "max": ranked[-1]}.items()
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
