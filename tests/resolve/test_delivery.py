"""Route, tissue and cell source come from a record's own words, or not at all."""

import pytest

from frontrunner.model import Trial
from frontrunner.resolve.delivery import Delivery, of_product
from frontrunner.resolve.modality import classify_trial
from frontrunner.resolve.names import rules
from frontrunner.vocab import load
from tests.resolve.trials import trial


def _given(study: Trial) -> Delivery | None:
    product, label = classify_trial(study)[0]
    return of_product(study, product, label.modality) if label else None


@pytest.mark.parametrize(
    ("title", "name", "route", "tissue", "source"),
    [
        ("AAV2-RPE65 in Leber Congenital Amaurosis", "Subretinal AAV2-hRPE65v2", "subretinal", "retina", None),
        ("AAV8 Gene Therapy in Hemophilia B", "Intravenous AAV8-FIX", "intravenous", "liver", None),
        ("Cells in Heart Failure", "Intramyocardial bone marrow MSCs", "intramyocardial", "heart", "marrow"),
        ("CD19 CAR-T in B-cell Lymphoma", "Universal CD19 CAR-T cells", None, "blood", "allogeneic"),
        ("Autologous Adipose MSC in Knee Osteoarthritis", "MSC", None, "cartilage", "adipose|autologous"),
        ("T-VEC in Stage IIIB-IV Melanoma", "talimogene laherparepvec", None, "tumour", None),
        ("CAR-T After Autologous Stem Cell Transplantation in Myeloma", "BCMA CAR-T cells", None, "blood", None),
        ("脐带间充质干细胞静脉输注", "人脐带间充质干细胞注射液", "intravenous", None, "umbilical_cord"),
    ],
)
def test_what_the_words_tell(title: str, name: str, route: str, tissue: str, source: str) -> None:
    told = _given(trial(title, ("BIOLOGICAL", name)))
    assert told is not None
    assert (told.route, told.tissue, told.cell_source) == (route, tissue, source)


def test_each_label_has_the_words_that_gave_it() -> None:
    told = _given(trial("Cells in Stroke", ("BIOLOGICAL", "Intravenous autologous bone marrow mononuclear cells")))
    assert told is not None
    assert told.route_words == "Intravenous" and told.tissue_words == "Stroke"
    assert told.cell_source_words == "bone marrow mononuclear; autologous"


def test_two_routes_that_are_compared_are_none() -> None:
    told = _given(trial("AAV9 in SMA", ("GENETIC", "Intravenous or intrathecal AAV9-SMN")))
    assert told is not None and told.route is None


def test_a_small_molecule_is_not_asked() -> None:
    assert _given(trial("Oral Imatinib in Leukemia", ("DRUG", "imatinib"))) is None


def test_every_term_is_of_its_vocabulary() -> None:
    assert {row["term"] for row in rules("delivery") if row["term"] not in load(row["kind"]).terms} == set()
