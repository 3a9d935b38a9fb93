"""The program as a process: what it imports, how it ends, what it writes to terminals and pipes."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from frontrunner.api import HomeHandle
from tests.studies import lines, study

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-m", "frontrunner"]
HEAVY = {"duckdb", "msgspec", "rich", "pyarrow", "numpy", "lxml"}
RACE = ["race", "hemophilia B", "--modality", "gene_therapy", "--in", "CN"]


def environment(**more: str) -> dict[str, str]:
    """Ours without what changes colour and width, plus `more`."""
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS", "TERM")}
    return kept | {"TERM": "xterm"} | more


def run(*line: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *line], capture_output=True, env=environment(**more), timeout=60)


def on_terminal(*line: str, **more: str) -> str:
    """What the program writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*PROGRAM, *line], stdout=theirs, stderr=theirs, stdin=theirs, env=environment(**more))
    os.close(theirs)
    read = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        read += piece
    process.wait(timeout=60)
    os.close(ours)
    return read.decode("utf-8")


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom frontrunner.deliver.cli import frontrunner\n"
        "try:\n    frontrunner(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Commands:" in done.stdout
    assert done.stderr.strip() == "[]"


def test_a_race_does_not_import_what_only_readers_need(starter_home: HomeHandle) -> None:
    program = (
        "import sys\nfrom frontrunner.deliver.cli import frontrunner\n"
        f"try:\n    frontrunner({[*RACE, '--home', str(starter_home.path)]!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'pyarrow', 'numpy', 'lxml', 'frontrunner.pipeline'} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Standings" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("line", "code"), [(["--help"], 0), (["--version"], 0), (["race"], 2), (["status", "--home", "/nowhere"], 1)]
)
def test_exit_codes(line: list[str], code: int) -> None:
    done = run(*line)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_output_is_utf8_whatever_the_locale_says(starter_home: HomeHandle) -> None:
    done = run(*RACE, "--home", str(starter_home.path), PYTHONIOENCODING="latin-1", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "信念医药" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_ends_it_quietly() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    process = subprocess.Popen([*PROGRAM, "vocab", "country"], stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    _, said = process.communicate(timeout=60)
    assert said == b""
    assert process.returncode != 0


def test_an_interrupt_is_one_line_and_130(tmp_path: Path) -> None:
    many = lines(tmp_path / "studies.jsonl", *(study(nct=f"NCT{90000000 + n}") for n in range(6000)))
    line = [*PROGRAM, "ingest", str(many), "--home", str(tmp_path / "home")]
    # a shell that runs the suite in the background has it, and so its children, ignore Ctrl-C
    process = subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    lock, until = tmp_path / "home" / "LOCK", time.monotonic() + 30
    while time.monotonic() < until and not (lock.exists() and lock.read_text()):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert said == "frontrunner: interrupted; whatever was published before is unharmed\n"
    assert process.returncode == 130
    assert out == ""


def test_what_nobody_expected_keeps_its_traceback(tmp_path: Path) -> None:
    """A sound database that is no snapshot is no case that anybody thought of: it must not be dressed up as one."""
    (tmp_path / "snapshots").mkdir()
    duckdb.connect(tmp_path / "snapshots" / "000001.duckdb").close()
    (tmp_path / "CURRENT").write_text("000001")
    done = run("status", "--home", str(tmp_path))
    assert done.returncode == 1
    assert b"Traceback" in done.stderr


def test_colour_is_for_terminals_and_never_against_no_color(starter_home: HomeHandle) -> None:
    line = [*RACE, "--home", str(starter_home.path)]
    assert "\x1b[" in on_terminal(*line)
    assert "\x1b[" not in on_terminal(*line, NO_COLOR="1")
    assert "\x1b[" not in on_terminal(*line, TERM="dumb")
    assert b"\x1b[" not in run(*line).stdout


def test_a_pipe_gets_every_column_and_a_narrow_terminal_does_not(starter_home: HomeHandle) -> None:
    line = [*RACE, "--home", str(starter_home.path)]
    assert b"too narrow" not in run(*line).stdout
    assert b"too narrow for: also called" in run(*line, COLUMNS="90").stdout


def test_ingest_shows_progress_on_a_terminal_only(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("{}")
    line = ["ingest", str(tmp_path / "in.json"), "--home", str(tmp_path / "home")]
    assert run(*line).stderr == b""
    assert "records read" in on_terminal(*line)
