"""The bump chart: one SVG that stands alone, in which every line has its name and a dash of its own."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from frontrunner.api import HomeHandle
from frontrunner.deliver.page.bump import bump, drawn
from frontrunner.race.answers import Changes, Point, Track

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def history(starter_home: HomeHandle) -> Changes:
    """Haemophilia B gene therapies in the US."""
    return starter_home.changes("hemophilia B", modality="gene_therapy", jurisdiction="US", until="2026-11-01")


def test_every_line_is_named_and_tells_itself_apart(history: Changes) -> None:
    root = ElementTree.fromstring(bump(history))
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert "2 fidanacogene elaparvo…" in texts and "5 scAAV2/8-LP1-hFIXco" in texts
    assert any("Not medical or investment advice" in text for text in texts)
    groups = [group for group in root.findall(f"{SVG}g") if group.find(f"{SVG}path") is not None]
    dashes = [{path.get("stroke-dasharray") for path in group.findall(f"{SVG}path")} for group in groups]
    assert len(dashes) == 5 and all(len(one) == 1 for one in dashes)
    assert len(set.union(*dashes)) == 5  # type: ignore[arg-type]


def test_it_loads_nothing_and_names_stay_text(history: Changes) -> None:
    bad = Track("prog:x/y", "<script>x</script>", "<script>x", [Point("2020-01-01", 1, "approved", "active")])
    changed = Changes(**{name: getattr(history, name) for name in history.__struct_fields__} | {"tracks": [bad]})
    text = bump(changed)
    assert "<script" not in text and "href" not in text and "url(" not in text


def test_names_of_lines_that_end_together_stand_apart(history: Changes) -> None:
    ends = [Track(f"prog:{n}/y", f"{n}", f"{n}", [Point("2020-01-01", 1, "phase_1", "active")]) for n in range(5)]
    changed = Changes(**{name: getattr(history, name) for name in history.__struct_fields__} | {"tracks": ends})
    root = ElementTree.fromstring(bump(changed))
    names = sorted(float(text.get("y") or 0) for text in root.iter(f"{SVG}text") if text.get("x") == "506")
    assert len(names) == 5 and min(after - before for before, after in pairwise(names)) >= 16
    assert names[-1] < float(root.get("height") or 0) - 60


def test_too_many_rows_are_cut_to_the_best() -> None:
    tracks = [Track(f"prog:{n}/y", f"{n}", f"{n}", [Point("2020-01-01", n, "phase_1", "active")]) for n in range(1, 40)]
    nobody = Track("prog:0/y", "0", "0", [Point("2020-01-01", None, None, "active")])
    assert [track.product for track in drawn([nobody, *tracks])] == [f"{n}" for n in range(1, 15)]
