"""A disk that is full, a home that cannot be written, another writer at work: one clear line, and nothing is lost."""

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from datetime import date
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pytest

from frontrunner.errors import FrontrunnerError, HomeError
from frontrunner.pipeline import ingest
from frontrunner.race.question import Snapshot
from frontrunner.store.home import Home
from tests.studies import lines, study

TODAY = date(2026, 1, 1)
FORK = multiprocessing.get_context("forkserver")


def _versions(home: Home) -> int:
    with Snapshot(home) as snapshot:
        row = snapshot.connection.execute("select count(*) from version").fetchone()
        return int(row[0]) if row else 0


def _ingest_on_a_full_disk(home: Path, path: Path, size: int, said: "SimpleQueue[str]") -> None:
    """No file may grow over `size` bytes, which is how a full disk looks to a writer."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        ingest(Home(home), [path], today=TODAY)
    except FrontrunnerError as error:
        said.put(str(error))
    else:
        said.put("")


@pytest.mark.parametrize("size", [1_000, 20_000, 300_000, 1_200_000])
def test_a_full_disk(tmp_path: Path, size: int) -> None:
    home = Home(tmp_path / "home")
    ingest(home, [lines(tmp_path / "1.jsonl", study())], today=TODAY)
    more = lines(tmp_path / "2.jsonl", *(study(nct=f"NCT9{n:07d}", title="x" * 5000) for n in range(300)))
    said = FORK.SimpleQueue()
    child = FORK.Process(target=_ingest_on_a_full_disk, args=(home.path, more, size, said))
    child.start()
    child.join()
    assert child.exitcode == 0, "no traceback"
    message = said.get()
    assert message and "\n" not in message and str(home.path) in message
    assert _versions(home) == 1, "what was published before is unharmed"
    ingest(home, [more], today=TODAY)
    assert _versions(home) == 301


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(HomeError, match="--home"):
        ingest(Home(tmp_path / "home"), [], today=TODAY)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeError, match="--home"):
        ingest(Home(tmp_path / "home"), [], today=TODAY)


def test_two_ingests_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    waiting = tmp_path / "waiting"
    program = [sys.executable, "-m", "frontrunner", "ingest", "--home", str(home.path)]
    with home.writing():
        second = subprocess.run([*program, str(lines(waiting, study()))], capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1 and f"process {os.getpid()} is writing" in second.stderr


def test_a_writer_that_died_holds_no_lock(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    code = "import sys, time; from pathlib import Path; from frontrunner.store.home import Home\n"
    code += "with Home(Path(sys.argv[1])).writing(): print('held', flush=True); time.sleep(60)"
    writer = subprocess.Popen([sys.executable, "-c", code, str(home.path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None and writer.stdout.readline() == b"held\n"
    writer.kill()
    writer.communicate()
    started = time.monotonic()
    assert ingest(home, [lines(tmp_path / "a.jsonl", study())], today=TODAY).read == 1
    assert time.monotonic() - started < 60
