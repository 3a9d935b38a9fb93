"""How long trials last: the model of `forecast.durations` against the empirical distribution of each phase.

Learnt on trials that began in 2003-08, asked of those that began in 2010-12. What each feature is of which day, and
what the labels are, is told in docs/explanation/forecast-durations.md.
"""

import csv
import gzip
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evaluation import _texts
from frontrunner.forecast import durations, score_dates, score_races
from frontrunner.forecast.durations import Registered

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
PHASES = ("1", "2", "3")
_LEARN, _ASK = (2003, 2009), (2010, 2013)
#: for choosing: starts learnt from, and starts asked of, all within those learnt from
_EARLIER = (((2003, 2006), (2007, 2009)), ((2003, 2007), (2008, 2009)))
#: by how long before (negative) or after its start a trial was registered, in years
_WHEN = (
    ("over 0.2 years ahead", -np.inf, -0.2),
    ("within 0.2 years of the start", -0.2, 0.2),
    ("up to a year late", 0.2, 1.0),
    ("over a year late", 1.0, np.inf),
)


class Trial(NamedTuple):
    """A labelled trial: what its registration said, when it began (a year and its fraction), how many years it took
    to its completion, and how many years after its start it was registered (negative: before)."""

    id: str
    known: Registered
    start: float
    years: float
    late: float


class Scored(NamedTuple):
    """CRPS in years of each trial asked of, ours and the floor's, and whether the 80 % interval held it."""

    trials: list[Trial]
    ours: Floats
    floor: Floats
    held: Mask
    floor_held: Mask
    off: Floats

    def gain(self, chosen: Mask) -> score_races.Interval:
        """Mean CRPS of ours less the floor's, with its 95 % bootstrap interval; below 0 is better."""
        less = (self.ours - self.floor)[chosen]
        return score_races.cluster_bootstrap(range(len(less)), lambda rows: float(less[rows].mean()))

    def skill(self, chosen: Mask) -> float:
        """The part of the floor's CRPS that is gone."""
        return 1.0 - float(self.ours[chosen].mean() / self.floor[chosen].mean())


def labelled(data: Path, words: str = "all") -> list[Trial]:
    """Every labelled trial of phases 1 to 3 in the order of their starts; `words` are all, or its names alone."""
    corpus = _texts.corpus(data)
    found = []
    for phase in PHASES:
        path = data / "labels" / f"trial-duration-prediction_phase{phase}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                start, text = _start(row["start_date"]), corpus.get(row[""], _texts.Text("", "", ""))
                late = registered_in(int(row[""][3:])) - start
                told = text.names if words == "names" else f"{text.names} {text.long}".strip()
                found.append(Trial(row[""], Registered(phase, told), start, float(row["year"]), late))
    return sorted(found, key=lambda trial: trial.start)


def began(trials: list[Trial], span: tuple[int, int]) -> list[Trial]:
    """Those that began from the first year up to, but not in, the second."""
    return [trial for trial in trials if span[0] <= trial.start < span[1]]


def scored(trials: list[Trial], learn: tuple[int, int] = _LEARN, ask: tuple[int, int] = _ASK) -> Scored:
    """The model learnt on some starts, asked of others."""
    before, after = began(trials, learn), began(trials, ask)
    model = durations.fit([trial.known for trial in before], [trial.years for trial in before])
    return _against_floor(model.marginal, after, model.forecast([trial.known for trial in after]))


def boosted(trials: list[Trial], learn: tuple[int, int] = _LEARN, ask: tuple[int, int] = _ASK) -> Scored:
    """The same features in a boosted regression of ln(years + 1/4) (the extra `models`), spread by its out-of-fold
    errors in the phase."""
    before, after = began(trials, learn), began(trials, ask)
    seen, told = _texts.factors(_asked(before), _asked(after))
    years = np.array([trial.years for trial in before])
    target, alone = np.log(years + 0.25), np.empty(len(before))
    fold = np.arange(len(before)) % 5
    for one in range(5):
        alone[fold == one] = _texts.boosted(seen[fold != one], target[fold != one], seen[fold == one], "regression")
    middle = _texts.boosted(seen, target, told, "regression")
    phases = np.array([trial.known.phase for trial in before])
    spaced = (np.arange(100) + 0.5) / 100
    spread = {phase: np.quantile((target - alone)[phases == phase], spaced) for phase in PHASES}
    rows = [np.exp(at + spread[trial.known.phase]) - 0.25 for at, trial in zip(middle, after, strict=True)]
    return _against_floor({phase: years[phases == phase] for phase in PHASES}, after, np.maximum(rows, 1 / 365.25))


@cache
def _numbers() -> tuple[tuple[float, ...], tuple[float, ...]]:
    with Path(__file__).with_name("registration_years.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(float(row["nct_number"]) for row in rows), tuple(float(row["year"]) for row in rows)


def registered_in(nct_number: int) -> float:
    """About when ClinicalTrials.gov gave out a number, as a year and its fraction (to some months).

    Numbers are given in order: read off the median first-posted dates around every 100,000th one
    (`registration_years.csv`).
    """
    return float(np.interp(nct_number, *_numbers()))


def _asked(trials: list[Trial]) -> _texts.Asked:
    numbers = [[trial.late, float(trial.known.phase), float(not trial.known.text)] for trial in trials]
    return _texts.asked([trial.known.text for trial in trials], np.array(numbers))


def _against_floor(marginal: dict[str, Floats], after: list[Trial], found: Floats) -> Scored:
    came = np.array([trial.years for trial in after])
    low, high = np.quantile(found, [0.1, 0.9], axis=1)
    floor, ends = np.empty(len(after)), np.empty((2, len(after)))
    for phase in PHASES:
        chosen = np.array([trial.known.phase == phase for trial in after])
        floor[chosen] = [score_dates.crps_sample(marginal[phase], float(one)) for one in came[chosen]]
        ends[:, chosen] = np.quantile(marginal[phase], [0.1, 0.9])[:, None]
    return Scored(
        trials=after,
        ours=score_dates.crps_quantiles(found, came),
        floor=floor,
        held=(low <= came) & (came <= high),
        floor_held=(ends[0] <= came) & (came <= ends[1]),
        off=np.abs(np.median(found, axis=1) - came),
    )


def groups(found: Scored) -> dict[str, Mask]:
    """The trials asked of: all, by phase, by text, by when they were registered."""
    late = np.array([trial.late for trial in found.trials])
    worded = np.array([bool(trial.known.text) for trial in found.trials])
    phases = np.array([trial.known.phase for trial in found.trials])
    return {
        "all": np.ones(len(late), dtype=bool),
        **{f"phase {phase}": phases == phase for phase in PHASES},
        "with text": worded,
        "without text": ~worded,
        **{f"with text, phase {phase}": worded & (phases == phase) for phase in PHASES},
        **{f"registered {name}": (low <= late) & (late < high) for name, low, high in _WHEN},
    }


def _start(text: str) -> float:
    """`January 23, 1997` or `August 1995` (its first day) as a year and its fraction."""
    found = datetime.strptime(text, "%B %d, %Y" if "," in text else "%B %Y")
    return found.year + (found.date() - date(found.year, 1, 1)).days / 365.25


def _row(name: str, found: Scored, chosen: Mask) -> str:
    gain = found.gain(chosen)
    return (
        f"| {name} | {chosen.sum():,} | {found.floor[chosen].mean():.3f} | {found.ours[chosen].mean():.3f} "
        f"| {found.skill(chosen):.1%} | {gain.low:+.3f} to {gain.high:+.3f} | {found.floor_held[chosen].mean():.1%} "
        f"| {found.held[chosen].mean():.1%} | {found.off[chosen].mean():.2f} |"
    )


def _medians(trials: list[Trial]) -> str:
    spans = [(year, year + 1) for year in (*range(*_LEARN), *range(*_ASK))]
    lasted = [[trial.years for trial in began(trials, span) if trial.known.phase == "1"] for span in spans]
    return ", ".join(f"{span[0]} {np.median(years):.2f}" for span, years in zip(spans, lasted, strict=True))


def run(data: Path) -> None:
    """The test part; then what the choices were made on, and what else was tried."""
    head = (
        "| trials | n | floor CRPS | CRPS | better by | difference, 95 % | floor: 80 % holds | 80 % holds "
        "| median off by |\n|---|---|---|---|---|---|---|---|---|"
    )
    trials = labelled(data)
    found = scored(trials)
    print(f"Starts of 2003-08 asked of 2010-12, in years:\n\n{head}")
    for name, chosen in groups(found).items():
        print(_row(name, found, chosen))
    print(f"\nMedian years of phase 1 by the year of the start: {_medians(trials)}.")
    print(f"\nOther features and models, on the same trials:\n\n{head}")
    for title, other in (("names alone", scored(labelled(data, "names"))), ("boosted", boosted(trials))):
        for name in ("all", "with text"):
            print(_row(f"{title}, {name}", other, groups(other)[name]))
    print(f"\nWithin the trials learnt from:\n\n{head}")
    for learn, ask in _EARLIER:
        for name, earlier in (("ours", scored(trials, learn, ask)), ("boosted", boosted(trials, learn, ask))):
            title = f"{learn[0]}-{learn[1] - 1} asked of {ask[0]}-{ask[1] - 1}, {name}"
            print(_row(title, earlier, groups(earlier)["all"]))
