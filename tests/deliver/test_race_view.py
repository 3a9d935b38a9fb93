"""What the table of a race says in its cells."""

import pytest

from frontrunner.deliver.views.race import coverage, gap, headline, lead, race_view, standings_table, statuses, title
from frontrunner.race.results import Lead, Race, Runner

OVER = Runner("prog:x/y", "x in y")


def column(race: Race, name: str) -> list[str]:
    """One column of the standings as text."""
    table = standings_table(race)
    at = [one.title for one in table.columns].index(name)
    return [row[at].plain for row in table.rows]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, ""),
        (Lead(OVER, "approved", 17.1, 17.1, 17.1), "17.1 months"),
        (Lead(OVER, "approved", 17.2, 17.0, 17.5), "17.0 to 17.5 months"),
        (Lead(OVER, "pivotal", 3.0, 3.0, 3.0, "approved", 19.4, True), "ahead at approved, 19.4 months so far"),
        (Lead(OVER, ahead_at="ind_cleared", months_so_far=2.0, open=True), "ahead at IND cleared, 2.0 months so far"),
        (Lead(OVER, "approved", 0.0, 0.0, 0.0), "the same day"),
        (Lead(OVER, "ind_cleared", 0.0, -12.0, 12.0), "undecided, -12.0 to 12.0 months"),
        (Lead(OVER), "unknown"),
    ],
)
def test_a_lead_in_words(given: Lead | None, said: str) -> None:
    assert lead(given) == said


@pytest.mark.parametrize(
    ("low", "high", "tied", "said"),
    [
        (520, 520, False, "520 days"),
        (400, 407, False, "400 to 407 days"),
        (0, 0, True, "tie"),
        (-15, 14, True, "tie (up to 15 days)"),
        (None, None, False, ""),
    ],
)
def test_a_gap_in_words(low: int | None, high: int | None, tied: bool, said: str) -> None:
    assert gap(low, high, tied=tied) == said


def test_the_cells_of_the_standings(race: Race) -> None:
    assert column(race, "place") == ["1", "2=", "2=", "4"]
    assert column(race, "company") == ["Belief BioMed (CN) 信念医药", "Maker (US)", "Maker (US)", "unknown developer"]
    assert column(race, "also called")[0] == "BBM-H901 信玖凝"
    assert column(race, "rung") == ["Approved (conditional)", "Phase 1/2", "Phase 1/2", "none certain"]
    assert column(race, "date") == ["2025-04-10", "2022-06", "2022-06-15", ""]
    assert column(race, "vector/target")[0] == "AAV843/F9"
    assert column(race, "activity") == ["active", "active", "stopped", "silent"]
    assert column(race, "status") == ["cited", "contested", "cited", "unverified"]


def test_the_title_and_the_headline(race: Race) -> None:
    assert title(race) == "hemophilia B, gene therapy, in CN, on 2026-11-24"
    assert headline(race) == (
        "dalnacogene ponparvovec of Belief BioMed stands first: approved (conditional), 2025-04-10; "
        "ahead at approved, 19.4 months so far."
    )


def test_what_is_below_the_table(race: Race) -> None:
    sections = {section.title: section for section in race_view(race).sections}
    also = [line.plain for line in sections["Other programmes of these rows"].lines]
    assert also == ["1: dalnacogene ponparvovec in hemophilia A, Phase 1 2024-05"]
    assert coverage(race.coverage, race.on) == [
        "Sources read: starter.",
        "Sources not read: ctgov.",
        "Left out: 2 facts that were fetched only after 2026-11-24.",
    ]
    meanings = [line.plain for line in statuses(race)]
    assert [line.partition(":")[0] for line in meanings[:3]] == ["cited", "contested", "unverified"]
    assert meanings[3] == "2 second in hemophilia B: two dates are given."
