"""The back-test: what it scores, what it may not know, and its page."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import frontrunner as root
from frontrunner.errors import UsageError
from frontrunner.forecast.scorecard import Case, Field, reliability, scores
from tests.studies import lines, study


def test_a_calibrated_forecast_has_better_scores_than_a_wrong_lookup() -> None:
    chance = np.random.default_rng(4)
    p = chance.uniform(0.05, 0.95, 400)
    came = (chance.random(400) < p).astype(int)
    cases = [Case(str(at // 4), float(p[at]), 0.5, int(came[at]), None) for at in range(400)]
    told = {one.measure: one for one in scores(cases, [])}
    brier = told["Brier score of approval"]
    assert brier.forecast is not None and brier.floor is not None and brier.high is not None
    assert brier.forecast < brier.floor
    assert brier.high < 0
    ece = told["ECE in ten bins"].forecast
    assert ece is not None and ece < 0.1
    assert told["dates within 10 and 90 % (aim .80)"].forecast is None
    assert sum(bar.n for bar in reliability(cases)) == 400


def test_who_is_first_is_scored_beside_two_rules() -> None:
    field = Field((0.6, 0.2, 0.2), (True, False), 0)
    even, ahead = scores([Case("a", 0.6, 0.5, 1, True), Case("b", 0.2, 0.5, 0, None)], [field])[-2:]
    assert even.forecast == pytest.approx(-np.log(0.6))
    assert even.floor == pytest.approx(np.log(3))
    assert ahead.floor == pytest.approx(-np.log(0.9 * 0.8))


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    handle = frontrunner.open(tmp_path_factory.mktemp("starter"))
    handle.add_starter()
    return handle


@pytest.mark.slow
def test_the_starter_ledger_is_scored(starter: HomeHandle, tmp_path: Path) -> None:
    told = starter.backtest("hemophilia B", modality="gene_therapy", on="2026-01-01", years=5)
    assert told.cases >= told.programmes >= 2
    assert told.origins[-1] <= "2021-01-01"
    assert 0 < told.approved < told.cases
    assert {one.floor_is for one in told.scores if one.floor_is} != set()
    page = tmp_path / "card.html"
    line = ["--home", str(starter.path), "backtest", "hemophilia B", "--modality", "gene_therapy", "--to", str(page)]
    done = CliRunner().invoke(root, [*line, "--on", "2026-01-01"])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert text.count("<circle") == len(told.reliability)
    assert f"{told.cases} forecasts" in text


@pytest.mark.slow
def test_a_later_fact_changes_no_forecast(tmp_path: Path) -> None:
    early = study(posted="2017-05-01", first_posted="2017-04-02", start={"date": "2017-05-20", "type": "ACTUAL"})
    late = study(
        nct="NCT91000001", posted="2023-05-01", phases=["PHASE3"], start={"date": "2018-06-01", "type": "ACTUAL"}
    )
    told = []
    for name, records in (("before", [early]), ("after", [early, late])):
        handle = frontrunner.open(tmp_path / name)
        handle.ingest([lines(tmp_path / f"{name}.jsonl", *records)])
        told.append(handle.backtest(modality="gene_therapy", on="2022-06-01", years=3))
    assert [msgspec.structs.replace(one, snapshot="", built_at="") for one in told[:1]] == [
        msgspec.structs.replace(one, snapshot="", built_at="") for one in told[1:]
    ]


def test_nothing_past_enough_is_said(starter: HomeHandle) -> None:
    with pytest.raises(UsageError, match="nothing to score"):
        starter.backtest("hemophilia B", on="2017-01-01", years=5)
    with pytest.raises(UsageError, match="clock then"):
        starter.backtest("hemophilia B", clock="now")
