"""`python -m bench.serving HOME`: a served home under load, while snapshots are published.

Starts `frontrunner serve` on a free port of this machine, asks it from several clients at once, publishes the ledger
anew every few seconds, and prints the times. Everything stays on this machine and ends by itself.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import msgspec

from bench.report import machine
from frontrunner import edition
from frontrunner.search import index
from frontrunner.store import snapshot
from frontrunner.store.home import Home


class Asked(msgspec.Struct):
    """What the clients met: seconds of each answer, its bytes, and what went wrong."""

    seconds: list[float] = msgspec.field(default_factory=list)
    sizes: list[int] = msgspec.field(default_factory=list)
    lost: list[str] = msgspec.field(default_factory=list)

    def add(self, other: "Asked") -> None:
        """What others met, too."""
        self.seconds += other.seconds
        self.sizes += other.sizes
        self.lost += other.lost

    def line(self, name: str, elapsed: float, cpu: float) -> str:
        """One row of the table; `cpu` is what the server spent."""
        if not self.seconds:
            return f"| {name} | 0 | {len(self.lost)} | | | | | |"
        ordered = sorted(self.seconds)
        p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))
        times = " | ".join(f"{1000 * value:.0f}" for value in (p50, p95, p99))
        each = f"{1000 * cpu / len(ordered):.1f}"
        return f"| {name} | {len(ordered)} | {len(self.lost)} | {times} | {len(ordered) / elapsed:.0f} | {each} |"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int, float]]:
    """The port, the process and the seconds until the first answer."""
    port, started = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "frontrunner", "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command) as process:
        try:
            while not _answers(port):
                time.sleep(0.02)
            yield port, process.pid, time.perf_counter() - started
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        return get(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "/en/about")[0] == 200
    except OSError:
        return False


def get(connection: http.client.HTTPConnection, address: str) -> tuple[int, int]:
    """The status and the bytes of one answer."""
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.status, len(answer.read())


def ask(port: int, addresses: Sequence[str], clients: int, seconds: float) -> Asked:
    """Ask from several clients at once, each address in turn, for some seconds."""
    met, until = Asked(), time.perf_counter() + seconds

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        at = number
        while time.perf_counter() < until:
            address, started = addresses[at % len(addresses)], time.perf_counter()
            try:
                status, size = get(connection, address)
                met.seconds.append(time.perf_counter() - started)
                met.sizes.append(size)
                if status != 200:
                    met.lost.append(f"{status} {address}")
            except (OSError, http.client.HTTPException) as error:
                met.lost.append(f"{error!r} {address}")
                connection.close()
            at += 1

    at_once(client, clients)
    return met


def at_once(client: Callable[[int], None], clients: int) -> None:
    """Run that many clients, each told its number, and wait until all are done."""
    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def publish(path: Path) -> None:
    """Publish the ledger of a home anew, as an ingest does when it is done."""
    home = Home(path)
    with home.writing(), duckdb.connect(home.ledger) as connection:
        with index.begun(connection, home, edition.whole()) as names:
            index.build(connection, names)
        snapshot.publish(home, connection, edition.whole())


def arenas(path: Path, most: int) -> list[dict[str, str]]:
    """The arenas of a home in which most programmes race."""
    with snapshot.connect(Home(path)) as connection:
        rows = connection.execute(
            "select indication, count(*) from programme group by indication order by 2 desc, 1 limit $most",
            {"most": most},
        ).fetchall()
    return [{"indication": row[0]} for row in rows]


def memory(process: int) -> float:
    """The most memory that a process has held, in MB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def spent(process: int) -> float:
    """CPU seconds of a process so far, of itself and the system for it."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where a request was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20, help="of each step [default: %(default)s]")
    parser.add_argument("--publishing", type=float, default=120, help="seconds of asking while publishing")
    parser.add_argument("--every", type=float, default=10, help="seconds between two snapshots")
    chosen = parser.parse_args(arguments)
    known = arenas(chosen.home, 60)
    pages = [f"/en/race?{urlencode(arena)}" for arena in known[:20]]
    answers = [f"/api/race?{urlencode(arena)}" for arena in known[:20]]
    fresh = [f"/api/race?{urlencode(arena | {'on': '2020-06-30'})}" for arena in known]
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}\n")
    print("| asked | answers | lost | p50 ms | p95 ms | p99 ms | a second | CPU ms each |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    with served(chosen.home) as (port, process, start):
        started = spent(process)
        lost = steps(port, process, chosen, pages, answers, fresh)
        print(f"\nstart {start:.2f} s ({started:.2f} of CPU), memory {memory(process):.0f} MB", end="; ")
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    print("\n".join(lost[:10]))
    return int(bool(lost))


def steps(
    port: int,
    process: int,
    chosen: argparse.Namespace,
    pages: Sequence[str],
    answers: Sequence[str],
    fresh: Sequence[str],
) -> list[str]:
    """Each step as a row; returns what was lost."""
    rows: list[tuple[str, Callable[[], Asked]]] = [
        ("API race, never asked, 1 client", lambda: once(port, fresh)),
        ("race page, never asked, 1 client", lambda: once(port, pages)),
        ("race page, asked before", lambda: ask(port, pages, chosen.clients, chosen.seconds)),
        (
            "API race, asked before",
            lambda: (once(port, answers), ask(port, answers, chosen.clients, chosen.seconds))[1],
        ),
        ("race page while publishing", lambda: publishing(port, chosen, pages)),
    ]
    lost = list[str]()
    for name, run in rows:
        started, before = time.perf_counter(), spent(process)
        met = run()
        lost += met.lost
        size = f", {statistics.median(met.sizes) / 1000:.0f} kB" if met.sizes else ""
        print(met.line(name + size, time.perf_counter() - started, spent(process) - before), flush=True)
    return lost


def once(port: int, addresses: Sequence[str], kept: http.client.HTTPConnection | None = None) -> Asked:
    """Every address once, one after the other, over a connection that is `kept` or a new one."""
    met, connection = Asked(), kept or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for address in addresses:
        started = time.perf_counter()
        status, size = get(connection, address)
        met.seconds.append(time.perf_counter() - started)
        met.sizes.append(size)
        if status != 200:
            met.lost.append(f"{status} {address}")
    return met


def publishing(port: int, chosen: argparse.Namespace, pages: Sequence[str]) -> Asked:
    """Ask while a new snapshot is published every few seconds."""
    ended = threading.Event()

    def publisher() -> None:
        while not ended.wait(chosen.every):
            publish(chosen.home)

    thread = threading.Thread(target=publisher)
    thread.start()
    met = ask(port, pages, chosen.clients, chosen.publishing)
    ended.set()
    thread.join()
    return met


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
