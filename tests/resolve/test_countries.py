"""The country of an organisation, where its name tells it safely."""

import pytest

from frontrunner.resolve.countries import country_of


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Springfield University Hospital, Sweden", "SE"),
        ("Princess Example Hospital (Canada)", "CA"),
        ("Example Biotech Kft.", "HU"),
        ("Example Therapeutics Oy", "FI"),
        ("Example Farmaceutici S.p.A.", "IT"),
        ("上海例子医药有限公司", "CN"),
        ("Example Therapeutics, Inc.", None),
        ("Example GmbH", None),
        ("Example Japan K.K.", None),
        ("Pfizer Oy", None),
        ("Pfizer, Spain", None),
        ("Example Oy, a Pfizer Company", None),
        ("Springfield University Hospital", None),
        ("例子医药", None),
    ],
)
def test_only_what_the_name_tells(name: str, country: str | None) -> None:
    assert country_of(name) == country
