"""Several publishers' concepts as one vocabulary, and a tree without circles."""

from hypothesis import given
from hypothesis import strategies as st

from frontrunner.resolve.joining import Joining, Told, above, without_cycles
from frontrunner.vocab import Term, Vocabulary

CORE = Vocabulary("indication", {"FR:a": Term("FR:a", "ache", "痛", ("pain of old",), (), "MESH:D1", {})})


def told(id: str, label: str | None = None, *synonyms: str, **more: list[str]) -> Told:
    source = {"MONDO": "mondo", "DOID": "doid", "MESH": "mesh"}[id.partition(":")[0]]
    kind = "exact" if source == "mondo" else "related"
    parents, same = more.get("parents", []), more.get("same_as", [])
    return Told(source, id, label, [(name, kind) for name in synonyms], parents, [], same)


def joined(*rows: Told) -> Vocabulary:
    return Joining(CORE, rows, "mondo", lambda one: one.id).joined().vocabulary


def test_a_label_wins_over_a_synonym() -> None:
    found = joined(told("MONDO:1", "stitch", "cramp"), told("MONDO:2", "cramp"))
    assert found.find("cramp") == "MONDO:2"


def test_the_core_wins_over_all() -> None:
    found = joined(told("MONDO:1", "ache"), told("MONDO:2", "stitch", "pain of old"))
    assert (found.find("ache"), found.find("pain of old")) == ("FR:a", "FR:a")
    assert found.terms["FR:a"].label_zh == "痛"


def test_a_name_of_two_is_that_of_the_one_above() -> None:
    group, kind = told("MONDO:1", "cramps", "cramp"), told("MONDO:2", "cramp 2", "cramp", parents=["MONDO:1"])
    assert joined(group, kind).find("cramp") == "MONDO:1"
    assert joined(group, told("MONDO:2", "cramp 2", "cramp")).find("cramp") is None


def test_what_no_publisher_places_is_below_the_one_that_it_narrows() -> None:
    found = joined(told("MONDO:1", "cramp"), told("DOID:1", "recurrent adult cramp"), told("DOID:2", "writer cramp"))
    assert (found.terms["DOID:1"].parents, found.terms["DOID:2"].parents) == (("MONDO:1",), ())


def test_concepts_join_by_mapping_then_by_label_else_stand_alone() -> None:
    found = joined(
        told("MONDO:1", "cramp", same_as=["DOID:1"]),
        told("DOID:1", "muscle cramp"),
        told("DOID:2", "Cramp", "night cramp"),
        told("DOID:3", "sting", parents=["DOID:1"]),
        told("MESH:D1", "Aching"),
    )
    assert {found.find(name) for name in ("muscle cramp", "night cramp", "DOID:1", "DOID:2")} == {"MONDO:1"}
    assert found.find("aching") == "FR:a"
    assert found.terms["DOID:3"].parents == ("MONDO:1",)


def test_an_id_that_two_concepts_claim_is_mapped_to_neither() -> None:
    found = joined(
        told("MONDO:1", "cramp", same_as=["DOID:1"]),
        told("MONDO:2", "sting", same_as=["DOID:1"]),
        told("DOID:1", "bite"),
    )
    assert found.find("bite") == "DOID:1"


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), max_size=13))
def test_no_tree_runs_in_a_circle_and_what_was_none_stays(edges: dict[int, list[int]]) -> None:
    tree = {str(at): tuple(str(up) for up in dict.fromkeys(ups) if up in edges) for at, ups in edges.items()}
    cut = without_cycles(tree)
    assert cut.keys() == tree.keys()
    assert all(set(cut[id]) <= set(tree[id]) for id in tree)
    assert all(id not in above(cut, up) for id in cut for up in cut[id])
    if all(id not in above(tree, up) for id in tree for up in tree[id]):
        assert cut == tree
