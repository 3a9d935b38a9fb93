"""Names of products as registries write them: what is a name, which spellings are one, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.model import Intervention
from frontrunner.resolve.names import kind_of, name_key
from frontrunner.resolve.stated import names, stated_products

#: (type, name, other names) of an intervention -> keys, in order; cases from registered studies
STATED = [
    ("GENETIC", "SPK-9001", [], ["spk9001"]),
    ("BIOLOGICAL", "PF-06838435/ fidanacogene elaparvovec", [], ["pf06838435", "fidanacogene elaparvovec"]),
    ("GENETIC", "Single dose intravenous injection of BBM-H901", [], ["bbmh901"]),
    ("GENETIC", "GS010", ["Lenadogene Nolparvovec", "rAAV2/2-ND4"], ["gs010", "lenadogene nolparvovec", "raav22nd4"]),
    ("GENETIC", "AAV5-hFIXco-Padua (AMT-061)", [], ["aav5hfixcopadua", "amt061"]),
    ("BIOLOGICAL", "Lifileucel", ["LN - 144"], ["lifileucel", "ln144"]),
    ("BIOLOGICAL", "LN-144", ["TIL autologous tumor infiltrating lymphocytes"], ["ln144"]),
    ("BIOLOGICAL", "bb2121", [], ["bb2121"]),
    ("BIOLOGICAL", "JNJ-68284528", [], ["jnj68284528"]),
    ("DRUG", "BAY2599023 (DTX201)", [], ["bay2599023", "dtx201"]),
    ("DRUG", "BAY 2599023", [], ["bay2599023"]),
    ("GENETIC", "BAX 888", ["BAX888", "Adeno-associated virus serotype 8 (AAV8) vector expressing FVIII"], ["bax888"]),
    ("DRUG", "nusinersen", ["ISIS 396443", "Spinraza"], ["nusinersen", "isis396443", "spinraza"]),
    ("BIOLOGICAL", "LCAR-B38M CAR-T cell injection", [], ["lcarb38m"]),
    ("BIOLOGICAL", "Single dose of CTL019", [], ["ctl019"]),
    ("BIOLOGICAL", "AVXS-101", [], ["avxs101"]),
    ("BIOLOGICAL", "Onasemnogene Abeparvovec-xioi", [], ["onasemnogene abeparvovec"]),
    ("BIOLOGICAL", "AAV2-hRPE65v2,voretigene neparvovec-rzyl", [], ["aav2hrpe65v2", "voretigene neparvovec"]),
    ("DRUG", "rAAV2-ND4", ["rAAV2-ND4 gene therapy"], ["raav2nd4"]),
    ("DRUG", "injection of scAAV2-P1ND4v2 1.18x10e9 vg (Low),", [], ["scaav2p1nd4v2"]),
    ("DRUG", "scAAV2/8-LP1-hFIXco", ["vector"], ["scaav28lp1hfixco"]),
    ("BIOLOGICAL", "rAAVrh74.MCK.micro-Dystrophin", [], ["raavrh74mckmicrodystrophin"]),
    ("DRUG", "rAAVrh74.MHCK7.micro-dystrophin", ["micro-dystrophin vector"], ["raavrh74mhck7microdystrophin"]),
    ("BIOLOGICAL", "tgAAG76 (rAAV 2/2.hRPE65p.hRPE65)", [], ["tgaag76", "raav22hrpe65phrpe65"]),
    ("GENETIC", "AAVrh10FIX", ["DTX101"], ["aavrh10fix", "dtx101"]),
    ("BIOLOGICAL", "6E11 vg/eye of ADVM-022", [], ["advm022"]),
    ("BIOLOGICAL", "JCAR017 (lisocabtagene maraleucel) 2-dose schedule", [], ["jcar017", "lisocabtagene maraleucel"]),
    ("BIOLOGICAL", "SB-FIX", [], ["sbfix"]),
    ("BIOLOGICAL", "AUTO1", [], ["auto1"]),
    (None, "4D-150 IVT (3E10 vg/eye)", [], ["4d150"]),
    ("DRUG", "Dalcetrapib (RO4607381)", [], ["dalcetrapib", "ro4607381"]),
    ("DRUG", "migalastat HCl", [], ["migalastat"]),
    ("GENETIC", "Talimogene Laherparepvec (T-VEC)", [], ["talimogene laherparepvec", "tvec"]),
    ("DRUG", "CM310", [], ["cm310"]),
    ("DRUG", "131I-Omburtamab", [], ["omburtamab"]),
    ("DRUG", "Tadalafil 5Mg Tab", [], ["tadalafil"]),
    ("DRUG", "SGN-CD70A", [], ["sgncd70a"]),
    ("DRUG", "Loncastuximab tesirine-lpyl", [], ["loncastuximab tesirine"]),
    ("BIOLOGICAL", "信迪利单抗注射液", [], ["信迪利单抗"]),
    # one component is background: the other is the product; two unknown ones are a product of their own
    ("DRUG", "torcetrapib/atorvastatin", [], ["torcetrapib"]),
    ("DRUG", "sofosbuvir/velpatasvir", [], ["sofosbuvir+velpatasvir"]),
    ("DRUG", "velpatasvir / sofosbuvir", [], ["sofosbuvir+velpatasvir"]),
    # two codes of one series are two products
    (None, "LN-145/LN-144", [], ["ln145"]),
]


@pytest.mark.parametrize(("kind", "name", "others", "keys"), STATED, ids=[case[1] for case in STATED])
def test_the_names_that_an_intervention_states(kind: str | None, name: str, others: list[str], keys: list[str]) -> None:
    assert [found.key for found in names(Intervention(name=name, type=kind, other_names=others))] == keys


@pytest.mark.parametrize(
    "phrase",
    [
        "Gene transfer",
        "Gene therapy",
        "AAV gene therapy",
        "AAV-RPGR",
        "AAV - CNGB3",
        "AAV RPE65",
        "rAAV.hCNGA3",
        "AAV-mediated REP1 gene replacement",
        "Recombinant AAV2/6 Human Factor VIII Gene Therapy",
        "AAV5 containing a codon-optimized human factor IX gene",
        "CAR-T cells",
        "CD19-targeted Chimeric Antigen Receptor (CAR) T Cells",
        "CAR-BCMA T cells",
        "CAR-CLDN18.2 T-Cells",
        "CART-19 cells",
        "Autologous Anti-CD19CAR-4-1BB-CD3zeta-EGFRt-expressing T Lymphocytes",
        "Claudin18.2-redirected Autologous Cells",
        "autologous tumor infiltrating lymphocytes",
        "Auto CD34+PBSC, transduced with a lentiviral vector encoding human coagulation factor VIII",
        "LentiGlobin BB305 Drug Product for SCD",
        "vector",
        "Placebo",
        "Placebo anacetrapib",
        "TA-8995 0mg (placebo)",
        "Comparator: placebo",
        "standard of care",
        "Standard of Care FIX Replacement therapy",
        "Sham procedure",
        "chemotherapy",
        "microarray analysis",
        "COVID-19 vaccine",
        "H1N1",
        "CD19",
    ],
)
def test_generic_phrases_name_nothing(phrase: str) -> None:
    assert names(Intervention(name=phrase, type="BIOLOGICAL")) == []


def test_each_of_two_products_given_together_is_stated_apart() -> None:
    given = Intervention(name="COM701 in combination with BMS-986207 and nivolumab.", type="DRUG")
    assert [[name.key for name in product] for product in stated_products(given)] == [["com701"], ["bms986207"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SPK-9001", "spk 9001"),
        ("MK0859", "MK-0859"),
        ("LN - 144", "LN-144"),
        ("Yescarta®", "YESCARTA"),
        ("etranacogene dezaparvovec-drlb", "Etranacogene Dezaparvovec"),
        ("axi-cel", "Axi-Cel"),
        ("ＢＢＭ－Ｈ９０１", "BBM-H901"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_numbers_do_not_share_a_key() -> None:
    assert len({name_key(name) for name in ("SPK-9001", "SPK-8011", "SPK-8016", "AT132", "AT845")}) == 5


def test_the_key_tells_the_kind() -> None:
    keys = {"SPK-9001": "code", "nusinersen": "inn", "AAV5-hFIX": "construct", "Spinraza": "plain", "信玖凝": "zh"}
    assert {name: kind_of(name_key(name)) for name in keys} == keys


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    "drug", ["Nitazoxanide", "hydromorphone hydrochloride", "azficel-T", "nusinersen", "Valproic acid"]
)
def test_a_plain_medicine_has_a_name(drug: str) -> None:
    assert len(names(Intervention(name=drug, type="DRUG"))) == 1


def test_a_placebo_beside_a_product_leaves_the_product() -> None:
    given = Intervention(name="XNW5004 placebo; Chidamide", type="DRUG")
    assert [name.key for name in names(given)] == ["chidamide"]
