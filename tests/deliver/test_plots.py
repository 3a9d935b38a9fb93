"""The drawings of a forecast and a market: they stand alone, read without colour, and say what the tables say."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner

from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import frontrunner as root
from frontrunner.deliver.page import chances, depletion, plot
from frontrunner.deliver.views.forecast import forecast_view
from frontrunner.forecast.answers import Forecast
from frontrunner.forecast.asking import market

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told(starter_home: HomeHandle) -> Forecast:
    return starter_home.forecast("hemophilia B", modality="gene_therapy", on="2021-06-01", years=5)


def _texts(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_a_forecast_is_drawn_with_every_runner_named(told: Forecast) -> None:
    drawn = chances.drawing(told)
    words = _texts(drawn)
    for title in ("Chance to be approved by then", "Order of entry", "Date of approval"):
        assert title in words
    assert words.count("AMT-060") == 3, "a line, a bar and a span"
    paths = ElementTree.fromstring(drawn).iter(f"{SVG}path")
    dashes = [path.get("stroke-dasharray") for path in paths if path.get("class") == "line"]
    assert len(set(dashes)) == len(dashes) > 2
    assert "href" not in drawn and "url(" not in drawn and "<script" not in drawn
    assert any("Not medical or investment advice" in text for text in words)


def test_the_order_of_entry_is_whole(told: Forecast) -> None:
    for one in told.programmes:
        assert sum(one.places) == pytest.approx(one.p_approval, abs=4 * told.error)
        assert one.places[0] >= one.p_first - 1e-12
    table = next(part for part in forecast_view(told).sections if part.title.startswith("Order of entry")).table
    assert table is not None and len(table.rows) == len(told.programmes)


def test_names_stay_text_and_nobody_is_drawn_too(told: Forecast) -> None:
    runner = msgspec.structs.replace(told.programmes[0], programme="<script>x</script>", date=None, places=())
    assert "<script" not in chances.drawing(msgspec.structs.replace(told, programmes=(runner,), first=None))
    assert "nobody more" in _texts(chances.drawing(msgspec.structs.replace(told, programmes=(), first=None)))


def test_a_market_is_drawn() -> None:
    asked = {"pool": 6000, "incidence": 70, "exit_rate": 0.01, "treat_rate": 0.1, "years": 2.5}
    words = _texts(depletion.drawing(market({**asked, "rival_lag": 1.5, "rival_share": 0.5})))  # type: ignore[typeddict-item]
    assert {"untreated", "treated with first", "treated with rival 1", "8,000", "2.5"} <= set(words)
    nobody = market({**asked, "pool": 0, "treat_rate": 0})  # type: ignore[typeddict-item]
    assert "untreated" in _texts(depletion.drawing(nobody))


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other() -> None:
    shown = [plot.Line(str(at), [(0, 0), (1, 0.02 * at)]) for at in range(7)]
    body = f'<svg xmlns="http://www.w3.org/2000/svg">{plot.lines("t", "", shown, [], []).body}</svg>'
    names = [text for text in ElementTree.fromstring(body).iter(f"{SVG}text") if (text.text or "").isdigit()]
    heights = sorted(float(text.get("y", "")) for text in names)
    assert len(heights) == 7 and min(b - a for a, b in pairwise(heights)) >= 16.9


def test_both_are_exported(starter_home: HomeHandle, tmp_path: Path) -> None:
    asked = {
        "forecast": "forecast 'hemophilia B' --modality gene_therapy --on 2021-06-01 --years 3",
        "market": "market --pool 600 --incidence 7 --exit-rate .01 --treat-rate .1",
    }
    for name, line in asked.items():
        for ending in ("svg", "html"):
            path = tmp_path / f"{name}.{ending}"
            done = CliRunner().invoke(root, ["--home", str(starter_home.path), "export", line, "--to", str(path)])
            assert done.exit_code == 0, done.output
            assert 'class="plot"' in path.read_text("utf-8")
