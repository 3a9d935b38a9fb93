"""The Chinese interface: whatever is no name, id, quote or address is said in Chinese, on every kind of page."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlencode

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("jinja2")

from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.deliver import web
from frontrunner.deliver.serving import Desk, Front
from frontrunner.forecast import demand, order
from frontrunner.store import snapshot
from frontrunner.store.home import Home
from tests.studies import lines, study

pytestmark = pytest.mark.slow
RACE = urlencode({"indication": "hemophilia B", "modality": "gene_therapy"})
SICKLE = urlencode({"indication": "sickle cell disease", "modality": "gene_therapy", "jurisdiction": "US"})
CLAIMS = (
    "first gene therapy for hemophilia B approved in the US",
    "First Made-in-China gene therapy to win a US IND",
    "BBM-H901 is the second gene therapy for hemophilia B approved in China",
    "the only gene therapy for hemophilia B in China",
    "Belief BioMed leads gene therapy for hemophilia B in China",
    "first gene therapy for choroideremia approved in the US",
    "first oral gene therapy of everybody",
    "中国首个血友病B基因治疗药物获批",
)
PAGES = [
    "",
    "search",
    "search?q=hemophilia+B",
    "search?q=zzzzqqqq",
    f"race?{RACE}",
    f"race?{RACE}&jurisdiction=CN&on=2022-01-12&clock=then",
    f"race?{RACE}&lane=all&origin=CN",
    f"race?{RACE}&on=1950-01-01",
    f"race?{SICKLE}&snapshot=000000",
    "race?target=PD-1&jurisdiction=CN",
    "race?modality=car_t",
    "programme?name=BBM-H901",
    "programme?name=tislelizumab",
    "company?name=Belief+BioMed",
    "trial?id=NCT90000001",
    "why?id=prog:bbm-h901/haemophilia-b",
    "indication?name=hemophilia+B",
    "target?name=F9",
    "modality?name=aav",
    f"firsts?{RACE}",
    f"firsts?{SICKLE}&on=1950",
    f"changes?{RACE}",
    f"changes?{SICKLE}&clock=then",
    f"changes?{RACE}&since=1950&until=1951",
    "jurisdictions?indication=hemophilia+B",
    "jurisdictions?target=PD-1",
    f"readouts?{RACE}",
    f"forecast?{RACE}",
    f"forecast?{RACE}&on=1990",
    f"forecast?{SICKLE}&on=2021-06-30",
    "forecast?indication=Duchenne+muscular+dystrophy&modality=gene_therapy&on=2020-06-30",
    "market",
    "market?pool=500&incidence=10&exit_rate=0.01&scenario=hemgenix&rival_lag=2&rival_share=0.4",
    "market?pool=500&incidence=10&exit_rate=0.01&treat_rate=0.1&capacity=20&exclusivity=3&waning=0.05&horizon=5",
    "market?pool=5",
    "market?pool=9&incidence=1&exit_rate=0.1&treat_rate=5",
    "market?pool=many",
    "patients?indication=hemophilia+B",
    "patients?indication=hemophilia+B&country=China",
    "check",
    *(f"check?{urlencode({'claim': claim})}" for claim in CLAIMS),
    "coverage",
    "about",
    "report",
    # what cannot be answered
    "nothing",
    "race",
    "race?indication=hemofilia",
    f"race?{RACE}&on=tomorrow",
    f"race?{RACE}&on=2020-02-31",
    f"race?{RACE}&clock=later",
    f"race?{RACE}&jurisdiction=GLOBAL",
    f"race?{RACE}&colour=red",
    f"changes?{RACE}&since=never",
    f"race?indication={'x' * 500}",
    "trial",
    "trial?id=NCT00000000",
    "programme?name=nobody",
    "company?name=nobody",
    "why?id=ev:zz@x",
    "about.csv",
    "report.svg",
]
#: elements whose words are a record's, the reader's own, or code
_QUOTED = ("blockquote", "code", "textarea", "script", "style")
_ATTRIBUTES = ("alt", "aria-label", "placeholder", "data-name", "data-label", "content-label")
_NAMES = """
    select value from product_name union all select value from company_name union all select name from company
    union all select brief_title from trial_version union all select lead_sponsor_name from trial_version
    union all select id from source union all select label from term where label_zh is null
    """
#: words that are the same in Chinese: names, units, and what is typed
_SAME = frozenset(
    {"id", "api", "atom", "csv", "excel", "feed", "frontrunner", "json", "markdown", "svg", "vs", "ex", "vivo"}
    | {"beqvez", "casgevy", "hemgenix", "luxturna", "roctavian", "zolgensma", "fair", "lek", "mckinsey", "urban"}
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> HomeHandle:
    """The starter ledger and a few studies that are open, stopped and withdrawn."""
    folder = tmp_path_factory.mktemp("chinese")
    handle = frontrunner.open(folder / "home")
    handle.add_starter()
    handle.ingest(lines(folder / "some.jsonl", study(), study(nct="NCT90000002")))
    return handle


@pytest.fixture(scope="module")
def client(home: HomeHandle) -> Iterator[TestClient]:
    """Its pages."""
    app, desk = FastAPI(openapi_url=None), Desk(home)
    web.add_to(app, desk)
    with TestClient(Front(app, desk)) as made:
        yield made
    desk.close()


@pytest.fixture(scope="module")
def names(home: HomeHandle) -> frozenset[str]:
    """The words of every name that the home holds, and of the terms that have no Chinese one."""
    with snapshot.connect(Home(home.path)) as connection:
        held = connection.execute(_NAMES).fetchall()
    cited = [one.source for one in (*demand.observed(), *order.parameters())]
    return frozenset(word for name in (*cited, *(row[0] for row in held)) for word in _words(name or ""))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]{2,}", text.lower())


def _said(node: html.HtmlElement, quoted: bool = False) -> Iterator[str]:
    """The texts of a page that are in its own language, with what is told of pictures and fields."""
    lang = node.get("lang", "zh")
    quoted = quoted or not lang.startswith("zh") or node.tag in _QUOTED
    if not quoted:
        yield from (node.get(name, "") for name in _ATTRIBUTES)
        yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield from _said(child, quoted)
        if not quoted:
            yield child.tail or ""


def _english(text: str, names: frozenset[str]) -> list[str]:
    """The English words of a text that are of no name; ids and addresses have none."""
    plain = re.sub(r"https?://\S+|\b[a-z]+:\S+|\S*[_/@]\S*|\b\w*\d[\w-]*", " ", text)
    found = re.findall(r"\b[A-Z]?[a-z]{2,}\b", plain)
    return [word for word in found if word.lower() not in names and word.lower() not in _SAME]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_ours_stays_english(client: TestClient, names: frozenset[str], page: str) -> None:
    answer = client.get(f"/zh/{page}")
    assert answer.status_code < 500
    root = html.fromstring(answer.text)
    typed = set(_words(unquote_plus(page)))
    left = {text.strip() for text in _said(root) if set(map(str.lower, _english(text, names))) - typed}
    assert left == set()


def test_a_sentence_that_nobody_translated_is_found(names: frozenset[str]) -> None:
    page = html.fromstring(
        "<html lang='zh-Hans'><p>领先 <a lang='en'>quoted</a></p><p>Nobody <b>翻译</b> this yet</p></html>"
    )
    assert [_english(text, names) for text in _said(page) if _english(text, names)] == [["Nobody"], ["this", "yet"]]
