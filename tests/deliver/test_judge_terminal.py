"""`frontrunner judge` on a real terminal: pairs of companies and of products, one key each, one takes back."""

import os
import pty
import select
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.deliver.cli.judge import UNKEPT
from tests.studies import lines, study

CODE, INN = "XYZ-101", "exampligene testaparvovec"
_PATIENCE = 60.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    """Two products of one sponsor, kind and target, one by its code; and two sponsors with nearly one name."""
    folder = tmp_path_factory.mktemp("judged")
    factor = "AAV8 factor IX gene"
    named = study(nct="NCT90000002", title="Long Name in Hemophilia B")
    other = study(
        nct="NCT90000003", title="QRS-9001 in Hemophilia B", sponsor={"name": "Exampel Gene Works", "class": "INDUSTRY"}
    )
    modules = [record["protocolSection"]["armsInterventionsModule"] for record in (named, other)]
    modules[0]["interventions"] = [{"type": "GENETIC", "name": INN, "otherNames": [factor]}]
    modules[1]["interventions"] = [{"type": "GENETIC", "name": "QRS-9001", "otherNames": ["AAV8 factor VIII gene"]}]
    handle = frontrunner.open(folder / "home")
    handle.ingest(lines(folder / "studies.jsonl", study(), named, other))
    return handle


def pressed(home: HomeHandle, keys: str, *, killed: bool = False) -> str:
    """What the terminal showed when one key was pressed at each question; `killed` in the middle, else left alone."""
    command = [sys.executable, "-m", "frontrunner", "--home", str(home.path), "judge", "--by", "a reviewer"]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, command)
    shown, until = b"", time.monotonic() + _PATIENCE
    waiting = list(keys)
    while time.monotonic() < until:
        if waiting and shown.count(b"z undo") > len(keys) - len(waiting) and _takes_one_key(terminal):
            os.write(terminal, waiting.pop(0).encode())
        if killed and not waiting and (home.path / UNKEPT).stat().st_size:
            os.kill(child, signal.SIGKILL)
            break
        if select.select([terminal], [], [], 0.02)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # the other end of a terminal is gone when its program ends
                break
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == (-signal.SIGKILL if killed else 0), shown.decode(errors="replace")
    return shown.decode(errors="replace")


def _takes_one_key(terminal: int) -> bool:
    """Whether the program has begun to wait for a single key, not a line."""
    return not termios.tcgetattr(terminal)[3] & termios.ICANON


def racing(home: HomeHandle) -> set[str]:
    return {row.product.name for row in home.race("hemophilia B", lane="all", on="2024-01-01").standings}


@pytest.mark.slow
def test_pairs_of_both_kinds_are_decided_by_one_key_and_taken_back(home: HomeHandle) -> None:
    doubts = home.review().doubts
    assert {(one.left.name, one.right.name) for one in doubts} == {
        (INN, CODE),
        ("Exampel Gene Works", "Example Gene Works, Inc."),
    }
    assert len(racing(home)) == 3
    at = next(index for index, one in enumerate(doubts) if one.left.id.startswith("prod:"))
    shown = pressed(home, "s" * at + "nzyq")
    assert "of one sponsor, of one kind and against one target" in " ".join(shown.split())
    assert [(one.verdict, one.by) for one in home.review().judgements] == [("same", "a reviewer")]
    assert len(racing(home)) == 2
    left, right = doubts[at].left.id, doubts[at].right.id
    home.judge([(left, right, "different", "a slip")])
    assert len(racing(home)) == 3


@pytest.mark.slow
def test_what_a_killed_session_had_decided_is_kept_by_the_next(home: HomeHandle) -> None:
    before = {one.on for one in home.review(0).judgements}
    pressed(home, "u", killed=True)
    assert {one.on for one in home.review(0).judgements} == before
    assert "1 judgements of a session that was broken off" in pressed(home, "q")
    assert [one.verdict for one in home.review(0).judgements if one.on not in before] == ["unsure"]
    assert not (home.path / UNKEPT).exists()


@pytest.mark.slow
def test_judgements_move_to_another_home(home: HomeHandle, tmp_path: Path) -> None:
    home.judge([("Example Gene Works, Inc.", "Exampel Gene Works", "same", "one address")])
    file = tmp_path / "judgements.jsonl"
    from frontrunner.race.review import as_file

    file.write_bytes(as_file(home.review(0).judgements[::-1]))
    assert home.ingest(file).new == 0
    told = home.company("Example Gene Works, Inc.").because
    assert any("one address" in line for line in told)
