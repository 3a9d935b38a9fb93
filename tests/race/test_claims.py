"""Press claims in English and Chinese against the starter ledger: verdicts, rivals, and what is not understood."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from frontrunner.pipeline import ingest
from frontrunner.race.answers import Checked
from frontrunner.race.claims import check
from frontrunner.race.question import Snapshot
from frontrunner.race.why import quotes
from frontrunner.store.home import Home
from tests.studies import lines, study

Check = Callable[[str], Checked]
YES, NO, OPEN, UNKNOWN = "supported", "contradicted by these sources", "contested", "cannot be known"


@pytest.fixture(scope="session")
def held(starter: Snapshot) -> Check:
    """A claim against the starter ledger."""
    return lambda claim: check(starter, claim, date(2026, 11, 1), "now")


CLAIMS = [
    # approvals, English
    ("Hemgenix was the first gene therapy for haemophilia B approved in the US", YES, None, "etranacogene"),
    ("Beqvez was the first gene therapy for hemophilia B approved by the FDA", NO, None, "fidanacogene"),
    ("Beqvez is the second gene therapy for haemophilia B licensed in the United States", YES, None, "fidanacogene"),
    ("Hemgenix is the second gene therapy for haemophilia B approved in the EU", NO, None, "etranacogene"),
    ("Europe's first gene therapy for hemophilia B is Hemgenix, approved in 2023", YES, None, "etranacogene"),
    ("Casgevy is the first gene therapy approved for sickle cell disease in the US", OPEN, "tie", "exagamglogene"),
    ("The first FDA-approved gene therapy for sickle cell disease is Lyfgenia", OPEN, "tie", "lovotibeglogene"),
    ("Casgevy was the first gene therapy approved for sickle cell disease in the UK", YES, None, "exagamglogene"),
    ("Casgevy was the world's first approved CRISPR gene editing therapy", YES, None, "exagamglogene"),
    ("Kymriah was the first CAR-T therapy approved in the US", YES, None, "tisagenlecleucel"),
    ("Yescarta was the first CAR-T approved by the FDA", NO, None, "axicabtagene"),
    ("Gilead's Yescarta is the second CAR-T approved by the FDA", YES, None, "axicabtagene"),
    ("Yescarta is the first CAR-T for large B-cell lymphoma approved in the US", YES, None, "axicabtagene"),
    ("Kymriah was the first CD19 CAR-T approved in the EU", OPEN, "tie", "tisagenlecleucel"),
    ("Kymriah was the first gene therapy approved in the US", YES, None, "tisagenlecleucel"),
    ("Elevidys is the first and only gene therapy for DMD approved in the U.S.", YES, None, "delandistrogene"),
    ("Roctavian was the first gene therapy for hemophilia A approved in Europe", YES, None, "valoctocogene"),
    ("Zynteglo was the first gene therapy for beta-thalassemia approved in Europe", YES, None, "betibeglogene"),
    ("Opdivo was the first PD-1 approved in China", YES, None, "nivolumab"),
    ("toripalimab is the first domestic PD-1 antibody approved in China", YES, None, "toripalimab"),
    ("Toripalimab was the first PD-1 from China approved by the FDA", YES, None, "toripalimab"),
    ("Tislelizumab was the first Chinese PD-1 in Europe to win approval", YES, None, "tislelizumab"),
    ("penpulimab was the third Chinese PD-1 approved by the FDA", YES, None, "penpulimab"),
    ("CARsgen's CT053 was the second BCMA CAR-T approved in China", YES, None, "zevorcabtagene"),
    ("first anti-BCMA CAR-T approved in China", YES, None, "equecabtagene"),
    ("torcetrapib was the first anti-CETP agent to enter phase 3", YES, None, "torcetrapib"),
    ("Fosun Kite's axi-cel was the first CAR-T approved in China", YES, None, "axicabtagene"),
    ("BBM-H901 is the first gene therapy approved in Macau for hemophilia B", YES, None, "dalnacogene"),
    ("Hemgenix is the only approved gene therapy for hemophilia B in the US", YES, None, "etranacogene"),
    ("the only gene therapy for hemophilia B approved in the US is Beqvez", NO, None, "fidanacogene"),
    # other steps, English
    ("NR082 is the first Chinese AAV gene therapy with a US IND", YES, None, "esonadogene"),
    ("Neurophth's NR082 is the first in vivo gene therapy made in China to win a US IND", YES, None, "esonadogene"),
    ("Neurophth's NR082 is the first Made-in-China gene therapy to win a US IND", OPEN, "scope", "esonadogene"),
    ("CT053 was the first Chinese CAR-T to receive US IND clearance", NO, None, "zevorcabtagene"),
    ("First Chinese CAR-T therapy to get a US IND", YES, None, "ciltacabtagene"),
    (
        "Legend Biotech's LCAR-B38M was the first CAR-T cleared for clinical trials in China",
        YES,
        None,
        "ciltacabtagene",
    ),
    (
        "Pfizer was first to dose a patient in a phase 3 trial of a gene therapy for Duchenne",
        YES,
        None,
        "fordadistrogene",
    ),
    ("anacetrapib was the first CETP inhibitor to enter phase 3", NO, None, "anacetrapib"),
    ("torcetrapib was the first CETP inhibitor to enter phase 3", YES, None, "torcetrapib"),
    ("obicetrapib is the first CETP inhibitor accepted for review in the EU", YES, None, "obicetrapib"),
    ("obicetrapib is the most advanced CETP inhibitor", YES, None, "obicetrapib"),
    (
        "NR082 was first to receive breakthrough therapy designation in China among LHON gene therapies",
        YES,
        None,
        "esona",
    ),
    ("KH631 is the first AAV gene therapy for wet AMD with a US IND", YES, None, "KH631"),
    ("Skyline's SKG0106 is the first gene therapy for wet AMD cleared in China", NO, None, "SKG0106"),
    ("BBM-H901 leads the race to a gene therapy for hemophilia B in China", YES, None, "dalnacogene"),
    ("As of 2022-01-12, BBM-H901 is leading among hemophilia B gene therapies in China", YES, None, "dalnacogene"),
    (
        "Belief BioMed was the first company with IND clearance for a hemophilia B gene therapy in China",
        YES,
        None,
        "dalna",
    ),
    # Chinese
    ("BBM-H901是中国首个获批上市的血友病B基因治疗药物", YES, None, "dalnacogene"),
    ("国内首个且唯一获批的血友病B基因疗法", YES, None, "dalnacogene"),
    ("信念医药是国内首家获得血友病B基因治疗IND批准的企业", YES, None, "dalnacogene"),
    ("BBM-H901成为国内首个进入III期临床的血友病B基因治疗药物", YES, None, "dalnacogene"),
    ("BBM-H901是国内首个上市申请获受理的血友病B基因治疗产品", YES, None, "dalnacogene"),
    ("截至2022年1月12日,BBM-H901在中国血友病B基因治疗中处于领先", YES, None, "dalnacogene"),
    ("全球首个获批的血友病B基因疗法", YES, None, "etranacogene"),
    ("Casgevy是全球首个获批的基因编辑疗法", YES, None, "exagamglogene"),
    ("首个国产PD-1获批上市", YES, None, "toripalimab"),
    ("率先获批的国产PD-1是特瑞普利单抗", YES, None, "toripalimab"),
    ("特瑞普利单抗是首个获FDA批准的中国PD-1", YES, None, "toripalimab"),
    ("第二个获FDA批准的中国PD-1是替雷利珠单抗", YES, None, "tislelizumab"),
    ("信迪利单抗是第二个获批的国产PD-1", YES, None, "sintilimab"),
    ("信迪利单抗是首个获批的国产PD-1", NO, None, "sintilimab"),
    ("纳武利尤单抗是首个在中国获批的PD-1抑制剂", YES, None, "nivolumab"),
    ("复星凯特的奕凯达是中国首个获批上市的CAR-T细胞治疗产品", YES, None, "axicabtagene"),
    ("驯鹿生物的伊基奥仑赛是中国首款获批的BCMA CAR-T", YES, None, "equecabtagene"),
    ("传奇生物LCAR-B38M是中国首个获批临床的CAR-T", YES, None, "ciltacabtagene"),
    ("首个获得欧盟批准的CD19 CAR-T疗法", OPEN, "tie", "tisagenlecleucel"),
    ("首个纳入突破性治疗品种的LHON基因治疗药物", YES, None, "esonadogene"),
    ("纽福斯NR082成为首个获美国FDA IND许可的国产体内基因治疗药物", YES, None, "esonadogene"),
    ("NR082是首个获得美国FDA临床试验许可的中国籍眼科体内基因治疗药物", YES, None, "esonadogene"),
    ("首个获得FDA IND批准的中国AAV基因治疗药物", YES, None, "esonadogene"),
    ("国内首个眼科基因治疗药物获批IND", YES, None, "esonadogene"),
    ("波哌达可基注射液是我国首个获批的血友病B基因治疗药物", YES, None, "dalnacogene"),
    ("全国首个血友病B基因治疗药物获批上市", YES, None, "dalnacogene"),
    ("纽福斯NR082是中国首个眼科基因治疗IND获美国FDA批准", YES, None, "esonadogene"),
    # headlines
    ("FDA approves first gene therapy for sickle cell disease", OPEN, "tie", "lovotibeglogene"),
    ("The FDA has approved Hemgenix, the first gene therapy for hemophilia B", YES, None, "etranacogene"),
    ("Roctavian: Europe's first hemophilia A gene therapy approved", YES, None, "valoctocogene"),
    ("Kymriah was the first CAR-T therapy for ALL approved in the US", YES, None, "tisagenlecleucel"),
    # compared with rivals
    ("Beqvez became the second gene therapy for hemophilia B approved in the US after Hemgenix", YES, None, "fidana"),
    ("Yescarta is the second CAR-T approved in the US, second only to Kymriah", YES, None, "axicabtagene"),
    ("Following Kymriah, Yescarta was the second CAR-T approved in the US", YES, None, "axicabtagene"),
    ("Kymriah, ahead of Yescarta, was the first CAR-T approved in the US", YES, None, "tisagenlecleucel"),
    (
        "Casgevy beat Lyfgenia to become the first gene therapy approved for sickle cell disease in the UK",
        YES,
        None,
        "exa",
    ),
    (
        "Hemgenix is the first approved gene therapy for hemophilia B in the U.S., ahead of Pfizer's Beqvez",
        YES,
        None,
        "etr",
    ),
    ("Beqvez is approved ahead of Hemgenix as the first gene therapy for hemophilia B in Canada", NO, None, "fidana"),
    ("Yescarta CAR-T was approved in the US before Kymriah", NO, None, "axicabtagene"),
    ("Kymriah CAR-T was approved in the EU before Yescarta", OPEN, "tie", "tisagenlecleucel"),
    ("Toripalimab was the third PD-1 approved in China after Opdivo and Keytruda", YES, None, "toripalimab"),
    ("Opdivo was the third PD-1 approved in China after toripalimab and Keytruda", NO, None, "nivolumab"),
    ("特瑞普利单抗在中国获批早于信迪利单抗,为首个国产PD-1", YES, None, "toripalimab"),
    ("继特瑞普利单抗之后,信迪利单抗成为国内第二款获批的国产PD-1", YES, None, "sintilimab"),
    ("信迪利单抗是仅次于特瑞普利单抗的国内获批国产PD-1", YES, None, "sintilimab"),
    ("BBM-H901 is ahead of VGB-R04 in the race to a gene therapy for hemophilia B in China", YES, None, "dalnacogene"),
    ("VGB-R04 is ahead of BBM-H901 in the race to a gene therapy for hemophilia B in China", NO, None, "VGB-R04"),
    # two targets at once
    ("Akeso's ivonescimab is the world's first approved PD-1/VEGF bispecific", YES, None, "ivonescimab"),
    ("国内首个获批的PD-1/VEGF双抗", YES, None, "ivonescimab"),
    ("Tirzepatide is the first dual GLP-1 and GIP agonist approved in the US", YES, None, "tirzepatide"),
    ("First dual BCMA and CD19 CAR-T approved in China", UNKNOWN, None, None),
    ("首个CD19/CD22双靶点CAR-T获批临床", UNKNOWN, None, None),
    # whose first, which patients, which step
    ("China approves its first PD-1 drug, Opdivo", YES, None, "nivolumab"),
    (
        "Hemgenix is the first gene therapy to treat adults with hemophilia B approved in the US",
        YES,
        None,
        "etranacogene",
    ),
    ("Tecartus is the first CAR-T for adults with ALL approved in the US", UNKNOWN, None, "brexucabtagene"),
    (
        "Beqvez was the first gene therapy for hemophilia B to win full approval in the US",
        UNKNOWN,
        None,
        "fidanacogene",
    ),
    ("CDE accepts first IND for a hemophilia B gene therapy in China", YES, None, "dalnacogene"),
    # nobody has a day for the step, one stands beyond it
    ("obicetrapib is the only CETP inhibitor filed for approval in the EU", YES, None, "obicetrapib"),
    ("Belief BioMed is the first company to file a BLA for a hemophilia B gene therapy in China", YES, None, "dalna"),
    ("国内首个申报上市的血友病B基因治疗药物", YES, None, "dalnacogene"),
    ("BBM-H901 is the second hemophilia B gene therapy to file a BLA in China", UNKNOWN, None, None),
    ("toripalimab was the first PD-1 to file a BLA in China", UNKNOWN, None, None),
    ("First gene therapy for hemophilia B with a commercial patient in the US", YES, None, "etranacogene"),
    # what no source here can decide
    ("first gene therapy approved for Leber hereditary optic neuropathy", UNKNOWN, None, None),
    ("Beqvez was the first gene therapy approved for hemophilia B in China", UNKNOWN, None, "dalnacogene"),
    ("relma-cel is the first domestic CAR-T approved in China", UNKNOWN, None, "relmacabtagene"),
    ("首个获得美国IND许可的国产溶瘤病毒", UNKNOWN, None, "MVR-C5252"),
    # the claim's own day
    (
        "In November 2022 Hemgenix became the first gene therapy for hemophilia B approved by the FDA",
        YES,
        None,
        "etrana",
    ),
    ("Hemgenix became the first FDA-approved gene therapy for hemophilia B on 2023-01-01", OPEN, "date", "etrana"),
]


@pytest.mark.parametrize(("claim", "verdict", "by", "holder"), CLAIMS)
def test_a_claim(held: Check, claim: str, verdict: str, by: str | None, holder: str | None) -> None:
    answer = held(claim)
    assert (answer.verdict, answer.contested_by) == (verdict, by), answer.why
    named = answer.readings[0].holders
    assert named[0].programme.startswith(holder) if holder else named == []
    assert answer.not_understood == [] and answer.understood is not None


MADE_IN_CHINA = [
    "First Made-in-China gene therapy to win a US IND",
    "China's first gene therapy to receive FDA IND clearance",
    "The first gene therapy developed in China to obtain an FDA IND",
    "首个获得美国FDA临床试验许可的国产基因治疗药物",
    "国产基因治疗首个获得美国IND批件",
    "首个获FDA批准开展临床试验的中国基因治疗产品",
]


@pytest.mark.parametrize("claim", MADE_IN_CHINA)
def test_the_first_made_in_china_is_contested_by_scope(held: Check, starter: Snapshot, claim: str) -> None:
    answer = held(claim)
    assert (answer.verdict, answer.contested_by) == (OPEN, "scope")
    assert answer.understood is not None
    assert (answer.understood.arena.jurisdiction, answer.understood.arena.origin) == ("US", "CN")
    scopes = {reading.arena.modality: reading for reading in answer.readings}
    in_vivo, cells, viruses = (
        scopes[kind] for kind in ("in_vivo_gene_therapy", "gene_modified_cell", "oncolytic_virus")
    )
    assert [(one.programme.split()[0], one.date) for one in in_vivo.holders] == [("esonadogene", "2022-01-18")]
    assert [(one.date, one.product.id) for one in cells.holders] == [("2018-05-30", "prod:lcar-b38m")]
    assert [(one.date, one.product.id) for one in cells.rivals] == [("2019-06-19", "prod:ct053")]
    assert viruses.verdict == UNKNOWN, "a study abroad before, without a day for an IND"
    for code in ("NR082", "LCAR-B38M", "CT053"):
        assert code in answer.why
    assert {quote.id for quote in quotes(starter, answer.evidence)} == set(answer.evidence)


def test_a_first_says_who_stood_higher_before_without_a_day(held: Check) -> None:
    early = held("obicetrapib was the first CETP inhibitor to enter phase 2")
    assert early.verdict == UNKNOWN and "torcetrapib" in early.why
    assert "torcetrapib" in {one.programme.split()[0] for one in early.readings[0].rivals}


def test_a_place_left_open_is_a_scope_too(held: Check) -> None:
    answer = held("Tislelizumab was the first Chinese PD-1 antibody to be approved")
    assert (answer.verdict, answer.contested_by) == (OPEN, "scope")
    assert [one.arena.jurisdiction for one in answer.readings if one.verdict == YES] == ["EU"]


def test_where_a_contradicted_claim_would_hold(held: Check) -> None:
    answer = held("Yescarta was the first CAR-T approved by the FDA")
    assert [one.scope for one in answer.narrower] == ["diffuse large B-cell lymphoma only"]


NOT_UNDERSTOOD = [
    ("Hemgenix was not the first gene therapy for hemophilia B approved", ["not"]),
    ("one of the first gene therapies approved in China", ["one of the first"]),
    ("potential first gene therapy for hemophilia B approved in the US", ["potential"]),
    ("first oral drug for hemophilia B approved in China", ["oral"]),
    ("first gene therapy for hemophilia B", []),
    ("the first approved product in China", []),
    ("gene therapy for hemophilia B approved in China", []),
    ("first gene therapy for hemophilia B approved in China and Japan", ["CN", "JP"]),
    ("first domestically developed gene therapy with a US IND", ["domestically developed"]),
    ("首个治疗血友病B的口服药物获批", ["口", "服"]),
    ("国内首批获批的血友病B基因治疗之一", ["首批"]),
    ("the first and second gene therapy approved in China", ["first", "2"]),
    ("first gene therapy approved for hemophilia B on 2022-13-40", ["2022-13-40"]),
    ("Pfizer's first gene therapy approved in the US is Beqvez", ["its first"]),
    ("BeiGene wins its first FDA approval for a PD-1 antibody", ["its first"]),
    ("特瑞普利单抗首次在美国获批,是国产PD-1", ["首次在"]),
    ("旗下首个CAR-T产品在国内获批", ["旗下首个"]),
    ("替雷利珠单抗第二个适应症在中国获批PD-1", ["第二个适应症"]),
    ("The first CAR-T approved in the US after 2020", ["after"]),
    ("Hemgenix was the first gene therapy for hemophilia B approved before 2023", ["before"]),
    ("Hemgenix was the first gene therapy for hemophilia B approved in 2022, Beqvez in 2024", ["2024"]),
    ("Legend Biotech, a leading CAR-T company, won approval in the US", ["a leading"]),
    ("Hemgenix, a pioneering gene therapy for hemophilia B, is approved in the US", ["pioneering"]),
    ("The first PD-1/PD-L1 inhibitor approved in China", ["pd 1 pd l1"]),
    ("首个双靶点BCMA CAR-T获批临床", ["双靶点"]),
    ("UK becomes first country to approve Casgevy gene editing therapy", ["first country"]),
    ("Hemgenix is approved only in the US as the first gene therapy for hemophilia B", ["only in"]),
    ("FDA accepts first IND for a gene therapy made in China", ["accept"]),
    ("Europe clears first gene therapy for hemophilia A", ["clear"]),
    ("First orphan drug gene therapy approved for hemophilia B in the US", ["orphan_designation", "approved"]),
    ("First subjects dosed with AAV gene therapy in China", []),
    ("首家在香港上市的CAR-T公司", ["在香港上市"]),
    ("国内首创的BCMA CAR-T获批上市", ["首创的"]),
    ("", []),
    ("=HYPERLINK(1)", ["hyperlink", "1"]),
]


@pytest.mark.parametrize(("claim", "words"), NOT_UNDERSTOOD)
def test_not_understood_says_which_words(held: Check, claim: str, words: list[str]) -> None:
    answer = held(claim)
    assert answer.verdict == "not understood" and answer.not_understood == words
    assert answer.readings == [] and answer.why.startswith("Not understood: ")


def test_a_claim_by_what_was_known_then(starter: Snapshot) -> None:
    claim = "BIVV003 was the first sickle cell gene therapy in phase 1/2 in the US"
    then, now = (check(starter, claim, date(2020, 1, 1), clock) for clock in ("then", "now"))
    assert then.verdict == UNKNOWN and now.verdict == YES


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A home whose records call their products by common words, and a company by the name of another's product."""
    folder = tmp_path_factory.mktemp("words")
    names = ["Time", "another", "Example Gene Works", "XYZ-101"]
    records = [
        study(nct=f"NCT9300000{at}", interventions=[{"type": "GENETIC", "name": name}]) for at, name in enumerate(names)
    ]
    home = Home(folder / "home")
    ingest(home, [lines(folder / "studies.jsonl", *records)], today=date(2026, 1, 1))
    with Snapshot(home) as snapshot:
        yield snapshot


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The first one-time gene therapy for hemophilia B approved in the US", ["time"]),
        ("Another first gene therapy for hemophilia B approved in the US", ["another"]),
        (
            "example gene works was first to dose a patient with a Hemophilia B gene therapy",
            ["example", "gene", "works"],
        ),
    ],
)
def test_a_common_word_is_no_name(small: Snapshot, claim: str, words: list[str]) -> None:
    assert check(small, claim, date(2026, 1, 1), "now").not_understood == words


@pytest.mark.parametrize(
    ("named", "subject"),
    [("Example Gene Works", "org:example-gene-works"), ("XYZ-101", "prod:xyz101"), ("xyz-101", "prod:xyz101")],
)
def test_a_company_is_named_in_capitals_and_a_code_anyhow(small: Snapshot, named: str, subject: str) -> None:
    answer = check(
        small, f"{named} was first to dose a patient with a hemophilia B gene therapy", date(2026, 1, 1), "now"
    )
    assert answer.understood is not None, answer.why
    assert [one.id for one in answer.understood.subjects] == [subject]


def test_what_was_understood_is_told_in_words(held: Check) -> None:
    parts = held("Hemgenix was the first gene therapy for haemophilia B approved in the US").understood
    assert parts is not None and parts.arena.indication is not None
    assert (parts.superlatives, parts.milestone) == (["first"], "approved")
    assert (parts.arena.indication.label, parts.arena.modality, parts.arena.jurisdiction) == (
        "hemophilia B",
        "gene_therapy",
        "US",
    )
    assert [one.id for one in parts.subjects] == ["prod:amt-061"]
