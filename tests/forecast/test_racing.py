"""The forecast of a race: chances that add up, what later knowledge may not change, and who is not forecast."""

import csv
import io
import json
from datetime import date
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import frontrunner as root
from frontrunner.errors import UsageError
from frontrunner.forecast import classes, histories, incidence, rates
from frontrunner.forecast.answers import Forecast
from frontrunner.forecast.racing import RUNGS, Entrant, Raced, race, rising
from frontrunner.forecast.settings import Settings, listed
from tests.studies import lines, study

DAY = date(2026, 1, 1)
BRIEF = Settings(years=6)
ARENA = {"modality": "gene_therapy"}


def entrant(id: str, **other: Any) -> Entrant:
    known: dict[str, Any] = {
        "programme": id,
        "product": f"prod:{id}",
        "kinds": ("aav", "in_vivo_gene_therapy", "gene_therapy"),
        "target": "F9",
        "orphan": None,
        "rung": "pivotal",
        "months": 12,
        "activity": "active",
        "reached_on": "2025-01-01",
    }
    return Entrant(id=id, **known | other)


_entrants = st.builds(
    entrant,
    st.uuids().map(str),
    kinds=st.sampled_from([(), ("aav", "in_vivo_gene_therapy", "gene_therapy"), ("car_t",), ("small_molecule",)]),
    target=st.sampled_from([None, "F9", "CD19"]),
    orphan=st.sampled_from([None, True]),
    rung=st.sampled_from([None, "preclinical", "ind_cleared", *RUNGS]),
    months=st.integers(0, 900),
    activity=st.sampled_from(["active", "paused", "silent", "stopped"]),
    sent_back=st.sampled_from([None, 0, 7, 400]),
)
_fields = st.lists(_entrants, max_size=6)


def _first(raced: Raced) -> dict[str, float]:
    return {one.id: one.p_first for one in raced.programmes}


@settings(max_examples=15)
@given(_fields)
def test_chances_are_chances_and_sum_to_one(field: list[Entrant]) -> None:
    raced = race(field, [], DAY, BRIEF)
    assert sum(_first(raced).values()) + raced.p_nobody == pytest.approx(1.0, abs=1e-9)
    for one in raced.programmes:
        assert 0 <= one.p_first <= one.p_approval + 5 * raced.error <= 1 + 5 * raced.error
        yearly = [year.p for year in one.by_year]
        assert yearly == sorted(yearly)
        assert one.date is None or DAY.isoformat() <= one.date.p10 <= one.date.p50 <= one.date.p90
    assert len(raced.programmes) + len(raced.others) == len(field)
    nobody = [year.p for year in raced.nobody_by]
    assert nobody == sorted(nobody, reverse=True)
    assert all(0 <= p <= 1 for p in nobody)


@settings(max_examples=10)
@given(_fields, _entrants)
def test_one_more_runner_never_helps_another_to_be_first(field: list[Entrant], newcomer: Entrant) -> None:
    alone, joined = race(field, [], DAY, BRIEF), race([*field, newcomer], [], DAY, BRIEF)
    error = 5 * max(alone.error, joined.error)
    assert all(_first(joined)[id] <= p + error for id, p in _first(alone).items())
    assert joined.p_nobody <= alone.p_nobody + error


def test_the_same_question_has_the_same_answer() -> None:
    field = [entrant("a"), entrant("b", rung="phase_1")]
    assert race(field, [], DAY, BRIEF) == race(field, [], DAY, BRIEF)
    assert race(field, [], DAY, BRIEF) != race(field, [], DAY, msgspec.structs.replace(BRIEF, seed=2))


def test_a_higher_rung_has_the_better_chances() -> None:
    field = [entrant(rung, rung=rung) for rung in ("phase_1", "phase_2", "pivotal", "filed")]
    told = race(field, [], DAY, BRIEF).programmes
    assert [one.id for one in told] == ["filed", "pivotal", "phase_2", "phase_1"]
    assert [one.p_approval for one in told] == sorted((one.p_approval for one in told), reverse=True)


def test_a_filing_that_was_sent_back_may_come_again() -> None:
    told = {one.id: one for one in race([
        entrant("filed", rung="filed"), entrant("back", rung="filed", sent_back=3), entrant("early", rung="phase_1"),
    ], [], DAY, BRIEF).programmes}  # fmt: skip
    assert told["early"].p_approval < told["back"].p_approval < told["filed"].p_approval
    assert "its filing was sent back: it may file again" in told["back"].notes
    way = [(9, "filed"), (3, "phase_2"), (14, "complete_response"), (20, "filed"), (21, "phase_1"), (29, "approved")]
    assert [step.rung for step in rising(way)] == ["phase_2", "filed", "complete_response", "filed", "approved"]
    assert [step.rung for step in rising([(3, "phase_2"), (5, "complete_response")])] == ["phase_2"]


def test_the_published_chance_of_a_filing_holds_those_sent_back() -> None:
    about = rates.About(modalities=("aav", "in_vivo_gene_therapy", "gene_therapy"))
    kind = classes.of(about, classes.seen([], 0), DAY, BRIEF)
    curve = incidence.goal_curve(incidence.to_goal(kind.hazards, 1200), kind.hazards, "filed", 0)
    assert curve[-1] == pytest.approx(kind.steps["filed"], abs=1e-6)


def test_who_is_not_forecast_is_named_with_the_reason() -> None:
    field = [
        entrant("licensed", rung="approved", reached_on="2024-04-25"),
        entrant("gone", activity="stopped"),
        entrant("quiet", activity="silent"),
        entrant("nowhere", rung=None),
        entrant("early", rung="preclinical"),
        entrant("only"),
    ]
    raced = race(field, [], DAY, BRIEF)
    assert [one.id for one in raced.programmes] == ["only"]
    assert raced.programmes[0].p_first == raced.programmes[0].p_approval == pytest.approx(1 - raced.p_nobody)
    assert {one.id: one.approved_on for one in raced.others if one.approved_on} == {"licensed": "2024-04-25"}
    assert all(one.because for one in raced.others)
    assert any("next one approved" in note for note in raced.notes)


def test_without_a_runner_it_is_nobody() -> None:
    raced = race([], [], DAY, BRIEF)
    assert (raced.programmes, raced.p_nobody, raced.first) == ((), 1.0, None)
    assert len(raced.nobody_by) == 6


def test_an_unknown_kind_is_said_to_be_unknown() -> None:
    (one,) = race([entrant("x", kinds=())], [], DAY, BRIEF).programmes
    assert any("is not known" in note for note in one.notes)
    assert all("aav" not in rate for rate in one.rates)


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2022, 1, 1), DAY])
def test_only_rates_published_by_the_day_are_used(day: date) -> None:
    (one,) = race([entrant("x")], [], day, BRIEF).programmes
    used = [rate for rate in rates.published() if rate.id in one.rates]
    assert used
    assert all(rate.published_on.last <= day and rate.method != "path_by_path" for rate in used)
    assert ("elsallab2025:aav:loa" in one.rates) == (day == DAY)


def test_before_any_rate_was_published_there_is_no_forecast() -> None:
    with pytest.raises(UsageError, match="published by 2015-01-01"):
        race([entrant("x")], [], date(2015, 1, 1), BRIEF)


def approved(number: int, kind: str) -> list[histories.History]:
    """So many of a kind that were approved forty months after their pivotal study began."""
    month = DAY.year * 12
    steps = rising([(month - 120, "pivotal"), (month - 90, "filed"), (month - 80, "approved")])
    return [
        histories.History(programme=f"{kind} {n}", steps=steps, known_from=month - 120, signs=(month,), group=kind)
        for n in range(number)
    ]


def failed(number: int, kind: str) -> list[histories.History]:
    """So many of a kind that stopped within three years of their pivotal study's begin."""
    month = DAY.year * 12
    return [
        histories.History(programme=f"{kind} {n}", steps=rising([(month - 60, "pivotal")]), known_from=month - 60,
                          signs=(month - 40,), stopped=month - 30, group=kind)
        for n in range(number)
    ]  # fmt: skip


def test_what_was_seen_moves_the_rates_a_little() -> None:
    (before,), (after,) = (race([entrant("x")], told, DAY, BRIEF).programmes for told in ([], approved(5, "aav")))
    assert before.p_approval < after.p_approval < 1


def test_its_own_kind_moves_it_more_than_another() -> None:
    """Where one kind succeeded and another failed, runners of each follow theirs; both lean on all."""
    past = [*approved(30, "aav"), *failed(30, "car_t")]
    field = [entrant("like those approved"), entrant("like those failed", kinds=("car_t", "cell_therapy"))]
    told = {one.id: one.p_approval for one in race(field, past, DAY, BRIEF).programmes}
    plain = {one.id: one.p_approval for one in race(field, [], DAY, BRIEF).programmes}
    assert told["like those approved"] > plain["like those approved"]
    assert told["like those failed"] < plain["like those failed"]
    both = {one.id: one.p_approval for one in race(field, approved(30, "aav"), DAY, BRIEF).programmes}
    assert told["like those failed"] < both["like those failed"]


def p_of(**chosen: Any) -> float:
    settings = msgspec.structs.replace(BRIEF, **chosen)
    (one,) = race([entrant("x", rung="phase_2", orphan=True)], [], DAY, settings).programmes
    return one.p_approval


def test_every_assumption_changes_the_chance_as_it_says() -> None:
    plain = p_of()
    assert p_of(steps=("phase_2=.05",)) < plain < p_of(steps=("phase_2=.95", "pivotal=.95"))
    assert p_of(stays=("phase_2=9",)) < plain < p_of(stays=("phase_2=1",))
    assert p_of(sent_back=0.0) > plain
    assert p_of(years_away=4.0) < plain
    assert p_of(files_again=0.0) != plain
    assert p_of(rates="all_medicines") != plain
    assert p_of(rare="none") != plain
    assert p_of(rare="all") == plain
    (quiet,) = race([entrant("x", activity="silent")], [], DAY, msgspec.structs.replace(BRIEF, silent=0.5)).programmes
    (loud,) = race([entrant("x")], [], DAY, BRIEF).programmes
    assert quiet.p_approval == pytest.approx(loud.p_approval / 2)
    assert {one.name for one in listed(BRIEF, DAY)} == set(Settings.__struct_fields__)


@settings(max_examples=15)
@given(st.floats(0, 0.6), st.floats(0, 1), st.floats(0.1, 5), st.integers(1, 6))
def test_a_filing_comes_through_as_published_whatever_is_sent_back(
    back: float, again: float, away: float, waits: int
) -> None:
    """Up to the part that must be sent back for the published chance to hold."""
    chosen = msgspec.structs.replace(BRIEF, sent_back=back, files_again=again, years_away=away, waits=waits)
    kind = classes.of(rates.About(), classes.seen([], 0), DAY, chosen)
    curve = incidence.goal_curve(incidence.to_goal(kind.hazards, 2400), kind.hazards, "filed", 0)
    assert curve[-1] == pytest.approx(kind.steps["filed"], abs=1e-4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": 0},
        {"years": 2.5},
        {"correlation": 1.0},
        {"class_failure": -0.1},
        {"prior_weight": 0},
        {"prior_weight": float("nan")},
        {"seed": -1},
        {"waits": 0},
        {"waits": 1.5},
        {"sent_back": 1.2},
        {"files_again": -0.1},
        {"years_away": 0.0},
        {"silent": 2.0},
        {"rates": "best"},
        {"rare": "yes"},
        {"past": "mine"},
        {"steps": ("phase_2",)},
        {"steps": ("phase_9=.5",)},
        {"steps": ("phase_2=1.5",)},
        {"steps": ("phase_2=1",)},
        {"steps": ("phase_2=half",)},
        {"steps": ("phase_2=.5", "phase_2=.6")},
        {"stays": ("pivotal=0",)},
        {"stays": ("pivotal=nan",)},
    ],
)
def test_what_cannot_be_assumed_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Settings(**wrong)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[HomeHandle, HomeHandle]:
    """A home as of 2020, and the same one that has read, later, of a step taken before 2020 ended."""
    folder = tmp_path_factory.mktemp("homes")
    early = study(posted="2019-05-01", phases=["PHASE1", "PHASE2"])
    late = study(
        nct="NCT91000001",
        posted="2023-05-01",
        phases=["PHASE3"],
        start={"date": "2020-06-01", "type": "ACTUAL"},
    )
    found = []
    for name, records in (("before", [early]), ("after", [early, late])):
        handle = frontrunner.open(folder / name)
        handle.ingest([lines(folder / f"{name}.jsonl", *records)])
        found.append(handle)
    return found[0], found[1]


def _plain(told: Forecast) -> Forecast:
    return msgspec.structs.replace(told, snapshot="", built_at="")


@pytest.mark.slow
def test_what_became_known_later_changes_no_earlier_forecast(homes: tuple[HomeHandle, HomeHandle]) -> None:
    before, after = homes
    told = before.forecast(**ARENA, on="2021-01-01", years=5)
    assert told.clock == "then"
    assert len(told.programmes) == 1
    assert _plain(after.forecast(**ARENA, on="2021-01-01", years=5)) == _plain(told)
    leaked = after.forecast(**ARENA, on="2021-01-01", years=5, clock="now")
    assert _plain(leaked) != _plain(msgspec.structs.replace(told, clock="now"))
    assert _plain(after.forecast(**ARENA, on="2024-01-01")) != _plain(before.forecast(**ARENA, on="2024-01-01"))


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    handle = frontrunner.open(tmp_path_factory.mktemp("starter"))
    handle.add_starter()
    return handle


def run(home: HomeHandle, *line: str) -> Result:
    return CliRunner().invoke(root, ["--home", str(home.path), "forecast", *line])


QUESTION = ("hemophilia B", "--modality", "gene_therapy", "--on", "2021-06-01")


def test_the_command_prints_the_typed_answer(starter: HomeHandle) -> None:
    told = run(starter, *QUESTION, "--json").stdout
    answer = starter.forecast("hemophilia B", modality="gene_therapy", on="2021-06-01")
    assert json.loads(told) == json.loads(msgspec.json.encode(answer))
    assert answer.programmes[0].rung == "pivotal"
    assert {one.name for one in answer.assumptions} >= {"years", "prior_weight", "correlation", "class_failure", "seed"}
    assert answer.limits


@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_every_form_ends_in_nobody(starter: HomeHandle, form: str) -> None:
    told = run(starter, *QUESTION, "--format", form).stdout
    assert "etranacogene dezaparvovec" in told
    if form == "csv":
        assert list(csv.DictReader(io.StringIO(told)))[-1]["programme"] == "nobody more"
    else:
        assert "What this cannot know" in told
        assert "stopped: it has no chance" in told


def test_refusals_are_one_line(starter: HomeHandle) -> None:
    for wrong in (["--years", "0"], ["--correlation", "1"], ["--class-failure", "nan"], ["--clock", "soon"]):
        done = run(starter, *QUESTION, *wrong)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1


def test_who_is_approved_is_stated(starter: HomeHandle) -> None:
    told = starter.forecast("hemophilia B", modality="gene_therapy", jurisdiction="US", on="2025-01-01")
    approved = {one.programme: one.approved_on for one in told.others if one.approved_on}
    assert approved["etranacogene dezaparvovec in hemophilia B"] == "2022-11-22"
