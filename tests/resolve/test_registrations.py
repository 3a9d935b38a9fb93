"""Which ids are of one trial: only what records declare, and never two of one registry."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.registrations import ids_in, joined

US, EU, CHINA, UK = "NCT90000001", "2020-000001-11", "ChiCTR2100000001", "ISRCTN90000001"


def trials(held: list[str], said: list[tuple[str, str]]) -> dict[str, set[str]]:
    """What each trial of several ids is called, and its ids."""
    found = defaultdict(set)
    for one in joined(held, [(trial, text, 7) for trial, text in said]):
        found[one.trial].add(one.id)
    return dict(found)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("EudraCT 2013-000615-24", ["2013-000615-24"]),
        ("EUCTR2013-000615-24-BE", ["2013-000615-24"]),
        ("2023-505613-24-00", ["2023-505613-24-00"]),
        ("NCT01234567/isrctn12345678", ["NCT01234567", "ISRCTN12345678"]),
        ("JPRN-jRCTs031190227", ["jRCTs031190227"]),
        ("chictr2000029953; ChiCTR-OPC-15006000", ["ChiCTR2000029953", "ChiCTR-OPC-15006000"]),
        ("CTR20212816", ["CTR20212816"]),
        ("UTN U1111-1170-7180", ["U1111-1170-7180"]),
        ("protocol 2013-000615-245, tel 020-123456-78, XNCT01234567, NCT012345678", []),
    ],
)
def test_the_ids_in_a_text(text: str, ids: list[str]) -> None:
    assert [id for id, _ in ids_in(text)] == ids


def test_a_trial_is_called_by_the_first_of_its_registries_that_has_a_record_here() -> None:
    assert trials([EU, UK], [(UK, EU), (UK, US)]) == {EU: {EU, UK, US}}
    assert trials([EU, UK, US], [(UK, EU), (UK, US)]) == {US: {EU, UK, US}}


def test_a_resubmission_is_the_same_trial() -> None:
    assert trials([US, "2023-505613-24-01"], [(US, "2023-505613-24-00")]) == {US: {US, "2023-505613-24-01"}}


def test_a_number_that_two_trials_of_one_registry_claim_is_nobodys() -> None:
    other = "NCT90000002"
    assert trials([US, other, EU], [(US, EU), (other, EU)]) == {}
    assert trials([US, other, EU], [(US, EU), (other, EU), (EU, US)]) == {US: {US, EU}}


def test_a_trial_never_has_two_ids_of_one_registry() -> None:
    """The Chinese and the British record lead to two American ones: the second bridge is not crossed."""
    other = "NCT90000002"
    found = trials([US, other, CHINA, UK], [(CHINA, US), (UK, other), (CHINA, UK)])
    assert all(len({id[:3] for id in ids}) == len(ids) for ids in found.values())


def test_a_record_that_names_another_of_its_own_registry_is_not_joined_to_it() -> None:
    assert trials([US, "NCT90000002"], [(US, "NCT90000002")]) == {}


ids = st.sampled_from([US, "NCT90000002", EU, "2020-000002-12", CHINA, UK, "ISRCTN90000002", "CTR20210001"])


@given(st.lists(st.tuples(ids, ids), max_size=8), st.randoms())
def test_the_order_of_records_does_not_matter(said: list[tuple[str, str]], random: object) -> None:
    held = sorted({trial for trial, _ in said})
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = trials(held, said)
    assert trials(held[::-1], shuffled) == found
    members = [id for ids in found.values() for id in ids]
    assert len(members) == len(set(members)), "an id is of one trial"
    for group in found.values():
        registries = [registry for id in group for _, registry in ids_in(id)]
        assert len(registries) == len(set(registries)) > 1
