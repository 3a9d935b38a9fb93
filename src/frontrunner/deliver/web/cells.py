"""Cells of a view as HTML: ids lead to their pages, evidence to its words, and labels are said in the language."""

import re

from frontrunner.deliver.page.markup import Markup, joined, tag, text
from frontrunner.deliver.views.view import Cell
from frontrunner.deliver.web.addresses import WHEN, Here
from frontrunner.deliver.web.language import Language

#: what an answer shows as an id, and the page that it leads to
_ID = re.compile(
    r"(?P<why>\b(?:ev|ms):\S+(?: \| \S+)*[^\s,;.)])|(?P<programme>\bprog:[^\s,;)]+)|(?P<company>\borg:[^\s,;)]+)"
    r"|(?P<trial>\bNCT\d{8}\b|\bCTR2\d{7}\b|\bChiCTR[-\w]+\b)"
)


def cell(shown: Cell, here: Here, language: Language, *, verbatim: bool = False) -> Markup:
    """A cell with its links, and its name in another language marked as such, as are words that are none of ours."""
    name = tag("span", shown.name, lang=shown.lang) if shown.name else None
    href = _href(shown.id, here)
    if href:
        words = named(shown.text, language) if shown.id.startswith("prog:") else shown.text
        return joined([tag("a", words, href=href), name], " ")
    if verbatim:
        foreign = language.code != "en" and shown.text.isascii()
        return tag("span", shown.text, lang="en") if foreign else text(shown.text)
    if shown.text.startswith("ev:"):  # nothing but evidence; a place may have spaces in it
        return joined(_proofs(re.split(r" (?=ev:)", shown.text), here, language), " ")
    return joined([linked(shown.text, here, language) if shown.text else None, name], " ")


def _proofs(ids: list[str], here: Here, language: Language) -> list[Markup]:
    """A link to the words behind each id: `why`, `why 2`."""
    why = language.say("why")
    return [
        tag("a", why + (f" {number}" if number > 1 else ""), href=here.at("why", id=id), title=id)
        for number, id in enumerate(ids, start=1)
    ]


def named(programme: str, language: Language) -> str:
    """`one in hemophilia B` with the disease in the language: `one（血友病B）`."""
    product, _, disease = programme.partition(" in ")
    if language.code == "en" or not disease:
        return language.say(programme)
    return f"{product}（{language.say(disease)}）"


def _href(id: str, here: Here) -> str | None:
    """The page of what an id names."""
    match = _ID.fullmatch(id)
    return _page(match, here) if match else None


def _page(match: re.Match[str], here: Here) -> str:
    """The page that an id leads to, on the day and by the clock of this one."""
    page = match.lastgroup or ""
    when = {} if page == "why" else {name: here.given.get(name) for name in WHEN}
    return here.at(page, **{"name" if page in ("company", "programme") else "id": match.group()}, **when)


def linked(text: str, here: Here, language: Language) -> Markup:
    """A text in which every id is a link; the rest is said in the language."""
    parts: list[str | Markup] = []
    at, evidence = 0, 0
    for match in _ID.finditer(text):
        parts.append(language.say(text[at : match.start()]))
        words = match.group()
        if match.lastgroup == "why":
            evidence += 1
            words = language.say("why") + (f" {evidence}" if evidence > 1 else "")
        parts.append(tag("a", words, href=_page(match, here), title=match.group()))
        at = match.end()
    parts.append(language.say(text[at:]))
    return joined(parts)
