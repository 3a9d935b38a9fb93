"""The commands on the starter ledger, inside this process: answers, formats, exit codes."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import COMMANDS, frontrunner
from frontrunner.deliver.cli.output import json_text
from frontrunner.deliver.views.race import dropped_in_order
from frontrunner.race.results import Race

Run = Callable[..., Result]

ARENA = ["hemophilia B", "--modality", "gene_therapy", "--in", "CN"]


@pytest.fixture
def run(starter_home: HomeHandle, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line on the starter home."""
    monkeypatch.setenv("FRONTRUNNER_HOME", str(starter_home.path))
    monkeypatch.delenv("COLUMNS", raising=False)
    return lambda *line: CliRunner().invoke(frontrunner, list(line))


def test_json_is_the_typed_answer_unchanged(run: Run, starter_home: HomeHandle) -> None:
    answers = {
        ("race", *ARENA, "--on", "2022-01-12"): starter_home.race(
            "hemophilia B", modality="gene_therapy", jurisdiction="CN", on="2022-01-12"
        ),
        ("race", "--target", "CD19", "--on", "2020"): starter_home.race(target="CD19", on="2020"),
        ("race", "--target", "PD-1/VEGF"): starter_home.race(target="VEGF和PD-1"),
        ("programme", "BBM-H901", "--on", "2024-01-01"): starter_home.programme("BBM-H901", on="2024-01-01"),
        ("company", "信念医药", "--clock", "now"): starter_home.company("Belief BioMed"),
        ("why", "prog:bbm-h901/haemophilia-b"): starter_home.why("prog:bbm-h901/haemophilia-b"),
        ("status",): starter_home.status(),
    }
    for line, answer in answers.items():
        done = run(*line, "--json")
        assert done.exit_code == 0, done.output
        assert done.stdout == json_text(answer)
        assert run(*line, "--format", "json").stdout == done.stdout
        assert msgspec.json.decode(done.stdout, type=type(answer)) == answer


def test_the_race_of_the_article(run: Run) -> None:
    done = run("race", *ARENA, "--on", "2022-01-12", "--clock", "then", "--json")
    first = msgspec.json.decode(done.stdout, type=Race).standings[0]
    assert (first.place, first.rung) == (1, "pivotal")
    assert first.company is not None
    assert (first.company.name, first.reached and first.reached.date) == ("Belief BioMed", "2021-12-30")


@pytest.mark.parametrize("form", ["table", "csv", "md"])
@pytest.mark.parametrize(
    "line",
    [
        ("race", *ARENA),
        ("programme", "BBM-H901"),
        ("company", "Belief BioMed"),
        ("why", "prog:bbm-h901/haemophilia-b"),
        ("status",),
        ("vocab",),
        ("vocab", "modality"),
    ],
)
def test_every_answer_has_every_form(run: Run, line: tuple[str, ...], form: str) -> None:
    done = run(*line, "--format", form)
    assert done.exit_code == 0, done.output
    assert "Not medical or investment advice." in done.stdout
    if form == "csv":
        rows = list(csv.reader(io.StringIO(done.stdout)))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    if form == "md":
        tables = [line for line in done.stdout.splitlines() if line.startswith("|")]
        assert re.fullmatch(r"(\| --- )+\|", tables[1])


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (["race"], 2, "at least one of"),
        (["race", "haemophilia b", "--clock", "soon"], 2, "--clock cannot be 'soon'; it is one of now, then"),
        (["race", "haemophilia b", "--on", "2022-02-30"], 2, "--on"),
        (["race", "hemofilia B"], 2, "did you mean"),
        (["race", "hemophilia B", "--lane", "fast"], 2, "--lane"),
        (["company", "Beleif BioMed"], 2, "Belief BioMed"),
        (["programme", "nothing at all"], 2, "nothing at all"),
        (["trial", "NCT00000000"], 2, "NCT00000000"),
        (["why", "ev:0000000000000000@x"], 2, "ev:0000000000000000@x"),
        (["vocab", "colours"], 2, "modality"),
        (["ingest", "no-such-file"], 1, "no-such-file"),
        (["ingest", "x", "--known-on", "2022"], 2, "--known-on: '2022' is not a day (YYYY-MM-DD)"),
        (["status", "--home", "nowhere"], 1, "frontrunner demo"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_code(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if line[0] == "ingest":
        line = [*line, "--home", str(tmp_path / "home")]
    done = run(*line)
    assert done.exit_code == code
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.startswith("frontrunner: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("line", [["rase"], ["race", "x", "--colour"], ["race", "x", "--format", "pdf"], ["why"]])
def test_a_wrong_command_line_is_usage(run: Run, line: list[str]) -> None:
    done = run(*line)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr
    if line == ["rase"]:
        assert "did you mean race" in done.stderr


def test_the_demo_prints_two_dates_and_writes_the_page(tmp_path: Path) -> None:
    home, page = tmp_path / "home", tmp_path / "out" / "page.html"
    done = CliRunner().invoke(frontrunner, ["--home", str(home), "demo", "--page", str(page)])
    assert done.exit_code == 0, done.output
    titles = re.findall(r"^hemophilia B, gene therapy, in CN, on (\S+)$", done.stdout, re.MULTILINE)
    assert len(titles) == 2
    assert titles[1] == "2022-01-12"
    assert str(page) in done.stdout.splitlines()[-1]
    html = page.read_text(encoding="utf-8")
    assert "信念医药" in html
    assert 'href="#e1"' in html
    again = CliRunner().invoke(frontrunner, ["demo", "--home", str(home)])
    assert again.exit_code == 0
    assert str(home / "race.html") in again.stdout.splitlines()[-1]
    assert "snapshot: 000001" in again.stdout


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path, starter_home: HomeHandle) -> None:
    (tmp_path / "file").write_text("")
    line = ["demo", "--home", str(starter_home.path), "--page", str(tmp_path / "file" / "page.html")]
    done = CliRunner().invoke(frontrunner, line)
    assert done.exit_code == 1
    assert done.stderr.startswith("frontrunner: ")


def test_ingest_says_what_it_could_not_read_and_ends_with_three(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(25):
        (notes / f"note{number:02}.json").write_text('{"nobody": "knows"}')
    done = CliRunner().invoke(frontrunner, ["ingest", str(notes), "--home", str(tmp_path / "home")])
    assert done.exit_code == 3, done.output
    assert "0 read + 0 quarantined + 25 skipped" in done.stdout
    assert len(re.findall(r"note\d\d\.json", done.stdout)) == 20
    assert "... and 5 more; see 'frontrunner status'" in done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    command = frontrunner.get_command(click.Context(frontrunner), name)
    assert command is not None
    assert command.name == name
    done = CliRunner().invoke(frontrunner, [name, "--help"], terminal_width=120)
    assert done.exit_code == 0
    assert f"Example: frontrunner {name}" in done.output
    assert "--home" in done.output or name == "vocab"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_the_examples_of_the_help_run(run: Run) -> None:
    for name in ("race", "programme", "company", "why", "status", "vocab"):
        command = frontrunner.get_command(click.Context(frontrunner), name)
        assert command is not None
        line = shlex.split(str(command.epilog).removeprefix("Example: frontrunner "))
        done = run(*line)
        assert done.exit_code == 0, done.output


def test_the_help_of_race_states_the_order_in_which_columns_go() -> None:
    done = CliRunner().invoke(frontrunner, ["race", "--help"], terminal_width=400)
    assert ", ".join(dropped_in_order()) in done.output


def test_a_home_named_at_the_command_wins(starter_home: HomeHandle, tmp_path: Path) -> None:
    line = ["--home", str(tmp_path), "status", "--home", str(starter_home.path), "--json"]
    done = CliRunner().invoke(frontrunner, line)
    assert json.loads(done.stdout)["home"] == str(starter_home.path)


def test_the_vocabulary_is_a_tree_in_a_terminal_and_flat_elsewhere(run: Run) -> None:
    lines = run("vocab", "modality").stdout.splitlines()
    depth = {line.split()[0]: len(line) - len(line.lstrip()) for line in lines if line.strip()}
    assert depth["gene_therapy"] == 0
    assert depth["aav"] > depth["in_vivo_gene_therapy"] > 0
    flat = run("vocab", "modality", "--format", "csv").stdout.splitlines()
    assert any(line.startswith("aav,") for line in flat)
