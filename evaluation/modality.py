"""What kind of medicine a trial tests: records labelled by hand (evaluation/labels/guide-modality.md)."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from evaluation._labelled import Words, labelled, labels, words
from frontrunner.forecast.score_races import Interval, cluster_bootstrap
from frontrunner.resolve.modality import classify_trial
from frontrunner.resolve.wording import is_living

#: labels of trials that test no medicine with a term, and of those only said to be no gene or cell therapy
NOT_LIVING = frozenset({"none", "other"})
#: how many of the commonest gene and cell labels the mean is taken over
COMMONEST = 10
#: the batches drawn last, of which the rules had read nothing
NEWEST = "OPQ"


class Scored(msgspec.Struct, frozen=True):
    """One trial: the labels that are right (the first is meant) and those that the rules gave."""

    id: str
    right: tuple[str, ...]
    given: frozenset[str]

    @property
    def agrees(self) -> bool:
        """Whether any label given is right; where none is right, whether none was given."""
        return bool(self.given & set(self.right)) if self.given else "none" in self.right


def gene_or_cell(label: str) -> bool:
    """Whether a label is a gene or cell therapy (an oncolytic virus is one, the transplant as a procedure is not)."""
    return label not in NOT_LIVING and is_living(label)


def is_open(row: Scored) -> bool:
    """Whether the readers let both answers stand: a gene or cell therapy, or not."""
    return len({gene_or_cell(label) for label in row.right}) > 1


def of_trial(text: Words) -> frozenset[str]:
    """The labels of the products that the trial tests."""
    return frozenset(label.modality for _, label in classify_trial(text.trial()) if label)


def score(data: Path, split: str, label: Callable[[Words], frozenset[str]] = of_trial) -> list[Scored]:
    """Each labelled trial of a half whose words are here, in order of its id."""
    rows = [row for row in labelled("modality") if row.field == "modality" and row.split == split]
    found = words(data, rows)
    return [Scored(row.id, row.labels, label(found[row.id])) for row in rows if row.id in found]


def first_scores() -> dict[str, list[Scored]]:
    """Batch -> its trials with what the rules gave when it was first scored, before anybody read it for them.

    What they gave is kept in labels/modality_first.csv, so no record is needed.
    """
    right = {row.id: row.labels for row in labelled("modality") if row.field == "modality"}
    batches: dict[str, list[Scored]] = {}
    for row in labels("modality_first"):
        given = frozenset(filter(None, row["given"].split("|")))
        batches.setdefault(row["batch"], []).append(Scored(row["id"], right[row["id"]], given))
    return batches


def f1(true: int, false: int, missed: int) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was given."""
    return 2 * true / (2 * true + false + missed) if true + false + missed else 1.0


def living_f1(rows: Sequence[Scored]) -> float:
    """F1 of `is a gene or cell therapy` over the trials of which the readers were sure."""
    told = [(gene_or_cell(row.right[0]), any(map(gene_or_cell, row.given))) for row in rows if not is_open(row)]
    counts = Counter(told)
    return f1(counts[True, True], counts[False, True], counts[True, False])


def label_f1(rows: Sequence[Scored], label: str) -> float:
    """F1 of one label: a right alternative counts as the label that is meant, only what is wrong as false."""
    true = sum(row.right[0] == label and row.agrees for row in rows)
    missed = sum(row.right[0] == label and not row.agrees for row in rows)
    return f1(true, sum(label in row.given and label not in row.right for row in rows), missed)


def commonest(rows: Sequence[Scored]) -> list[str]:
    """The labels of gene and cell therapies with the most trials, those of equal number by name."""
    counts = Counter(row.right[0] for row in rows if gene_or_cell(row.right[0]))
    return sorted(counts, key=lambda label: (-counts[label], label))[:COMMONEST]


def macro_f1(rows: Sequence[Scored], labels: Sequence[str]) -> float:
    """The mean F1 of the labels."""
    return sum(label_f1(rows, label) for label in labels) / len(labels)


def interval(rows: Sequence[Scored], statistic: Callable[[Sequence[Scored]], float]) -> Interval:
    """The statistic with the 95 % interval of a bootstrap over trials."""
    return cluster_bootstrap([row.id for row in rows], lambda drawn: statistic([rows[at] for at in drawn]))


def _shown(found: Interval) -> str:
    return f"{found.value:.3f} ({found.low:.3f}-{found.high:.3f})"


def _print(name: str, rows: Sequence[Scored]) -> None:
    labels = commonest(rows)
    print(f"\n## {name}: {len(rows)} trials\n\n| measure | F1 (95 % interval) | trials |\n|---|---|---|")
    sure = [row for row in rows if not is_open(row)]
    living = sum(gene_or_cell(row.right[0]) for row in sure)
    print(f"| is a gene or cell therapy | {_shown(interval(sure, living_f1))} | {living} of {len(sure)} |")
    mean = interval(rows, lambda drawn: macro_f1(drawn, labels))
    print(f"| mean of the {len(labels)} commonest labels | {_shown(mean)} | |")
    for label in labels:
        print(f"| {label} | {label_f1(rows, label):.3f} | {sum(row.right[0] == label for row in rows)} |")
    known = [row for row in rows if not gene_or_cell(row.right[0]) and row.right[0] not in NOT_LIVING]
    given = [row for row in known if row.given]
    print(f"\nOther medicines: {len(known)} trials, labelled {len(given)}, rightly {sum(row.agrees for row in given)}.")


def _print_first() -> None:
    batches = first_scores()
    newest = [row for batch in NEWEST for row in batches[batch]]
    print("\n## When first scored\n\n| batch | trials | gene or cell | found | missed | false | F1 | mean of labels |")
    print("|---|---|---|---|---|---|---|---|")
    for name, rows in [*batches.items(), ("to ".join((NEWEST[0] + " ", NEWEST[-1])), newest)]:
        sure = [row for row in rows if not is_open(row)]
        told = Counter((gene_or_cell(row.right[0]), any(map(gene_or_cell, row.given))) for row in sure)
        found, missed, false = told[True, True], told[True, False], told[False, True]
        mean = macro_f1(rows, commonest(rows))
        figures = f"{found + missed} | {found} | {missed} | {false} | {_shown(interval(sure, living_f1))} | {mean:.3f}"
        print(f"| {name} | {len(sure)} | {figures} |")


def run(data: Path) -> None:
    """Trials when nobody had read them; then the half on which rules are tuned, the one only scored, and later ones."""
    _print_first()
    for split in ("dev", "test", "later", "twice"):
        _print(split, score(data, split))
