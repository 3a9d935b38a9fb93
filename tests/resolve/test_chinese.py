"""What of a Chinese cell is a product's name."""

import pytest

from frontrunner.model import Intervention
from frontrunner.resolve.stated import stated_products


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("阿法替尼片（BIBW 2992）", [["阿法替尼", "bibw2992"]]),
        ("ASP2215片", [["asp2215"]]),
        ("盐酸二甲双胍缓释片0.5g", [["盐酸二甲双胍"]]),
        ("苹果酸奈诺沙星胶囊英文名：Nemonoxacin商品名：太捷信", [["苹果酸奈诺沙星", "nemonoxacin", "太捷信"]]),
        ("DU-6859a片（第一三共株式会社提供）", [["du6859a"]]),
        ("SHR0302片、伊曲康唑胶囊", [["shr0302"], ["伊曲康唑"]]),
        ("羟考酮/纳洛酮缓释片", [["纳洛酮+羟考酮"]]),
        ("重组人源化抗PD-1单克隆抗体HX008注射液", [["hx008"]]),
    ],
)
def test_names_are_told_from_forms_labels_makers_and_partners(cell: str, keys: list[list[str]]) -> None:
    assert [[name.key for name in names] for names in stated_products(Intervention(cell))] == keys


@pytest.mark.parametrize(
    "cell",
    [
        "重组人源化抗PD-1单克隆抗体注射液",
        "重组人凝血因子VIII",
        "重组人乳头瘤病毒疫苗（大肠杆菌）",
        "安慰剂片",
        "注射用重组人促红素",
    ],
)
def test_what_many_makers_call_theirs_is_no_name(cell: str) -> None:
    assert stated_products(Intervention(cell)) == []
