"""What a source's records must look like: a home whose records are otherwise says so, and loudly."""

from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from click.testing import CliRunner

import frontrunner
from frontrunner import marts, sources
from frontrunner.deliver.cli import frontrunner as command
from frontrunner.fetching import state
from frontrunner.model import STATEMENTS
from tests.studies import lines, study

DECLARED = [(id, column) for id, module in sources.load().items() for column in module.SOURCE.filled]


@pytest.mark.parametrize(("id", "column"), DECLARED)
def test_what_is_expected_can_be_missing(id: str, column: str) -> None:
    """The table and column are there, and null where a record says nothing; a list never is."""
    table, _, name = column.partition(".")
    statement = next(kind for kind, called in STATEMENTS.items() if called == table)
    field = next(field for field in msgspec.structs.fields(statement) if field.name == name)
    assert "list" not in str(field.type)
    assert 0 < sources.named(id).SOURCE.filled[column] < 1


def _studies(number: int, **values: Any) -> list[dict[str, Any]]:
    return [study(nct=f"NCT{90000001 + at}", **values) for at in range(number)]


def test_records_that_stopped_saying_something_are_noticed(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    report = home.ingest(lines(tmp_path / "whole.jsonl", *_studies(100)))
    assert report.unexpected == []
    silent = [study(nct=f"NCT{91000001 + at}", start={}) for at in range(100)]
    path = lines(tmp_path / "silent.jsonl", *silent)
    line = "trial_version says start_date in 100 of 200 records; expected are at least 85.0%"
    done = CliRunner().invoke(command, ["ingest", str(path), "--home", str(home.path)])
    assert done.exit_code == 3
    assert line in " ".join(done.stdout.split())
    assert home.status().sources[0].issues == [line]


def test_a_handful_of_records_is_no_sample(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    assert home.ingest(lines(tmp_path / "few.jsonl", *_studies(99, start={}))).unexpected == []


def test_more_records_than_a_whole_set_has_are_noticed() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table source as select 'one' as id, 2 as most")
        connection.execute("create table version as select 'one' as source, key, null as known_to from range(3) t(key)")
        connection.execute(
            "create table source_filled (source varchar, statement varchar, field varchar, at_least double)"
        )
        connection.execute(
            "create table filled (source varchar, statement varchar, field varchar, told bigint, filled bigint)"
        )
        rows = connection.execute(marts.select("unexpected")).fetchall()
    assert rows == [("one", "3 records are held; a whole set has at most 2")]


def test_fewer_records_than_a_whole_set_has_are_noticed_after_a_visit_for_everything(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    home.ingest(lines(tmp_path / "few.jsonl", study()))
    (source,) = home.status().sources
    assert (source.issues, source.current, source.expected, source.whole_on) == ([], 1, [500_000, 1_000_000], None)
    begun = "2026-11-20T06:00:00Z"
    whole = msgspec.convert({"since": None, "begun": begun, "records": 1, "tape": "one"}, state.Complete)
    state.save(home.path, "ctgov", state.State(last=whole, whole=whole))
    (source,) = home.status().sources
    assert source.whole_on == "2026-11-20"
    assert source.issues == ["1 records are held after a visit for everything; a whole set has at least 500000"]


def test_the_terms_of_every_source_held_are_shown(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    home.ingest(lines(tmp_path / "few.jsonl", study()))
    shown = CliRunner().invoke(command, ["status", "--home", str(home.path), "--format", "md"]).stdout
    assert sources.named("ctgov").SOURCE.attribution in shown
    assert sources.named("ctgov").SOURCE.licence in shown
