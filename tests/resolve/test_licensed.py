"""What regulators' rows say of a product: names that tell it from others, its kind, the uses and nothing else."""

import pytest

from frontrunner.model import Approval, Called
from frontrunner.resolve import licensed
from frontrunner.resolve.indications import packaged
from frontrunner.vocab import load


def row(*names: tuple[str, str], indication: str | None = None, areas: tuple[str, ...] = ()) -> Approval:
    called = [Called(value, kind) for value, kind in names]
    return Approval(jurisdiction="US", names=called, status="approved", indication=indication, areas=list(areas))


@pytest.mark.parametrize(
    ("name", "kind", "keys"),
    [
        ("HEMGENIX®", "brand", {"hemgenix"}),
        ("etranacogene dezaparvovec-drlb", "inn", {"etranacogene dezaparvovec"}),
        ("tisagenlecleucel-T", "inn", {"tisagenlecleucel"}),
        ("revakinagene taroretcel-lwey", "inn", {"revakinagene taroretcel"}),
        ("remestemcel-L-rknd", "inn", {"remestemcel"}),
        ("filgrastim-sndz", "inn", {"filgrastim"}),
        ("tagraxofusp-erzs", "inn", {"tagraxofusp"}),
        ("calaspargase pegol-mknl", "inn", {"calaspargasepegol"}),
        ("nivolumab;relatlimab", "inn", {"nivolumab+relatlimab"}),
        ("nivolumab and relatlimab-rmbw", "inn", {"nivolumab+relatlimab"}),
        ("relatlimab / nivolumab", "inn", {"nivolumab+relatlimab"}),
        ("atoltivimab, maftivimab, and odesivimab-ebgn", "inn", {"atoltivimab+maftivimab+odesivimab"}),
        ("efgartigimod alfa and hyaluronidase-qvfc", "inn", {"efgartigimod"}),
        ("pertuzumab, trastuzumab, and hyaluronidase-zzxf", "inn", {"pertuzumab+trastuzumab"}),
        ("trenonacog alfa;Trenonacog alfa", "inn", {"trenonacogalfa"}),
        ("Coagulation Factor IX (Human)", "inn", set()),
        ("Diphtheria and Tetanus Toxoids Adsorbed", "inn", set()),
        ("Immune Globulin", "inn", set()),
        ("insulin", "inn", set()),
        ("Autologous T cells transduced with a lentiviral vector", "variant", set()),
        ("KTE-C19", "variant", {"ktec19"}),
    ],
)
def test_only_telling_names_join(name: str, kind: str, keys: set[str]) -> None:
    assert {one.key for one in licensed.names([Called(name, kind)])} == keys


@pytest.mark.parametrize(
    ("names", "modality"),
    [
        ([("Imaavy", "brand")], None),
        ([("IMAAVY", "brand"), ("nipocalimab-aahu", "inn")], "antibody"),
        ([("Hemgenix", "brand")], "aav"),
        ([("X", "brand"), ("antigens adsorbed [produced on genetically engineered murine cells]", "inn")], None),
        ([("X", "brand"), ("autologous T cells with a chimeric antigen receptor against CD19", "variant")], "car_t"),
    ],
)
def test_the_kind_is_that_of_the_product(names: list[tuple[str, str]], modality: str | None) -> None:
    label = licensed.label(row(*names))
    assert (label and label.modality) == modality


def test_a_nonproprietary_name_is_a_common_noun() -> None:
    assert [one.value for one in licensed.names([Called("Odronextamab", "inn")])] == ["odronextamab"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("nivolumab and relatlimab-rmbw", "PDCD1|LAG3"),
        ("datopotamab deruxtecan-dlnk", "TACSTD2"),
        ("efgartigimod alfa-fcab", "FCGRT"),
        ("ivacaftor / tezacaftor / elexacaftor", "CFTR"),
        ("iptacopan", "CFB"),
        ("adagrasib", "KRAS"),
    ],
)
def test_a_listed_name_tells_its_targets(name: str, target: str) -> None:
    label = licensed.label(row(("X", "brand"), (name, "inn")))
    assert label is not None and label.target == target


def test_what_troubles_the_patients_beside_is_no_use() -> None:
    text = "weight management in the presence of a comorbidity such as anemia (melanoma or type 2 diabetes)"
    found = licensed.diseases(("Obesity",), text, packaged())
    assert {load("indication").terms[one.indication].label for one in found} == {"obesity"}


def test_a_label_that_says_what_the_product_is_tells_its_target() -> None:
    text = "EXAMPLECEL is a CD19-directed genetically modified autologous T cell immunotherapy indicated for adults"
    label = licensed.label(row(("axicabtagene ciloleucel", "inn"), indication=text))
    assert label is not None and (label.modality, label.target) == ("car_t", "CD19")


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("adults with hemophilia B who currently use factor IX prophylaxis", {"hemophilia B"}),
        ("adults with relapsed mantle cell lymphoma after a kinase inhibitor", {"mantle cell lymphoma"}),
        (
            "large B-cell lymphoma including follicular lymphoma, excluding primary CNS lymphoma",
            {"follicular lymphoma"},
        ),
        ("melanoma in patients without a history of multiple myeloma", {"melanoma"}),
        ("the relief of nothing that we know", set()),
        ("bleeding in patients with hemophilia A or B", {"hemophilia A", "hemophilia B"}),
        ("anaemia in adults receiving chemotherapy for solid tumours, melanoma or multiple myeloma", {"anemia"}),
        ("prevention of bleeding in adults with risk factors such as multiple myeloma, melanoma", set()),
        ("multicentric Castleman disease in adults who are multiple myeloma (MM) negative", set()),
        ("hemophilia B. It has not been tested in patients with melanoma", {"hemophilia B"}),
        ("neutropenia (less than 1.0&nbsp;x 10) in patients with advanced multiple myeloma", set()),
    ],
)
def test_the_uses_are_what_the_label_names_and_not_what_it_leaves_out(text: str, uses: set[str]) -> None:
    found = {load("indication").terms[one.indication].label for one in licensed.diseases((), text, packaged())}
    assert uses <= found and not (found - uses) & {"primary CNS lymphoma", "multiple myeloma", "melanoma"}


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("anaplastic lymphoma kinase (ALK)-positive non-small cell lung cancer", {"MONDO:0005233"}),
        ("primary myelofibrosis, post polycythaemia vera myelofibrosis", {"MONDO:0009692"}),
    ],
)
def test_a_gene_and_a_former_disease_are_no_use(text: str, uses: set[str]) -> None:
    assert {one.indication for one in licensed.diseases((), text, packaged())} == uses


@pytest.mark.parametrize(
    ("name", "uses"),
    [
        ("COVID-19 Vaccine, mRNA", {"MONDO:0100096"}),
        ("Respiratory Syncytial Virus Vaccine, Adjuvanted", {"MONDO:0001577"}),
        ("Human Papillomavirus 9-valent Vaccine, Recombinant", {"MONDO:0005161"}),
        ("Psoriasis and Asthma Vaccine", set()),
        ("vedolizumab", set()),
    ],
)
def test_a_vaccine_is_for_what_its_name_says(name: str, uses: set[str]) -> None:
    found = licensed.diseases((), None, packaged(), [name])
    assert {one.indication for one in found} == uses
    assert {one.place for one in found} <= {"names"}


def test_the_most_exact_of_areas_and_text_stands() -> None:
    found = licensed.diseases(("Hemophilia A or B", "Hemophilia B"), "adults with hemophilia B", packaged())
    assert [one.indication for one in found] == ["MONDO:0010604"]
