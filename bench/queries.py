"""Warm questions through the Python door: race, race as of a day with what was known then, and why.

One process asks every question `ROUNDS` + 1 times and leaves the first round out. It prints JSON: for each kind of
question and for each arena the number of samples, p50, p95 and the slowest in milliseconds beside the p95 that is
wanted; for each arena also how many rows it has and the milliseconds of CPU of its fastest round, which a busy machine
changes least.

    python -m bench.queries HOME
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import FrontrunnerError

ROUNDS = 5
#: the p95 in milliseconds that each kind of question should keep to, and that of the widest arena
WANTED = {"race": 150, "race_then": 150, "why": 50}
WANTED_OF_WIDEST = 1000
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
    spent: dict[str, list[_Spent]] = {"race": [], "race_then": [], "why": []}
    arenas, refused = [], []
    for indication, options in ARENAS:
        try:
            asked = [_round(door, indication, options) for _ in range(ROUNDS + 1)][1:]
        except FrontrunnerError as error:
            refused.append(f"{indication} {options}: {error}")
            continue
        for kind in spent:
            spent[kind] += [one for _, times in asked for one in times[kind]]
        races = [times["race"][0] for _, times in asked]
        wanted = WANTED_OF_WIDEST if (indication, options) == ARENAS[-1] else WANTED["race"]
        cpu = round(min(one.cpu for one in races) * 1000, 1)
        arenas.append({"indication": indication, **options, "rows": asked[0][0], **_summed(races, wanted), "cpu": cpu})
    kinds = {kind: _summed(times, WANTED[kind]) for kind, times in spent.items()}
    return {"kinds": kinds, "arenas": arenas, "refused": refused}


class _Spent(NamedTuple):
    """Seconds of one question."""

    wall: float
    cpu: float


def _round(door: HomeHandle, indication: str | None, options: dict[str, str]) -> tuple[int, dict[str, list[_Spent]]]:
    """One arena asked once in each way; returns its rows and the times by kind of question."""
    answer, plain = _timed(partial(door.race, indication, **options))
    then = [_timed(partial(door.race, indication, **options, on=day, clock="then"))[1] for day in DAYS]
    rows = answer.standings
    ids = [id for row in rows[:: max(1, len(rows) // WHYS)][:WHYS] for id in (row.id, *row.evidence[:1])]
    why = [_timed(partial(door.why, id))[1] for id in ids]
    return len(rows), {"race": [plain], "race_then": then, "why": why}


def _timed(ask: Callable[[], Any]) -> tuple[Any, _Spent]:
    started, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    return answer, _Spent(time.perf_counter() - started, time.process_time() - cpu)


def _summed(times: list[_Spent], wanted: float) -> dict[str, float]:
    """Samples, p50, p95 and the slowest, in milliseconds, beside the p95 that is wanted."""
    ranked = sorted(one.wall for one in times)
    if not ranked:
        return {"samples": 0}
    at = {name: ranked[min(len(ranked) - 1, int(len(ranked) * share))] for name, share in (("p50", 0.5), ("p95", 0.95))}
    return (
        {"samples": len(ranked)}
        | {name: round(value * 1000, 1) for name, value in {**at, "max": ranked[-1]}.items()}
        | {"wanted": wanted}
    )


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
