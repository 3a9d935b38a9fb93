"""What must hold whatever is known: of days gone by, orders of ingest, narrower arenas, fewer sources, and leads."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontrunner import vocab
from frontrunner.pipeline import ingest
from frontrunner.race.ledger import ledger
from frontrunner.race.question import Question, Snapshot, asked
from frontrunner.race.results import Race
from frontrunner.race.runners import Cast, Programme, Reach
from frontrunner.race.standings import in_places, lead, race
from frontrunner.sources import starter as curated
from frontrunner.store.home import Home
from tests.race.regulators import licence, medicine, protected, written
from tests.race.test_registrations import copied
from tests.sources.registries.saved import page
from tests.studies import lines, study

ARENA = {"indication": "hemophilia B", "modality": "gene_therapy"}
TODAY = date(2026, 1, 1)
FEW = settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
DAYS = st.dates(date(2018, 1, 1), date(2024, 12, 31)).map(date.isoformat)
STUDIES = st.fixed_dictionaries(
    {
        "nct": st.integers(0, 3).map(lambda n: f"NCT9300000{n}"),
        "interventions": st.sampled_from(["XYZ-101", "ABC-202", "QRS-303"]).map(
            lambda name: [{"type": "GENETIC", "name": name, "otherNames": ["AAV8 factor IX gene"]}]
        ),
        "phases": st.sampled_from([["PHASE1"], ["PHASE1", "PHASE2"], ["PHASE3"]]),
        "start": DAYS.map(lambda day: {"date": day, "type": "ACTUAL"}),
        "status": st.sampled_from(["RECRUITING", "COMPLETED", "SUSPENDED"]),
        "posted": st.sampled_from(["2019-03-01", "2020-06-01", "2021-09-01", "2023-02-01"]),  # often two on one day
    }
)


def told(answer: Race) -> dict[str, Any]:
    """An answer without the name of its snapshot."""
    plain: dict[str, Any] = msgspec.to_builtins(answer)
    return {part: held for part, held in plain.items() if part not in ("snapshot", "built_at")}


def asks(home: Home, days: list[str], clock: str) -> list[dict[str, Any]]:
    """The race on some days."""
    with Snapshot(home) as snapshot:
        return [told(race(snapshot, asked(**ARENA, on=day, clock=clock))) for day in days]


@pytest.mark.slow
@FEW
@given(st.lists(STUDIES, min_size=2, max_size=5), STUDIES)
def test_a_new_document_changes_no_day_before_it_was_known(
    tmp_path_factory: pytest.TempPathFactory, before: list[dict[str, Any]], new: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("then")
    home = Home(folder / "home")
    days = [day for day in ("2018-06-01", "2020-01-01", "2021-06-01", "2023-01-01") if day < new["posted"]]
    ingest(home, [lines(folder / "before.jsonl", *(study(**one) for one in before))], today=TODAY)
    old = asks(home, days, "then")
    ingest(home, [lines(folder / "new.jsonl", study(**new))], today=TODAY)
    assert asks(home, days, "then") == old


@pytest.mark.slow
@FEW
@given(st.lists(STUDIES, min_size=3, max_size=6))
def test_the_order_of_ingest_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    files = [lines(folder / f"{at}.jsonl", study(**one)) for at, one in enumerate(records)]
    answers = []
    for name, given_files in (("one", [files]), ("two", [files[2:][::-1], files[:2]])):
        home = Home(folder / name)
        for batch in given_files:
            ingest(home, batch, today=TODAY)
        answers.append([asks(home, ["2020-01-01", "2025-01-01"], clock) for clock in ("now", "then")])
    assert answers[0] == answers[1]


@pytest.mark.slow
def test_removing_a_source_invents_no_milestone(tmp_path: Path, starter_home: Home) -> None:
    records = lines(
        tmp_path / "studies.jsonl",
        study(nct="NCT05203679", interventions=[{"type": "GENETIC", "name": "BBM-H901"}]),
        study(interventions=[{"type": "GENETIC", "name": "ABC-202"}]),
    )
    alone, both = Home(tmp_path / "alone"), Home(tmp_path / "both")
    ingest(alone, [records], today=TODAY)
    ingest(both, [records], today=TODAY)
    ingest(both, [Path(str(table)) for table in curated.bundled()], source="starter")
    whole = set(statements(both))
    for one in (alone, starter_home):
        held = set(statements(one))
        assert held and held <= whole


def some_sources(folder: Path) -> dict[str, Path]:
    """One product in two diseases and another that three registries tell of, with lists of two regulators."""
    name = "fixgene xyzparvovec"
    xyz = [{"type": "GENETIC", "name": "XYZ-101", "otherNames": [name]}]
    records = [
        study(nct="NCT09000009", interventions=[{"type": "GENETIC", "name": "EX-FIX"}]),
        study(interventions=xyz),
        study(nct="NCT90000005", interventions=xyz, conditions=["Hemophilia A"], phases=["PHASE3"]),
    ]
    (folder / "copy.csv").write_text(copied(), "utf-8")
    return {
        "ctgov": lines(folder / "studies.jsonl", *records),
        "euctr": page("euctr", "country.json"),
        "ictrp": folder / "copy.csv",
        "purple": written(folder, "purplebook.csv", [licence("Xyzgen", name, "22-Nov-22", "125001")]),
        "orphan": written(folder, "orphan.csv", [protected("Xyzgen", name, "2022-11-23", "hemophilia B", "7001")]),
        "ema": written(folder, "medicines.csv", [medicine("Xyzgen", name, "20/02/2023", "Hemophilia B", "004827")]),
    }


@pytest.mark.slow
def test_leaving_any_one_source_out_invents_no_milestone(tmp_path: Path) -> None:
    sources = some_sources(tmp_path)

    def told_by(names: set[str]) -> set[tuple[Any, ...]]:
        home = Home(tmp_path / "-".join(sorted(names)))
        ingest(home, [sources[name] for name in sorted(names)], today=TODAY)
        return {(event, fact, happened, rung) for _, event, fact, happened, rung in statements(home)}

    whole = told_by(set(sources))
    assert {"approved", "pivotal"} <= {rung for *_, rung in whole}
    for left_out in sources:
        rest = told_by(set(sources) - {left_out})
        assert {row[:2] for row in rest} <= {row[:2] for row in whole}, left_out
        if left_out != "ctgov":  # whose copy is heard where it is not
            assert rest <= whole, left_out


def statements(home: Home) -> Iterator[tuple[Any, ...]]:
    """What each document says happened, whatever programme it is counted for."""
    with Snapshot(home) as snapshot:
        yield from snapshot.connection.execute("select doc, event, fact, happened, rung from milestone").fetchall()


def arenas(snapshot: Snapshot) -> list[Question]:
    """Every disease of a programme, for every kind of therapy at the top of the tree."""
    rows = snapshot.connection.execute("select distinct indication from programme order by all").fetchall()
    return [Question(indication=row[0], lane="all", on=TODAY) for row in rows]


def test_a_narrower_arena_adds_no_programme(starter: Snapshot) -> None:
    def ids(question: Question) -> set[str]:
        rows = race(starter, question).standings
        return {row.id for row in rows} | {also.id for row in rows for also in row.also}

    terms = vocab.load("indication")
    everything = ids(Question(lane="all", on=TODAY))
    for question in arenas(starter)[::5]:
        narrow = ids(question)
        assert narrow <= everything
        for parent in terms.terms[question.indication or ""].parents[:1]:
            assert narrow <= ids(msgspec.structs.replace(question, indication=parent))
        for part in ({"modality": "gene_therapy"}, {"origin": "CN"}):
            assert ids(msgspec.structs.replace(question, **part)) <= narrow


def test_a_lead_is_negative_only_between_equals(starter: Snapshot) -> None:
    leads = 0
    for question in [Question(lane="all", on=TODAY), *arenas(starter)[::3]]:
        for row, following in pairwise(race(starter, question).standings):
            assert row.lead is not None and row.lead.over.id == following.id
            if row.lead.low is not None and row.lead.high is not None:
                leads += 1
                assert row.lead.low <= row.lead.high
                assert row.lead.low >= 0 or row.place == following.place
    assert leads > 20


def standing(id: str, first: int, last: int) -> Programme:
    """A programme that reached a rung on some day of an interval of days."""
    earliest, latest = (date(2020, 1, 1) + timedelta(days=day) for day in (first, last))
    reach = Reach(0, TODAY, "phase_2", 6, None, "2020", earliest, latest, True, False, "proven", None, 0, "")
    cast = Cast(id, 0, id, *[None] * 8)
    return Programme(id, id, cast, [reach], [reach], reach, None, None)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=6))
def test_places_and_leads_of_any_intervals(spans: list[tuple[int, int]]) -> None:
    """place = 1 + the number certainly ahead; no closed lead is negative but between rows of one place."""
    found = [standing(f"prog:{at}", first, first + length) for at, (first, length) in enumerate(spans)]
    rows = in_places(sorted(found, key=Programme.furthest_first))
    for place, row in rows:
        ahead = sum(other.certain[0].latest < row.certain[0].earliest for other in found)
        assert place == 1 + ahead
    assert [place for place, _ in rows] == sorted(place for place, _ in rows)
    for (place, row), (below, following) in pairwise(rows):
        held = lead(Question(lane="all", on=TODAY), row, following, level=place == below)
        certain = row.certain[0].latest < following.certain[0].earliest
        assert held.low is None or held.low >= 0 or place == below
        assert held.low is not None or not (certain or place == below), "an order that a day decides is told"


def test_a_runner_up_is_never_certainly_before_the_first(starter: Snapshot) -> None:
    for row in ledger(starter, Question(lane="all", on=TODAY)).firsts:
        if row.gap_high is not None and row.gap_low is not None:
            assert row.gap_high >= 0 and (row.gap_low > 0 or row.tied)
