"""What the rest of the system relies on: folding, finding, the trees, the errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner import vocab
from frontrunner.errors import UnknownName, UnknownOption


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hemophilia B", "hemophilia-b"),
        ("β-Thalassemia", "beta-thalassemia"),
        ("γ‑globin", "gamma globin"),
        ("Ｈｅｍｏｐｈｉｌｉａ　Ｂ", "hemophilia b"),
        ("Parkinson’s disease", "Parkinson's disease"),
        ("Parkinson's disease", "Parkinsons disease"),
        ("Sjögren syndrome", "Sjogren syndrome"),
        ("“Leber” – congenital  amaurosis", "Leber congenital amaurosis"),
        ("血友病 B", "血友病Ｂ"),
        ("Phase 1/2", "phase_1_2"),
        ("Ⅲ期", "III期"),
        ("Merck & Co., Inc.", "Merck and Co Inc"),
        ("Türkiye", "Turkiye"),
    ],
)
def test_fold_makes_equal(one: str, other: str) -> None:
    assert vocab.fold(one) == vocab.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muscular Dystrophy, Duchenne", "Duchenne muscular dystrophy"),
        ("SPK-9001", "SPK9001"),
        ("hemophilia A", "hemophilia B"),
        ("ガ", "カ"),
        ("國", "国"),
        ("SMA 1", "SMA1"),
    ],
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert vocab.fold(one) != vocab.fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert vocab.fold(vocab.fold(text)) == vocab.fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_ascii_folds_to_words_of_letters_and_digits(text: str) -> None:
    folded = vocab.fold(text)
    assert all(word.isalnum() and word == word.lower() for word in folded.split(" ")) or folded == ""


@given(st.sampled_from(vocab.names()), st.data())
def test_every_name_is_found_in_any_case_and_spacing(name: str, data: st.DataObject) -> None:
    listed = vocab.load(name)
    term = data.draw(st.sampled_from(list(listed.terms.values())))
    called = data.draw(st.sampled_from(list(term.names())))
    assert listed.find(called) == term.id
    assert listed.find(f"  {called.upper()} ") == term.id


@pytest.mark.parametrize("text", ["haemophilia", "hemophilia", "Hemophilia", "血友病", "MONDO:0018660"])
def test_haemophilia_by_any_name(text: str) -> None:
    assert vocab.load("indication").find(text) == "MONDO:0018660"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Haemophilia B", "MONDO:0010604"),
        ("Christmas disease", "MONDO:0010604"),
        ("乙型血友病", "MONDO:0010604"),
        ("Muscular Dystrophy, Duchenne", "MONDO:0010679"),
        ("杜氏肌营养不良", "MONDO:0010679"),
        ("Leber's Hereditary Optic Neuropathy", "MONDO:0010788"),
        ("莱伯遗传性视神经病变", "MONDO:0010788"),
        ("镰状细胞病", "MONDO:0011382"),
        ("wet AMD", "MONDO:0005417"),
        ("DLBCL", "MONDO:0018905"),
        ("LBCL", "MONDO:0968974"),
        ("Solid Tumours", "FR:solid-tumor"),
        ("ORPHA:98879", "MONDO:0010604"),
    ],
)
def test_arenas_are_found(text: str, found: str) -> None:
    assert vocab.load("indication").find(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("factor IX", "F9"),
        ("FVIII", "F8"),
        ("PD-1", "PDCD1"),
        ("PD-L1", "CD274"),
        ("BCMA", "TNFRSF17"),
        ("Claudin18.2", "CLDN18"),
        ("MT-ND4", "ND4"),
        ("micro-dystrophin", "DMD"),
        ("VEGF", "VEGFA"),
        ("cetp", "CETP"),
    ],
)
def test_targets_are_found_as_titles_call_them(text: str, found: str) -> None:
    assert vocab.load("target").find(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("United States", "US"),
        ("Korea, Republic of", "KR"),
        ("South Korea", "KR"),
        ("Turkey (Türkiye)", "TR"),
        ("Turkey", "TR"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Russian Federation", "RU"),
        ("Viet Nam", "VN"),
        ("Macao", "MO"),
        ("Côte D'Ivoire", "CI"),
        ("中国", "CN"),
    ],
)
def test_countries_are_found_as_registries_spell_them(text: str, found: str) -> None:
    assert vocab.load("country").find(text) == found


def test_an_unknown_name_is_none_never_a_guess() -> None:
    for text in ("", " ", "—", "hemophilia C and D", "gene"):
        assert vocab.load("indication").find(text) is None


def test_haemophilia_b_stands_below_haemophilia_and_coagulation_disease() -> None:
    above = vocab.load("indication").ancestors("MONDO:0010604")
    assert {"MONDO:0010604", "MONDO:0018660", "MONDO:0001531"} <= above
    assert {"MONDO:0010604", "MONDO:0010602"} <= vocab.load("indication").descendants("MONDO:0018660")


@pytest.mark.parametrize(
    ("below", "above"),
    [
        ("sickle cell disease", "haemoglobinopathy"),
        ("transfusion-dependent beta-thalassemia", "beta-thalassemia"),
        ("B-ALL", "ALL"),
        ("ALL", "leukaemia"),
        ("DLBCL", "large B-cell lymphoma"),
        ("PMBCL", "B-cell non-Hodgkin lymphoma"),
        ("MCL", "B-cell non-Hodgkin lymphoma"),
        ("FL", "B-cell non-Hodgkin lymphoma"),
        ("multiple myeloma", "hematologic malignancy"),
        ("melanoma", "solid tumour"),
        ("solid tumour", "cancer"),
        ("XLRP", "retinitis pigmentosa"),
        ("retinitis pigmentosa", "inherited retinal dystrophy"),
        ("LHON (ND4)", "LHON"),
        ("SMA type 1", "SMA"),
        ("Sanfilippo A", "mucopolysaccharidoses"),
        ("Pompe disease", "lysosomal storage disorder"),
        ("nAMD", "retinal disease"),
        ("HeFH", "hypercholesterolaemia"),
        ("acute coronary syndrome", "cardiovascular disease"),
    ],
)
def test_an_arena_includes_what_stands_below_it(below: str, above: str) -> None:
    listed = vocab.load("indication")
    lower, upper = listed.require("INDICATION", below), listed.require("INDICATION", above)
    assert upper in listed.ancestors(lower) and lower != upper
    assert lower in listed.descendants(upper)


def test_mantle_cell_is_not_a_large_b_cell_lymphoma() -> None:
    listed = vocab.load("indication")
    assert listed.require("INDICATION", "MCL") not in listed.descendants("MONDO:0968974")


def test_gene_therapy_is_in_vivo_and_gene_modified_cells() -> None:
    below = vocab.load("modality").descendants("gene_therapy")
    assert {"aav", "car_t", "edited_hsc", "lentiviral_hsc", "base_editing"} <= below
    assert not below & {"til", "sirna", "aso", "oncolytic_virus", "cell_therapy", "antibody", "msc"}


def test_cell_therapy_holds_car_t_and_til_but_no_vector_given_in_vivo() -> None:
    below = vocab.load("modality").descendants("cell_therapy")
    assert {"car_t", "til", "tcr_t", "car_nk", "edited_hsc", "msc"} <= below
    assert not below & {"aav", "gene_therapy", "gene_editing"}


def test_edited_stem_cells_are_gene_editing_and_a_modified_cell() -> None:
    assert {"gene_editing", "gene_modified_cell"} <= vocab.load("modality").ancestors("edited_hsc")


def test_a_term_is_its_own_ancestor_and_descendant() -> None:
    for name in vocab.names():
        listed = vocab.load(name)
        assert all(i in listed.ancestors(i) & listed.descendants(i) for i in listed.terms)


def test_an_unknown_name_brings_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        vocab.load("indication").require("INDICATION", "hemofilia b")
    assert "hemophilia B" in caught.value.candidates
    assert "hemophilia B" in str(caught.value) and "\n" not in str(caught.value)


def test_an_unknown_option_brings_the_allowed_list() -> None:
    with pytest.raises(UnknownOption) as caught:
        vocab.load("lane").require("--lane", "sideways")
    assert caught.value.allowed == ["registrational", "iit", "all"]


def test_an_unknown_vocabulary_is_named() -> None:
    with pytest.raises(UnknownOption, match="indication"):
        vocab.load("../errors")


def test_nearest_gives_at_most_n_labels_and_none_for_nothing() -> None:
    listed = vocab.load("indication")
    assert len(listed.nearest("lymphoma", n=3)) == 3
    assert len(set(listed.nearest("lymphoma"))) == len(listed.nearest("lymphoma"))
    assert listed.nearest("") == []
