"""The labels of trial records do not get worse than they were measured to be."""

from pathlib import Path

import pytest

from evaluation import modality
from evaluation._labelled import half, labelled
from frontrunner.vocab import load


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[modality.Scored]:
    return modality.score(shared_data, "test")


def test_the_halves_are_those_of_the_ids() -> None:
    assert [row.id for row in labelled("modality") if row.split not in (half(row.id), "later", "twice")] == []


def test_what_was_given_at_first_is_kept_of_labelled_trials_only() -> None:
    batches = modality.first_scores()
    assert {batch: len(rows) for batch, rows in batches.items() if batch in modality.NEWEST} == {
        "O": 286,
        "P": 157,
        "Q": 138,
    }
    given = {label for rows in batches.values() for row in rows for label in row.given}
    assert given <= load("modality").terms.keys()


def test_every_label_is_of_the_vocabulary() -> None:
    told = {label for row in labelled("modality") if row.field == "modality" for label in row.labels}
    assert told - load("modality").terms.keys() == modality.NOT_LIVING


def test_the_words_that_were_read_are_still_there(rows: list[modality.Scored]) -> None:
    assert len(rows) == sum(row.split == "test" and row.field == "modality" for row in labelled("modality"))


def test_gene_and_cell_therapies_are_told_from_the_rest(rows: list[modality.Scored]) -> None:
    assert modality.living_f1([row for row in rows if not modality.is_open(row)]) >= 0.985


def test_the_commonest_labels_are_right(rows: list[modality.Scored]) -> None:
    assert modality.macro_f1(rows, modality.commonest(rows)) >= 0.94


@pytest.mark.parametrize(("split", "least"), [("later", 0.98), ("twice", 0.98)])
def test_trials_drawn_later_are_told_from_the_rest(shared_data: Path, split: str, least: float) -> None:
    drawn = modality.score(shared_data, split)
    assert modality.living_f1([row for row in drawn if not modality.is_open(row)]) >= least
