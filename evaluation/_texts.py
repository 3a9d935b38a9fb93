"""The texts of trials in the folder of records, and two models of a yes or no told from words."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt

from frontrunner.forecast import words

Floats = npt.NDArray[np.float64]
WIDTH = 2**16
_ROUNDS = 60
#: what the boosted model sees of the words
_FACTORS = 40


class Text(NamedTuple):
    """Of one trial: `names` are its title, conditions and interventions in an extract, `title` and `body` its long
    text. Empty: not held."""

    names: str
    title: str
    body: str

    @property
    def long(self) -> str:
        """Title and body; empty where no long text is held."""
        return f"{self.title} {self.body}".strip()


def corpus(data: Path) -> dict[str, Text]:
    """Every trial of `corpora/`."""
    connection = duckdb.connect()
    for name in ("rows", "texts"):
        connection.execute(f"set variable {name} = ?", [str(data / "corpora" / f"trial_{name}.parquet")])
    query = Path(__file__).with_name("corpus.sql").read_text("utf-8")
    return {id: Text(names, title, body) for id, names, title, body in connection.execute(query).fetchall()}


class Weights(NamedTuple):
    """How telling each column is: ln((1 + n) / (1 + texts with it)) + 1, of the texts learnt from alone. Columns of one
    text alone tell nothing, and weigh 0."""

    of: Floats

    def rows(self, columns: Sequence[npt.NDArray[np.intp]]):  # type: ignore[no-untyped-def]  # scipy has no types
        """A sparse matrix, one row a text, each of length 1."""
        from scipy.sparse import csr_array

        kept = [found[self.of[found] > 0] for found in map(np.unique, columns)]
        values = [self.of[one] / max(float(np.sqrt((self.of[one] ** 2).sum())), 1e-9) for one in kept]
        starts = np.cumsum([0, *(len(one) for one in kept)])
        shape = (len(kept), len(self.of))
        return csr_array((np.concatenate(values), np.concatenate(kept), starts), shape=shape)


def weigh(columns: Sequence[npt.NDArray[np.intp]]) -> Weights:
    """Weights out of the texts learnt from."""
    found = np.bincount(np.concatenate([np.unique(one) for one in columns]), minlength=WIDTH)
    return Weights(np.where(found > 1, np.log((1.0 + len(columns)) / (1.0 + found)) + 1.0, 0.0))


class Asked(NamedTuple):
    """Trials as a model sees them: the words of their texts, and numbers known with them, one row each."""

    columns: list[npt.NDArray[np.intp]]
    numbers: Floats

    def some(self, chosen: npt.NDArray[np.intp]) -> "Asked":
        """Those of some rows."""
        return Asked([self.columns[index] for index in chosen], self.numbers[chosen])


def asked(texts: Sequence[str], numbers: Floats) -> Asked:
    """Read the words of each text."""
    return Asked([words.columns(text, WIDTH) for text in texts], np.asarray(numbers, dtype=float))


def plain(learn: Asked, y: Floats, ask: Asked, penalty: float) -> Floats:
    """Chances by logistic regression on weighted words and numbers, with a ridge penalty on all but the constant."""
    from scipy.optimize import minimize
    from scipy.sparse import hstack
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    weights = weigh(learn.columns)
    used = weights.of > 0
    design, other = (hstack([weights.rows(one.columns)[:, used], one.numbers]).tocsr() for one in (learn, ask))
    turned = design.T.tocsr()

    def loss(at: Floats) -> tuple[float, Floats]:
        score = design @ at[1:] + at[0]
        off = _chance(score) - y
        value = float(np.logaddexp(0.0, score).sum() - score @ y + penalty * (at[1:] @ at[1:]) / 2.0)
        return value, np.concatenate([[off.sum()], turned @ off + penalty * at[1:]])

    start = np.zeros(design.shape[1] + 1)
    with threadpool_limits(1):  # the products are too short to share: threads would wait for each other
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return _chance(other @ found.x[1:] + found.x[0])


def factors(learn: Asked, ask: Asked, number: int = _FACTORS) -> tuple[Floats, Floats]:
    """The words as their `number` strongest factors, and the numbers beside them, of both."""
    from scipy.sparse.linalg import svds
    from threadpoolctl import threadpool_limits

    weights = weigh(learn.columns)
    design = weights.rows(learn.columns)
    with threadpool_limits(1):
        directions = svds(design, number, v0=np.ones(min(design.shape)), return_singular_vectors="vh")[2].T
    told = [np.hstack([weights.rows(one.columns) @ directions, one.numbers]) for one in (learn, ask)]
    return told[0], told[1]


def both(learn: Asked, y: Floats, ask: Asked, penalty: float) -> tuple[Floats, Floats, Floats]:
    """Chances of the plain model, of the boosted one on factors of the same words, and their mean."""
    seen, told = factors(learn, ask)
    one, other = plain(learn, y, ask, penalty), boosted(seen, y, told)
    return one, other, (one + other) / 2.0


def boosted(learn: Floats, y: Floats, ask: Floats, objective: str = "binary", rounds: int = 300) -> Floats:
    """The mean of three boosted models (the extra `models`) that differ by their seed; one thread, repeatable."""
    import lightgbm

    options = {
        "objective": objective,
        "learning_rate": 0.03,
        "num_leaves": 15,
        "min_data_in_leaf": 20,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "feature_fraction": 0.4,
        "lambda_l2": 1.0,
        "verbose": -1,
        "num_threads": 1,
        "deterministic": True,
    }
    found = [
        lightgbm.train({**options, "seed": seed}, lightgbm.Dataset(learn, y), rounds).predict(ask) for seed in range(3)
    ]
    return np.asarray(np.mean(found, axis=0), dtype=float)


def read_anew(p: Floats, slope: float, intercept: float) -> Floats:
    """What such chances turned out to mean: 1 / (1 + exp(-(slope logit p + intercept)))."""
    return _chance(slope * _logit(p) + intercept)


def recalibration(p: Floats, y: Floats, held: float = 0.0) -> tuple[float, float]:
    """Slope and intercept of the logistic regression of y on logit p, `held` (a ridge) at 1 and 0."""
    from scipy.optimize import minimize

    logit = _logit(p)

    def surprise(at: Floats) -> float:
        score = at[0] * logit + at[1]
        return float((np.logaddexp(0.0, score) - y * score).sum() + held * ((at[0] - 1.0) ** 2 + at[1] ** 2))

    found = minimize(surprise, np.array([1.0, 0.0])).x
    return float(found[0]), float(found[1])


def at_level(p: Floats, slope: float, mean: float) -> Floats:
    """The chances with another slope, moved so that their mean is `mean`."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (low, middle) if read_anew(p, slope, middle).mean() > mean else (middle, high)
    return read_anew(p, slope, (low + high) / 2.0)


def isotonic(p: Floats, y: Floats, ask: Floats) -> Floats:
    """What came at such chances, forced to rise with them (the extra `models`)."""
    from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped]

    return np.asarray(IsotonicRegression(out_of_bounds="clip").fit(p, y).predict(ask), dtype=float)


def _logit(p: Floats) -> Floats:
    kept = np.clip(p, 1e-9, 1.0 - 1e-9)
    return np.asarray(np.log(kept) - np.log1p(-kept), dtype=float)


def _chance(score: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -500.0, 500.0))), dtype=float)
