"""How views become text: columns that line up, columns that go in their order, cells that no program runs."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from frontrunner.deliver import render
from frontrunner.deliver.views.race import dropped_in_order, race_view
from frontrunner.deliver.views.view import NOTICE, Cell, Column, Section, Table, View
from frontrunner.deliver.views.why import why_view
from frontrunner.race.results import Quote, Race, Why


def one_table(columns: list[Column], rows: list[list[str]], lines: tuple[str, ...] = ()) -> View:
    """A view of a single table."""
    table = Table(columns, [[Cell(text) for text in row] for row in rows])
    return View("title", [Section("section", table, [Cell(line) for line in lines])], {"on": "2022-01-12"})


def lines_of(view: View, width: int | None) -> list[str]:
    return render.table(view, width, colour=False).splitlines()


def column_of(line: str, text: str) -> int:
    """The screen column in which `text` begins."""
    return cell_len(line[: line.index(text)])


def test_columns_line_up_behind_chinese_names(race: Race) -> None:
    standings = lines_of(race_view(race), None)[3:8]
    assert "信念医药" in standings[1]
    starts = {
        column_of(standings[0], "vector/target"),
        column_of(standings[1], "AAV843"),
        column_of(standings[2], "AAV8"),
    }
    assert len(starts) == 1
    assert column_of(standings[1], "Approved") == column_of(standings[4], "none certain")


@given(st.lists(st.lists(st.text("aé信念, ", max_size=12), min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_column_begins_in_the_same_place_in_every_row(rows: list[list[str]]) -> None:
    columns = [Column("x"), Column("y"), Column("end")]
    marked = [[*row[:2], "|"] for row in rows]
    lines = lines_of(one_table(columns, marked), None)[4 : 4 + len(rows)]
    assert len({column_of(line, "|") for line in lines}) == 1


@pytest.mark.parametrize("width", [30, 60, 80, 100, 120, 160, 200])
def test_no_line_is_wider_than_the_terminal_unless_the_last_columns_are(race: Race, width: int) -> None:
    least = cell_len("place  dalnacogene ponparvovec in…  Approved (conditional)  2025-04-10")
    for line in lines_of(race_view(race), width):
        assert cell_len(line) <= max(width, least), line


def test_columns_go_in_the_stated_order_and_the_table_says_so(race: Race) -> None:
    order = dropped_in_order()
    assert order[0] == "evidence"
    assert order[-1] == "activity"
    for width in range(60, 260, 5):
        kept = lines_of(race_view(race), width)[3].split("  ")
        titles = {title.strip() for title in kept if title.strip()}
        gone = [title for title in order if title not in titles and title != "next"]
        assert gone == [title for title in order if title != "next"][: len(gone)], width
        said = " ".join(lines_of(race_view(race), width))
        assert all(title in said for title in gone)


def test_every_place_and_date_survives_the_narrowest_terminal(race: Race) -> None:
    lines = lines_of(race_view(race), 40)
    assert [line.split()[0] for line in lines[4:8]] == ["1", "2=", "2=", "4"]
    assert "2025-04-10" in lines[4]
    assert "2022-06 " in lines[5] + " "
    assert "withdrawn" not in " ".join(lines)


def test_a_long_text_wraps_inside_its_own_column() -> None:
    view = one_table([Column("key"), Column("why", wrap=True)], [["a", "one two three four five six seven"]])
    rows = lines_of(view, 30)[4:7]
    assert [column_of(row, row.strip()) for row in rows[1:2]] == [column_of(rows[0], "one")]
    assert max(map(cell_len, rows)) <= 30


def test_quotes_are_blocks_that_keep_words_and_document_together() -> None:
    quote = Quote(
        "ev:1@a", "他首次给药 " * 20, "a", "starter", "key", "f" * 64, "2022-01-05", "published", None, None, None
    )
    printed = lines_of(why_view(Why("ev:1@a", "label", [], [quote], "000001")), 60)
    assert all(cell_len(line) <= 60 for line in printed if "document" not in line and "f" * 30 not in line)
    joined = "".join(line[10:] for line in printed if line)
    assert "f" * 64 in joined
    assert "published" in joined


@given(st.text(max_size=20))
def test_nothing_that_steers_a_terminal_gets_through(name: str) -> None:
    hostile = f"\x1b[2J\u202e{name}\r\x07\x00"
    view = one_table([Column("x")], [[hostile]], (hostile,))
    for printed in (render.table(view, 80, colour=False), render.markdown(view)):
        assert not {"\x1b", "\r", "\x07", "\x00", "\u202e"} & set(printed)


def test_colour_paints_without_moving_anything(race: Race) -> None:
    view = race_view(race)
    painted = render.table(view, 120, colour=True)
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[\d*m", "", painted) == render.table(view, 120, colour=False)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(formula: str) -> None:
    rows = list(csv.reader(io.StringIO(render.comma_separated(one_table([Column("x")], [[formula]])))))
    assert rows[0][:2] == ["x", "on"]
    assert rows[1][0] == f"'{formula}"
    assert render.disarmed(f"\t{formula}") == f"'\t{formula}"


def test_csv_has_every_column_and_what_it_rests_on(race: Race) -> None:
    header, first, *rest = csv.reader(io.StringIO(render.comma_separated(race_view(race))))
    assert len(rest) == 3
    row = dict(zip(header, first, strict=True))
    assert row["place"] == "1"
    assert row["company"] == "Belief BioMed (CN) 信念医药"
    assert row["evidence"] == race.standings[0].evidence[0]
    assert (row["on"], row["snapshot"][:6], row["sources"], row["notice"]) == (
        "2026-11-24",
        "000001",
        "starter",
        NOTICE,
    )


def test_markdown_is_a_table_whatever_a_name_holds() -> None:
    view = one_table([Column("a"), Column("b")], [["x | y", "<img src=x> `z` [l](javascript:1)"]])
    table = [line for line in render.markdown(view).splitlines() if line.startswith("|")]
    assert table[1] == "| --- | --- |"
    assert table[2] == "| x \\| y | &lt;img src=x&gt; \\`z\\` \\[l\\](javascript:1) |"


def test_every_form_for_people_ends_in_its_stamp_and_the_notice(race: Race) -> None:
    view = race_view(race)
    for printed in (render.table(view, 80, colour=False), render.markdown(view)):
        end = " ".join(printed.split())[-260:]
        for part in ("2026-11-24", "now (by everything known today)", "000001", "starter", NOTICE):
            assert part in end
