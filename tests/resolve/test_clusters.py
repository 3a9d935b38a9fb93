"""Names become products: joined where a record says so, never across two INNs or two curated products."""

from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.clusters import cluster

KEYS = st.sampled_from(["abc101", "abc102", "xyz7", "tislelizumab", "nivolumab", "brandname", "cddp"])
GROUPS = st.lists(st.lists(KEYS, min_size=1, max_size=3), max_size=8)
KNOWN = {"abc101": "prod:abc-101", "nivolumab": "prod:nivolumab-claimed"}


@given(GROUPS, st.randoms())
def test_the_order_of_records_does_not_matter(groups: list[list[str]], random: object) -> None:
    before = cluster(groups, KNOWN)
    random.shuffle(groups)  # type: ignore[attr-defined]
    assert cluster([list(reversed(group)) for group in groups], KNOWN) == before


@given(GROUPS)
def test_curated_products_and_inns_stay_apart(groups: list[list[str]]) -> None:
    ids = cluster(groups, KNOWN)
    assert ids["abc101"] == "prod:abc-101" and ids["nivolumab"] == "prod:nivolumab-claimed"
    assert ids.get("tislelizumab") != ids["nivolumab"]
    assert {key for group in groups for key in group} <= ids.keys()


def test_two_inns_in_one_group_are_a_combination() -> None:
    groups = [["cisplatin", "tislelizumab"], ["bgba317", "tislelizumab"], ["cisplatin", "cddp"]]
    ids = cluster(groups, {"bgba317": "prod:bgb-a317"})
    assert ids["tislelizumab"] == "prod:bgb-a317"
    assert ids["cddp"] == ids["cisplatin"] != ids["tislelizumab"]


def test_an_inn_and_its_salt_are_one_product() -> None:
    ids = cluster([["pemetrexed", "pemetrexeddisodium"]], {})
    assert len(set(ids.values())) == 1
