"""Base rates: what was published by when, never across methods."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import phase_years, rates
from frontrunner.forecast.rates import About

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
