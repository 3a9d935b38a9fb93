"""Where the time of an update goes: a copy of a home is given one file or folder, and each stage of it is timed.

    python -m bench.updating HOME FILE

Where HOME is not there, that is the first of a new home. Else HOME is left as it is: evidence and snapshots never
change, so the copy has links to them. It must have been made by this edition of the code, else everything in it is
built anew. A stage's seconds hold those of the stages inside it.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from bench import processes
from bench.report import machine
from frontrunner import marts, pipeline
from frontrunner.resolve import conditions, declarations, identities, sponsors
from frontrunner.search import entries, index
from frontrunner.store import ledger, snapshot
from frontrunner.store.home import Home

#: what is timed: module and function, the order that of the table
STAGES: tuple[tuple[ModuleType, str], ...] = (
    (ledger, "state_sources"),
    (ledger, "load"),
    (identities, "run"),
    (conditions, "run"),
    (sponsors, "run"),
    (declarations, "run"),
    (entries, "write_trials"),
    (marts, "build"),
    (index, "build"),
    (snapshot, "publish"),
)
ROOT = Path(__file__).parent.parent


class Spent(msgspec.Struct):
    """What a stage took of the writing process: CPU seconds of all its threads, and wall."""

    stage: str
    cpu: float
    seconds: float


def copied(home: Path, to: Path) -> None:
    """A copy of a home that shares with it what never changes; of none, an empty one."""
    if not home.exists():
        return
    for part in ("evidence", "snapshots"):
        shutil.copytree(home / part, to / part, copy_function=os.link)
    for name in ("CURRENT", "ledger.duckdb"):
        shutil.copyfile(home / name, to / name)


def update(home: Path, file: Path) -> dict[str, Any]:
    """Ingest a file in this process with the stages timed."""
    spent = [Spent(f"{module.__name__.removeprefix('frontrunner.')}.{name}", 0, 0) for module, name in STAGES]
    for one, (module, name) in zip(spent, STAGES, strict=True):
        setattr(module, name, _timed(getattr(module, name), one))
    report = pipeline.ingest(Home(home), [file])
    return {"report": msgspec.to_builtins(report), "spent": msgspec.to_builtins(spent)}


def _timed(function: Callable[..., Any], into: Spent) -> Callable[..., Any]:
    @wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            into.cpu += time.process_time() - cpu
            into.seconds += time.perf_counter() - wall

    return timed


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where the update failed."""
    if arguments[0] == "--inside":
        print(json.dumps(update(Path(arguments[1]), Path(arguments[2]))))
        return 0
    home, file = map(Path, arguments)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="updated-") as folder:
        copied(home, Path(folder))
        command = [sys.executable, "-m", "bench.updating", "--inside", folder, str(file)]
        used = processes.run(command, {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))})
    if used.code:
        print(used.errors, file=sys.stderr)
        return 1
    told = json.loads(used.output)
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}: {told['report']['new']:,} records of {file.name}\n")
    print("| stage | CPU seconds | seconds |\n|---|--:|--:|")
    for one in msgspec.convert(told["spent"], list[Spent]):
        print(f"| `{one.stage}` | {one.cpu:.2f} | {one.seconds:.2f} |")
    print(f"| the whole process, with reading and starting | {used.cpu:.2f} | {used.seconds:.2f} |")
    print(f"\nPeak memory of one process {used.peak >> 20} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
