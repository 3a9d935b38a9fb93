"""The page: whatever names hold, it stays one quiet file; its timeline says what the milestones say."""

import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.deliver.page import Shown, document, evidence
from frontrunner.deliver.page.drawing import drawing
from frontrunner.deliver.page.markup import Markup, tag
from frontrunner.deliver.page.timeline import timeline
from frontrunner.race.results import Company, Name, ProgrammeDossier, Quote, Race

HOSTILE = """"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;"""


class Elements(HTMLParser):
    """Every element of a page with its attributes, and its text by element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def page(race: Race, programmes: list[ProgrammeDossier], quotes: list[Quote]) -> str:
    return document(Shown(race, programmes, quotes))


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    elements = Elements(page).elements
    assert not {name for name, _ in elements} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for name, attributes in elements:
        assert not [key for key in attributes if key.startswith("on")], name
        assert "src" not in attributes
    assert "url(" not in page
    assert "@import" not in page
    policy = next(a["content"] for n, a in elements if n == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in str(policy)


@pytest.fixture
def hostile_page(race: Race, programmes: list[ProgrammeDossier], quotes: list[Quote]) -> str:
    """A page in which everything that comes from data tries to break out."""
    edit = msgspec.structs.replace
    names = [Name(HOSTILE, "code", "en"), Name(HOSTILE, "brand", "zh")]
    first = edit(
        race.standings[0],
        programme=HOSTILE,
        product=edit(race.standings[0].product, name=HOSTILE, names=names),
        company=Company("org:x", HOSTILE, HOSTILE, [Name(HOSTILE + "信", "short", 'zh"><script>')]),
        vector=HOSTILE,
        status=HOSTILE,
        because=HOSTILE,
    )
    hostile = edit(race, standings=[first, *race.standings[1:]], snapshot=HOSTILE)
    loud = edit(programmes[0], milestones=[edit(one, event=HOSTILE, trial=HOSTILE) for one in programmes[0].milestones])
    words = edit(quotes[0], words=HOSTILE, record=HOSTILE, citation=HOSTILE, url="javascript:alert(1)")
    return document(Shown(hostile, [loud], [words]))


def test_a_hostile_name_stays_text_wherever_it_is_put(hostile_page: str) -> None:
    found = Elements(hostile_page)
    assert not {name for name, _ in found.elements} & {"script", "img"}
    assert not [1 for _, attributes in found.elements if any(key.startswith("on") for key in attributes)]
    assert not [1 for _, attributes in found.elements if "javascript" in str(attributes.get("href"))]
    assert found.text.count("<script>alert(1)</script>") >= 5


def test_a_browser_finds_no_element_of_a_hostile_name_either(hostile_page: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs chromium")
    path = tmp_path / "hostile.html"
    path.write_text(hostile_page, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    done = subprocess.run([chromium, *options, path.as_uri()], capture_output=True, text=True, timeout=60)
    parsed = {name for name, _ in Elements(done.stdout).elements}
    assert "svg" in parsed
    assert not parsed & {"script", "img"}


@given(st.text(), st.text())
def test_markup_gives_back_the_text_it_was_given(inside: str, attribute: str) -> None:
    found = Elements(tag("p", inside, title=attribute))
    plain = str.maketrans({"\r": "\n", "\0": "\ufffd"})
    assert [name for name, _ in found.elements] == ["p"]
    if not {"\r", "\0"} & set(inside + attribute):
        assert found.text == inside.translate(plain)
        assert found.elements[0][1]["title"] == attribute


def test_chinese_names_say_what_language_they_are(page: str) -> None:
    for name in ("信念医药", "信玖凝"):
        assert re.search(rf'<(span|text)[^>]* lang="zh"[^>]*>{name}</\1>', page)
        assert not re.search(rf'<(?![^>]*lang="zh")[^>]*>{name}<', page)
    assert '<html lang="en">' in page


def test_every_milestone_is_in_the_table_and_every_quote_can_be_reached(
    page: str, race: Race, programmes: list[ProgrammeDossier], quotes: list[Quote]
) -> None:
    found = Elements(page)
    for milestone in programmes[0].milestones:
        assert str(milestone.date) in found.text
    links = {str(attributes.get("href")) for name, attributes in found.elements if name == "a"}
    anchors = {attributes.get("id") for _, attributes in found.elements}
    assert "#e1" in links
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    assert quotes[0].words in found.text
    assert quotes[0].document in found.text


def test_the_evidence_of_the_page_is_that_of_its_rows_each_once(race: Race, programmes: list[ProgrammeDossier]) -> None:
    ids = evidence(race, programmes)
    assert ids[0] == race.standings[0].evidence[0]
    assert len(ids) == len(set(ids))
    assert set(race.open_questions[0].evidence) <= set(ids)
    assert {one.evidence for one in programmes[0].milestones} <= set(ids)


def test_the_footer_has_the_day_the_clock_the_snapshot_the_sources_and_the_notice(page: str) -> None:
    footer = Elements(page[page.index("<footer>") :]).text
    for part in (
        "2026-11-24",
        "now (by everything known today)",
        "000001",
        "starter",
        "Not medical or investment advice.",
    ):
        assert part in footer


def test_the_timeline_is_an_image_with_words(page: str) -> None:
    figure = [attributes for name, attributes in Elements(page).elements if attributes.get("role") == "img"]
    assert len(figure) == 1
    assert "Timeline of 4 programmes from 2019 to 2027" in str(figure[0]["aria-label"])
    assert "<title>2025-04-10: Approval, Approved (conditional) (CN; cited)</title>" in page


def test_marks_stand_in_the_order_of_their_days(race: Race, programmes: list[ProgrammeDossier]) -> None:
    lane = timeline(race, programmes).lanes[0]
    assert [mark.kind for mark in lane.marks] == ["side", "rung", "rung", "rung", "side", "rung", "approval"]
    assert [mark.label for mark in lane.marks] == [
        "IIT", "IND filed", "IND cleared", "Pivotal", "", "Accepted for review", "Approved",
    ]  # fmt: skip
    drawn = drawing(timeline(race, programmes))
    assert [name for name in re.findall(r">(IND filed|IND cleared|Pivotal|Approved)</text>", drawn)][:4] == [
        "IND filed", "IND cleared", "Pivotal", "Approved",
    ]  # fmt: skip
    places = [float(x) for x in re.findall(r'<circle class="sign" cx="([\d.]+)"', drawn)]
    first_lane = places[:3]
    assert first_lane == sorted(first_lane)


def test_a_month_is_a_bar_as_long_as_the_month(race: Race, programmes: list[ProgrammeDossier]) -> None:
    mark = timeline(race, programmes).lanes[0].marks[1]
    assert (mark.first, mark.last) == (date(2021, 4, 1), date(2021, 4, 30))
    year = timeline(race, programmes).lanes[3].marks[0]
    assert (year.first, year.last, year.firm) == (date(2022, 1, 1), date(2022, 12, 31), False)
    widths = [float(w) for w in re.findall(r'class="span"[^>]*? width="([\d.]+)"', drawing(timeline(race, programmes)))]
    assert max(widths) > 8 * min(widths)


def test_bands_rise_with_the_rung_pause_and_end(race: Race, programmes: list[ProgrammeDossier]) -> None:
    first, second, third, last = timeline(race, programmes).lanes
    assert [band.order for band in first.bands] == [2, 3, 7, 9, 10]
    assert first.bands[-1].end == date(2026, 11, 24)
    assert [band.state for band in second.bands] == ["open", "paused", "open"]
    assert third.bands[-1].end == date(2024, 2, 20)
    assert {band.state for band in last.bands} == {"open"}


def test_a_silent_programme_goes_pale_after_its_last_sign_and_a_stopped_one_ends_there(
    race: Race, programmes: list[ProgrammeDossier]
) -> None:
    def bands(activity: str) -> list[tuple[str, str]]:
        first = msgspec.structs.replace(race.standings[0], activity=activity)
        lane = timeline(msgspec.structs.replace(race, standings=[first]), [quiet]).lanes[0]
        return [(str(band.end), band.state) for band in lane.bands]

    quiet = msgspec.structs.replace(programmes[0], milestones=programmes[0].milestones[2:5])
    run = [("2021-12-30", "active"), ("2022-09-01", "active"), ("2026-11-24", "silent")]
    assert bands("silent") == run
    assert bands("stopped") == run[:2]
    assert bands("active") == [("2021-12-30", "active"), ("2026-11-24", "active")]


def test_what_counts_elsewhere_is_not_drawn_here(race: Race, programmes: list[ProgrammeDossier]) -> None:
    third = timeline(race, programmes).lanes[2]
    assert [mark.kind for mark in third.marks] == ["rung", "stop"]
    anywhere = msgspec.structs.replace(race, arena=msgspec.structs.replace(race.arena, jurisdiction=None))
    assert [mark.label for mark in timeline(anywhere, programmes).lanes[2].marks] == [
        "Phase 1/2", "Approved US", "Discontinued",
    ]  # fmt: skip


def test_labels_of_one_lane_never_run_into_each_other(race: Race, programmes: list[ProgrammeDossier]) -> None:
    drawn = drawing(timeline(race, programmes))
    tracks = drawn[drawn.index('class="tracks"') :]
    lane = tracks.split('<g class="lane">')[1]
    labels = re.findall(r'<text x="([\d.]+)" y="([\d.]+)">([^<]+)</text>', lane)
    by_line: dict[str, list[tuple[float, float]]] = {}
    for x, y, label in labels:
        by_line.setdefault(y, []).append((float(x), float(x) + 6 * len(label)))
    for spans in by_line.values():
        ordered = sorted(spans)
        assert all(before[1] <= after[0] for before, after in pairwise(ordered))


def test_a_race_without_anybody_is_still_a_page(race: Race) -> None:
    empty = msgspec.structs.replace(race, standings=[], firsts=[], open_questions=[])
    page = document(Shown(empty, [], []))
    assert "Nobody has certainly reached a rung of this race by that day." in page
    assert "<svg" not in page


def test_only_markup_is_left_alone() -> None:
    assert tag("p", Markup("<b>x</b>"), "<b>", class_="a", aria_label=None) == '<p class="a"><b>x</b>&lt;b&gt;</p>'
