"""The pages in a real browser: three clicks to the answer in either language, and no barrier that axe knows."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")
pytest.importorskip("fastapi")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from frontrunner.api import HomeHandle
from frontrunner.deliver import web
from tests.deliver.listening import listening

pytestmark = pytest.mark.slow
RACE = "race?indication=hemophilia+B&modality=gene_therapy"
PATHS = [
    "/en/",
    f"/zh/{RACE}",
    "/en/search?q=hemophilia",
    "/zh/programme?name=BBM-H901",
    "/en/changes?target=F9",
    "/en/about",
    "/zh/market",
    "/en/indication?name=hemophilia+B",
    "/en/jurisdictions?indication=hemophilia+B",
    "/en/patients?indication=hemophilia+B",
    "/zh/company?name=Belief+BioMed",
    "/en/why?id=prog:bbm-h901/haemophilia-b",
    "/zh/coverage",
    "/en/race?indication=hemofilia",
]


@pytest.fixture(scope="module")
def address(starter_home: HomeHandle) -> Iterator[str]:
    """A server on a free port of this machine."""
    with listening(starter_home, web) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it (`make browser` brings it)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("needs chromium: run `make browser`")
    with sync_playwright() as player:
        made = player.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's window, in which nothing may be complained of."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    made, said = context.new_page(), list[str]()
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    context.close()
    assert said == []


@pytest.mark.parametrize(
    ("lang", "typed", "leads", "quoted"),
    [
        (
            "en",
            "haemophilia B gene therapy China",
            "dalnacogene ponparvovec of Belief BioMed stands first",
            "2025-04-10",
        ),
        ("zh", "血友病B 基因治疗 中国", "dalnacogene ponparvovec 领先", "2025-04-10"),
    ],
)
def test_three_clicks_from_the_first_page_to_the_words(
    page: Page, address: str, lang: str, typed: str, leads: str, quoted: str
) -> None:
    page.goto(f"{address}/{lang}/")
    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("button", name=re.compile("Search|搜索")).click()
    page.locator(".answer .go").click()
    assert leads in (page.locator(".lede").text_content() or "")
    page.locator(".standings .evidence a").first.click()
    assert quoted in (page.locator("blockquote").first.text_content() or "")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_a_reader_s_way(browser: Browser, address: str, path: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    found = Axe().run(page).response["violations"]
    told = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_answer_follows_a_slider_and_the_address_keeps_it(page: Page, address: str) -> None:
    page.goto(f"{address}/en/market")
    with page.expect_response(lambda answer: "pool=12000" in answer.url and ".svg" not in answer.url):
        page.get_by_role("slider", name="Patients waiting at the first launch").fill("12000")
    page.wait_for_url("**/market?pool=12000**")
    page.get_by_role("cell", name="12,000").first.wait_for()


def test_the_market_is_a_form_where_no_script_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/market")
    page.locator("[name=pool]").fill("12000")
    page.locator("form.numbers button").click()
    assert "pool=12000" in page.url and "12,000" in (page.locator("#result").text_content() or "")
    context.close()


def test_the_day_of_a_race_is_a_slider_for_the_keyboard_by_either_clock(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{RACE}&jurisdiction=CN&on=2021-12-31&clock=then")
    slider = page.get_by_role("slider", name="The day asked")
    assert slider.get_attribute("aria-valuetext") == "2021-12"
    slider.press("ArrowRight")
    page.wait_for_url("**on=2022-01-31**")
    assert (
        "clock=then" in page.url
        and page.locator(".arena").text_content() == "gene therapy · in China · on 2022-01-31, as known then"
    )
    assert page.evaluate("document.activeElement.type") == "range"
    page.get_by_role("link", name="By everything known today").click()
    page.wait_for_url("**clock=now**")
    assert "on=2022-01-31" in page.url
    page.get_by_role("slider", name="The day asked").press("End")
    page.wait_for_url(lambda url: "&on=" not in url)


def test_the_days_of_a_race_are_links_where_no_script_runs(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/{RACE}&jurisdiction=CN")
    page.locator("nav.years").get_by_role("link", name="2021").click()
    page.locator("nav.years .clocks a:not([aria-current])").click()
    assert "on=2021-12-31" in page.url and "clock=then" in page.url
    context.close()


def test_a_citation_is_copied_at_a_click(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/en/{RACE}")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert "Snapshot" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_a_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{RACE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert re.search("#main$", page.url)


def test_the_form_asks_the_other_clock(page: Page, address: str) -> None:
    page.goto(f"{address}/en/{RACE}")
    page.get_by_label("On", exact=True).fill("2022-01-12")
    page.get_by_label("By what was known on the day").check()
    page.get_by_role("button", name="Show").click()
    assert "on=2022-01-12" in page.url and "clock=then" in page.url
    assert "as known then" in (page.locator(".arena").text_content() or "")
