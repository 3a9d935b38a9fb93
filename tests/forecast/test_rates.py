"""Base rates: what was published by when, never across methods; and the shrinkage of a few programmes toward them."""

from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import phase_years, rates, shrinkage
from frontrunner.forecast.rates import About
from frontrunner.forecast.shrinkage import Beta

TODAY = date(2026, 11, 1)
AAV = About(modalities=("aav", "in_vivo_gene_therapy", "gene_therapy"), orphan=True)


def test_every_row_is_whole() -> None:
    ids = [rate.id for rate in rates.published()]
    assert len(ids) == len(set(ids)) and len(ids) > 70
    for rate in rates.published():
        assert rate.method in rates.METHODS and 0 < rate.value < 1 and rate.source and rate.period != "-"
        assert rate.low is None or (rate.high is not None and rate.low < rate.value < rate.high)
        assert rates.STEPS.index(rate.from_rung) < rates.STEPS.index(rate.to_rung)
    assert {rate.id for rate in rates.published() if "memory" in rate.note} == {
        rate.id for rate in rates.published() if not rate.verified
    }


@pytest.mark.parametrize("prefix", ["bio2021", "bio2021:biomarker", "bio2021:no_biomarker", "bio2016", "bio2016:rare"])
def test_phase_by_phase_steps_multiply_to_the_published_likelihood(prefix: str) -> None:
    by_id = {rate.id: rate for rate in rates.published()}
    product = np.prod([by_id[f"{prefix}:{step}"].value for step in ("1_2", "2_3", "3_filed", "filed_approved")])
    assert product == pytest.approx(by_id[f"{prefix}:loa"].value, abs=0.007)


def test_path_by_path_steps_do_not() -> None:
    by_id = {rate.id: rate.value for rate in rates.published()}
    product = by_id["wong2019:1_2"] * by_id["wong2019:2_3"] * by_id["wong2019:3_approved"]
    assert product == pytest.approx(0.228, abs=0.001) and by_id["wong2019:loa"] == 0.138


def test_the_nearest_class_is_taken() -> None:
    assert rates.select("phase_1", "approved", AAV, method="not_stated", as_of=TODAY).id == "elsallab2025:aav:loa"
    ex_vivo = About(modalities=("lentiviral_hsc", "gene_modified_cell", "gene_therapy", "cell_therapy"), orphan=True)
    assert rates.select("phase_1", "approved", ex_vivo, method="not_stated", as_of=TODAY).value == 0.094
    unknown = rates.select("phase_1", "phase_2", About(), method="phase_by_phase", as_of=TODAY)
    assert unknown.id == "bio2021:1_2"


def test_only_what_was_published_by_the_day() -> None:
    def found(day: str, about: About = AAV) -> str:
        return rates.select("phase_1", "phase_2", about, method="phase_by_phase", as_of=date.fromisoformat(day)).id

    assert found("2018-01-01") == "bio2016:rare:1_2"
    assert found("2021-02-16", About()) == "bio2016:1_2"
    assert found("2021-02-17", About()) == "bio2021:1_2"
    with pytest.raises(UsageError, match="was published by 2016-05-25"):
        found("2016-05-25")
    # a year alone counts from its last day
    assert not rates.known(date(2018, 12, 30), method="path_by_path")
    assert rates.known(date(2018, 12, 31), method="path_by_path")


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.sampled_from(rates.METHODS), st.booleans())
def test_known_never_leaks_and_never_mixes(day: date, method: str, unverified: bool) -> None:
    for rate in rates.known(day, method=method, unverified=unverified):
        assert rate.published_on.last <= day and rate.method == method and (rate.verified or unverified)


def test_memory_is_left_out_unless_asked_for() -> None:
    gene = About(modalities=("gene_therapy",))
    assert rates.select("phase_1", "approved", gene, method="phase_by_phase", as_of=TODAY).value == 0.079
    loose = rates.select("phase_1", "approved", gene, method="phase_by_phase", as_of=TODAY, unverified=True)
    assert (loose.value, loose.verified) == (0.10, False)


def test_a_chain_is_of_one_source_and_population() -> None:
    whole = rates.chain("phase_1", "approved", AAV, as_of=TODAY)
    assert len({step.population for step in whole.steps}) == 1
    assert whole.steps[0].id == "bio2016:rare:1_2"
    late = rates.chain("pivotal", "approved", About(), as_of=TODAY)
    assert late.value == pytest.approx(0.578 * 0.906)
    with pytest.raises(UsageError, match="is not above"):
        rates.chain("approved", "phase_1", AAV, as_of=TODAY)
    with pytest.raises(UsageError, match="the first rung cannot be"):
        rates.chain("phase_0", "approved", AAV, as_of=TODAY)
    with pytest.raises(UsageError, match="no phase_by_phase steps"):
        rates.chain("phase_1", "approved", AAV, as_of=date(2000, 1, 1))
    with pytest.raises(UsageError, match="the method cannot be"):
        rates.known(TODAY, method="both")


def test_a_class_likelihood_spreads_over_wider_steps() -> None:
    steps = rates.chain("phase_1", "approved", About(), as_of=TODAY)
    whole = rates.select("phase_1", "approved", AAV, method="not_stated", as_of=TODAY)
    found = rates.spread(steps, whole)
    assert np.prod(list(found.steps.values())) == pytest.approx(0.136)
    assert list(found.steps) == ["phase_1", "phase_2", "pivotal", "filed"] and "elsallab2025:aav" in found.assumption
    paths = rates.select("phase_1", "approved", About(), method="path_by_path", as_of=TODAY)
    with pytest.raises(UsageError, match="the methods differ"):
        rates.spread(steps, paths)
    with pytest.raises(UsageError, match="runs from phase_1"):
        rates.spread(rates.chain("phase_2", "approved", About(), as_of=TODAY), whole)


def test_durations_by_day_and_area() -> None:
    assert phase_years.mean_years("phase_2", ("ophthalmology",), as_of=TODAY).years == 2.9
    assert phase_years.mean_years("phase_2", ("toxicology",), as_of=TODAY).years == 3.6
    total = sum(phase_years.mean_years(rung, as_of=TODAY).years for rung in rates.STEPS[:-1])
    assert total == pytest.approx(10.5)
    with pytest.raises(UsageError, match="no mean duration"):
        phase_years.mean_years("phase_2", as_of=date(2020, 1, 1))


def test_the_aav_prior() -> None:
    aav = rates.select("phase_1", "approved", AAV, method="not_stated", as_of=TODAY)
    prior = shrinkage.prior(aav)
    assert prior.mean == pytest.approx(0.136)
    assert prior.a == pytest.approx(5, abs=0.3) and prior.b == pytest.approx(32, abs=1.5)
    assert shrinkage.prior(aav, weight=10).weight == pytest.approx(10)
    rounded = Beta(5, 32)
    assert rounded.mean == pytest.approx(0.135, abs=5e-4)
    assert rounded.interval() == pytest.approx((0.047, 0.261), abs=5e-4)


def test_a_prior_without_an_interval_needs_a_weight() -> None:
    rate = rates.select("phase_1", "phase_2", About(), method="phase_by_phase", as_of=TODAY)
    with pytest.raises(UsageError, match="has no interval"):
        shrinkage.prior(rate)
    assert shrinkage.prior(rate, 20).mean == pytest.approx(0.52)


@given(st.floats(0.5, 50), st.floats(0.5, 50), st.integers(0, 40), st.integers(0, 40))
def test_shrinkage_lies_between_the_prior_and_what_was_seen(a: float, b: float, won: int, lost: int) -> None:
    assume(won + lost > 0)
    after = Beta(a, b).updated(won, won + lost)
    ends = sorted([Beta(a, b).mean, won / (won + lost)])
    assert ends[0] - 1e-12 <= after.mean <= ends[1] + 1e-12
    low, high = after.interval()
    assert 0 <= low < high <= 1


@given(st.floats(0.05, 0.9), st.floats(5, 300))
@settings(max_examples=25, deadline=None)
def test_a_prior_is_found_again_from_its_interval(mean: float, weight: float) -> None:
    assume(min(mean * weight, (1 - mean) * weight) > 1)
    truth = Beta(mean * weight, (1 - mean) * weight)
    found = shrinkage.from_interval(truth.mean, *truth.interval())
    assert found.weight == pytest.approx(truth.weight, rel=0.02)


def test_empirical_bayes_finds_the_prior_that_made_the_groups() -> None:
    chance = np.random.default_rng(7)
    p = chance.beta(4, 12, size=2000)
    trials = chance.integers(2, 30, size=2000)
    found = shrinkage.fit(chance.binomial(trials, p).tolist(), trials.tolist())
    assert found.a == pytest.approx(4, rel=0.12) and found.b == pytest.approx(12, rel=0.12)


def test_groups_that_differ_by_chance_alone_are_pooled() -> None:
    assert shrinkage.fit([5, 5, 5, 5], [10, 10, 10, 10]).weight > 1e3


@pytest.mark.parametrize(
    ("won", "seen", "words"),
    [
        ([0, 0], [3, 4], "all failed"),
        ([], [], "all failed"),
        ([4], [3], "between 0"),
        ([1, 2], [3], "one length"),
        ([float("nan")], [3], "two lists of numbers"),
    ],
)
def test_groups_that_cannot_be_fitted(won: list[float], seen: list[float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        shrinkage.fit(won, seen)


def test_impossible_beliefs() -> None:
    with pytest.raises(UsageError, match="must hold its mean"):
        shrinkage.from_interval(0.1, 0.2, 0.3)
    with pytest.raises(UsageError, match="between 0 and 1"):
        shrinkage.from_interval(1.1, 0.2, 0.3)
    with pytest.raises(UsageError, match="the successes"):
        Beta(1, 1).updated(3, 2)
    with pytest.raises(UsageError, match="a of a beta"):
        Beta(0, 1)
