"""Hazards by hand, by hypothesis, and in a world whose hazards are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontrunner.errors import UsageError
from frontrunner.forecast import effects, histories, incidence, silence, synthetic
from frontrunner.forecast import hazards as hz
from frontrunner.forecast.hazards import Ladder, Spell
from frontrunner.forecast.histories import History, Step

ONE = Ladder(states=("phase_2",))
TWO_PHASES = Ladder(states=("phase_2",))
TWO = Ladder(states=("filed", "complete_response"), returns={"filed": "complete_response"})


def stay(entered: int, left: int, end: str = "censored", rung: str = "phase_2", to: str | None = None) -> Spell:
    goes = to or ("approved" if end == "advance" else None)
    return Spell("p", rung, entered, left, end, goes)


def test_counts_start_when_a_programme_is_known() -> None:
    spells = [stay(0, 5, "advance"), stay(3, 14), stay(10, 30, "stop")]
    seen = hz.count(spells, ONE, (0, 12, 24))
    assert seen.months.tolist() == [[5 + 9 + 2, 2 + 12, 6]]
    assert seen.events[0].tolist() == [[1, 0, 0], [0, 0, 0], [0, 1, 0]]
    assert seen.moves.tolist() == [[0, 1]]


def test_an_event_belongs_to_the_month_that_it_ends() -> None:
    seen = hz.count([stay(0, 12, "advance"), stay(0, 13, "advance")], ONE, (0, 12))
    assert seen.events[0, :, 0].tolist() == [1, 1]


def test_shrinkage_lies_between_prior_and_data() -> None:
    prior = hz.prior_from({"phase_2": (0.3, 0.7, 0.0)}, {"phase_2": 3.0}, 10, ONE, (0,))
    spells = [stay(0, 10, "advance")] * 30 + [stay(0, 10)] * 10
    raw = hz.fit(spells, hz.ignorance(ONE, (0,)), ONE, (0,)).chance[0, 0]
    found = hz.fit(spells, prior, ONE, (0,)).chance[0, 0]
    assert raw.tolist() == pytest.approx([30 / 400, 0, 0])
    assert prior.chance[0, 0, 0] < found[0] < raw[0]
    assert raw[1] < found[1] < prior.chance[0, 0, 1]
    alone = hz.fit([], prior, ONE, (0,))
    assert alone.chance[0, 0].tolist() == pytest.approx(prior.chance[0, 0].tolist())


def test_a_prior_of_published_numbers_gives_them_back() -> None:
    ends = {"phase_1": (0.52, 0.48, 0.0), "phase_2": (0.289, 0.711, 0.0), "pivotal": (0.578, 0.422, 0.0)}
    ends["filed"] = (0.906, 0.094, 0.0)
    years = {"phase_1": 2.3, "phase_2": 3.6, "pivotal": 3.3, "filed": 1.3}
    ladder = Ladder(states=tuple(ends))
    found = hz.fit([], hz.prior_from(ends, years, 20, ladder), ladder)
    reached = incidence.to_goal(found, 12 * 80)
    assert incidence.goal_curve(reached, found, "phase_1", 0)[-1] == pytest.approx(0.0787, abs=1e-4)
    monthly = hz.by_month(found)[ladder.place("phase_2")]
    ages = np.minimum(np.arange(1200), len(monthly) - 1)
    there = np.cumprod(np.concatenate([[1.0], 1.0 - monthly[ages].sum(axis=1)]))
    assert (there[:-1, None] * monthly[ages]).sum(axis=0)[:2] == pytest.approx([0.289, 0.711], abs=1e-6)
    assert there[:-1].sum() / 12 == pytest.approx(3.6, abs=0.05)


def test_bands_without_exposure_borrow_their_rung_and_rungs_without_anything_are_refused() -> None:
    found = hz.fit([stay(0, 10, "advance")], hz.ignorance(ONE, (0, 12)), ONE, (0, 12))
    assert found.chance[0, 1, 0] == pytest.approx(0.1)
    with pytest.raises(UsageError, match="nothing is known about phase_2"):
        hz.fit([], hz.ignorance(ONE), ONE)


def test_coming_back_after_a_complete_response() -> None:
    alpha = np.zeros((2, 1, 4))
    alpha[0, 0] = [0.2, 0.0, 0.3, 0.5]  # filed: 0.4 of the ends are approvals, 0.6 a complete response
    alpha[1, 0] = [0.05, 0.05, 0.0, 0.9]  # sent back: half file again
    found = hz.Hazards(TWO, (0,), alpha, np.array([[0, 0, 1.0], [1.0, 0, 0]]))
    curve = incidence.goal_curve(incidence.to_goal(found, 600), found, "filed", 0)
    assert curve[-1] == pytest.approx(0.4 / (1 - 0.6 * 0.5))  # a geometric series of attempts
    assert curve[1] == pytest.approx(0.2)
    assert curve[2] == pytest.approx(0.2 + 0.5 * 0.2)
    assert incidence.goal_curve(incidence.to_goal(found, 6), found, "approved", 3).tolist() == [1.0] * 7


@given(st.integers(0, 100), st.integers(1, 400), st.sampled_from(synthetic.LADDER.states))
@settings(max_examples=30, deadline=None)
def test_curves_rise_and_stay_below_one(spent: int, months: int, rung: str) -> None:
    truth = synthetic.truth()
    curve = incidence.goal_curve(incidence.to_goal(truth, months), truth, rung, spent)
    assert curve[0] == 0 and (np.diff(curve) >= -1e-15).all() and curve[-1] < 1


def _months(life: synthetic.Life) -> int:
    return life.steps[-1].month - life.steps[0].month


def test_a_curve_is_what_lives_do() -> None:
    lives = synthetic.live(synthetic.World(), 6000, 300, seed=5)
    young = [life for life in lives if life.steps[0].month < 60]
    won = np.mean(
        [any(s.rung == "approved" and s.month - life.steps[0].month <= 240 for s in life.steps) for life in young]
    )
    truth = synthetic.truth()
    expected = incidence.goal_curve(incidence.to_goal(truth, 240), truth, "phase_1", 0)[-1]
    assert won == pytest.approx(expected, abs=4 * np.sqrt(expected / len(young)))


def test_relative_hazards() -> None:
    truth = synthetic.truth()
    faster = truth.scaled(advance=2.0, stop=0.5)
    assert faster.chance[0, 0].tolist() == pytest.approx([0.02, 0.002, 0])
    extreme = truth.scaled(advance=900.0)
    assert (extreme.chance.sum(axis=-1) <= 0.95 + 1e-12).all()


def history(name: str = "p", **given: object) -> History:
    base = {"programme": name, "steps": (Step(0, "phase_1"), Step(20, "phase_2")), "known_from": 0, "signs": (5, 30)}
    return History(**{**base, **given})  # type: ignore[arg-type]


def told(found: list[Spell]) -> list[tuple[str, int, int, str, str | None]]:
    return [(spell.rung, spell.entered, spell.left, spell.end, spell.to) for spell in found]


def test_a_history_becomes_stays() -> None:
    ladder = synthetic.LADDER
    # last sign in month 30, asked in month 54: silent for 24 months, so stopped in month 42
    assert told(histories.spells([history()], 54, embargo=False, ladder=ladder)) == [
        ("phase_1", 0, 20, "advance", "phase_2"),
        ("phase_2", 0, 22, "stop", None),
    ]
    # a month earlier it is not yet silent, and nothing after month 29 is counted
    assert told(histories.spells([history()], 53, ladder=ladder))[1] == ("phase_2", 0, 9, "censored", None)
    assert told(histories.spells([history()], 53, embargo=False, ladder=ladder))[1][2:4] == (33, "censored")
    # nothing later than the day is looked at
    assert told(histories.spells([history(signs=(5, 30, 90))], 54, embargo=False, ladder=ladder))[1][3] == "stop"
    assert histories.spells([history(known_from=60)], 54, ladder=ladder) == []


def test_known_late_is_watched_late() -> None:
    late = histories.spells([history(known_from=8)], 54, embargo=False, ladder=synthetic.LADDER)
    assert told(late)[0] == ("phase_1", 8, 20, "advance", "phase_2")
    later = histories.spells([history(known_from=25)], 54, embargo=False, ladder=synthetic.LADDER)
    assert told(later) == [("phase_2", 5, 22, "stop", None)]


def test_announced_stops_approvals_and_returns() -> None:
    ladder = synthetic.LADDER
    stopped = histories.spells([history(stopped=35)], 100, ladder=ladder)
    assert told(stopped)[-1] == ("phase_2", 0, 15, "stop", None)
    way = (Step(0, "filed"), Step(10, "complete_response"), Step(22, "filed"), Step(30, "approved"))
    sent_back = histories.spells([history(steps=way, signs=())], 300, embargo=False, ladder=ladder)
    assert told(sent_back) == [
        ("filed", 0, 10, "return", "complete_response"),
        ("complete_response", 0, 12, "advance", "filed"),
        ("filed", 0, 8, "advance", "approved"),
    ]


def test_a_stay_that_ends_in_its_first_month_is_counted() -> None:
    way = (Step(3, "phase_1"), Step(3, "phase_2"))
    found = histories.spells([history(steps=way, known_from=3, signs=(), stopped=3)], 60, embargo=False)
    assert told(found) == [("phase_1", 0, 1, "advance", "phase_2"), ("phase_2", 0, 1, "stop", None)]


def test_a_stop_on_no_known_day_lies_since_the_last_sign() -> None:
    seen = histories.watched([history(over=True), history("q", signs=(54,), over=True)], 54, synthetic.LADDER)
    assert seen.tails == [
        histories.Tail("p", "phase_2", 10, 24, over=True),
        histories.Tail("q", "phase_2", 34, 1, over=True),
    ]


def test_silence_is_a_stop_censored_to_its_months() -> None:
    """Of 100 on a rung half are silent for years: each has stopped in one of the two years since its last sign."""
    way = (Step(0, "phase_2"),)
    quiet = [History(programme=f"s{n}", steps=way, known_from=0, signs=(12,)) for n in range(50)]
    alive = [History(programme=f"a{n}", steps=way, known_from=0, signs=(99, 100)) for n in range(50)]
    seen = histories.watched([*quiet, *alive], 100, TWO_PHASES)
    start = hz.fit([], hz.prior_from({"phase_2": (0.5, 0.5, 0)}, {"phase_2": 5}, 1, TWO_PHASES, (0,)), TWO_PHASES, (0,))
    found = silence.fit(seen, hz.ignorance(TWO_PHASES, (0,)), start, within=24)
    assert found.hazards.alpha[0, 0, 1] == pytest.approx(50)
    assert found.hazards.alpha[0, 0].sum() == pytest.approx(50 * (12 + 12) + 50 * 100, rel=0.05)
    assert found.active == {f"s{n}": 0.0 for n in range(50)} | {f"a{n}": 1.0 for n in range(50)}
    assert found.sign_rate == 0.0


def test_watched_splits_what_is_sure_from_the_silence() -> None:
    seen = histories.watched([history(), history("q", stopped=40), history("r", known_from=99)], 54, synthetic.LADDER)
    assert seen.tails == [histories.Tail("p", "phase_2", 10, 24)]
    assert told(seen.stays)[:2] == [("phase_1", 0, 20, "advance", "phase_2"), ("phase_2", 0, 10, "censored", None)]
    assert seen.announced == 1
    # p: months 1..30 watched, one of them a step, signs in 5 and 30; q: months 1..40, one a step, one the stop
    assert (seen.signs, seen.sign_months) == (4, 29 + 38)


def test_without_the_embargo_recent_silence_hides_stops() -> None:
    world = synthetic.World(announced=0.0)
    seen = [life.seen for life in synthetic.live(world, 3000, 240, seed=3) if life.seen]
    size = {"ladder": synthetic.LADDER, "bands": (0,)}
    nothing = hz.ignorance(synthetic.LADDER, (0,))
    rates = [
        hz.fit(histories.spells(seen, 120, lag=6, embargo=on, ladder=synthetic.LADDER), nothing, **size).chance[0, 0, 1]  # type: ignore[arg-type]
        for on in (True, False)
    ]
    assert rates[1] < rates[0] * 0.95


def test_who_is_silent_is_less_likely_active() -> None:
    lives = synthetic.live(synthetic.World(), 2500, 420, seed=11)
    seen = [life.seen for life in lives if life.seen]
    nothing = hz.ignorance(synthetic.LADDER, synthetic.BANDS)
    start = hz.fit(
        histories.spells(seen, 360, lag=6, ladder=synthetic.LADDER), nothing, synthetic.LADDER, synthetic.BANDS
    )
    found = silence.fit(histories.watched(seen, 360, synthetic.LADDER), nothing, start)
    truly = {life.programme: life.stopped is None or life.stopped > 360 for life in lives}
    chances = np.array(list(found.active.values()))
    alive = np.array([truly[name] for name in found.active])
    assert chances.sum() == pytest.approx(alive.sum(), rel=0.05)
    middle = (chances > 0.2) & (chances < 0.8)
    assert alive[middle].mean() == pytest.approx(chances[middle].mean(), abs=0.12)


def test_class_weight_tells_alike_from_unlike() -> None:
    def group(p: float, n: int = 40) -> list[Spell]:
        wins = round(p * n)
        return [stay(0, 10, "advance")] * wins + [stay(0, 10, "stop")] * (n - wins)

    def weight(groups: list[list[Spell]]) -> float:
        pooled = hz.fit([one for spells in groups for one in spells], hz.ignorance(ONE, (0,)), ONE, (0,))
        return hz.class_weight(groups, pooled)

    alike, unlike = weight([group(0.5)] * 6), weight([group(p) for p in (0.05, 0.3, 0.5, 0.7, 0.95, 0.5)])
    assert alike > 10 * unlike
    pooled = hz.fit(group(0.5), hz.ignorance(ONE, (0,)), ONE, (0,))
    shrunk = hz.fit(group(0.9, 10), hz.as_prior(pooled, 100), ONE, (0,)).chance[0, 0, 0]
    assert pooled.chance[0, 0, 0] < shrunk < 0.09
    with pytest.raises(UsageError, match="no class was watched"):
        hz.class_weight([[]], pooled)


@pytest.mark.parametrize(
    ("given", "words"),
    [((5, 5, "stop"), "is no time"), ((-1, 5, "stop"), "is no time"), ((0, 5, "vanish"), "cannot be 'vanish'")],
)
def test_impossible_stays(given: tuple[int, int, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Spell("p", "phase_2", *given)


def test_questions_that_cannot_be_asked() -> None:
    with pytest.raises(UsageError, match="does not go with"):
        Spell("p", "phase_2", 0, 5, "advance")
    with pytest.raises(UsageError, match="the rung cannot be"):
        hz.count([stay(0, 3, rung="phase_9")], ONE)
    with pytest.raises(UsageError, match="nothing is at risk"):
        hz.count([stay(0, 3, rung="approved")], ONE)
    with pytest.raises(UsageError, match="bands must start"):
        hz.count([], ONE, (6, 12))
    with pytest.raises(UsageError, match="must sum to 1"):
        hz.prior_from({"phase_2": (0.5, 0.1, 0)}, {"phase_2": 1}, 1, ONE)
    with pytest.raises(UsageError, match="between 0 and 1"):
        hz.prior_from({"phase_2": (1.5, -0.5, 0)}, {"phase_2": 1}, 1, ONE)
    with pytest.raises(UsageError, match="no mean duration"):
        hz.prior_from({"phase_2": (0.5, 0.5, 0)}, {}, 1, ONE)
    with pytest.raises(UsageError, match="a ladder needs"):
        Ladder(states=())
    with pytest.raises(UsageError, match="in order of month"):
        History(programme="p", steps=(Step(3, "phase_1"), Step(1, "phase_2")), known_from=0)
    with pytest.raises(UsageError, match="no programme was watched"):
        silence.fit(histories.watched([], 10), hz.ignorance(ONE), hz.fit([stay(0, 9)], hz.ignorance(ONE), ONE))


def test_a_covariate_is_found_again() -> None:
    chance = np.random.default_rng(8)
    baseline = hz.fit([], hz.prior_from({"phase_2": (0.4, 0.6, 0.0)}, {"phase_2": 3.0}, 50, ONE, (0, 24)), ONE, (0, 24))
    x = np.column_stack([chance.random(4000) < 0.3, chance.normal(size=4000)]).astype(float)
    stays, rows = [], []
    for row, factor in enumerate(np.exp(0.7 * x[:, 0] - 0.4 * x[:, 1])):
        advance, stop = baseline.chance[0, 0, 0] * factor, baseline.chance[0, 0, 1]
        month, entered = int(np.ceil(chance.exponential(1 / (advance + stop)))), int(chance.integers(0, 6))
        end = "advance" if chance.random() < advance / (advance + stop) else "stop"
        if month > entered:  # who ended before it was known is never seen
            stays.append(stay(entered, min(month, 60), "censored" if month > 60 else end))
            rows.append(row)
    found = effects.fit(stays, x[rows], baseline, "advance")
    assert found.b.tolist() == pytest.approx([0.7, -0.4], abs=0.12)
    assert (np.abs(found.b - [0.7, -0.4]) < 3 * found.error).all()
    idle = effects.fit(stays, x[rows], baseline, "stop")
    assert idle.b.tolist() == pytest.approx([0, 0], abs=0.15)
    assert found.relative(found.means) == 1.0
    assert found.relative(np.array([1.0, 0.0])) > found.relative(np.array([0.0, 0.0]))


def test_a_small_sample_changes_little_and_none_nothing() -> None:
    baseline = hz.fit([stay(0, 10, "advance")] * 10 + [stay(0, 10)] * 10, hz.ignorance(ONE, (0,)), ONE, (0,))
    three = [stay(0, 10, "advance"), stay(0, 10), stay(0, 10)]
    loose = effects.fit(three, np.array([[1.0], [0.0], [0.0]]), baseline, "advance", ridge=0.01)
    tight = effects.fit(three, np.array([[1.0], [0.0], [0.0]]), baseline, "advance", ridge=5.0)
    assert 0 < tight.b[0] < loose.b[0]
    with pytest.raises(UsageError, match="nothing to learn from"):
        effects.fit([stay(0, 10)], np.array([[1.0]]), baseline, "advance")
    with pytest.raises(UsageError, match="its row of covariates"):
        effects.fit(three, np.array([[1.0]]), baseline, "advance")
    with pytest.raises(UsageError, match="needs 1 covariates"):
        tight.relative(np.array([1.0, 2.0]))
