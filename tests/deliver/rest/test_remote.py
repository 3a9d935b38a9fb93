"""A home that is served elsewhere: opened by its address, it answers every question as the home itself does."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")

import frontrunner
from frontrunner.api import QUESTIONS, HomeHandle
from frontrunner.deliver import rest
from frontrunner.errors import AmbiguousName, HomeError, UnknownName, UnknownOption, UsageError
from tests.deliver.listening import listening

ARENA = {"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN", "on": "2022-01-12"}
ID = "prog:bbm-h901/haemophilia-b"
#: question -> how it is asked here
ASKED: dict[str, dict[str, Any]] = {
    "race": ARENA,
    "firsts": ARENA,
    "changes": {"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN", "until": "2022-01-12"},
    "jurisdictions": {"indication": "hemophilia B", "modality": "gene_therapy", "on": "2022-01-12"},
    "readouts": ARENA,
    "recruiting": {"indication": "hemophilia B", "country": "China"},
    "check": {"claim": "first gene therapy for hemophilia B approved in the US"},
    "forecast": ARENA | {"years": 5},
    "search": {"text": "BBM-H901", "limit": 3},
    "trial": {"id": "NCT05203679", "history": True},
    "programme": {"name": "BBM-H901", "clock": "then", "on": "2022-01-12"},
    "programmes": {"ids": [ID]},
    "milestones": {"ids": [ID]},
    "company": {"name": "信念医药"},
    "concept": {"vocabulary": "indication", "name": "血友病B"},
    "newest": {"limit": 5},
    "why": {"id": ID},
    "status": {},
}


@pytest.fixture(scope="module")
def elsewhere(starter_home: HomeHandle) -> Iterator[HomeHandle]:
    """The same home behind a server on a free port of this machine."""
    with listening(starter_home, rest) as address:
        yield frontrunner.open(address)


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "quotes"])
def test_an_answer_is_the_same_typed_struct(elsewhere: HomeHandle, starter_home: HomeHandle, question: str) -> None:
    asked = ASKED[question]
    assert getattr(elsewhere, question)(**asked) == getattr(starter_home, question)(**asked)


def test_quotes_come_for_the_ids_of_an_answer(elsewhere: HomeHandle, starter_home: HomeHandle) -> None:
    ids = [one.evidence for one in starter_home.programme(ID).milestones]
    assert elsewhere.quotes(ids) == starter_home.quotes(ids) and ids


def test_what_is_wrong_is_raised_as_at_home(elsewhere: HomeHandle) -> None:
    with pytest.raises(UnknownName, match="did you mean hemophilia"):
        elsewhere.race("hemofilia")
    with pytest.raises(UnknownOption, match="now, then"):
        elsewhere.race("hemophilia B", clock="later")
    with pytest.raises((UnknownName, AmbiguousName)):
        elsewhere.company("nobody at all")


def test_nothing_is_written_elsewhere(elsewhere: HomeHandle) -> None:
    with pytest.raises(UsageError, match="can be asked and nothing else"):
        elsewhere.add_starter()
    with pytest.raises(HomeError):
        frontrunner.open("http://127.0.0.1:9").status()


def test_every_method_of_a_home_is_there_with_the_same_parameters(elsewhere: HomeHandle) -> None:
    """Each is asked elsewhere, answered here (`market`, which reads no home), or refused."""
    public = {name for name in vars(HomeHandle) if not name.startswith("_") and callable(getattr(HomeHandle, name))}
    assert {name for name in dir(elsewhere) if not name.startswith("_")} >= public
    for name in public:
        ours, theirs = getattr(HomeHandle, name), getattr(type(elsewhere), name)
        assert inspect.signature(ours) == inspect.signature(theirs)
        assert ours.__doc__ == theirs.__doc__
    assert set(QUESTIONS) <= public


@pytest.mark.parametrize("name", ["ingest", "sync", "judge", "review", "proof", "resolve"])
def test_what_is_not_asked_elsewhere_is_refused_in_one_line(elsewhere: HomeHandle, name: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: http://.* can be asked and nothing else"):
        getattr(elsewhere, name)()
