"""The pages: complete in both languages, safe whatever a record says, whole as files."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest

pytest.importorskip("fastapi")
pytest.importorskip("jinja2")

from fastapi import FastAPI
from fastapi.testclient import TestClient

import frontrunner
from frontrunner.api import HomeHandle
from frontrunner.deliver import web
from frontrunner.deliver.serving import Desk, Front
from frontrunner.deliver.web import market
from frontrunner.deliver.web.language import LANGUAGES, language, preferred, sourced
from tests.studies import lines, study

SCRIPT = "<script>alert('x')</script>"
FORMULA = '=HYPERLINK("https://example.org/","Hemophilia B")'
RACE = urlencode({"indication": "hemophilia B", "modality": "gene_therapy", "jurisdiction": "CN"})
PAGES = [
    "",
    "search?q=hemophilia+B",
    f"race?{RACE}",
    f"race?{RACE}&on=2022-01-12&clock=then",
    "programme?name=BBM-H901",
    "programme?name=tislelizumab",
    "company?name=belief+biomed",
    "trial?id=NCT90000002",
    "why?id=prog:bbm-h901/haemophilia-b",
    "indication?name=hemophilia+B",
    "target?name=F9",
    "modality?name=aav",
    f"firsts?{RACE}",
    f"changes?{RACE}",
    "jurisdictions?indication=hemophilia+B",
    f"readouts?{RACE}",
    f"forecast?{RACE}",
    "market",
    "market?pool=500&incidence=10&exit_rate=0.01&scenario=hemgenix&rival_lag=2&rival_share=0.4",
    "patients?indication=hemophilia+B&country=United+States",
    "check",
    "check?claim=first+gene+therapy+for+hemophilia+B+approved+in+the+US",
    "coverage",
    "about",
    "report",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages of the starter ledger and of a study whose words are an attack."""
    folder = tmp_path_factory.mktemp("web")
    handle: HomeHandle = frontrunner.open(folder / "home")
    handle.add_starter()
    hostile = study(nct="NCT90000002", title=f"{SCRIPT} in Hemophilia B", sponsor={"name": SCRIPT, "class": "INDUSTRY"})
    formula = study(nct="NCT90000003", title=FORMULA)
    handle.ingest(lines(folder / "one.jsonl", hostile, formula))
    app, desk = FastAPI(openapi_url=None), Desk(handle)
    web.add_to(app, desk)
    with TestClient(Front(app, desk)) as made:
        yield made
    desk.close()


class Page(HTMLParser):
    """What a page holds: elements, ids, links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_there_in_both_languages(client: TestClient, lang: str, page: str) -> None:
    answer = client.get(f"/{lang}/{page}")
    assert answer.status_code == 200, answer.text
    told = Page(answer.text).tags
    assert [tag for tag, _ in told].count("h1") == 1
    assert next(given["lang"] for tag, given in told if tag == "html") == {"en": "en", "zh": "zh-Hans"}[lang]
    assert len(answer.content) < 100_000


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_words_that_run_or_a_style_of_its_own(client: TestClient, page: str) -> None:
    answer = client.get(f"/en/{page}")
    tags = Page(answer.text).tags
    scripts = [(given.get("src") or "").partition("?")[0] for tag, given in tags if tag == "script"]
    assert scripts == ["/static/web.js"] and "<script src=" in answer.text and "defer></script>" in answer.text
    assert not [tag for tag, _ in tags if tag == "style"]
    assert not [name for _, given in tags for name in given if name.startswith("on") or name == "style"]
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("page", ["trial?id=NCT90000002", "search?q=NCT90000002", f"search?{urlencode({'q': SCRIPT})}"])
def test_a_record_whose_title_is_a_script_is_text(client: TestClient, page: str) -> None:
    text = client.get(f"/en/{page}").text
    assert text.count("<script") == 1 and "&lt;script" in text


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: TestClient, page: str) -> None:
    """Each kind of address once."""
    links = {given["href"] or "" for tag, given in Page(client.get(f"/en/{page}").text).tags if tag == "a"}
    local = {link.partition("#")[0] for link in links if link.startswith("/")} - {""}
    kinds = {link.partition("?")[0]: link for link in sorted(local) if not link.startswith(("/api/", "/feed."))}
    assert {link: client.get(link).status_code for link in kinds.values()} == dict.fromkeys(kinds.values(), 200)


@pytest.mark.parametrize("page", [page for page in PAGES if "?" in page and not page.startswith("search")])
def test_the_permanent_address_of_a_page_opens_it(client: TestClient, page: str) -> None:
    links = [given["href"] or "" for tag, given in Page(client.get(f"/en/{page}").text).tags if tag == "a"]
    permanent = [link for link in links if "snapshot=" in link and link.startswith("http")]
    assert [client.get(link).status_code for link in permanent] == [200] * len(permanent)


#: pages that answer something; a name that several have is asked back
ANSWERS = [
    page for page in PAGES if page.partition("?")[0] not in ("", "search", "about", "report") and page != "check"
]
ANSWERS.remove("programme?name=tislelizumab")


@pytest.mark.parametrize("page", ANSWERS)
def test_every_answer_can_be_cited_taken_along_and_reported(client: TestClient, page: str) -> None:
    tags = Page(client.get(f"/en/{page}").text).tags
    links = [given.get("href") or "" for tag, given in tags if tag == "a"]
    assert [given for tag, given in tags if tag == "textarea" and given.get("id") == "citation"]
    assert [link for link in links if "snapshot=" in link and link.startswith("http")]
    assert [link for link in links if link.startswith("/en/report?about=")]
    files = [client.get(link).status_code for link in links if ".csv" in link or ".xlsx" in link]
    assert files == [200, 200]


@pytest.mark.parametrize("page", ["race", "changes", "market"])
def test_a_chart_is_an_image_that_can_run_nothing(client: TestClient, page: str) -> None:
    answer = client.get(f"/en/{page}.svg?{RACE if page != 'market' else ''}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "sandbox" in answer.headers["content-security-policy"] and "<script" not in answer.text


@pytest.mark.parametrize("form", ["csv", "md", "xlsx"])
def test_an_answer_comes_as_a_file(client: TestClient, form: str) -> None:
    answer = client.get(f"/en/race.{form}?{RACE}")
    assert answer.status_code == 200
    assert f"frontrunner-race.{form}" in answer.headers["content-disposition"]
    assert answer.content[:2] == b"PK" or "dalnacogene ponparvovec" in answer.text


def test_a_file_holds_no_formula(client: TestClient) -> None:
    text = client.get("/en/trial.csv?id=NCT90000003").text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip("\ufeff")[:1] in ("=", "+", "@")]
    with zipfile.ZipFile(io.BytesIO(client.get("/en/trial.xlsx?id=NCT90000003").content)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert sheets and not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]


def test_what_is_unknown_is_said_with_what_is_near(client: TestClient) -> None:
    answer = client.get("/en/race?indication=hemofilia+B")
    assert answer.status_code == 400 and "/en/race?indication=hemophilia+B" in answer.text
    assert client.get("/zh/nothing").status_code == 404
    assert "没有这个名称" in client.get("/zh/nothing").text


def test_the_front_page_asks_for_the_reader_s_language(client: TestClient) -> None:
    answer = client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}, follow_redirects=False)
    assert answer.headers["location"] == "/zh/"
    assert preferred("fr, en;q=0.5") == "en" and preferred("") == "en"


def test_a_chart_may_be_framed_and_nothing_else(client: TestClient) -> None:
    assert "frame-ancestors *" in client.get(f"/embed/en/race?{RACE}").headers["content-security-policy"]


def test_every_wording_of_the_templates_has_its_chinese() -> None:
    say = language("zh").say
    folder = resources.files("frontrunner.deliver.web").joinpath("templates")
    wordings = {
        wording for path in folder.iterdir() for wording in re.findall(r"\b_\('([^']+)'\)", path.read_text("utf-8"))
    }
    assert {wording for wording in wordings if say(wording) == wording} == set()


def test_every_chinese_wording_says_where_it_is_from() -> None:
    assert sourced() and all(source for _, _, source in sourced())
    say = language("zh").say
    assert say("A Study to Evaluate 4 Drugs, in Adults") == "A Study to Evaluate 4 Drugs, in Adults"
    assert [field.words for field in market.FIELDS if say(field.words) == field.words] == []


def test_a_chart_speaks_the_language_of_its_page(client: TestClient) -> None:
    assert "患者池的消耗" in client.get("/zh/market.svg").text
    assert "How the pool is used up" in client.get("/en/market.svg").text


def test_a_market_that_cannot_be_says_why_beside_its_form(client: TestClient) -> None:
    answer = client.get("/en/market?pool=9&incidence=1&exit_rate=0.1&treat_rate=5")
    assert answer.status_code == 200 and 'class="note"' in answer.text and 'name="pool"' in answer.text
    assert client.get("/en/market?pool=many").status_code == 200


def test_a_disease_that_only_the_home_knows_has_its_page(client: TestClient) -> None:
    known = client.get("/en/indication?name=hemophilia").text
    assert "/en/indication?name=MONDO%3A0010604" in known and "Narrower" in known


def test_the_chinese_page_of_a_race_says_nothing_of_ours_in_english(client: TestClient) -> None:
    text = " ".join(Page(client.get(f"/zh/race?{RACE}").text).texts)
    ours = ("Standings", "stands first", "Approved", "months", "Timeline", "Sources read", "unverified", "Show", "why")
    assert [english for english in ours if english in text] == []
    assert "信念医药 的 dalnacogene ponparvovec 领先" in text and "获批上市" in text
    assert "Frontrunner. 血友病B，基因治疗，中国，" in text


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "is of another version of frontrunner"), ("zh", "由另一版本的 frontrunner 生成")]
)
def test_a_snapshot_of_another_version_says_what_to_do(tmp_path: Path, lang: str, told: str) -> None:
    """What it can answer is answered all the same."""
    handle = frontrunner.open(tmp_path / "home")
    handle.ingest(lines(tmp_path / "one.jsonl", study()))
    with duckdb.connect(tmp_path / "home" / "snapshots" / "000001.duckdb") as connection:
        connection.execute("alter table milestone rename to milestone_before")
    app, desk = FastAPI(openapi_url=None), Desk(handle)
    web.add_to(app, desk)
    with TestClient(Front(app, desk)) as asked:
        answer = asked.get(f"/{lang}/race?indication=hemophilia+B")
        assert (answer.status_code, asked.get(f"/{lang}/about").status_code) == (503, 200)
    desk.close()
    assert told in answer.text and "frontrunner ingest" in answer.text
