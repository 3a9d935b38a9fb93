"""How gene and cell products are given: 100 trials labelled by hand (evaluation/labels/guide-modality.md)."""

from collections import Counter
from pathlib import Path

from evaluation._labelled import Words, labelled, words
from frontrunner.resolve.delivery import Delivery, of_product
from frontrunner.resolve.modality import classify_trial
from frontrunner.resolve.wording import is_living

FIELDS = ("route", "tissue", "cell_source")
#: the label of a trial whose words do not tell; parts of one label are joined by `+`
UNTOLD = "none"


def of_trial(text: Words) -> Delivery:
    """What is said of the first gene or cell product that the trial tests."""
    trial = text.trial()
    found = (
        of_product(trial, product, label.modality)
        for product, label in classify_trial(trial)
        if label and is_living(label.modality)
    )
    return next(filter(None, found), Delivery())


def score(data: Path) -> dict[str, Counter[str]]:
    """Of each field how many labels are right, in part (one of two), wrong, missed, and rightly not told."""
    rows = [row for row in labelled("modality") if row.field in FIELDS]
    found = {id: of_trial(text) for id, text in words(data, {row.id: row for row in rows}.values()).items()}
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for row in rows:
        if row.id in found:
            counts[row.field][judged(getattr(found[row.id], row.field), row.labels)] += 1
    return counts


def judged(given: str | None, right: tuple[str, ...]) -> str:
    """What a label is worth beside those that are right."""
    own = set(given.split("|")) if given else {UNTOLD}
    meant = [set(label.split("+")) for label in right]
    if own in meant:
        return "right" if given else "rightly not told"
    if given is None:
        return "missed"
    return "in part" if any(own < one for one in meant) else "wrong"


def run(data: Path) -> None:
    """One row a field."""
    kinds = ("right", "in part", "wrong", "missed", "rightly not told")
    print(f"| label | {' | '.join(kinds)} | precision |\n|---|{'---|' * (len(kinds) + 1)}")
    for field, counts in score(data).items():
        told = counts["right"] + counts["in part"] + counts["wrong"]
        share = f"{counts['right'] / told:.3f}" if told else "-"
        print(f"| {field} | {' | '.join(str(counts[kind]) for kind in kinds)} | {share} |")
