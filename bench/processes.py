"""Runs a command as a whole process and accounts for all of it: wall, CPU, memory, also of the processes it starts.

`resource.getrusage` and `time` see only children that were waited for; workers of a fork server are not, so the bench
makes itself the reaper of orphans (Linux) and waits for every process of the command's group.
"""

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

PR_SET_CHILD_SUBREAPER = 36
#: Seconds between two looks at the memory of the group.
INTERVAL = 0.05
PAGE = os.sysconf("SC_PAGE_SIZE")


class Usage(msgspec.Struct, frozen=True):
    """What one run of a command took.

    `seconds` until the command itself ended; `cpu` user and system seconds of it and all it started; `peak` resident
    bytes of the largest single process (as the kernel counted); `group_peak` of all its processes together, sampled,
    pages that they share counted once in each, so an upper bound. `code` is the exit code.
    """

    command: list[str]
    code: int
    seconds: float
    cpu: float
    peak: int
    group_peak: int
    output: str
    errors: str


def run(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Usage:
    """Run a command to its end; `settings` are added to the environment. Never raises for an exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=out, stderr=err, env={**os.environ, **(settings or {})}, start_new_session=True
        )
        watch = _Watch(child.pid)
        try:
            _, status, used = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGTERM)
            raise
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu, peak = _orphans(child.pid, used.ru_utime + used.ru_stime, used.ru_maxrss)
        group_peak = watch.stop()
        return Usage(
            command=list(command),
            code=child.returncode,
            seconds=seconds,
            cpu=cpu,
            peak=peak * 1024,
            group_peak=max(group_peak, peak * 1024),
            output=_read(out),
            errors=_read(err),
        )


def _orphans(group: int, cpu: float, peak: int) -> tuple[float, int]:
    """Wait for what is left of the group; adds its CPU seconds and takes the larger peak (KiB)."""
    while True:
        try:
            _, _, used = os.wait4(-group, 0)
        except ChildProcessError:
            return cpu, peak
        cpu += used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss)


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


class _Watch:
    """A thread that samples the resident memory of a process group."""

    def __init__(self, group: int) -> None:
        self.group, self.peak = group, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        """The highest sum of resident bytes seen."""
        self.ended.set()
        self.thread.join()
        return self.peak

    def _look(self) -> None:
        while not self.ended.wait(INTERVAL):
            self.peak = max(self.peak, sum(resident(pid) for pid in members(self.group)))


def members(group: int) -> list[int]:
    """The processes of a group (none where there is no /proc)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        fields = _after_name(entry)
        if len(fields) > 2 and int(fields[2]) == group:
            found.append(int(entry.parent.name))
    return found


def resident(pid: int) -> int:
    """Resident bytes of a process; 0 when it is gone."""
    fields = _after_name(Path(f"/proc/{pid}/stat"))
    return int(fields[21]) * PAGE if len(fields) > 21 else 0


def _after_name(stat: Path) -> list[str]:
    """The fields of a stat file after the command's name, which may hold anything."""
    try:
        return stat.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
