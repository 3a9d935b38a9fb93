"""Texts of a column become ids, or stay without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import UnknownOption
from frontrunner.resolve.column import Named, resolver

FIRM = Named("org:muster", "Muster Bio", "Muster Bio", "org:gross")
IN_CHINESE = Named("org:muster", "穆斯特生物", "Muster Bio")
OTHER = Named("org:other", "Muster Bio", "Other")


def test_a_known_name_gives_the_known_company_with_its_owner() -> None:
    resolve = resolver("company", [FIRM, IN_CHINESE])
    for text in ("Muster Bio GmbH", "穆斯特生物有限公司", "MUSTER BIO, Inc."):
        answer = resolve(text)
        assert (answer.id, answer.parent) == ("org:muster", "org:gross"), text


@pytest.mark.parametrize(
    "name", ["恒瑞医药", "恆瑞醫藥", "江苏恒瑞医药股份有限公司", "Hengrui", "Jiangsu Hengrui Pharmaceuticals Co., Ltd."]
)
def test_a_listed_firm_answers_to_its_chinese_names(name: str) -> None:
    assert resolver("company")(name.replace("恆", "恒")).id == resolver("company")("Hengrui").id


def test_a_place_is_kept_where_two_firms_differ_by_it() -> None:
    both = [Named("org:b", "北京穆斯特医药", "B"), Named("org:s", "上海穆斯特医药", "S")]
    resolve = resolver("company", both)
    assert [resolve(f"{place}穆斯特医药有限公司").id for place in ("北京", "上海")] == ["org:b", "org:s"]
    assert resolver("company")("北京穆斯特医药").id != resolver("company")("上海穆斯特医药").id


def test_a_chinese_name_may_say_more_of_the_trade_than_is_known() -> None:
    resolve = resolver("company", [IN_CHINESE])
    assert resolve("上海穆斯特生物医药科技股份有限公司").id == "org:muster"
    assert resolve("上海穆斯特基因科技有限公司").id != "org:muster"
    assert resolver("company")("上海医药科技有限公司").id != resolver("company")("上海医药").id


def test_a_name_of_two_companies_has_no_id() -> None:
    answer = resolver("company", [FIRM, OTHER])("Muster Bio")
    assert answer.id is None
    assert "org:muster" in answer.reason and "org:other" in answer.reason


def test_the_first_layer_that_knows_a_name_answers() -> None:
    assert resolver("company", [FIRM], [OTHER])("Muster Bio").id == "org:muster"


def test_an_unknown_company_is_one_of_its_own_with_the_owner_that_is_a_fact() -> None:
    resolve = resolver("company")
    assert resolve("Beispiel Pharma Japan K.K.").id == resolve("Beispiel Pharma GmbH").id
    assert (resolve("AveXis, Inc.").id, resolve("AveXis, Inc.").parent) == ("org:avexis", "org:novartis")


@pytest.mark.parametrize(
    ("kind", "text", "id"),
    [
        ("product", "AMT-061 (etranacogene dezaparvovec)", "prod:known"),
        ("product", "XYZ-1234", "prod:xyz1234"),
        ("product", "Placebo", None),
        ("product", "gene therapy", None),
        ("indication", "Hemophilia B", "MONDO:0010604"),
        ("indication", "Healthy volunteers", None),
        ("modality", "Anti-BCMA CAR-T cells", "car_t"),
        ("modality", "A Gene Therapy Trial for Hemophilia B", "gene_therapy"),
        ("modality", "Quality of Life After CAR-T Cell Therapy", None),
        ("modality", "Placebo", None),
        ("target", "factor IX", "F9"),
        ("target", "Safety of Anti-CD19 CAR-T Cells in B-ALL", "CD19"),
        ("target", "quality of life", None),
    ],
)
def test_a_text_names_one_thing_or_nothing(kind: str, text: str, id: str | None) -> None:
    answer = resolver(kind, [Named("prod:known", "AMT-061", "etranacogene dezaparvovec")])(text)
    assert answer.id == id
    assert answer.reason
    assert (answer.confidence > 0) == (id is not None)


@pytest.mark.parametrize("kind", ["company", "product", "indication", "modality", "target"])
@given(text=st.text(max_size=40))
def test_every_text_has_an_answer(kind: str, text: str) -> None:
    answer = resolver(kind)(text)
    assert (answer.id is None) == (answer.label is None) == (answer.confidence == 0)


def test_another_kind_is_refused_with_the_kinds() -> None:
    with pytest.raises(UnknownOption, match="company, product, indication, modality, target"):
        resolver("gene")
