"""What names were alone until a later record joined them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.parts import parts

ONE = {"aa1": "prod:aa1", "bb2": "prod:aa1", "cc3": "prod:aa1", "dd4": "prod:dd4"}


def test_a_name_in_use_before_it_was_joined_was_alone_until_then() -> None:
    told = [(["aa1"], date(2019, 1, 1)), (["bb2"], date(2020, 1, 1)), (["aa1", "bb2", "cc3"], date(2022, 1, 1))]
    found = parts(ONE, told, [])
    assert {key: (part.product, part.until) for key, part in found.items()} == {"bb2": ("prod:bb2", date(2022, 1, 1))}


def test_what_is_joined_without_a_day_is_taken_for_known() -> None:
    told = [(["aa1"], date(2019, 1, 1)), (["bb2"], date(2020, 1, 1)), (["aa1", "bb2"], date(2022, 1, 1))]
    assert parts(ONE, told, [["aa1", "bb2"]]) == {}
    assert parts(ONE, [*told, (["bb2", "aa1"], None)], []) == {}


def test_names_stated_together_from_the_first_are_one() -> None:
    assert parts(ONE, [(["aa1", "bb2"], date(2019, 1, 1)), (["bb2"], date(2020, 1, 1))], []) == {}


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(sorted(ONE)), min_size=1, max_size=3, unique=True),
            st.none() | st.dates(date(2018, 1, 1), date(2024, 1, 1)),
        ),
        max_size=8,
    )
)
def test_the_order_of_records_changes_nothing_and_some_name_stays(told: list[tuple[list[str], date | None]]) -> None:
    found = parts(ONE, told, [])
    assert found == parts(ONE, told[::-1], [])
    assert not {"aa1", "bb2", "cc3"} <= found.keys()
    assert "dd4" not in found
