"""The table: one column a size, ratios to the floor measured in the same run."""

import os
import platform
from collections.abc import Callable, Sequence
from typing import Literal

from bench.measure import Loaded, Run, Size

Cell = Callable[[Size], str]
Time = Literal["seconds", "cpu"]
MB = 1_000_000


def machine() -> str:
    """Cores, memory, processor and Python of this machine, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}"


def table(sizes: Sequence[Size], command: str) -> str:
    """The Markdown table of some sizes, then what its words mean and the command that made it."""
    head = ["| | " + " | ".join(f"{size.records:,}" for size in sizes) + " |", "|---|" + "--:|" * len(sizes)]
    rows = [[name, *(cell(size) for size in sizes)] for name, cell in _rows(sizes)]
    body = ["| " + " | ".join(row) + " |" for row in rows if any(row[1:])]
    notes = [f"- {note}" for note in _notes(sizes)]
    return "\n".join([*head, *body, "", f"Machine: {machine()}.", *notes, "", f"Made by `{command}`.", ""])


def _rows(sizes: Sequence[Size]) -> list[tuple[str, Cell]]:
    forms = list(dict.fromkeys(form for size in sizes for form in size.ingests))
    rows: list[tuple[str, Cell]] = [
        ("JSON, MB", lambda size: f"{size.manifest.bytes / MB:,.0f}"),
        ("gz, MB (as gzip -6)", lambda s: f"{s.manifest.gz_bytes / MB:,.0f} ({s.manifest.gz6_bytes / MB:,.0f})"),
        ("load before", lambda size: f"{size.load:.1f}"),
        ("**floor**, s", lambda size: _seconds(size.floor)),
        ("floor, CPU s", lambda size: _of(size.floor, lambda done: f"{done.cpu:,.1f}")),
        ("floor, records/s", lambda size: _rate(size.records, size.floor)),
        ("floor, MB/s of JSON", lambda size: _rate(size.manifest.bytes / MB, size.floor)),
    ]
    for form in forms:
        rows += _ingest_rows(form)
    return rows + _other_rows()


def _ingest_rows(form: str) -> list[tuple[str, Cell]]:
    def run(size: Size) -> Run | None:
        return size.ingests.get(form)

    rows: list[tuple[str, Cell]] = [
        (f"**ingest {form}**, s", lambda size: _seconds(run(size))),
        (f"ingest {form}, records/s", lambda size: _rate(size.records, run(size))),
        (f"ingest {form}, **of the floor**", lambda size: _ratio(size.floor, run(size))),
        (f"ingest {form}, CPU s", lambda size: _of(run(size), lambda done: f"{done.cpu:,.1f}")),
        (f"ingest {form}, of the floor by CPU", lambda size: _ratio(size.floor, run(size), "cpu")),
        (f"ingest {form}, peak MB of one process", lambda size: _of(run(size), lambda done: _mb(done.peak))),
        (f"ingest {form}, peak MB of all", lambda size: _of(run(size), lambda done: _mb(done.group_peak))),
    ]
    if form != "gz":
        rows.append((f"ingest {form}, times ingest gz", lambda size: _ratio(run(size), size.ingests.get("gz"))))
    return rows


def _other_rows() -> list[tuple[str, Cell]]:
    return [
        ("home, MB", lambda size: _mb(sum(size.disk.values())) if size.disk else ""),
        ("home, times gz (as gzip -6)", _disk_ratio),
        ("update, studies changed", lambda size: f"{size.changed:,}" if size.update else ""),
        ("**update**, s", lambda size: _seconds(size.update)),
        ("update, CPU s", lambda size: _of(size.update, lambda done: f"{done.cpu:,.1f}")),
        ("update, peak MB of all", lambda size: _of(size.update, lambda done: _mb(done.group_peak))),
        ("whole file again, s", lambda size: _seconds(size.whole)),
        ("race as a process, s", lambda size: _seconds(size.race_process)),
        ("race, ms p50 / p95 / max", lambda size: _spent(size, "race")),
        ("race as of a day, ms p50 / p95 / max", lambda size: _spent(size, "race_then")),
        ("why, ms p50 / p95 / max", lambda size: _spent(size, "why")),
        ("largest race, rows", _largest),
        *_loader_rows("rows", "loader by rows"),
        *_loader_rows("arrow", "loader by Arrow batches"),
    ]


def _loader_rows(insert: str, name: str) -> list[tuple[str, Cell]]:
    return [
        (f"{name}, records/s (ingest gz is x times that)", lambda size: _against(size, insert, "seconds")),
        (f"{name}, records per CPU second (x times)", lambda size: _against(size, insert, "cpu")),
    ]


def _of(run: Run | None, say: Callable[[Run], str]) -> str:
    """What a run says, or why it does not count."""
    if run is None:
        return ""
    return say(run) if run.code == 0 else f"failed ({run.code})"


def _seconds(run: Run | None) -> str:
    return _of(run, lambda done: f"{done.seconds:,.2f}")


def _rate(amount: float, run: Run | None) -> str:
    return _of(run, lambda done: f"{amount / done.seconds:,.0f}")


def _ratio(part: Run | None, whole: Run | None, of: Time = "seconds") -> str:
    """One run's time as a share (or a multiple) of another's; by CPU where the machine is busy with other things."""
    if part is None or whole is None or part.code or whole.code:
        return ""
    return f"{_time(part, of) / _time(whole, of):.3f}"


def _mb(size: float) -> str:
    return f"{size / MB:,.0f}"


def _disk_ratio(size: Size) -> str:
    if not size.disk:
        return ""
    held = sum(size.disk.values())
    return f"{held / size.manifest.gz_bytes:.2f} ({held / size.manifest.gz6_bytes:.2f})"


def _spent(size: Size, kind: str) -> str:
    times = size.queries.get("kinds", {}).get(kind, {})
    return f"{times['p50']} / {times['p95']} / {times['max']}" if times.get("samples") else ""


def _largest(size: Size) -> str:
    arenas = size.queries.get("arenas", [])
    return f"{max(arena['rows'] for arena in arenas):,}" if arenas else ""


def _against(size: Size, insert: str, of: Time) -> str:
    """A loader's rate, by the clock or by CPU, and how many times that the ingest of the gz has."""
    loaded, ingest = size.naive.get(insert), size.ingests.get("gz")
    if loaded is None:
        return ""
    rate = loaded.records / _time(loaded, of)
    times = f" ({size.records / _time(ingest, of) / rate:.1f})" if ingest and ingest.code == 0 else ""
    return f"{rate:,.0f}{times}"


def _time(run: Run | Loaded, of: Time) -> float:
    return run.seconds if of == "seconds" else run.cpu


def _notes(sizes: Sequence[Size]) -> list[str]:
    """What went wrong, and the questions that were refused."""
    found = []
    for size in sizes:
        runs = {"floor": size.floor, "update": size.update, "whole": size.whole, "race": size.race_process}
        runs |= {f"ingest {form}": run for form, run in size.ingests.items()}
        found += [f"{size.records:,}, {name}: {run.note}" for name, run in runs.items() if run and run.note]
        found += [f"{size.records:,}, question: {text}" for text in dict.fromkeys(size.queries.get("refused", []))]
        found += [f"{size.records:,}, questions: {size.queries['failed']}"] if "failed" in size.queries else []
    return found
