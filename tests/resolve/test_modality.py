"""What kind of medicine it is, by its words: real names and titles, and what must not be believed."""

import re

import pytest

from frontrunner.resolve.modality import classify, classify_trial, of_text
from frontrunner.resolve.names import rules
from frontrunner.resolve.wording import Cued
from frontrunner.vocab import load
from tests.resolve.trials import trial

#: name of an intervention -> modality, vector, target
NAMES = [
    ("AAV5-hFIXco-Padua (AMT-061)", "aav", "AAV5", "F9"),
    ("scAAV2/8-LP1-hFIXco", "aav", "AAV8", "F9"),
    ("AAVrh10FIX", "aav", "AAVrh10", "F9"),
    ("AAV2/8-HLP-FVIII-V3", "aav", "AAV8", "F8"),
    ("Recombinant AAV2/6 Human Factor VIII Gene Therapy", "aav", "AAV6", "F8"),
    ("rAAV2-ND4", "aav", "AAV2", "ND4"),
    ("rAAVrh74.MHCK7.micro-dystrophin", "aav", "AAVrh74", "DMD"),
    ("rAAV2tYF-PR1.7-hCNGA3", "aav", "AAV2", "CNGA3"),
    ("AAV-RPGR", "aav", None, "RPGR"),
    ("fidanacogene elaparvovec", "aav", None, "F9"),
    ("valoctocogene roxaparvovec", "aav", None, "F8"),
    ("onasemnogene abeparvovec-xioi", "aav", None, "SMN1"),
    ("voretigene neparvovec-rzyl", "aav", None, "RPE65"),
    ("LentiGlobin BB305 Drug Product", "lentiviral_hsc", "lentivirus", "HBB"),
    ("betibeglogene autotemcel", "lentiviral_hsc", "lentivirus", "HBB"),
    (
        "Autologous hematopoietic stem cells genetically modified with GLOBE lentiviral vector encoding beta-globin",
        "lentiviral_hsc",
        "lentivirus",
        "HBB",
    ),
    ("exagamglogene autotemcel", "edited_hsc", None, "BCL11A"),
    ("renizgamglogene autogedtemcel", "edited_hsc", None, None),
    ("CRISPR-Cas9 Modified CD34+ Human Hematopoietic Stem Cells", "edited_hsc", None, None),
    ("CD19-targeted Chimeric Antigen Receptor (CAR) T Cells", "car_t", None, "CD19"),
    ("axicabtagene ciloleucel", "car_t", None, "CD19"),
    ("LCAR-B38M CAR-T Cell", "car_t", None, "TNFRSF17"),
    ("CAR-BCMA T cells", "car_t", None, "TNFRSF17"),
    ("CAR-CLDN18.2 T-Cells", "car_t", None, "CLDN18"),
    ("Anti-CD19 CAR NK Cells", "car_nk", None, "CD19"),
    ("CAR T-Cell Therapy for T/NK Cell Malignancies", "car_t", None, None),
    ("afamitresgene autoleucel", "tcr_t", None, "MAGEA4"),
    ("NY-ESO-1 TCR Gene Transduced Autologous T Lymphocytes", "tcr_t", None, "CTAG1B"),
    ("lifileucel", "til", None, None),
    ("autologous tumor infiltrating lymphocytes", "til", None, None),
    ("PD-1 Knockout T Cells", "other_gene_modified_cell", None, None),
    ("Talimogene Laherparepvec", "oncolytic_virus", None, None),
    ("recombinant adenovirus-p53 SCH-58500", "adenoviral", "adenovirus", "TP53"),
    ("autologous Mesenchymal Stem Cells", "msc", None, None),
    ("allogeneic hematopoietic stem cell transplantation", "hsct", None, None),
    ("nusinersen", "aso", None, "SMN2"),
    ("inclisiran", "sirna", None, "PCSK9"),
    ("RNA antisense oligonucleotide for intravitreal injection", "aso", None, None),
    ("semaglutide", "peptide", None, "GLP1R"),
    ("dalcetrapib", "small_molecule", None, "CETP"),
    ("toripalimab", "antibody", None, "PDCD1"),
    ("envafolimab", "antibody", None, "CD274"),
    ("loncastuximab tesirine-lpyl", "adc", None, "CD19"),
    ("tozinameran", "mrna", None, None),
    ("自体CD19嵌合抗原受体T细胞", "car_t", None, "CD19"),
    ("靶向BCMA的CAR-T细胞注射液", "car_t", None, "TNFRSF17"),
    ("重组人5型腺病毒注射液", "oncolytic_virus", None, None),
    ("自然杀伤细胞输注", "nk_cell", None, None),
    ("UCAR-T cells", "car_t", None, None),
    ("CAR.CD19-CD28-zeta-2A-iCasp9-IL15-transduced cord blood NK cells", "car_nk", None, "CD19"),
    ("CD19-specific T cells", "car_t", None, "CD19"),
    ("allogeneic natural killer (NK) cells", "nk_cell", None, None),
    ("Lentiviral gene transfer for SCID-X1", "lentiviral_hsc", "lentivirus", None),
]


@pytest.mark.parametrize(("name", "modality", "vector", "target"), NAMES, ids=[case[0] for case in NAMES])
def test_a_name_tells_its_kind(name: str, modality: str, vector: str | None, target: str | None) -> None:
    label = classify([("name", name)])
    assert label is not None
    assert (label.modality, label.vector, label.target) == (modality, vector, target)


@pytest.mark.parametrize(
    "name",
    [
        "XYZ-9001",
        "zz2121",
        "mesenchymal stem cell derived exosomes",
        "combination antiretroviral therapy (cART)",
        "carcinoembryonic antigen",
        "gene expression analysis",
        "Gene Expression Profiling",
        "genetic testing",
        "car seat education",
        "filgrastim",
        "Standard of care",
        "T-cell receptor repertoire sequencing",
        "AAV antibody assay",
        "stem cell mobilization",
    ],
)
def test_a_name_that_tells_nothing_is_left_alone(name: str) -> None:
    assert classify([("name", name)]) is None


@pytest.mark.parametrize(
    "title",
    [
        "Ibrutinib After CAR-T Therapy",
        "Tocilizumab for Cytokine Release Syndrome Following CAR-T Cell Infusion",
        "Quality of Life in Patients Previously Treated With Gene Therapy",
        "Pre-existing Antibodies Against AAV in Hemophilia B",
        "Six Month Lead-in Study Prior to Gene Therapy in Hemophilia B",
        "Patient Attitudes to Gene Therapy",
        "Gene Expression and Polymorphism in Lymphoma",
        "Mobilization of Stem Cells With Plerixafor",
        "Epigenetic Therapy to Overcome Resistance",
        "Avacopan in ANCA-Associated Vasculitis (AAV)",
        "Cardiovascular Effects of CAR-T Cell Therapy",
        "A Gag-PR-RT AAV HIV Vaccine",
        "Radiotherapy of Natural Killer/T-cell Lymphoma",
        "Transcranial Infrared Laser Stimulation (TILS) of Cognition",
        "Effects of Modified Ride-on Cars on Mobility",
        "Natural Killer Cell Reconstitution After Haploidentical Transplantation",
        "Imaging of the Response to CAR T Cell Therapy",
        "Stem Cell Characterization in Healthy Volunteers",
        "p53 Gene Analysis and Chemotherapy in Breast Cancer",
    ],
)
def test_a_title_about_something_else_gives_no_label(title: str) -> None:
    assert classify([], [("title", title)]) is None


@pytest.mark.parametrize(
    ("title", "modality"),
    [
        ("Autologous Bone Marrow Stem Cells in Critical Limb Ischemia", "unmodified_cell"),
        ("Cord Blood Infusion for Ischemic Stroke", "unmodified_cell"),
        ("Regulatory T Cell Therapy in Liver Transplant Patients", "unmodified_cell"),
        ("CMV-CTL for the Treatment of CMV Infection After HSCT", "virus_specific_t"),
        ("Adipose Derived Stem Cells for Knee Osteoarthritis", "msc"),
        ("NK Cells to Prevent Relapse of Myeloid Malignancies", "nk_cell"),
        ("Autologous IL-2 Expressing Tumor Cells in Leukemia", "other_gene_modified_cell"),
        ("T-Lymphocytes Genetically Targeted to CD19 in Leukemia", "car_t"),
        ("Recombinant Endostatin Adenovirus With Chemotherapy", "adenoviral"),
        ("重组人GM-CSF单纯疱疹病毒注射液治疗黑色素瘤", "oncolytic_virus"),
        ("脐带来源的干细胞治疗膝骨关节炎", "unmodified_cell"),
    ],
)
def test_a_title_alone_tells_what_cells_or_genes_are_given(title: str, modality: str) -> None:
    assert [label.modality for _, label in classify_trial(trial(title)) if label] == [modality]


@pytest.mark.parametrize(
    ("name", "modality"),
    [
        ("CD19 CAR-T combined with tislelizumab", "car_t"),
        ("Fludarabine + Cyclophosphamide + CAR7-T Cells", "car_t"),
        ("Human umbilical cord mesenchymal stem cells + best supportive care", "msc"),
        ("T-cell therapy + Rituximab + IL-2", "cell_therapy"),
    ],
)
def test_a_sum_is_the_product_and_not_its_partner(name: str, modality: str) -> None:
    ((product, label),) = classify_trial(trial("A study", ("BIOLOGICAL", name)))
    assert label is not None
    assert label.modality == modality
    assert {part.key for part in product.names}.isdisjoint({"tislelizumab", "rituximab", "fludarabine"})


def test_lymphodepletion_before_a_code_says_that_cells_are_given() -> None:
    given = (("BIOLOGICAL", "XQC-2005"), ("DRUG", "Fludarabine"), ("DRUG", "Cyclophosphamide"))
    ((_, label),) = classify_trial(trial("XQC-2005 in Refractory Malignancies", *given))
    assert label is not None
    assert (label.modality, label.words) == ("cell_therapy", "Fludarabine")
    before_a_graft = trial("XQC-2005 and a Transplant", *given, ("PROCEDURE", "Stem cell transplant"))
    assert [label for _, label in classify_trial(before_a_graft) if label] == []


def test_a_code_does_not_take_the_kind_of_what_is_given_beside_it() -> None:
    given = (("BIOLOGICAL", "Coxsackievirus A21"), ("BIOLOGICAL", "XQC-4830"))
    both = classify_trial(trial("XQC-4830 and Coxsackievirus A21 in Melanoma", *given))
    assert [label and label.modality for _, label in both] == ["oncolytic_virus", None]
    lymphodepletion = (("BIOLOGICAL", "XQC-647"), ("DRUG", "Fludarabine"), ("DRUG", "Cyclophosphamide"))
    both = classify_trial(trial("Anti-CD19 CAR T Cells", ("GENETIC", "CTL019"), *lymphodepletion))
    assert [label and label.modality for _, label in both] == ["car_t", None]


def test_a_partner_in_one_sum_says_nothing_of_a_product_that_is_also_given_alone() -> None:
    given = (("DRUG", "XQC-621 Monotherapy"), ("DRUG", "XQC-621 + PD-1 Inhibitor"), ("OTHER", "XQC-621 + T-Vec"))
    assert [label for _, label in classify_trial(trial("XQC-621 in Solid Tumors", *given)) if label] == []


@pytest.mark.parametrize(
    "title",
    [
        "CAR T Cell Therapy Related Cardiovascular Outcomes",
        "Quality of Life of CAR-T Recipients",
        "Derivation of New Human Embryonic Stem Cell Lines",
        "Serum Metal Levels After Cathcart Hemiarthroplasty",
        "In Vitro Modulation of Monocyte-derived Dendritic Cells",
        "Combination Therapy With Nucleoside Analogs in Persons With CD4 Cells of 200 to 500",
    ],
)
def test_a_title_about_what_cells_do_or_are_gives_none(title: str) -> None:
    assert [label for _, label in classify_trial(trial(title)) if label] == []


def test_a_device_with_the_code_of_a_virus_is_none() -> None:
    assert classify_trial(trial("HF10 Therapy for Back Pain", ("DEVICE", "HF10 Therapy"))) == []


def test_a_bridging_drug_is_tested_and_not_the_cells_that_come_after() -> None:
    bridging = trial(
        "Odronextamab Bridging Before CAR-T", ("BIOLOGICAL", "Odronextamab"), ("BIOLOGICAL", "CAR-T cells")
    )
    assert [label.modality for _, label in classify_trial(bridging) if label] == ["bispecific_antibody"]


def test_a_title_tells_what_a_code_is_and_its_place_is_kept() -> None:
    given = trial(
        "Dose-Ranging Study of Recombinant AAV2/6 Human Factor 8 Gene Therapy SB-525", ("BIOLOGICAL", "SB-525")
    )
    ((_, label),) = classify_trial(given)
    assert label is not None
    assert (label.modality, label.vector, label.target, label.transgene) == ("aav", "AAV6", "F8", True)
    assert (label.words, label.place) == ("AAV", "protocolSection.identificationModule.briefTitle")


def test_keywords_complete_a_code() -> None:
    given = trial(
        "Gene Therapy for SMA Type 1", ("BIOLOGICAL", "XVXS-101"), keywords=("AAV9", "Survival Motor Neuron", "SMN")
    )
    ((_, label),) = classify_trial(given)
    assert label is not None
    assert (label.modality, label.vector, label.target) == ("aav", "AAV9", "SMN1")


@pytest.mark.parametrize(
    ("name", "modality", "vector", "target"),
    [
        ("EDIT-301", "edited_hsc", "electroporation_rnp", "HBG1"),
        ("BMN 270", "aav", "AAV5", "F8"),
        ("RGX-121-3102", "aav", "AAV9", "IDS"),
        ("Relma-cel", "car_t", None, "CD19"),
        ("RP-L201", "lentiviral_hsc", "lentivirus", "ITGB2"),
    ],
)
def test_a_code_that_the_field_knows_tells_its_kind(name: str, modality: str, vector: str | None, target: str) -> None:
    ((_, label),) = classify_trial(trial("A Study", ("DRUG", name)))
    assert label is not None
    assert (label.modality, label.vector, label.target) == (modality, vector, target)


def test_the_words_of_a_record_go_before_what_we_know() -> None:
    label = classify([("name", "EDIT-301")], [("title", "CRISPR-edited CD34+ cells in thalassemia")])
    assert label is not None
    assert (label.words, label.place) == ("CRISPR-edited CD34", "title")


def test_a_follow_up_that_gives_nothing_has_the_kind_of_what_was_given() -> None:
    given = trial(
        "Long-term Follow-up of Subjects Who Received CRISPR CAR T Therapies", ("OTHER", "Non Interventional")
    )
    ((product, label),) = classify_trial(given)
    assert label is not None
    assert (product.generic, label.modality, label.follow_up) == (True, "car_t", True)
    assert classify_trial(trial("Long-term Follow-up of Stroke", ("OTHER", "Non Interventional"))) == []


def test_the_product_of_the_title_beside_background_alone() -> None:
    given = trial("A Study of SRP-9001 in Duchenne Muscular Dystrophy", ("DRUG", "prednisolone"))
    ((product, label),) = classify_trial(given)
    assert label is not None
    assert ([name.key for name in product.names], label.modality) == (["srp9001"], "aav")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("NK cells", ["nk_cell"]),
        ("regulatory T cells", ["unmodified_cell"]),
        ("Drug: Fludarabine|Biological: CD19 CAR-T cells", ["car_t"]),
        ("Pembrolizumab in Lung Cancer", ["antibody"]),
        ("Patients with prior gene therapy are excluded", []),
        ("Outcomes of NK Cells", []),
        ("间充质干细胞治疗膝骨关节炎", ["msc"]),
    ],
)
def test_a_text_alone_is_read_as_what_it_looks_like(text: str, kinds: list[str]) -> None:
    assert [label.modality for label in of_text(text)] == kinds


def test_a_small_molecule_does_not_take_the_kind_of_the_title() -> None:
    ((_, label),) = classify_trial(trial("Ibrutinib Maintenance With CAR-T Cells", ("DRUG", "ibrutinib")))
    assert label is not None and label.modality == "small_molecule"
    ((_, nothing),) = classify_trial(trial("Branaplam or AAV Gene Therapy", ("DRUG", "branaplam")))
    assert nothing is None


def test_the_receptor_of_a_car_is_bound_and_not_brought() -> None:
    label = classify([("name", "anti-CD19 CAR-T cells made with a lentiviral vector")])
    assert label is not None
    assert (label.vector, label.target, label.transgene) == ("lentivirus", "CD19", False)


def test_both_antigens_of_a_dual_car() -> None:
    label = classify([("name", "CD19/CD22 bispecific CAR-T cells")])
    assert label is not None
    assert label.target == "CD19|CD22"


def test_the_registry_type_genetic_is_evidence_for_a_named_product_only() -> None:
    ((_, label),) = classify_trial(trial("A Study of XRP-9001 for DMD", ("GENETIC", "XRP-9001")))
    assert label is not None
    assert (label.modality, label.words, label.place.rsplit(".", 1)[-1]) == ("gene_therapy", "GENETIC", "type")
    assert classify_trial(trial("Genotypes", ("GENETIC", "Determination of CYP2C19 genotype"))) == []


@pytest.mark.parametrize(
    ("title", "late"),
    [
        ("A Long-Term Follow-Up Study of Haemophilia B Patients Who Have Undergone FLT180a AAV Gene Therapy", True),
        ("RESCUE and REVERSE Long-term Follow-up of AAV2 Gene Therapy", True),
        ("Roll-over Study of FLT180a AAV Gene Therapy", True),
        ("Expanded Access to FLT180a AAV Gene Therapy", True),
        ("Long-term Safety of FLT180a AAV Gene Therapy", True),
        ("A Factor IX Gene Therapy Study of FLT180a With AAV", False),
    ],
)
def test_a_follow_up_keeps_the_kind_and_is_marked(title: str, late: bool) -> None:
    ((_, label),) = classify_trial(trial(title, ("BIOLOGICAL", "FLT180a")))
    assert label is not None
    assert (label.modality, label.follow_up) == ("aav", late)


def test_long_term_alone_is_no_follow_up_of_a_daily_medicine() -> None:
    ((_, label),) = classify_trial(trial("Long-term Safety of Evacetrapib", ("DRUG", "evacetrapib")))
    assert label is not None and not label.follow_up


def test_every_id_of_the_rules_is_in_its_vocabulary() -> None:
    told = {
        row["modality"] for table in ("modality", "inn_stems", "listed_inns", "known_codes") for row in rules(table)
    }
    assert told <= load("modality").terms.keys()
    targets = {
        row["target"] for table in ("targets", "inn_stems", "listed_inns", "known_codes") for row in rules(table)
    }
    assert {part for target in targets if target for part in target.split("|")} <= load("target").terms.keys()
    assert {row["vector"] for row in rules("known_codes")} - {""} <= load("vector").terms.keys()


TEXTS = [case[0] for case in NAMES] + [
    "Lentivirus Vector CCR5 shRNA-transduced Autologous CD34-positive Hematopoietic Progenitor Cells",
    "oncolytic HSV-1",
    "adenine base edited CD34+ cells",
    "in vivo CAR-T lentiviral vector",
    "natural killer cells",
    "umbilical cord blood transplantation",
    "溶瘤病毒注射液",
    "间充质干细胞",
    "重组腺相关病毒",
    "双特异性抗体",
    "anti-PD-1 monoclonal antibody",
    "antisense oligonucleotide",
    "human coagulation factor IX concentrate prophylaxis",
    "plasmid encoding VEGF",
    "TRANSDUCED CORD BLOOD NK CELLS EXPRESSING A CAR",
    "CD19 UCARTcells",
    "iPSC-derived cells",
    "Stromal vascular fraction (SVF) injection",
    "DC vaccine and CIK cells",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_rule_finds_what_its_cues_miss(text: str) -> None:
    """A rule is only tried where one of its cues occurs, so a cue that is missing would silence it."""
    for table in ("modality", "targets"):
        cued = Cued((row["cues"], row["pattern"]) for row in rules(table))
        found = [row["pattern"] for row in rules(table) if re.search(row["pattern"], text, re.I)]
        assert set(found) <= set(cued.tried(text)), table


def test_a_record_with_an_official_title_alone_is_read_by_it() -> None:
    ((product, label),) = classify_trial(trial(official_title="CD19 CAR-T Cells in Lymphoma"))
    assert label is not None and label.modality == "car_t"
    assert product.place == label.place == "protocolSection.identificationModule.officialTitle"
