"""A question asked in one phrase is the question asked in parts, or none."""

from typing import Any

import pytest

from frontrunner import vocab
from frontrunner.errors import UnknownName, UsageError
from frontrunner.race.question import asked


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("hemophilia B gene therapy in China", {"indication": "hemophilia B", "modality": "gene_therapy"}),
        ("who leads haemophilia B gene therapies in CN?", {"indication": "hemophilia B", "modality": "gene_therapy"}),
        ("国内血友病B基因治疗", {"indication": "血友病B", "modality": "基因治疗"}),
        ("中国BCMA CAR-T 多发性骨髓瘤", {"indication": "多发性骨髓瘤", "modality": "CAR-T", "target": "BCMA"}),
        ("CD19/CD22 CAR-T in China", {"target": "CD22 and CD19", "modality": "car_t"}),
        ("国内CD19/CD22双靶点CAR-T疗法", {"target": "CD19/CD22", "modality": "car_t"}),
        ("dual BCMA and CD19 CAR-T in China", {"target": "BCMA/CD19", "modality": "car_t"}),
        ("treatments for hemophilia B in China", {"indication": "hemophilia B"}),
        ("PD-1 antibodies in the PRC", {"target": "PD-1", "modality": "antibody"}),
    ],
)
def test_a_phrase_stands_for_its_parts(phrase: str, parts: dict[str, Any]) -> None:
    assert asked(phrase, on="2022-01-12") == asked(**parts, jurisdiction="CN", on="2022-01-12")


@pytest.mark.parametrize("modality", sorted(vocab.load("modality").terms))
def test_every_kind_can_be_named_in_a_phrase(modality: str) -> None:
    label = vocab.load("modality").terms[modality].label
    wanted = asked("hemophilia B", modality=modality, jurisdiction="US")
    assert asked(f"{label} for hemophilia B in the US") == wanted


def test_options_fill_what_a_phrase_leaves_open() -> None:
    assert asked("hemophilia B gene therapy", jurisdiction="CN") == asked("hemophilia B gene therapy in China")
    assert asked("CD19", modality="car_t") == asked(target="CD19", modality="car_t")


@pytest.mark.parametrize(
    ("phrase", "options", "name"),
    [
        ("hemophilia B of Pfizer", {}, "hemophilia B of Pfizer"),
        ("gene therapy for hemofilia", {}, "hemofilia"),
        ("hemophilia B gene therapy", {"modality": "car_t"}, "hemophilia B gene therapy"),
        ("the", {}, "the"),
    ],
)
def test_a_word_that_names_nothing_is_said(phrase: str, options: dict[str, Any], name: str) -> None:
    with pytest.raises(UnknownName, match=f"no indication is called '{name}'"):
        asked(phrase, **options)


def test_a_place_alone_is_no_arena() -> None:
    with pytest.raises(UsageError, match="needs at least one"):
        asked("China")
