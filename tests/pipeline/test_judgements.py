"""Judgements in a home: kept as evidence, applied when identities are derived, taken back, moved to another home."""

from pathlib import Path

import pytest

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.errors import UnknownName, UnknownOption

COMPANIES = """company,name,kind,citation,authority,known_on,known_basis
org:muster,Muster Bio,company,a page,press,2020-01-01,published
org:mustr,Mustr Bio,company,another page,press,2020-01-01,published
org:other,Other Firm,company,a third page,press,2020-01-01,published
"""


@pytest.fixture
def home(tmp_path: Path) -> HomeHandle:
    return made(tmp_path, "one")


def made(folder: Path, name: str) -> HomeHandle:
    table = folder / "companies.csv"
    table.write_text(COMPANIES, "utf-8")
    handle = frontrunner.open(folder / name)
    handle.ingest(table, source="starter")
    return handle


def joined(handle: HomeHandle) -> bool:
    return handle.company("Muster Bio").id == handle.company("Mustr Bio").id


def test_a_join_is_explained_and_taken_back_by_one_more_row(home: HomeHandle) -> None:
    assert not joined(home)
    home.judge([("org:muster", "Mustr Bio", "same", "one address")], by="a")
    assert joined(home)
    told = home.company("Muster Bio").because
    assert any("one address" in line and "'Mustr Bio'" in line for line in told)
    home.judge([("org:mustr", "org:muster", "different", "two addresses")])
    assert not joined(home)
    assert [one.verdict for one in home.review().judgements] == ["different", "same"]


def test_judgements_outlive_the_ledger(home: HomeHandle) -> None:
    home.judge([("org:muster", "org:mustr", "same", "one address")])
    for path in (home.path / "ledger.duckdb", home.path / "CURRENT"):
        path.unlink()
    home.ingest([])
    assert joined(home)


def test_another_home_reads_them(home: HomeHandle, tmp_path: Path) -> None:
    from frontrunner.race.review import as_file

    home.judge([("org:muster", "org:mustr", "same", "one address")])
    file = tmp_path / "judgements.jsonl"
    file.write_bytes(as_file(home.review(0).judgements))
    other = made(tmp_path, "two")
    report = other.ingest(file)
    assert (report.new, joined(other)) == (1, True)
    assert other.ingest(file).new == 0


def test_before_a_join_was_known_its_names_are_not(home: HomeHandle) -> None:
    home.judge([("org:muster", "org:mustr", "same", "one address")])
    then = home.company("Muster Bio", on="2021-01-01", clock="then")
    now = home.company("Muster Bio", on="2021-01-01")
    assert "Mustr Bio" not in {name.value for name in then.names}
    assert "Mustr Bio" in {name.value for name in now.names}


def test_what_nothing_is_called_cannot_be_judged(home: HomeHandle) -> None:
    with pytest.raises(UnknownName):
        home.judge([("Nobody", "org:muster", "same", "why not")])
    with pytest.raises(UnknownOption, match="same, different, unsure"):
        home.judge([("org:mustr", "org:muster", "perhaps", "why not")])


def test_a_doubt_is_asked_until_it_is_judged(home: HomeHandle) -> None:
    asked = {(doubt.left.id, doubt.right.id) for doubt in home.review().doubts}
    assert asked == {("org:muster", "org:mustr")}
    home.judge([("org:muster", "org:mustr", "unsure", "nothing found")])
    assert home.review().doubts == []
    assert not joined(home)
