"""Conditions do not become worse diseases than they were measured to."""

from pathlib import Path

import pytest

from evaluation import indications
from evaluation._labelled import labelled
from frontrunner.resolve.indications import packaged


def test_the_halves_are_those_of_the_rows() -> None:
    assert [row.id for row in labelled("indications") if row.split != indications.half(row)] == []


@pytest.mark.slow
def test_the_texts_that_were_read_are_still_there(shared_data: Path) -> None:
    assert len(indications.texts(shared_data)) == len(labelled("indications"))


@pytest.mark.slow
def test_the_packaged_list_is_right_where_it_answers(shared_data: Path) -> None:
    rows = indications.score(shared_data, "test", packaged())
    assert indications.accuracy(rows) >= 0.85
    assert indications.abstained(rows) <= 0.45


@pytest.mark.slow
def test_over_the_full_vocabularies_most_are_found_and_right(shared_data: Path) -> None:
    rows = indications.score(shared_data, "test", indications.full(shared_data))
    assert indications.accuracy(rows) >= 0.93
    assert indications.abstained(rows) <= 0.15
    assert sum(row.agrees for row in indications.named(rows)) >= 0.83 * len(indications.named(rows))
    assert sum(row.given is not None for row in rows if row.right == indications.NONE) <= 3
