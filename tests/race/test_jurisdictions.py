"""The same product in several jurisdictions: rung, date, lag, and orders that flip."""

import pytest

from frontrunner.api import HomeHandle
from frontrunner.deliver.render import table
from frontrunner.deliver.views.jurisdictions import jurisdictions_view
from frontrunner.errors import UsageError
from frontrunner.race.answers import Abreast, Standpoint
from frontrunner.race.jurisdictions import jurisdictions
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.why import quotes
from frontrunner.store.home import Home

HAEMOPHILIA = {"indication": "hemophilia B", "modality": "gene_therapy", "on": "2026-11-01"}


def row(rows: list[Abreast], name: str) -> dict[str, Standpoint]:
    """The standpoints of the one row of a product, by jurisdiction."""
    (found,) = [row for row in rows if row.product.name.startswith(name)]
    return {one.jurisdiction: one for one in found.standpoints}


def test_one_approval_after_the_other(starter: Snapshot) -> None:
    answer = jurisdictions(starter, asked(**HAEMOPHILIA))
    hemgenix = row(answer.rows, "etranacogene")
    assert {place: one.reached.date for place, one in hemgenix.items() if one.rung == "approved" and one.reached} == {
        "US": "2022-11-22",
        "EU": "2023-02-20",
        "UK": "2023-03-27",
    }
    assert hemgenix["US"].lag_months is None and hemgenix["US"].lag_behind is None
    assert (hemgenix["EU"].lag_behind, hemgenix["EU"].lag_months) == ("US", 3.0)
    assert row(answer.rows, "fidanacogene")["US"].activity == "withdrawn_after_approval"
    assert {front.jurisdiction: [one.id for one in front.first] for front in answer.fronts}["CN"] == [
        "prog:bbm-h901/haemophilia-b"
    ]


def test_where_each_is_furthest(starter: Snapshot) -> None:
    rows = jurisdictions(starter, asked("sickle cell disease", modality="gene_therapy")).rows
    assert next(one.ahead_in for one in rows if one.product.name.startswith("exagamglogene")) == ["UK"]


def test_an_order_that_flips(starter: Snapshot) -> None:
    (flip,) = jurisdictions(starter, asked(target="PDCD1", modality="antibody", origin="CN")).flips
    assert (flip.one.programme, flip.other.programme) == ("toripalimab", "tislelizumab")
    assert (flip.ahead_in, flip.behind_in) == (["CN", "US"], ["EU"])


def test_a_tie_is_no_flip(starter: Snapshot) -> None:
    answer = jurisdictions(starter, asked(target="CD19", modality="car_t"))
    pairs = [{flip.one.programme, flip.other.programme} for flip in answer.flips]
    assert {"tisagenlecleucel", "axicabtagene ciloleucel"} not in pairs


def test_every_cell_walks_back_to_words(starter: Snapshot) -> None:
    answer = jurisdictions(starter, asked(**HAEMOPHILIA))
    for one in (one for row in answer.rows for one in row.standpoints if one.rung):
        (quote,) = quotes(starter, one.evidence)
        assert one.reached is not None and quote.words == one.reached.date


def test_one_place_is_refused_and_the_view_names_all(starter_home: Home) -> None:
    handle = HomeHandle(starter_home.path)
    with pytest.raises(UsageError, match="--in"):
        handle.jurisdictions("hemophilia B", jurisdiction="US")
    shown = table(jurisdictions_view(handle.jurisdictions(**HAEMOPHILIA)), None, colour=False)
    assert "Approved (conditional) 2023-02-20, +3.0 months" in shown
