"""Approvals: whether a trial's medicine was approved, told from the trial's text, with its chances calibrated.

The labelled trials that have a long text, cut by the order of their numbers: the first 70 % are learnt from, the last
30 % asked of. Not part of the product: the labels have no licence, and the texts are later than the trials began
(docs/explanation/forecast-outcomes.md).
"""

import csv
import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evaluation import _texts
from frontrunner.errors import UsageError
from frontrunner.forecast import score, score_races

PHASES = ("1", "2", "3", "4")
#: chosen within the trials learnt from
_PENALTY = 0.1
_LEARN = 0.7
#: within those learnt from: the parts that are learnt from, to ask the fifth that follows
_EARLIER = (0.4, 0.6, 0.8)


class Trial(NamedTuple):
    """A labelled trial; `outcome` 1: approved."""

    id: str
    phase: str
    outcome: int
    text: str


class Part(NamedTuple):
    """Trials in order, as the models see them."""

    trials: list[Trial]
    asked: _texts.Asked
    y: _texts.Floats


class Forecasts(NamedTuple):
    """Chances of each trial of `part`: the rate of its phase among those learnt from, and each model's."""

    part: Part
    rate: _texts.Floats
    models: dict[str, _texts.Floats]

    def skill(self, model: str) -> score_races.Interval:
        """The part of the Brier score of the rates that is gone, with its 95 % bootstrap interval."""
        ours, theirs = (self.models[model] - self.part.y) ** 2, (self.rate - self.part.y) ** 2
        return score_races.cluster_bootstrap(
            range(len(ours)), lambda rows: 1.0 - float(ours[rows].mean() / theirs[rows].mean())
        )

    def ece(self, model: str) -> float:
        """How far the chances are from what came, over ten bins."""
        return score.calibration(score.binary(self.models[model], self.part.y)).ece


def labelled(data: Path) -> list[Trial]:
    """Every labelled trial with a long text, in the order of their numbers."""
    corpus, found = _texts.corpus(data), []
    for phase in PHASES:
        path = data / "labels" / f"trial-approval-prediction_phase{phase}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                text = corpus.get(row[""])
                if text and text.body:
                    found.append(Trial(row[""], phase, int(row["outcome"]), text.long))
    return sorted(found)


def parts(trials: list[Trial], at: float = _LEARN) -> tuple[Part, Part]:
    """Cut in the order given: learnt from, and asked of."""
    cut = int(at * len(trials))
    return _part(trials[:cut]), _part(trials[cut:])


def forecasts(trials: list[Trial]) -> Forecasts:
    """Learn from the first 70 %, ask the rest; calibrated by what forecasts within the first turned out to mean."""
    learn, ask = parts(trials)
    found = asked(learn, ask)
    slope, intercept = calibration(learn, within(learn, _EARLIER[-1]))
    calibrated = _texts.read_anew(found.models["both"], slope, intercept)
    return found._replace(models={**found.models, "both, calibrated": calibrated})


def asked(learn: Part, ask: Part) -> Forecasts:
    """The models learnt from one part and asked of another."""
    chances = _texts.both(learn.asked, learn.y, ask.asked, _PENALTY)
    return Forecasts(ask, rate(learn, ask), dict(zip(("words", "boosted", "both"), chances, strict=True)))


def within(learn: Part, at: float) -> Forecasts:
    """Of those learnt from, the fifth that follows that part of them, asked of models of the part."""
    cut, end = int(at * len(learn.trials)), int((at + 0.2) * len(learn.trials))
    return asked(_part(learn.trials[:cut]), _part(learn.trials[cut:end]))


def calibration(learn: Part, latest: Forecasts) -> tuple[float, float]:
    """Slope and intercept of a recalibration: the slope is that of the latest forecasts within those learnt from,
    since it falls as time goes on. Their level goes up and down, so it is not taken: the intercept brings their mean
    to the share of all learnt from that was approved."""
    p = latest.models["both"]
    slope = score.calibration(score.binary(p, latest.part.y)).slope
    if slope is None:
        raise UsageError("the forecasts cannot be calibrated: all outcomes are alike")
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2.0
        above = _texts.read_anew(p, slope, middle).mean() > learn.y.mean()
        low, high = (low, middle) if above else (middle, high)
    return slope, (low + high) / 2.0


def rate(learn: Part, ask: Part) -> _texts.Floats:
    """The share of each phase that was approved among those learnt from."""
    phases = np.array([trial.phase for trial in learn.trials])
    shares = {phase: float(learn.y[phases == phase].mean()) for phase in PHASES}
    return np.array([shares[trial.phase] for trial in ask.trials])


def _part(trials: list[Trial]) -> Part:
    phases = np.array([[float(trial.phase == phase) for phase in PHASES] for trial in trials])
    asked = _texts.asked([trial.text for trial in trials], phases)
    return Part(trials, asked, np.array([trial.outcome for trial in trials], dtype=float))


def _row(name: str, found: Forecasts, model: str) -> str:
    scored = score.binary(found.models[model], found.part.y)
    skill, told = found.skill(model), score.calibration(scored)
    return (
        f"| {name} | {score.brier(scored):.4f} | {skill.value:.1%} ({skill.low:.1%} to {skill.high:.1%}) "
        f"| {score.auc(scored) or 0:.3f} | {told.ece:.3f} | {told.slope or 0:.2f} |"
    )


def _by_chance(p: _texts.Floats, draws: int = 200) -> float:
    """The mean ECE of chances that are exactly right, on so many trials."""
    chance = np.random.default_rng(0)
    drawn = (chance.random((draws, len(p))) < p).astype(float)
    return float(np.mean([score.calibration(score.binary(p, y)).ece for y in drawn]))


def _drift(trials: list[Trial]) -> None:
    learn, ask = parts(trials)
    print("\nApproved, of those learnt from and those asked of:\n\n| phase | learnt from | asked of |\n|---|---|---|")
    for phase in (*PHASES, ""):
        cells = []
        for part in (learn, ask):
            chosen = [trial.outcome for trial in part.trials if phase in ("", trial.phase)]
            cells.append(f"{np.mean(chosen):.1%} of {len(chosen):,}")
        print(f"| {phase or 'all'} | {' | '.join(cells)} |")
    print(
        "\nBy tenths of the order:",
        ", ".join(f"{np.mean(one):.0%}" for one in np.array_split([trial.outcome for trial in trials], 10)),
    )


def run(data: Path) -> None:
    """The test part; how the labels drift; what the choice of the model was made on."""
    trials = labelled(data)
    learn, ask = parts(trials)
    found = forecasts(trials)
    rates = score.binary(found.rate, found.part.y)
    print(f"{len(learn.trials):,} trials learnt from, {len(ask.trials):,} asked of, from {ask.trials[0].id} on.")
    print(f"Brier score of the rate of the phase: {score.brier(rates):.4f}, ECE {score.calibration(rates).ece:.3f}.\n")
    head = "| forecast | Brier | better than the rates by | ROC | ECE | slope |\n|---|---|---|---|---|---|"
    print(head)
    for model in found.models:
        print(_row(model, found, model))
    p = found.models["both, calibrated"]
    print(f"\nChances that were right would have an ECE of {_by_chance(p):.3f} on so few trials.")
    _drift(trials)
    print(f"\nWithin those learnt from, the later ones asked of a model of the earlier:\n\n{head}")
    for at in _EARLIER:
        earlier = within(learn, at)
        for model in earlier.models:
            print(_row(f"{model}, from {at:.0%} on", earlier, model))
