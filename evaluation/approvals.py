"""Approvals: whether a trial's medicine was approved, told from the trial's text, with its chances calibrated.

The labelled trials that have a long text, cut by the order of their numbers: the first 70 % and every trial before
them of which only the names are held are learnt from, the last 30 % asked of. How to calibrate is chosen within the
first 70 % alone. Not part of the product: the labels have no licence, and the texts are later than the trials began
(docs/explanation/forecast-outcomes.md).
"""

import csv
import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evaluation import _texts
from frontrunner.forecast import score, score_races

PHASES = ("1", "2", "3", "4")
#: chosen within the trials learnt from
_PENALTY = 0.1
_LEARN = 0.7
#: within those learnt from: the parts that are learnt from, to ask the fifth that follows
WINDOWS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
#: windows that a calibration is made from at least, before it is tried on the next
_FEWEST = 2
#: the calibration chosen on the windows, and how strongly its slope and intercept are held at 1 and 0
CHOSEN, _HELD = "shrunken slope and intercept", 50.0


class Trial(NamedTuple):
    """A labelled trial; `outcome` 1: approved. `long`: its long text is held, else its names alone are."""

    id: str
    phase: str
    outcome: int
    text: str
    long: bool


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
        """How far the chances are from what came, over ten bins of equal width."""
        return score.calibration(score.binary(self.models[model], self.part.y)).ece

    def ece_by_mass(self, model: str) -> float:
        """The same over ten bins of as many trials each."""
        p, y = self.models[model], self.part.y
        bins = np.array_split(np.argsort(p, kind="stable"), 10)
        return float(sum(abs(p[one].sum() - y[one].sum()) for one in bins) / len(p))


def labelled(data: Path) -> list[Trial]:
    """Every labelled trial of which words are held, in the order of their numbers."""
    corpus, found = _texts.corpus(data), []
    for phase in PHASES:
        path = data / "labels" / f"trial-approval-prediction_phase{phase}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                text = corpus.get(row[""])
                if text and (text.body or text.names):
                    long = f"{text.names} {text.long}" if text.body else text.names
                    found.append(Trial(row[""], phase, int(row["outcome"]), long, bool(text.body)))
    return sorted(found)


def parts(trials: list[Trial], at: float = _LEARN, until: float = 1.0) -> tuple[list[Trial], list[Trial]]:
    """Cut the trials with a long text in their order: the asked lie from one part of them to another, learnt from is
    every trial before the first of these, names alone or not."""
    long = [trial for trial in trials if trial.long]
    ask = long[int(at * len(long)) : int(until * len(long))]
    return [trial for trial in trials if trial.id < ask[0].id], ask


def forecasts(trials: list[Trial]) -> Forecasts:
    """Learn from the first 70 %, ask the rest; calibrated by what forecasts within the first turned out to mean."""
    learn, ask = parts(trials)
    return _calibrated(asked(learn, ask), windows(learn), share(learn))


def windows(learn: list[Trial]) -> list[Forecasts]:
    """Within those learnt from: a fifth of the trials with a long text, asked of models of those before it."""
    return [asked(*parts(learn, at, at + 0.2)) for at in WINDOWS]


def share(learn: list[Trial]) -> float:
    """The part approved of those with a long text."""
    return float(np.mean([trial.outcome for trial in learn if trial.long]))


def asked(learn: list[Trial], ask: list[Trial]) -> Forecasts:
    """The models learnt from one part and asked of another."""
    known, part = _part(learn), _part(ask)
    chances = _texts.both(known.asked, known.y, part.asked, _PENALTY)
    return Forecasts(part, rate(learn, ask), dict(zip(("words", "boosted", "both"), chances, strict=True)))


def _calibrated(found: Forecasts, earlier: list[Forecasts], level: float) -> Forecasts:
    """With the forecasts of `both` read anew in each way that was tried, by the earlier forecasts alone."""
    p = found.models["both"]
    told = np.concatenate([one.models["both"] for one in earlier])
    came = np.concatenate([one.part.y for one in earlier])
    maps = [_texts.recalibration(one.models["both"], one.part.y) for one in earlier]
    ways = {
        "slope and intercept of all windows": _texts.read_anew(p, *_texts.recalibration(told, came)),
        CHOSEN: _texts.read_anew(p, *_texts.recalibration(told, came, _HELD)),
        "slope and intercept of the last window": _texts.read_anew(p, *maps[-1]),
        "mean of the windows' own": np.mean([_texts.read_anew(p, *one) for one in maps], axis=0),
        "rising steps (isotonic)": _texts.isotonic(told, came, p),
        "level of all learnt from": _texts.at_level(p, 1.0, level),
        "slope of the last window, level of all": _texts.at_level(p, maps[-1][0], level),
        "a tenth of the rate of the phase": 0.9 * p + 0.1 * found.rate,
    }
    return found._replace(models={**found.models, **ways})


def rate(learn: list[Trial], ask: list[Trial]) -> _texts.Floats:
    """The share of each phase that was approved among those with a long text learnt from."""
    shares = {phase: share([trial for trial in learn if trial.phase == phase]) for phase in PHASES}
    return np.array([shares[trial.phase] for trial in ask])


def _part(trials: list[Trial]) -> Part:
    known = [[*(float(trial.phase == phase) for phase in PHASES), float(not trial.long)] for trial in trials]
    asked = _texts.asked([trial.text for trial in trials], np.array(known))
    return Part(trials, asked, np.array([trial.outcome for trial in trials], dtype=float))


def chosen(learn: list[Trial]) -> dict[str, tuple[float, float, float]]:
    """On the windows after the first two, calibrated by those before: the mean ECE, ECE by mass and log loss."""
    found = windows(learn)
    tried = [
        _calibrated(found[at], found[:at], share(parts(learn, WINDOWS[at])[0])) for at in range(_FEWEST, len(found))
    ]
    rows = {}
    for way in [name for name in tried[0].models if name not in ("words", "boosted")]:
        losses = [score.log_loss(score.binary(one.models[way], one.part.y)) for one in tried]
        eces = ([one.ece(way) for one in tried], [one.ece_by_mass(way) for one in tried])
        rows[way] = (float(np.mean(eces[0])), float(np.mean(eces[1])), float(np.mean(losses)))
    return rows


def _row(name: str, found: Forecasts) -> str:
    scored = score.binary(found.models[name], found.part.y)
    skill, told = found.skill(name), score.calibration(scored)
    return (
        f"| {name} | {score.brier(scored):.4f} | {skill.value:.1%} ({skill.low:.1%} to {skill.high:.1%}) "
        f"| {score.auc(scored) or 0:.3f} | {told.ece:.3f} | {found.ece_by_mass(name):.3f} | {told.slope or 0:.2f} |"
    )


def _by_chance(p: _texts.Floats, draws: int = 200) -> float:
    """The mean ECE of chances that are exactly right, on so many trials."""
    chance = np.random.default_rng(0)
    drawn = (chance.random((draws, len(p))) < p).astype(float)
    return float(np.mean([score.calibration(score.binary(p, y)).ece for y in drawn]))


def _drift(learn: list[Trial], ask: list[Trial]) -> None:
    long = [trial for trial in learn if trial.long]
    print("\nApproved, of those with a long text learnt from and those asked of:\n")
    print("| phase | learnt from | asked of |\n|---|---|---|")
    for phase in (*PHASES, ""):
        cells = []
        for part in (long, ask):
            told = [trial.outcome for trial in part if phase in ("", trial.phase)]
            cells.append(f"{np.mean(told):.1%} of {len(told):,}")
        print(f"| {phase or 'all'} | {' | '.join(cells)} |")
    tenths = np.array_split([trial.outcome for trial in (*long, *ask)], 10)
    print("\nBy tenths of the order:", ", ".join(f"{np.mean(one):.0%}" for one in tenths))


def run(data: Path) -> None:
    """The choice of the calibration, on those learnt from; the test part; how the labels drift."""
    trials = labelled(data)
    learn, ask = parts(trials)
    print(f"{len(learn):,} trials learnt from, {sum(trial.long for trial in learn):,} of them with a long text;")
    print(f"{len(ask):,} asked of, from {ask[0].id} on.\n\nWithin those learnt from, means of four windows:\n")
    print("| both, read anew by | ECE | ECE by mass | log loss |\n|---|---|---|---|")
    for way, (ece, by_mass, loss) in chosen(learn).items():
        print(f"| {way} | {ece:.4f} | {by_mass:.4f} | {loss:.4f} |")
    found = forecasts(trials)
    rates = score.binary(found.rate, found.part.y)
    print(f"\nOf the asked: Brier score of the rate of the phase {score.brier(rates):.4f}, ", end="")
    print(f"ECE {score.calibration(rates).ece:.3f}.\n")
    print("| forecast | Brier | better than the rates by | ROC | ECE | ECE by mass | slope |")
    print("|---|---|---|---|---|---|---|")
    for model in found.models:
        print(_row(model, found))
    by_chance = _by_chance(found.models[CHOSEN])
    print(f"\nChances that were right would have an ECE of {by_chance:.3f} on so few trials.")
    print(f"The mean forecast is {found.models['both'].mean():.1%}, of the asked {found.part.y.mean():.1%} came.")
    _drift(learn, ask)
