"""The duration of trials: invariants on made-up trials (measured on real ones: tests/evaluation/test_durations.py)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import durations, score_dates, words
from frontrunner.forecast.durations import Registered


def made_up(n: int, seed: int) -> tuple[list[Registered], list[float]]:
    """Half the trials say that they follow patients up; those last four times as long."""
    chance = np.random.default_rng(seed)
    trials, years = [], []
    for _ in range(n):
        long = bool(chance.random() < 0.5)
        said = "survival follow-up of patients" if long else "bioavailability in healthy volunteers"
        trials.append(Registered(str(chance.integers(1, 3)), said))
        years.append(float(np.exp(chance.normal(1.4 if long else 0.0, 0.3))))
    return trials, years


def test_words_tell_long_from_short() -> None:
    model = durations.fit(*made_up(600, 1))
    said = ("survival follow-up of patients", "bioavailability in healthy volunteers", "")
    long, short, mute = model.forecast([Registered("1", one) for one in said])
    assert np.median(short) < np.median(mute) < np.median(long)
    assert np.ptp(np.quantile(mute, [0.1, 0.9])) > 1.5


def test_intervals_hold_what_they_say() -> None:
    model = durations.fit(*made_up(900, 2))
    trials, years = made_up(900, 3)
    low, high = np.quantile(model.forecast(trials), [0.1, 0.9], axis=1)
    assert 0.76 <= score_dates.coverage(low, high, years, 0.8).held <= 0.95


def test_without_a_text_it_lasts_as_its_phase_does() -> None:
    trials, years = made_up(300, 7)
    model = durations.fit([Registered(trial.phase) for trial in trials], years)
    ones = [year for trial, year in zip(trials, years, strict=True) if trial.phase == "1"]
    found = model.forecast([Registered("1"), Registered("1", "survival follow-up")], 999)
    assert found[0].tolist() == found[1].tolist()
    assert np.median(found[0]) == pytest.approx(np.median(ones))


@given(st.text(max_size=30), st.sampled_from(["1", "2"]))
@settings(max_examples=40, deadline=None)
def test_a_forecast_is_positive_and_rising(text: str, phase: str) -> None:
    found = MODEL.forecast([Registered(phase, text)], 50)[0]
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


@given(st.text(st.characters(codec="ascii")), st.integers(1, 50))
def test_words_fall_into_columns_whatever_their_case(text: str, width: int) -> None:
    found = words.columns(text, width).tolist()
    assert found == sorted(found) and all(0 <= one < width for one in found)
    assert found == words.columns(text.upper(), width).tolist()


def test_words_are_the_same_columns_on_every_machine() -> None:
    assert words.columns("Gene therapy", 1000).tolist() == [139, 594, 632]
    assert words.columns("7 B 血友病", 1000).tolist() == words.columns("", 1000).tolist() == []
