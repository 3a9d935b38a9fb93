"""Files of judgements: both forms are recognised, rows are read strictly."""

import msgspec
import pytest

from frontrunner.errors import BadRecord
from frontrunner.model import Judgement
from frontrunner.sources import judgements, recognise

ROW = {
    "left": "org:a",
    "right": "A Bio",
    "verdict": "same",
    "by": "somebody",
    "on": "2026-11-24",
    "because": "one address",
}


def test_both_forms_are_recognised() -> None:
    assert recognise("mine.csv", b"left,right,verdict,by,on,because,known_on\n") is judgements
    assert recognise("mine.jsonl", msgspec.json.encode(ROW)) is judgements
    assert recognise("mine.csv", b"left,right\n") is None


def test_a_row_is_known_from_its_day_or_the_day_it_gives() -> None:
    assert judgements.read(msgspec.json.encode(ROW)).known_on == "2026-11-24"
    reading = judgements.read(msgspec.json.encode(ROW | {"known_on": "2026-12-01"}))
    (statement,) = reading.statements
    assert isinstance(statement, Judgement)
    assert (statement.judged_on, statement.known_on) == ("2026-11-24", "2026-12-01")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"verdict": "maybe"}, "verdict"),
        ({"because": ""}, "because"),
        ({"on": "yesterday"}, "on"),
        ({"right": "org:a"}, "right"),
        ({"mood": "good"}, "mood"),
        ({"known_on": "2026-13-01"}, "known_on"),
    ],
)
def test_what_is_wrong_is_refused_at_its_column(change: dict[str, str], place: str) -> None:
    with pytest.raises(BadRecord) as refused:
        judgements.read(msgspec.json.encode(ROW | change))
    assert refused.value.place == place
