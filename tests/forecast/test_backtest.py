"""The back-test: what it scores, what it may not know, and its page."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.backtesting import honest
from frontrunner.deliver.cli import frontrunner as root
from frontrunner.errors import FrontrunnerError, UsageError
from frontrunner.forecast.answers import Score
from frontrunner.forecast.scorecard import Case, Field, reliability, scores, suspicions
from tests.studies import lines, study


def case(programme: str, p: float, approved: bool, **given: Any) -> Case:
    known: dict[str, Any] = {
        "origin": "2018-01-01",
        "rung": "pivotal",
        "curve": (0.0, p / 2, p),
        "lookup": 0.5,
        "of_all": 0.5,
        "mean_years": 4.0,
        "seen": 1.0 if approved else 5.0,
    }
    return Case(programme=programme, approved=approved, **known | given)


def by_measure(told: tuple[Score, ...]) -> dict[tuple[str, str | None], Score]:
    return {(one.measure, one.floor_is): one for one in told}


def test_a_calibrated_forecast_has_better_scores_than_a_wrong_lookup() -> None:
    chance = np.random.default_rng(4)
    p = chance.uniform(0.05, 0.95, 400)
    came = chance.random(400) < p
    cases = [case(str(at // 4), float(p[at]), bool(came[at])) for at in range(400)]
    told = by_measure(scores(cases, [], 2))
    brier = told["Brier score of approval", "its rates alone: the product of the steps ahead"]
    assert brier.forecast is not None and brier.floor is not None and brier.high is not None
    assert brier.forecast < brier.floor
    assert brier.high < 0
    ece = told["ECE in ten bins", None].forecast
    slope = told["calibration slope (aim .9 to 1.1)", None].forecast
    assert ece is not None and ece < 0.1
    assert slope == pytest.approx(1, abs=0.25)
    assert told["dates within the middle 80% (aim 80%)", None].forecast == 1.0
    assert sum(bar.n for bar in reliability(cases, 2)) == 400


def test_who_is_not_followed_to_the_horizon_weighs_nothing() -> None:
    known = [case(str(at), 0.3, at < 3) for at in range(10)]
    unknown = [case(f"late {at}", 0.9, False, seen=0.5) for at in range(10)]
    alone, both = by_measure(scores(known, [], 2)), by_measure(scores([*known, *unknown], [], 2))
    brier = ("Brier score of approval", "its rates alone: the product of the steps ahead")
    assert both[brier].forecast == pytest.approx(alone[brier].forecast)


def test_who_is_first_is_scored_beside_three_rules() -> None:
    field = Field("a", (0.6, 0.2, 0.2), (True, False), (False, True), 0)
    told = by_measure(scores([case("a", 0.6, True), case("b", 0.2, False)], [field], 2))
    losses = {rule: one for (measure, rule), one in told.items() if measure.startswith("log loss of who")}
    assert losses["everybody and nobody alike"].forecast == pytest.approx(-np.log(0.6))
    assert losses["everybody and nobody alike"].floor == pytest.approx(np.log(3))
    assert losses["the furthest rung leads, with 90 %"].floor == pytest.approx(-np.log(0.9 * 0.8))
    assert losses["the earliest pivotal start leads, with 90 %"].floor == pytest.approx(-np.log(0.1 * 0.8))
    ranked = told["ranked probability score of who is first", "everybody and nobody alike"]
    assert ranked.forecast == pytest.approx((0.4**2 + 0.2**2) / 2)


_cases = st.builds(
    case,
    st.sampled_from("abcde"),
    st.sampled_from([0.0, 1e-9, 0.2, 0.5, 1.0]),
    st.booleans(),
    lookup=st.sampled_from([0.0, 0.3, 1.0]),
    of_all=st.sampled_from([0.0, 0.3, 1.0]),
    mean_years=st.floats(0.1, 20),
    seen=st.sampled_from([0.0, 0.5, 2.0, 2.1, 9.0]),
)


@settings(max_examples=15)
@given(st.lists(_cases, min_size=1, max_size=12))
def test_whatever_happened_scores_are_numbers_or_left_out(cases: list[Case]) -> None:
    try:
        told = scores(cases, [], 2)
    except UsageError as error:
        assert "no outcome is known" in str(error)
        return
    for one in told:
        held = (one.forecast, one.floor, one.low, one.high)
        assert all(value is None or np.isfinite(value) for value in held), one


def test_a_planted_leak_is_caught_by_its_score() -> None:
    """Forecasts that know the outcome are told from skilled ones: nobody is so good before a readout."""
    chance = np.random.default_rng(5)
    came = chance.random(120) < 0.3
    leaked = [case(str(at), 0.9 if came[at] else 0.05, bool(came[at]), lookup=0.3, of_all=0.3) for at in range(120)]
    fair = [case(str(at), float(chance.uniform(0.1, 0.5)), bool(came[at])) for at in range(120)]
    assert len(suspicions(scores(leaked, [], 2))) >= 2
    assert suspicions(scores(fair, [], 2)) == ()


@pytest.mark.slow
def test_a_planted_leak_is_caught_by_its_day(tmp_path: Path) -> None:
    """A record of 2023 says that a phase 3 began in 2018: by today's knowledge it stands in a forecast of 2019."""
    late = study(posted="2023-05-01", first_posted="2017-04-02", phases=["PHASE3"])
    handle = frontrunner.open(tmp_path / "home")
    handle.ingest([lines(tmp_path / "late.jsonl", late)])
    fair = handle.forecast(modality="gene_therapy", on="2019-06-01")
    leaked = handle.forecast(modality="gene_therapy", on="2019-06-01", clock="now")
    assert (fair.programmes, fair.newest) == ((), None)
    honest(fair)
    assert [one.rung for one in leaked.programmes] == ["pivotal"]
    with pytest.raises(FrontrunnerError, match="became public on 2023-05-01: this is a leak"):
        honest(leaked)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    handle = frontrunner.open(tmp_path_factory.mktemp("starter"))
    handle.add_starter()
    return handle


@pytest.mark.slow
def test_the_starter_ledger_is_scored(starter: HomeHandle, tmp_path: Path) -> None:
    told = starter.backtest("hemophilia B", modality="gene_therapy", on="2024-01-01", years=5)
    assert told.cases >= told.programmes >= 2
    assert told.origins[-1] <= "2023-01-01"
    assert 0 < told.approved < told.cases
    assert {one.floor_is for one in told.scores if one.floor_is} != set()
    page = tmp_path / "card.html"
    line = ["--home", str(starter.path), "backtest", "hemophilia B", "--modality", "gene_therapy", "--to", str(page)]
    done = CliRunner().invoke(root, [*line, "--on", "2024-01-01"])
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
