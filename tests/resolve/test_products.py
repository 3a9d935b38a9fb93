"""Which of the interventions a trial tests: real designs, in the words of their registry."""

import pytest

from frontrunner.model import Intervention
from frontrunner.resolve import products
from tests.resolve.trials import trial


def values(found: list[products.Tested]) -> list[list[str]]:
    return [[name.value for name in product.names] for product in found]


def test_placebo_and_sham_are_not_tested() -> None:
    given = trial("Nusinersen in SMA", ("DRUG", "nusinersen"), ("PROCEDURE", "Sham procedure"), ("DRUG", "Placebo"))
    assert values(products.tested(given)) == [["nusinersen"]]


def test_conditioning_beside_a_cell_product_is_not_tested() -> None:
    given = trial(
        "KTE-X19 in Mantle Cell Lymphoma",
        ("BIOLOGICAL", "KTE-X19"),
        ("DRUG", "Cyclophosphamide"),
        ("DRUG", "Fludarabine"),
    )
    assert values(products.tested(given)) == [["KTE-X19"]]
    given = trial(
        "BIVV003 for Autologous Hematopoietic Stem Cell Transplantation in Severe Sickle Cell Disease",
        ("BIOLOGICAL", "Plerixafor"),
        ("DRUG", "Busulfan"),
        ("GENETIC", "BIVV003", ["Autologous CD34 + hematopoietic stem cells"]),
    )
    assert values(products.tested(given)) == [["BIVV003"]]


def test_a_small_molecule_beside_a_gene_product_is_background() -> None:
    given = trial("", ("GENETIC", "scAAV8OTC", ["DTX301"]), ("DRUG", "Oral prednisone", ["Oral prednisolone"]))
    assert values(products.tested(given)) == [["scAAV8OTC", "DTX301"]]


def test_statins_beside_a_cetp_inhibitor_are_background() -> None:
    given = trial(
        "TA-8995: Its Use in Patients With Mild Dyslipidaemia",
        ("DRUG", "TA-8995"),
        ("DRUG", "Atorvastatin"),
        ("DRUG", "Rosuvastatin"),
        ("DRUG", "TA-8995 0mg (placebo)"),
        ("DRUG", "Placebo Statin"),
    )
    assert values(products.tested(given)) == [["TA-8995"]]
    given = trial("Torcetrapib/Atorvastatin", ("DRUG", "torcetrapib/atorvastatin"), ("DRUG", "atorvastatin"))
    assert values(products.tested(given)) == [["torcetrapib"]]


def test_background_alone_is_what_is_tested() -> None:
    given = trial("Fludarabine and Cyclophosphamide", ("DRUG", "fludarabine"), ("DRUG", "cyclophosphamide"))
    assert values(products.tested(given)) == [["fludarabine"], ["cyclophosphamide"]]


def test_what_only_comparator_arms_get_is_not_tested() -> None:
    given = trial(
        "A Study of Tislelizumab",
        ("DRUG", "Tislelizumab"),
        ("DRUG", "Sorafenib"),
        arms=(("EXPERIMENTAL", ["Drug: Tislelizumab"]), ("ACTIVE_COMPARATOR", ["Drug: Sorafenib"])),
    )
    assert values(products.tested(given)) == [["Tislelizumab"]]


def test_what_every_arm_gets_is_not_tested() -> None:
    given = trial(
        "Zanubrutinib Added to Selinexor",
        ("DRUG", "Zanubrutinib"),
        ("DRUG", "Selinexor"),
        arms=(("EXPERIMENTAL", ["Drug: Zanubrutinib", "Drug: Selinexor"]), ("ACTIVE_COMPARATOR", ["Drug: Selinexor"])),
    )
    assert values(products.tested(given)) == [["Zanubrutinib"]]


def test_an_arm_of_another_dose_takes_nothing_away() -> None:
    given = trial(
        "Nusinersen Doses",
        ("DRUG", "nusinersen"),
        arms=(("EXPERIMENTAL", ["Drug: nusinersen"]), ("ACTIVE_COMPARATOR", ["Drug: nusinersen"])),
    )
    assert values(products.tested(given)) == [["nusinersen"]]


def test_without_arms_the_title_says_what_is_compared() -> None:
    given = trial(
        "bb2121 Versus Standard Regimens in Multiple Myeloma",
        ("BIOLOGICAL", "bb2121"),
        ("DRUG", "Daratumumab"),
        ("DRUG", "Ixazomib"),
        ("DRUG", "Elotuzumab"),
    )
    assert values(products.tested(given)) == [["bb2121"]]


def test_a_product_listed_by_dose_is_one() -> None:
    doses = [("DRUG", f"injection of scAAV2-P1ND4v2 {dose}x10e9 vg") for dose in ("1.18", "5.81", "2.4")]
    assert values(products.tested(trial("", *doses))) == [["scAAV2-P1ND4v2"]]


def test_two_products_of_one_trial_stay_two() -> None:
    given = trial(
        "Genome-edited Hematopoietic Stem Cells in Sickle Cell Disease",
        ("BIOLOGICAL", "OTQ923", ["Adult Part A"]),
        ("BIOLOGICAL", "HIX763", ["Adult Part B"]),
        ("BIOLOGICAL", "OTQ923 or HIX763"),
    )
    assert values(products.tested(given)) == [["OTQ923"], ["HIX763"]]


def test_a_cell_product_without_a_name_is_generic() -> None:
    found = products.tested(
        trial("CAR T in Lymphoma", ("BIOLOGICAL", "CD19-targeted Chimeric Antigen Receptor T cells"))
    )
    assert [(product.generic, product.names, product.position) for product in found] == [(True, (), 0)]


def test_a_generic_phrase_beside_the_named_product_is_no_product() -> None:
    given = trial("", ("GENETIC", "Gene Transfer"), ("DRUG", "scAAV2/8-LP1-hFIXco", ["vector"]))
    assert values(products.tested(given)) == [["scAAV2/8-LP1-hFIXco"]]


def test_a_title_names_the_generic_product() -> None:
    given = trial("Clinical Trial to Evaluate BCMA Car-T (CT053) in Myeloma", ("BIOLOGICAL", "CAR-BCMA T Cells"))
    (found,) = products.tested(given)
    assert (values([found]), found.generic) == ([["CT053"]], False)


def test_a_vector_of_two_products_does_not_name_one() -> None:
    given = trial("LentiGlobin BB305 in Sickle Cell Disease", ("GENETIC", "LentiGlobin BB305 Drug Product"))
    assert [product.generic for product in products.tested(given)] == [True]


def test_brackets_in_the_title_give_another_name() -> None:
    found = products.tested(trial("A Study of Risdiplam (RO7034067) in Infants With SMA", ("DRUG", "Risdiplam")))
    assert values(found) == [["Risdiplam", "RO7034067"]]


def test_only_the_title_names_the_product() -> None:
    (found,) = products.tested(trial("Efficacy and Safety of JCAR015 in Adult B-cell Leukemia (B-ALL)"))
    assert (values([found]), found.at, found.position) == ([["JCAR015"]], None, -1)
    (found,) = products.tested(
        trial(
            "Study Comparing TIL to Standard Ipilimumab in Metastatic Melanoma",
            ("DRUG", "Cyclophosphamide"),
            ("DRUG", "Fludarabine"),
            ("DRUG", "Interleukin-2", ["Proleukin"]),
            ("DRUG", "Ipilimumab infusion"),
        )
    )
    assert (found.generic, found.at) == (True, None)


def test_a_lead_in_study_tests_nothing() -> None:
    lead_in = "Lead-in Study of Current FVIII Prophylaxis in Adult Hemophilia A Participants Before SPK-8011"
    assert products.tested(trial(lead_in, ("DRUG", "Standard of Care FVIII Replacement therapy"))) == []
    assert products.tested(trial(lead_in)) == []


def test_assays_are_not_tested() -> None:
    assays = ("gene expression analysis", "polymerase chain reaction", "Determination of CYP2C19 genotype")
    assert products.tested(trial("Biomarkers in Lymphoma", *(("GENETIC", assay) for assay in assays))) == []


def test_procedures_devices_and_behaviour_are_not_tested() -> None:
    given = trial(
        "", ("PROCEDURE", "stem cell transplantation"), ("DEVICE", "Pump ABC-100"), ("BEHAVIORAL", "Yoga XY-200")
    )
    assert products.tested(given) == []


def test_a_second_product_of_one_intervention_has_a_position_of_its_own() -> None:
    given = trial("", ("DRUG", "COM701 in combination with BMS-986207 and nivolumab"))
    found = products.tested(given)
    assert [(product.at, product.position >= 0) for product in found] == [(0, True), (0, False)]
    assert len({product.position for product in found}) == 2


def test_every_tested_product_says_why() -> None:
    given = trial("", ("BIOLOGICAL", "KZE-X19"), ("DRUG", "Fludarabine"))
    assert [product.because for product in products.tested(given)] == ["the others are background"]


def test_what_arms_a_cell_does_not_name_it() -> None:
    given = trial("", ("BIOLOGICAL", "Interleukin-7 and Chemokine (C-C Motif) Ligand 19-expressing CD19-CAR-T"))
    assert [(product.names, product.generic) for product in products.tested(given)] == [((), True)]
    assert values(products.tested(trial("", ("DRUG", "Interleukin-7")))) == [["Interleukin-7"]]


def test_a_product_given_with_another_is_not_the_other() -> None:
    found = products.tested(trial("", ("DRUG", "COM701 with Nivolumab")))
    assert [[name.key for name in product.names] for product in found] == [["com701"]]


@pytest.mark.parametrize("phrase", ["Anti-IgE", "AAV gene therapy", "CAR-T cells", "H1N1pdm09", "Safety assessments"])
def test_a_phrase_that_several_sponsors_use_names_no_product(phrase: str) -> None:
    assert products.names(Intervention(name=phrase, type="BIOLOGICAL")) == []


def test_two_codes_of_one_series_are_two_products() -> None:
    given = trial(
        "Long-term Follow-up of Participants Who Received BIIB111 or BIIB112 Gene Therapy for Retinal Disease"
    )
    found = products.tested(given)
    assert values(found) == [["BIIB111"], ["BIIB112"]]
    assert len({product.position for product in found}) == 2
    given = trial("", ("DRUG", "INCAGN02385", ["INCAGN02390", "retifanlimab"]))
    assert values(products.tested(given)) == [["INCAGN02385"], ["INCAGN02390"], ["retifanlimab"]]


@pytest.mark.parametrize(
    "spellings",
    [["BMS-936558", "BMS-936558-01"], ["PF-07901800", "PF-0791800"], ["SU011248", "SU11248"], ["NSC 675574", "NSC 67"]],
)
def test_one_code_written_otherwise_is_one_product(spellings: list[str]) -> None:
    given = trial("", ("DRUG", spellings[0], spellings[1:]))
    assert len(products.tested(given)) == 1


def test_a_biosimilar_is_not_its_reference() -> None:
    given = trial("", ("BIOLOGICAL", "SB5 (adalimumab biosimilar)", ["Imraldi"]))
    assert values(products.tested(given)) == [["SB5", "Imraldi"]]
    given = trial("", ("BIOLOGICAL", "Nivolumab", ["ABP 206", "Opdivo", "Nivolumab Biosimilar ABP 206"]))
    assert values(products.tested(given)) == [["Nivolumab", "Opdivo"]]


def test_a_firm_and_a_common_word_name_no_product() -> None:
    given = trial("", ("DRUG", "pomalidomide", ["Celgene", "cycle"]))
    assert values(products.tested(given)) == [["pomalidomide"]]
