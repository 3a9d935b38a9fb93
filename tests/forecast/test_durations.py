"""The duration of trials: invariants on made-up trials, and the measure against the floor where the labels are."""

import csv
import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import durations, score_dates, score_races
from frontrunner.forecast.durations import Registered

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def made_up(n: int, seed: int) -> tuple[list[Registered], list[float]]:
    """Half the trials say that they follow patients up; those last four times as long."""
    chance = np.random.default_rng(seed)
    trials, years = [], []
    for _ in range(n):
        long = bool(chance.random() < 0.5)
        words = "survival follow-up of patients" if long else "bioavailability in healthy volunteers"
        trials.append(Registered(str(chance.integers(1, 3)), float(chance.normal(0, 0.5)), words))
        years.append(float(np.exp(chance.normal(1.4 if long else 0.0, 0.3))))
    return trials, years


def test_words_tell_long_from_short() -> None:
    model = durations.fit(*made_up(600, 1))
    said = ("survival follow-up of patients", "bioavailability in healthy volunteers", "")
    long, short, mute = model.forecast([Registered("1", 0.0, words) for words in said])
    assert np.median(short) < np.median(mute) < np.median(long)
    assert np.ptp(np.quantile(mute, [0.1, 0.9])) > 1.5


def test_intervals_hold_what_they_say() -> None:
    model = durations.fit(*made_up(900, 2))
    trials, years = made_up(900, 3)
    low, high = np.quantile(model.forecast(trials), [0.1, 0.9], axis=1)
    assert 0.76 <= score_dates.coverage(low, high, years, 0.8).held <= 0.95


def test_leave_one_out_is_what_leaving_one_out_gives() -> None:
    chance = np.random.default_rng(5)
    design, years = chance.normal(size=(12, 4)), chance.uniform(0.5, 4, 12)
    found = durations._ridge(design, years, 2.0)
    target = np.log(years + 0.25)
    for left in range(12):
        kept = np.arange(12) != left
        weights = np.linalg.solve(design[kept].T @ design[kept] + 2 * np.eye(4), design[kept].T @ target[kept])
        assert np.isclose(found.places, design[left] @ weights).any()
    wide = durations._ridge(np.column_stack([design, np.zeros((12, 20))]), years, 2.0)
    assert wide.places.tolist() == pytest.approx(found.places.tolist())


@given(st.floats(-20, 20), st.text(max_size=30), st.sampled_from(["1", "2"]))
@settings(max_examples=40, deadline=None)
def test_a_forecast_is_positive_and_rising(lag: float, text: str, phase: str) -> None:
    found = MODEL.forecast([Registered(phase, lag, text)], 50)[0]
    assert found.shape == (50,) and (np.diff(found) >= 0).all() and found[0] > 0


MODEL = durations.fit(*made_up(300, 4))


def test_what_cannot_be_learnt_or_asked() -> None:
    trials, years = made_up(100, 6)
    with pytest.raises(UsageError, match="do not go with"):
        durations.fit(trials, years[1:])
    with pytest.raises(UsageError, match="at least 30 completed trials"):
        durations.fit(trials[:20], years[:20])
    with pytest.raises(UsageError, match="at least 30 completed trials"):
        durations.fit([], [])
    with pytest.raises(UsageError, match="a duration must be"):
        durations.fit(trials, [-1.0, *years[1:]])
    with pytest.raises(UsageError, match="no trial of phase 4"):
        MODEL.forecast([Registered("4")])
    with pytest.raises(UsageError, match="a lag must be"):
        MODEL.forecast([Registered("1", float("nan"))])


def test_a_number_tells_its_year() -> None:
    assert durations.registration_year(4135300) == pytest.approx(2019.8, abs=0.3)  # NCT04135300, October 2019
    assert durations.registration_year(5203679) == pytest.approx(2022.05, abs=0.3)  # NCT05203679, January 2022


def _start(text: str) -> float:
    parts = text.replace(",", "").split()
    day = int(parts[1]) if len(parts) == 3 else 1
    found = date(int(parts[-1]), MONTHS.index(parts[0][:3]) + 1, day)
    return found.year + (found.timetuple().tm_yday - 1) / 365.25


def labelled(root: Path) -> list[tuple[str, str, float, float]]:
    """NCT number, phase, start and years of every labelled trial of phases 1 to 3."""
    found = []
    for phase in "123":
        with gzip.open(root / "labels" / f"trial-duration-prediction_phase{phase}.csv.gz", "rt") as lines:
            found += [(row[""], phase, _start(row["start_date"]), float(row["year"])) for row in csv.DictReader(lines)]
    return found


def texts(root: Path, wanted: set[str]) -> dict[str, str]:
    """Title, conditions, interventions and description as extracted later than the start."""
    import pyarrow.parquet as parquet

    found: dict[str, str] = {}
    rows = parquet.read_table(
        root / "corpora" / "trial_rows.parquet", columns=["nct_id", "title", "conditions", "interventions"]
    )
    for row in rows.to_pylist():
        words = " ".join(filter(None, (row["title"], row["conditions"], row["interventions"])))
        if row["nct_id"] in wanted and len(words) > len(found.get(row["nct_id"], "")):
            found[row["nct_id"]] = words
    for row in parquet.read_table(root / "corpora" / "trial_texts.parquet").to_pylist():
        if row["nct_id"] in wanted:
            found[row["nct_id"]] = f"{found.get(row['nct_id'], '')} {row['title']} {row['body']}".strip()
    return found


@pytest.mark.slow
def test_better_than_the_duration_of_the_phase(shared_data: Path) -> None:
    """Learnt on starts of 2003-08, asked of starts of 2010-12, against the empirical distribution of each phase."""
    trials = [one for one in labelled(shared_data) if 2003 <= one[2] < 2009 or 2010 <= one[2] < 2013]
    trials.sort(key=lambda one: one[2])
    words = texts(shared_data, {one[0] for one in trials})
    known = [
        Registered(phase, durations.registration_year(int(nct[3:])) - start, words.get(nct, ""))
        for nct, phase, start, _ in trials
    ]
    years = np.array([one[3] for one in trials])
    early = np.array([one[2] < 2009 for one in trials])
    model = durations.fit([one for one, old in zip(known, early, strict=True) if old], years[early].tolist())
    asked = [one for one, old in zip(known, early, strict=True) if not old]
    found, came = model.forecast(asked), years[~early]
    ours = score_dates.crps_quantiles(found, came)
    floor = np.empty(len(came))
    for index, trial in enumerate(asked):
        floor[index] = score_dates.crps_sample(model.marginal[trial.phase], float(came[index]))
    phases = np.array([trial.phase for trial in asked])
    assert [round(float(floor[phases == phase].mean()), 1) for phase in "123"] == [1.5, 1.4, 1.5]
    gain = score_races.cluster_bootstrap(range(len(ours)), lambda rows: float((ours - floor)[rows].mean()))
    assert gain.high < 0
    worded = np.array([bool(trial.text) for trial in asked])
    assert 1 - ours[worded].mean() / floor[worded].mean() >= 0.10
    low, high = np.quantile(found, [0.1, 0.9], axis=1)
    assert 0.76 <= score_dates.coverage(low, high, came, 0.8).held <= 0.84
