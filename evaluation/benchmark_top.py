"""Trial outcomes on the TOP benchmark, measured and thrown away: its data are for non-commercial use only.

Nothing that is learnt here is kept, and no part of it is in the product. HINT's predictions are those that its authors
published. Read are the texts and codes of a trial; its status and the reason why it stopped tell the outcome, and are
not (docs/explanation/forecast-outcomes.md).
"""

import ast
import csv
import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evaluation import _texts
from frontrunner.forecast import score, score_races

#: chosen within the trials learnt from
_PENALTY = 0.3
#: phase III's own training file is not at hand: what is of that phase counts so often among the trials learnt from
_OFTEN = 4
_CELL = 10_000_000


class Trial(NamedTuple):
    """A trial of the benchmark: what is read of it, and its outcome (None where the file has none)."""

    id: str
    phase: str
    drugs: tuple[str, ...]
    diseases: int
    text: str
    criteria: str
    outcome: int | None


class Forecasts(NamedTuple):
    """Chances of success of each test trial, by model; `new`: none of its drugs is in a trial learnt from."""

    y: _texts.Floats
    models: dict[str, _texts.Floats]
    new: np.ndarray[tuple[int], np.dtype[np.bool_]]
    base: float

    def roc(self, model: str) -> score_races.Interval:
        """Area under the ROC curve with its 95 % bootstrap interval."""
        return score_races.cluster_bootstrap(range(len(self.y)), lambda rows: self._auc(model, rows))

    def lead(self, model: str, over: str = "HINT") -> score_races.Interval:
        """How much larger that area is than another model's, on the same trials drawn anew."""
        return score_races.cluster_bootstrap(
            range(len(self.y)), lambda rows: self._auc(model, rows) - self._auc(over, rows)
        )

    def _auc(self, model: str, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> float:
        found = score.auc(score.binary(self.models[model][rows], self.y[rows]))
        return 0.5 if found is None else found


def phase_1(data: Path) -> Forecasts:
    """The official parts: train and valid are learnt from, test is asked of."""
    learn = sorted([*_read(data, "phase_I_train"), *_read(data, "phase_I_valid")])
    return _forecasts(data, learn, "I")


def phase_3(data: Path) -> Forecasts:
    """The official test part; learnt from the valid parts of phases II and III and all of phase I but its test."""
    near, others = _read(data, "phase_III_valid"), ("phase_I_train", "phase_I_valid", "phase_II_valid")
    learn = sorted([*near * _OFTEN, *(trial for name in others for trial in _read(data, name))])
    return _forecasts(data, learn, "III")


def _forecasts(data: Path, learn: list[Trial], phase: str) -> Forecasts:
    ask, hint = _read(data, f"phase_{phase}_test"), _hint(data, phase)
    tested = {trial.id for trial in ask}
    learn = [trial for trial in learn if trial.id not in tested]
    y = np.array([trial.outcome for trial in learn], dtype=float)
    words = _texts.plain(_asked(learn), y, _asked(ask), _PENALTY)
    seen, told = _texts.factors(_asked(learn, criteria=True), _asked(ask, criteria=True))
    boosted = _texts.boosted(seen, y, told)
    known = {drug for trial in learn for drug in trial.drugs if drug != "placebo"}
    return Forecasts(
        y=np.array([trial.outcome for trial in ask], dtype=float),
        models={
            "HINT": np.array([hint[trial.id] for trial in ask]),
            "words": words,
            "boosted": boosted,
            "both": (words + boosted) / 2.0,
        },
        new=np.array([known.isdisjoint(trial.drugs) for trial in ask]),
        base=float(y.mean()),
    )


def _asked(trials: list[Trial], criteria: bool = False) -> _texts.Asked:
    """All their words, or those of the criteria for who may take part alone."""
    numbers = np.array([_numbers(trial) for trial in trials], dtype=float)
    return _texts.asked([trial.criteria if criteria else trial.text for trial in trials], numbers)


def _numbers(trial: Trial) -> tuple[float, ...]:
    """Sizes as logarithms, so that none outweighs the words."""
    told = trial.criteria.lower()
    sizes = (len(told), told.count("\n"), len(trial.drugs), len(set(trial.drugs)), trial.diseases)
    words = ("healthy", "prior", "ecog", "pregnan", "measurable", "exclusion")
    phases = (float(number in trial.phase) for number in "123")
    return (*np.log1p([*sizes, *map(told.count, words)]), float("placebo" in trial.drugs), *phases)


def _read(data: Path, name: str) -> list[Trial]:
    return [_trial(row) for row in _rows(data, name)]


def _hint(data: Path, phase: str) -> dict[str, float]:
    return {row["nctid"]: float(row["prediction"]) for row in _rows(data, f"HINT_result_phase_{phase}_test")}


def _rows(data: Path, name: str) -> list[dict[str, str]]:
    csv.field_size_limit(_CELL)
    path = data / "labels" / "top_benchmark" / f"{name}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _trial(row: dict[str, str]) -> Trial:
    drugs, diseases = ast.literal_eval(row["drugs"]), ast.literal_eval(row["diseases"])
    codes = {code[:3] for codes in ast.literal_eval(row["icdcodes"]) for code in ast.literal_eval(codes)}
    text = " ".join([*drugs, *diseases, *(f"icd-{code}" for code in sorted(codes)), row["criteria"]])
    return Trial(row["nctid"], row["phase"], tuple(drugs), len(diseases), text, row["criteria"], int(row["label"]))


def run(data: Path) -> None:
    """Both phases: every model against HINT's own predictions, and on trials of drugs not learnt from."""
    for title, found in (("Phase I, official parts", phase_1(data)), ("Phase III, not its own", phase_3(data))):
        print(f"\n{title}: {len(found.y):,} test trials, {found.y.mean():.1%} succeeded.\n")
        print("| model | ROC | less HINT's | Brier | log loss | ECE | ROC, new drugs |\n|---|---|---|---|---|---|---|")
        for model, p in {**found.models, "rate": np.full(len(found.y), found.base)}.items():
            print(_row(model, found._replace(models={**found.models, model: p})))
        print(f"\n{found.new.sum()} trials have new drugs only.")


def _row(model: str, found: Forecasts) -> str:
    roc, lead = found.roc(model), found.lead(model)
    scored = score.binary(found.models[model], found.y)
    new = score.auc(score.binary(found.models[model][found.new], found.y[found.new]))
    return (
        f"| {model} | {roc.value:.3f} ({roc.low:.3f} to {roc.high:.3f}) | {lead.low:+.3f} to {lead.high:+.3f} "
        f"| {score.brier(scored):.3f} | {score.log_loss(scored):.3f} | {score.calibration(scored).ece:.3f} "
        f"| {new or 0:.3f} |"
    )
