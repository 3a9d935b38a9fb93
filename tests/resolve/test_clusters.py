"""Names become products: joined where a record says so, never across two INNs or two curated products."""

from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.clusters import cluster, clusters

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


@given(GROUPS)
def test_two_curated_products_are_never_one(groups: list[list[str]]) -> None:
    known = {"abc101": "prod:one", "xyz7": "prod:two", "nivolumab": "prod:three"}
    ids = clusters(groups, known).ids
    assert [ids[key] for key in known] == list(known.values())


def test_a_group_that_would_join_two_curated_products_is_cut_and_reported() -> None:
    known = {"spk9001": "prod:spk-9001", "amt061": "prod:amt-061"}
    found = clusters([["spk9001", "vector5"], ["amt061", "vector5"], ["spk9001", "pf06838435"]], known)
    assert found.ids["pf06838435"] == "prod:spk-9001"
    assert found.ids["vector5"] == "prod:vector5"
    assert [(cut.keys, cut.products) for cut in found.conflicts] == [(("vector5",), ("prod:amt-061", "prod:spk-9001"))]


def test_an_id_stays_when_the_same_names_come_again() -> None:
    before = cluster([["spk9001", "brandname"]], {})
    assert cluster([["spk9001", "brandname"], ["brandname"], ["spk9001"]], {}) == before
    assert set(before.values()) == {"prod:spk9001"}
