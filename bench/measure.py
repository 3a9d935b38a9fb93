"""The measurements of one size: floor, ingest, questions, update, peers. Homes are made and removed here."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench import processes, synthetic
from bench.processes import Usage
from bench.synthetic import Corpus

#: What can be measured, in the order in which it is.
STEPS = ("floor", "ingest", "update", "query", "naive")
NAIVE_RECORDS = {"rows": 2_000, "arrow": 5_000}
FRONTRUNNER = [sys.executable, "-m", "frontrunner"]


class Asked(msgspec.Struct, frozen=True):
    """What a run of the bench measures: steps, forms to ingest, studies changed by the update, and where it works."""

    steps: Collection[str]
    forms: list[str]
    changed: int
    whole: bool
    seed: int
    build: Path


class Run(msgspec.Struct, kw_only=True):
    """One whole process: seconds, CPU seconds, peak bytes of its largest process and of all together, exit code."""

    seconds: float
    cpu: float
    peak: int
    group_peak: int
    code: int
    note: str = ""


class Loaded(msgspec.Struct, frozen=True):
    """What a per-record loader took in, and the seconds and CPU seconds that it needed without starting."""

    records: int
    seconds: float
    cpu: float


class Size(msgspec.Struct, kw_only=True):
    """Everything measured at one size; what was not asked for is empty. `disk` is bytes by part of the home."""

    records: int
    manifest: synthetic.Manifest
    load: float
    floor: Run | None = None
    floor_work_seconds: float | None = None
    ingests: dict[str, Run] = {}
    disk: dict[str, int] = {}
    race_process: Run | None = None
    update: Run | None = None
    whole: Run | None = None
    changed: int = 0
    queries: dict[str, Any] = {}
    naive: dict[str, Loaded] = {}


def measure(asked: Asked, records: int, told: Callable[[str], None]) -> Size:
    """Make the corpus of a size and measure what was asked on it; `told` is given a line before every step."""
    told(f"{records:,} records: make")
    corpus = synthetic.make(asked.build, records, asked.seed)
    size = Size(records=records, manifest=corpus.manifest, load=os.getloadavg()[0])
    if "floor" in asked.steps:
        told(f"{records:,} records: floor")
        _floor(corpus, size)
    if {"ingest", "update", "query"} & set(asked.steps):
        _home_of(asked, corpus, size, told)
    if "naive" in asked.steps:
        told(f"{records:,} records: per-record loaders")
        _naive(corpus, size)
    return size


def _floor(corpus: Corpus, size: Size) -> None:
    """The better of three runs, the file in the page cache before the first."""
    _read_through(corpus.form("gz"))
    runs = [_process([sys.executable, "-m", "bench.floor", str(corpus.folder)]) for _ in range(3)]
    best = min(runs, key=lambda run: run.seconds)
    size.floor = _run(best)
    if best.code == 0:
        size.floor_work_seconds = json.loads(best.output)["seconds"]


def _home_of(asked: Asked, corpus: Corpus, size: Size, told: Callable[[str], None]) -> None:
    """Ingest each form into a home of its own; the first form's home is then updated and asked."""
    for place, form in enumerate(asked.forms):
        path = corpus.form(form)
        _read_through(path)
        with _temporary_home(asked.build) as home:
            told(f"{size.records:,} records: ingest {form}")
            size.ingests[form] = _ingested(path, home, size.records)
            if place or size.ingests[form].code:
                continue
            size.disk = disk(home)
            if "query" in asked.steps:
                told(f"{size.records:,} records: questions")
                _ask(home, size)
            if "update" in asked.steps:
                told(f"{size.records:,} records: update")
                _update(asked, corpus, home, size)


def _update(asked: Asked, corpus: Corpus, home: Path, size: Size) -> None:
    size.changed = min(asked.changed, size.records // 10)
    path = corpus.update(size.changed)
    size.update = _ingested(path, home, size.changed)
    if asked.whole:
        path = corpus.whole(size.changed, 2)
        _read_through(path)
        size.whole = _ingested(path, home, size.records)


def _ask(home: Path, size: Size) -> None:
    question = ["race", "hemophilia B", "--modality", "gene_therapy", "--home", str(home), "--json"]
    size.race_process = _run(_process([*FRONTRUNNER, *question]))
    answered = _process([sys.executable, "-m", "bench.queries", str(home)])
    size.queries = json.loads(answered.output) if answered.code == 0 else {"failed": _last(answered.errors)}


def _naive(corpus: Corpus, size: Size) -> None:
    for insert, most in NAIVE_RECORDS.items():
        command = [sys.executable, "-m", "bench.naive", str(corpus.folder), "--records", str(min(most, size.records))]
        done = _process([*command, *(["--arrow"] if insert == "arrow" else [])])
        if done.code == 0:
            size.naive[insert] = msgspec.json.decode(done.output, type=Loaded)


def _ingested(path: Path, home: Path, records: int) -> Run:
    """One ingest; its note says what is wrong when not every record was read."""
    used = _process([*FRONTRUNNER, "ingest", str(path), "--home", str(home), "--json"])
    run = _run(used)
    if used.code == 0:
        report = json.loads(used.output)
        if (report["seen"], report["read"]) != (records, records):
            run.note = f"of {records} records {report['seen']} seen and {report['read']} read"
    return run


def _process(command: list[str]) -> Usage:
    """Run a command with the checkout's packages first, whether or not they are installed."""
    root = Path(__file__).parent.parent
    return processes.run(command, {"PYTHONPATH": os.pathsep.join((str(root / "src"), str(root)))})


def _run(used: Usage) -> Run:
    note = _last(used.errors) if used.code else ""
    return Run(
        seconds=used.seconds, cpu=used.cpu, peak=used.peak, group_peak=used.group_peak, code=used.code, note=note
    )


def _last(errors: str) -> str:
    lines = errors.strip().splitlines()
    return lines[-1] if lines else "failed without a word"


def disk(home: Path) -> dict[str, int]:
    """Bytes of a home by its first level: evidence, ledger.duckdb, snapshots, ..."""
    found: dict[str, int] = {}
    for path in home.rglob("*"):
        if path.is_file():
            part = path.relative_to(home).parts[0]
            found[part] = found.get(part, 0) + path.stat().st_size
    return found


def _read_through(path: Path) -> None:
    """Bring a form into the page cache, so that neither the floor nor the first ingest pays for the disk."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        with open(file, "rb", buffering=0) as opened:
            while opened.read(8 << 20):
                pass


@contextmanager
def _temporary_home(build: Path) -> Iterator[Path]:
    """A folder on the disk of the corpus, removed afterwards."""
    build.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=build))
    try:
        yield folder / "home"
    finally:
        shutil.rmtree(folder)
