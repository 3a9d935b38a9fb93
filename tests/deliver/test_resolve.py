"""`frontrunner resolve` on tables of a user: order, columns, abstentions, formulas, errors in one line."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frontrunner.deliver.cli import frontrunner
from tests.reading.workbook import made


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    return tmp_path / "nothing-here"


def run(home: Path, kind: str, file: Path, column: str, *more: str) -> Result:
    return CliRunner().invoke(frontrunner, ["--home", str(home), "resolve", kind, str(file), "--column", column, *more])


def rows_of(done: Result) -> list[dict[str, str]]:
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout, newline="")))


def test_rows_keep_their_order_and_their_columns(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "sponsors.csv"
    file.write_text('id,name\n7,Pfizer Japan Inc.\n7,"Pfizer, Inc."\n8,\n9,信念医药\n', "utf-8")
    found = rows_of(run(empty_home, "company", file, "name"))
    assert [(row["input_id"], row["name"]) for row in found] == [
        ("7", "Pfizer Japan Inc."),
        ("7", "Pfizer, Inc."),
        ("8", ""),
        ("9", "信念医药"),
    ]
    assert [row["id"] for row in found] == ["org:pfizer", "org:pfizer", "", "org:belief-biomed"]


def test_the_home_answers_before_the_packaged_names(starter_home: object, empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("drug\nHemgenix\nBBM-H901\n", "utf-8")
    with_home = rows_of(run(starter_home.path, "product", file, "drug"))  # type: ignore[attr-defined]
    assert [row["id"] for row in with_home] == [row["id"] for row in rows_of(run(empty_home, "product", file, "drug"))]


def test_a_cell_never_becomes_a_formula(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "evil.tsv"
    file.write_text("name\tnote\n=HYPERLINK(1)\t+1\n", "utf-8")
    done = run(empty_home, "company", file, "name")
    assert all(not cell.startswith(("=", "+")) for row in rows_of(done) for cell in row.values())


def test_json_lines_in_and_out(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text('{"n": 1, "condition": "Hemophilia B"}\n{"n": 2, "condition": null}\n', "utf-8")
    done = run(empty_home, "indication", file, "condition", "--format", "jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["n"], first["id"], first["label"]) == (1, "MONDO:0010604", "hemophilia B")
    assert (second["n"], second["id"]) == (2, None)


def test_the_first_sheet_of_a_workbook(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "sponsors.xlsx"
    file.write_bytes(made([["name", "note"], ["Pfizer Japan Inc.", ""], ["Dyax Corp.", "bought twice"]]))
    first, second = rows_of(run(empty_home, "company", file, "name"))
    assert (first["id"], first["note"]) == ("org:pfizer", "")
    assert (second["id"], second["parent"], second["note"]) == ("org:dyax", "org:takeda", "bought twice")
    assert "shire belongs to takeda since 2019-01" in second["reason"]


LIST = 'sponsor\nGenentech, Inc.\n\n"Pfizer, Inc."\n江苏恒瑞医药股份有限公司\n'
ANSWERS = ["org:genentech", "", "org:pfizer", "org:hengrui"]


@pytest.mark.parametrize("name", ["list.csv", "list.tsv", "list.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_column_alone_is_read_line_by_line(
    empty_home: Path, tmp_path: Path, name: str, encoding: str, end: str
) -> None:
    file = tmp_path / name
    file.write_bytes(LIST.replace("\n", end).encode(encoding))
    told = ("--encoding", encoding) if encoding == "gb18030" else ()
    found = rows_of(run(empty_home, "company", file, "sponsor", *told))
    assert [row["id"] for row in found] == ANSWERS
    assert [row["sponsor"] for row in found][::2] == ["Genentech, Inc.", "Pfizer, Inc."]


def test_a_column_alone_of_a_workbook(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(made([["sponsor"], ["Genentech, Inc."], ["江苏恒瑞医药股份有限公司"]]))
    assert [row["id"] for row in rows_of(run(empty_home, "company", file, "sponsor"))] == [ANSWERS[0], ANSWERS[-1]]


def test_a_list_without_a_header_needs_no_column(empty_home: Path, tmp_path: Path) -> None:
    names = LIST.partition("\n")[2]
    file = tmp_path / "list.txt"
    file.write_text(names, "utf-8")
    arguments = ["--home", str(empty_home), "resolve", "company"]
    from_file = CliRunner().invoke(frontrunner, [*arguments, str(file)])
    piped = CliRunner().invoke(frontrunner, [*arguments, "-"], input=names)
    assert [row["id"] for row in rows_of(from_file)] == ANSWERS
    assert piped.stdout == from_file.stdout


def test_a_table_of_a_european_spreadsheet(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("name;note\nGenentech, Inc.;one, two\n", "utf-16")
    (row,) = rows_of(run(empty_home, "company", file, "name"))
    assert (row["id"], row["note"]) == ("org:genentech", "one, two")


@pytest.mark.parametrize(
    ("content", "column", "code", "said"),
    [
        (b"name,x\nA,1\n", "sponsor", 2, "has no column 'sponsor'; its columns are name, x"),
        (b"", "name", 2, "its columns are none"),
        (b"name,name\nA,1\n", "name", 2, "two of its columns have one name"),
        (b"name,x\nA,1\nB\n", "name", 1, "line 3: 1 cells under a header of 2"),
        (b"name,x\nA\xff,1\n", "name", 1, "line 2: is not utf-8; name its own with --encoding"),
        ("name\nA\n恒瑞\n".encode("gb18030"), "name", 1, "line 3: is not utf-8; name its own with --encoding"),
        ("name\nA\n".encode("utf-16")[:-1], "name", 1, "is not utf-16"),
        (b'name\n"Genentech\nInc."\n', "name", 1, "line 2: a quote is opened that its line does not close"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_one_line(
    empty_home: Path, tmp_path: Path, content: bytes, column: str, code: int, said: str
) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    done = run(empty_home, "company", file, column)
    assert (done.exit_code, done.stderr.count("\n")) == (code, 1)
    assert said in done.stderr


def test_a_file_that_is_not_there(empty_home: Path, tmp_path: Path) -> None:
    done = run(empty_home, "company", tmp_path / "gone.csv", "name")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)


def test_what_is_wrong_with_the_options_is_said_in_one_line(empty_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name\nA\n", "utf-8")
    unknown = run(empty_home, "company", file, "name", "--encoding", "klingon")
    assert (unknown.exit_code, "--encoding klingon: is not known" in unknown.stderr) == (2, True)
    none = CliRunner().invoke(frontrunner, ["--home", str(empty_home), "resolve", "company", str(file)])
    assert (none.exit_code, "--column is missing" in none.stderr) == (2, True)
