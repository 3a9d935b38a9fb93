"""Judgements join and cut what rules propose; the last one on a pair counts, and everything can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from frontrunner.model import Judgement
from frontrunner.resolve.judgements import Judged, judged

NAMES = {"alpha bio": "org:alpha", "alpha biologics": "org:alpha", "beta": "org:beta", "gamma": "org:gamma"}


def said(left: str, right: str, verdict: str, on: str = "2026-01-01") -> Judgement:
    return Judgement(
        left=left, right=right, verdict=verdict, judged_by="a", judged_on=on, because="b", known_on=on[:10]
    )


def ids(decided: Judged) -> list[str]:
    return [decided.id(name, base) for name, base in NAMES.items()]


def test_same_joins_and_a_later_row_takes_it_back() -> None:
    joined = [said("org:alpha", "Beta", "same")]
    assert ids(judged(NAMES, joined)) == ["org:alpha", "org:alpha", "org:alpha", "org:gamma"]
    for undone in ("different", "unsure"):
        taken_back = [*joined, said("Beta", "org:alpha", undone, "2026-01-02")]
        assert ids(judged(NAMES, taken_back)) == list(NAMES.values())


def test_the_last_verdict_counts_whether_it_speaks_of_names_or_ids() -> None:
    rows = [said("org:alpha", "Beta", "different"), said("org:beta", "Alpha Bio", "same", "2026-01-02")]
    assert judged(NAMES, rows).same == {"org:beta": "org:alpha"}


def test_what_a_source_names_stays_the_id() -> None:
    assert judged(NAMES, [said("org:alpha", "org:beta", "same")], {"org:beta"}).same == {"org:alpha": "org:beta"}


def test_two_spellings_of_one_id_come_apart() -> None:
    decided = judged(NAMES, [said("Alpha Bio", "Alpha Biologics", "different")])
    assert ids(decided) == ["org:alpha", "org:alpha-biologics", "org:beta", "org:gamma"]


def test_two_that_are_different_are_not_joined_over_a_third() -> None:
    rows = [
        said("org:alpha", "org:beta", "same"),
        said("org:alpha", "org:gamma", "different"),
        said("org:beta", "org:gamma", "same", "2026-01-02"),
    ]
    decided = judged(NAMES, rows)
    assert decided.same == {"org:beta": "org:alpha"}
    assert len(decided.refused) == 1


def test_a_name_that_nobody_knows_waits() -> None:
    assert judged(NAMES, [said("org:alpha", "Nobody Knows", "same")]) == Judged({}, {}, [])


_VERDICTS = st.sampled_from(["same", "different", "unsure"])
_IDS = st.sampled_from(["org:alpha", "org:beta", "org:gamma", "org:delta"])
_SIDES = _IDS | st.sampled_from(["Alpha Bio", "Alpha Biologics", "Beta"])
_ROWS = st.lists(st.builds(said, _SIDES, _SIDES, _VERDICTS), max_size=12)


@given(st.lists(st.builds(said, _IDS, _IDS, _VERDICTS), max_size=12))
def test_no_two_ids_that_are_kept_apart_become_one(rows: list[Judgement]) -> None:
    decided = judged(NAMES, rows)
    assert not decided.same.keys() & set(decided.same.values())
    latest = {frozenset((row.left, row.right)): row for row in rows}
    for row in latest.values():
        if row.verdict == "different" and row.left != row.right:
            assert decided.same.get(row.left, row.left) != decided.same.get(row.right, row.right)


@given(_ROWS)
def test_saying_all_again_changes_nothing(rows: list[Judgement]) -> None:
    assert judged(NAMES, [*rows, *rows[-1:]]).same == judged(NAMES, rows).same
