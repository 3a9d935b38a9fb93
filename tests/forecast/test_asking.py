"""The market as people ask for it: the command, the Python door, and what is refused."""

import csv
import io
import json
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import frontrunner
from frontrunner.deliver.cli import frontrunner as root
from frontrunner.errors import FrontrunnerError
from frontrunner.forecast import asking
from frontrunner.forecast.answers import HowCommon
from frontrunner.forecast.market import MarketResult, assumptions

WORKED = "--pool 6000 --incidence 70 --exit-rate .01 --treat-rate .1 --horizon 15 --rival-lag 1.5 --rival-share .5"
BASE: dict[str, Any] = {"pool": 6000, "incidence": 70, "exit_rate": 0.01, "treat_rate": 0.1, "horizon": 15}


def run(line: str) -> Result:
    return CliRunner().invoke(root, ["market", *line.split()])


def test_the_worked_check_on_the_command_line() -> None:
    told = json.loads(run(f"{WORKED} --years 10 --json").stdout)
    assert round(told["untreated"]["total"], 4) == 2421.7631
    assert round(told["treated"]["total"], 4) == 3889.3063
    assert len(told["treated"]["per_year"]) == 10
    assert [round(product["share"], 4) for product in told["products"]] == [0.5855, 0.4145]
    assert {one["name"] for one in told["assumptions"]} >= set(told["market"])
    assert told["limits"]


def test_python_answers_the_same_as_the_command(tmp_path: Any) -> None:
    answer = frontrunner.open(tmp_path).market(**BASE, rival_lag=1.5, rival_share=0.5)
    assert isinstance(answer, MarketResult)
    assert json.loads(run(f"{WORKED} --json").stdout) == json.loads(msgspec.json.encode(answer))
    assert frontrunner.open("http://127.0.0.1:1").market(**BASE, rival_lag=[1.5], rival_share=[0.5]) == answer


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_every_form_tells_the_years(form: str) -> None:
    told = run(f"{WORKED} --format {form}").stdout
    assert "2,422" in told
    if form == "csv":
        assert [row["year"] for row in csv.DictReader(io.StringIO(told))] == [str(year) for year in range(1, 11)]
    else:
        assert "What this cannot know" in told
        assert all(name in told for name in ("pool", "exclusivity", "hemgenix", "beqvez", "roctavian"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("--pool 0 --incidence 0", "pool is empty"),
        ("--pool nan", "finite"),
        ("--treat-rate 10", "between 0 and 1"),
        ("--treat-rate -.1", "between 0 and 1"),
        ("--exit-rate 1.5", "between 0 and 1"),
        ("--rival-lag -1 --rival-share .1", "between 0 and 200"),
        ("--rival-lag 3", "every rival needs one of both"),
        ("--rival-lag 3 --rival-share .6", "sum of the rivals' shares"),
        ("--antibody-exclusion 1.2", "between 0 and 1"),
        ("--years 0", "above 0"),
        ("--horizon inf", "finite"),
        ("--rival-capacity 5 --rival-capacity 6", "2 are given for 1 rivals"),
        ("--scenario hemgenix", "leave one out"),
        ("--prevalence unknown --population 1000", "leave one out"),
        ("--uptake-logistic 2 1 --uptake-bass .1 .3", "two ramps"),
    ],
)
def test_what_cannot_be_is_one_line(changed: str, said: str) -> None:
    done = run(f"{WORKED} {changed}")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--incidence 70 --exit-rate .01 --treat-rate .1", "the pool (prevalent eligible patients) is unknown"),
        ("--pool 10 --incidence 70 --exit-rate .01", "the treat rate is unknown"),
        ("--pool 10 --treat-rate .1 --exit-rate .01", "the incidence is unknown"),
        ("--prevalence unknown --population 1000 --incidence 1 --exit-rate 0 --treat-rate .1", "prevalence is unknown"),
        ("--pool 5 --incidence 1 --exit-rate 0 --scenario roctavian", "too small"),
        ("--pool 5000 --incidence 1 --exit-rate 0 --scenario nosuch", "hemgenix"),
    ],
)
def test_what_is_not_known_is_asked_for(line: str, said: str) -> None:
    done = run(line)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_scenario_takes_the_demand_that_a_therapy_met() -> None:
    common = {name: value for name, value in BASE.items() if name != "treat_rate"}
    failed = asking.market({**common, "scenario": "beqvez"})  # type: ignore[typeddict-item]
    assert failed.treated.total == 0
    assert failed.products[0].share is None
    met = asking.market({**common, "scenario": "hemgenix"})  # type: ignore[typeddict-item]
    assert met.market.treat_rate == pytest.approx(0.005, abs=1e-4)
    assert met.assumptions[-1].name == "scenario"


def test_a_prevalence_is_a_pool_with_its_interval() -> None:
    told = asking.market(
        {
            "prevalence": "1-9 / 100 000",
            "population": 1e7,
            "eligible": 0.5,
            "incidence": 5,
            "exit_rate": 0.01,
            "treat_rate": 0.1,
        }
    )
    assert told.market.pool == pytest.approx(158.11, abs=0.01)
    assert "50 to 500 patients" in told.assumptions[-1].assumption


def test_a_disease_brings_its_prevalence_and_the_answer_both_ends() -> None:
    held = HowCommon(
        measure="point_prevalence", area="Europe", class_="1-9 / 100 000", low=1, point=3, high=9,
        source="orphanet", published_as="ORPHA:98879",
    )  # fmt: skip
    asked: Any = {"population": 1e7, "incidence": 5, "exit_rate": 0.01, "treat_rate": 0.1, "rival_lag": [2]}
    told = asking.market({**asked, "disease": "hemophilia B", "order_model": "urban"}, held)
    assert told.market.pool == pytest.approx(300)
    assert [one.pool for one in told.pools] == pytest.approx([100, 1000])
    assert told.pools[0].treated < told.treated.total < told.pools[1].treated
    assert told.market.rivals[0].share == pytest.approx(0.414, abs=1e-3)
    assert told.prevalence == held
    assert "ORPHA:98879" in told.assumptions[-1].assumption
    with pytest.raises(FrontrunnerError, match="no prevalence of hemophilia B is held here"):
        asking.market({**asked, "disease": "hemophilia B", "order_model": "urban"})
    with pytest.raises(FrontrunnerError, match="a pool and a disease are given"):
        asking.market({**asked, "pool": 5, "disease": "hemophilia B"}, held)


def test_rivals_share_by_a_named_model_in_the_order_of_their_launches() -> None:
    asked: Any = {**BASE, "rival_lag": [4, 2], "order_model": "urban"}
    told = asking.market(asked)
    assert [one.share for one in told.market.rivals] == pytest.approx([0.253, 0.309], abs=1e-3)
    assert {one.model for one in told.by_order} == {"fair", "urban", "mckinsey", "lek"}
    assert all(sum(one.shares) == pytest.approx(1) for one in told.by_order)
    with pytest.raises(FrontrunnerError, match="cannot be 'borda'"):
        asking.market({**asked, "order_model": "borda"})
    with pytest.raises(FrontrunnerError, match="rival shares and an order model"):
        asking.market({**asked, "rival_share": [0.1, 0.1]})


def test_a_home_looks_the_prevalence_up(tmp_path: Any) -> None:
    table = tmp_path / "epidemiology.csv"
    head = "disorder_id,orpha_code,name,disorder_type,disorder_group,prevalence_type,prevalence_qualification,"
    head += "prevalence_class,val_moy,prevalence_geographic,prevalence_validation_status,source"
    row = "1,98879,Hemophilia B,Disease,Disorder,Point prevalence,Value and class,1-9 / 100 000,{},{},Validated,x"
    table.write_text("\n".join([head, row.format("2.44", "France"), row.format("3.0", "Europe")]) + "\n")
    home = frontrunner.open(tmp_path / "home")
    home.add_starter()
    home.ingest([table])
    asked: Any = {"population": 1e6, "incidence": 1, "exit_rate": 0.01, "treat_rate": 0.1}
    told = home.market(**asked, disease="haemophilia B")
    assert told.prevalence is not None and told.prevalence.area == "Europe"
    assert [round(one.pool, 6) for one in told.pools] == [10, 100]
    assert home.market(**asked, disease="haemophilia B", area="France").market.pool == pytest.approx(24.4)
    common = home.forecast("haemophilia B", modality="gene_therapy", on="2021-06-01", years=2).prevalence
    assert common is not None and (common.low, common.point, common.high) == (1, 3, 9)
    with pytest.raises(FrontrunnerError, match="--area cannot be 'Atlantis'"):
        home.market(**asked, disease="haemophilia B", area="Atlantis")
    with pytest.raises(FrontrunnerError, match="served elsewhere"):
        frontrunner.open("http://127.0.0.1:1").market(**asked, disease="haemophilia B")


_numbers = st.one_of(st.none(), st.floats(), st.floats(0, 1), st.floats(0, 1e4))


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {name: _numbers for name in ("pool", "incidence", "exit_rate", "treat_rate", "horizon", "capacity")},
        optional={
            "rival_lag": st.lists(st.floats(-1, 30), max_size=2),
            "rival_share": st.lists(st.floats(0, 1), max_size=2),
            "antibody_exclusion": st.floats(0, 1),
            "differentiated": st.booleans(),
        },
    )
)
def test_an_answer_is_finite_or_refused(asked: Any) -> None:
    try:
        told = asking.market(asked)
    except FrontrunnerError as refused:
        assert "\n" not in str(refused)
        return
    shares = [product.share for product in told.products]
    assert shares == [None] * len(shares) or sum(share or 0 for share in shares) == pytest.approx(1)
    assert all(0 <= number < 1e11 for number in (*told.untreated.per_year, told.treated.total))
    assert [one.name for one in told.assumptions] == [one.name for one in assumptions(told.market)]
