"""The short cuts of searching texts find what the plain searches find."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frontrunner.resolve.names import Caseless, may_match
from frontrunner.resolve.wording import Cued, hits

_WORDS = st.sampled_from(
    ["CAR-T", "car", "carcinoma", "CD19", "/20", "20/19", "gene", "Gene-Therapy", "gene  therapy", "T cell", "therapy"]
)
_TEXTS = st.one_of(st.lists(_WORDS).map(" ".join), st.lists(_WORDS).map("".join), st.text(max_size=40))
_CUES = ["car|car-t", "gene therapy|gene-therapy", "/20|20/19", "嵌合抗原受体", "t cell|cd19", "e"]


@given(text=_TEXTS)
@example(text="注射嵌合抗原受体T细胞")
@example(text="x/20y")
@example(text="e̊")
def test_a_rule_is_tried_where_one_of_its_cues_stands_and_nowhere_else(text: str) -> None:
    lower = text.lower()
    expected = [cues for cues in _CUES if any(cue in lower for cue in cues.split("|"))]
    assert Cued((cues, cues) for cues in _CUES).tried(text) == expected


@pytest.mark.parametrize(
    "pattern", [r"\bcars?[-. ]?ts?\b", r"\A(?:gene[- ]+therapy|t cell)", r"(?-i:CAR)-t", r"CD\d+(?!\d)", r"[^a-z\W]+-"]
)
@given(text=_TEXTS)
@example(text="Kinaſe CARſ-T")
def test_a_search_without_case_finds_the_same_span_in_lower_case(pattern: str, text: str) -> None:
    plain, found = re.search(pattern, text, re.I), Caseless(pattern).search(text)
    assert (found and found.span()) == (plain and plain.span())


def test_a_text_beyond_ascii_is_never_ruled_out_by_literals() -> None:
    assert may_match("long-term follow-up", ("follow",))
    assert not may_match("long-term", ("follow",))
    assert may_match("extenſion", ("extension",))


def test_the_words_of_a_hit_are_as_written() -> None:
    assert [hit.words for hit in hits("Study of GENE THERAPY for haemophilia", True)] == ["GENE THERAP"]
