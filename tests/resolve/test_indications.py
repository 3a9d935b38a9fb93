"""Diseases as registries write them, and what must not be read into a text."""

import pytest

from frontrunner.resolve.conditions import About, Reader
from frontrunner.vocab import load

CORE = Reader(load("indication"))
match, match_title = CORE.matcher.match, CORE.matcher.match_title


def label(text: str) -> str | None:
    found = match(text)
    return load("indication").terms[found.id].label if found else None


def about(title: str = "", conditions: tuple[str, ...] = (), keywords: tuple[str, ...] = ()) -> About:
    return About(conditions, keywords, (title or None, None))


#: (condition as published, label of the vocabulary)
NAMED = [
    ("Hemophilia B", "hemophilia B"),
    ("Severe Haemophilia A", "hemophilia A"),
    ("Haemophilia B Without Inhibitor", "hemophilia B"),
    ("Factor VIII (FVIII) Deficiency", "hemophilia A"),
    ("Muscular Dystrophy, Duchenne", "Duchenne muscular dystrophy"),
    ("Optic, Atrophy, Hereditary, Leber", "Leber hereditary optic neuropathy"),
    ("Leber's Hereditary Optic Neuropathy", "Leber hereditary optic neuropathy"),
    ("Retinitis Pigmentosa, X-Linked", "X-linked retinitis pigmentosa"),
    ("CHM (Choroideremia) Gene Mutations", "choroideremia"),
    ("β-thalassemia Major", "beta-thalassemia major"),
    ("Muscular Atrophy, Spinal", "spinal muscular atrophy"),
    ("SMA", "spinal muscular atrophy"),
    ("DLBCL", "diffuse large B-cell lymphoma"),
    ("Lymphoma, Large B-Cell, Diffuse", "diffuse large B-cell lymphoma"),
    ("Relapsed/Refractory Diffuse Large B-Cell Lymphoma (DLBCL)", "diffuse large B-cell lymphoma"),
    ("Refractory or Relapsed Multiple Myeloma", "multiple myeloma"),
    ("Stage IV Non-Small Cell Lung Cancer", "non-small cell lung carcinoma"),
    ("Non-Small-Cell Lung Cancer Stage IV", "non-small cell lung carcinoma"),
    ("Non-Hodgkin's Lymphoma Refractory", "non-Hodgkin lymphoma"),
    ("Acute Myeloid Leukemia, Relapsed, Adult", "acute myeloid leukemia"),
    ("Metastatic Castration-Resistant Prostate Cancer", "prostate cancer"),
    ("Diabetes Mellitus Type 2", "type 2 diabetes mellitus"),
    ("Coronary Heart Disease (CHD)", "coronary artery disease"),
    ("Recurrent Extranodal Marginal Zone Lymphoma of Mucosa-Associated Lymphoid Tissue", "marginal zone lymphoma"),
    ("EGFR Positive Non-small Cell Lung Cancer", "non-small cell lung carcinoma"),
    ("Anemia of Chronic Kidney Disease", "anemia"),
    ("血友病B", "hemophilia B"),
    ("复发或难治性多发性骨髓瘤", "multiple myeloma"),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[case[0] for case in NAMED])
def test_a_condition_names_a_disease(text: str, expected: str) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Healthy",
        "Healthy Volunteers",
        "Gene Therapy",
        "Adeno-Associated Virus (AAV)",
        "High Risk",
        "Childhood",
        "Quality of Life",
        "Subjective Cognitive Decline (SCD)",
        "Cerebrovascular Disease (CVD)",
        "Ocular Hypertension",
        "Pulmonary Hypertension",
        "All",
        "Benign Neoplasm of Ureter",
        "Hemophilic Arthropathy",
        "",
    ],
)
def test_what_names_no_disease_of_the_list(text: str) -> None:
    assert label(text) is None


def test_an_abbreviation_in_brackets_does_not_overrule_the_words_before_it() -> None:
    assert label("Congenital Heart Disease (CHD)") == "heart disease"
    assert label("Coronary Arterial Disease (CAD)") == "coronary artery disease"


def labels(given: About) -> list[str]:
    return [load("indication").terms[found.id].label for found in CORE.of_trial(given)]


def test_a_disease_above_another_is_left_out() -> None:
    given = about(conditions=("Genetic Diseases, Inborn", "Hemophilia B", "Hematologic Diseases", "Hemophilia"))
    assert labels(given) == ["hemophilia B"]


def test_a_sign_beside_its_disease_is_left_out() -> None:
    given = about(conditions=("Blindness", "Leber Congenital Amaurosis 10", "Vision Disorders", "Retinal Disease"))
    assert labels(given) == ["Leber congenital amaurosis 10"]
    assert labels(about(conditions=("Blindness",))) == ["blindness"]


def test_a_basket_keeps_every_disease_of_its_own_list_and_no_other() -> None:
    given = about(
        "LN-145 in Solid Tumors",
        conditions=(
            "Metastatic Melanoma",
            "Squamous Cell Carcinoma of the Head and Neck",
            "Non-small Cell Lung Cancer",
        ),
    )
    expected = ["melanoma", "head and neck squamous cell carcinoma", "non-small cell lung carcinoma"]
    assert labels(given) == expected


def test_a_name_that_its_registry_cut_at_the_comma() -> None:
    assert labels(about(conditions=("Retinoschisis", "X-Linked"))) == ["X-linked retinoschisis"]


def test_the_title_is_read_only_where_the_conditions_say_little() -> None:
    title = "Gene Therapy to Treat Leber Congenital Amaurosis"
    assert labels(about(title, conditions=("Retinal Degeneration",))) == ["Leber congenital amaurosis"]
    assert labels(about(title, conditions=("Choroideremia",))) == ["choroideremia"]
    assert labels(about(title)) == ["Leber congenital amaurosis"]
    assert labels(about(title, conditions=("Lymphoma",))) == ["lymphoma"]


def test_keywords_come_before_the_title() -> None:
    given = about("A Study in Choroideremia", keywords=("gene therapy", "Leber congenital amaurosis"))
    assert labels(given) == ["Leber congenital amaurosis"]
    assert [found.place for found in CORE.of_trial(given)] == ["protocolSection.conditionsModule.keywords[1]"]


def test_healthy_volunteers_have_no_disease() -> None:
    assert CORE.of_trial(about("SPK-9001 in Healthy Volunteers", conditions=("Healthy Volunteers", "Healthy"))) == []


def test_each_match_says_where_and_why() -> None:
    (found,) = CORE.of_trial(about(conditions=("High Risk", "Relapsed Melanoma")))
    assert found.place == "protocolSection.conditionsModule.conditions[1]"
    assert "without severity" in found.because


def test_a_title_names_several() -> None:
    found = match_title("Decitabine and Gemcitabine for Pancreatic Cancer and Sarcoma, Not for HIV-Related Lymphoma")
    assert [load("indication").terms[one.id].label for one in found][:2] == ["pancreatic cancer", "sarcoma"]


def test_every_name_of_the_vocabulary_finds_its_own_term() -> None:
    terms = load("indication").terms
    lost = [term.label for term in terms.values() if (found := match(term.label)) is None or found.id != term.id]
    assert lost == []
