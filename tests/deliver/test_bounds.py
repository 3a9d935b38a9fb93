"""What one question may cost a server: time, turns, rows, bytes and memory, and what it leaves in a log."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("fastapi")

import duckdb
import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from frontrunner.api import HomeHandle
from frontrunner.deliver import rest, web
from frontrunner.deliver.mcp.answers import called
from frontrunner.deliver.serving import Desk, Front
from frontrunner.deliver.serving import front as kept
from frontrunner.deliver.serving.desk import Limits
from frontrunner.errors import TookTooLong
from frontrunner.race.question import Snapshot

#: a query of the database that ends when it is ended
_ENDLESS = "select count(*) from range(10_000_000_000) as a(i), range(10_000_000_000) as b(j) where i + j < 0"


@pytest.fixture
def desk(starter_home: HomeHandle) -> Iterator[Desk]:
    """One question at a time, for a quarter of a second."""
    made = Desk(starter_home, Limits(at_once=1, seconds=0.25, memory="64MB"))
    yield made
    made.close()


def test_a_question_that_takes_too_long_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (endless,) = duckdb.extract_statements(_ENDLESS)
    monkeypatch.setattr("frontrunner.race.question.parsed", lambda _: endless)
    started = time.monotonic()
    with desk.asking() as home, pytest.raises(TookTooLong, match=r"longer than 0.25 s"):
        home.newest()
    assert time.monotonic() - started < 10


def test_a_question_waits_for_its_turn_and_not_for_ever(desk: Desk) -> None:
    with desk.asking():
        refused = list[Exception]()

        def other() -> None:
            try:
                with desk.asking():
                    pass
            except TookTooLong as error:
                refused.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "ask again in a moment" in str(refused[0])
    with desk.asking() as home:
        assert home.status().sources, "the turn was given back"


def test_what_took_too_long_is_told_as_a_problem_that_may_pass(desk: Desk) -> None:
    app = FastAPI(openapi_url=None)
    rest.add_to(app, desk)
    with TestClient(Front(app, desk)) as client, desk.asking():
        answer = client.get("/api/status")
    assert (answer.status_code, answer.json()["title"]) == (503, "TookTooLong")


def test_the_database_of_a_server_takes_no_more_memory_than_it_is_given(desk: Desk) -> None:
    with desk.asking() as home:
        held: Snapshot = home._snapshot()
        ((limit,),) = held.connection.execute("select current_setting('memory_limit')").fetchall()
        held.close()
    assert limit in ("61.0 MiB", "64.0 MB")


def test_rows_are_bounded_whatever_is_asked(starter_home: HomeHandle) -> None:
    app, desk = FastAPI(openapi_url=None), Desk(starter_home)
    rest.add_to(app, desk)
    with TestClient(Front(app, desk)) as client:
        assert len(client.get("/api/search?text=a&limit=1000").json()["hits"]) <= 60
        assert client.get("/api/newest?limit=1001").status_code == 400
        many = "&".join(f"ids=prog:{number}" for number in range(201))
        assert client.get(f"/api/milestones?{many}").status_code == 400
        assert client.get("/api/race?modality=gene_therapy&limit=2").json()["standings"][2:] == []
    assert len(called(desk, "race", {"modality": "gene_therapy", "limit": 3}).answer["standings"]) == 3
    assert len(called(desk, "race", {"modality": "gene_therapy"}).quotes) <= 30
    desk.close()


def test_answers_are_kept_in_bounded_room(starter_home: HomeHandle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest goes first; what is larger than the largest is never kept."""
    monkeypatch.setattr(kept, "_ROOM", 30_000)
    monkeypatch.setattr(kept, "_LARGEST", 20_000)
    app, desk = FastAPI(openapi_url=None), Desk(starter_home)
    web.add_to(app, desk)
    front = Front(app, desk)
    with TestClient(front) as client:
        for page in ("about", "report", "check", "search", "market", "race?indication=hemophilia+B"):
            assert client.get(f"/en/{page}").status_code == 200
    sizes = [len(answer.body) for answer in front._kept.values()]
    assert sizes and sum(sizes) <= 30_000 and max(sizes) <= 20_000
    desk.close()


@pytest.mark.slow
def test_nothing_that_is_asked_or_sent_along_stands_in_a_log(starter_home: HomeHandle) -> None:
    """Of a real server: not the question, not a cookie, not a header of authority, whether answered or refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "frontrunner", "--home", str(starter_home.path), "serve", "--port", str(port)]
    secret = {"Authorization": "Bearer sesame-1", "Cookie": "session=sesame-2"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            with socket.socket() as probe:
                while probe.connect_ex(("127.0.0.1", port)):
                    assert process.poll() is None, "the server ended"
                    time.sleep(0.05)
            for address in (
                "/api/race?indication=sesame-3",
                "/en/search?q=sesame-4",
                "/en/race?on=sesame-5",
                "/sesame-6",
            ):
                answer = httpx.get(f"http://127.0.0.1:{port}{address}", headers=secret)
                assert "sesame-1" not in answer.text and "sesame-2" not in answer.text
        finally:
            process.terminate()
            said = process.stdout.read() if process.stdout else ""
    assert "Serving" in said and "sesame" not in said
