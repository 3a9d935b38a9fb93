"""Cells of a view as HTML: ids lead to their pages, evidence to its words, and labels are said in the language."""

import re

from frontrunner.deliver.page.markup import Markup, joined, tag
from frontrunner.deliver.views.view import Cell
from frontrunner.deliver.web.addresses import Here
from frontrunner.deliver.web.language import Language

#: what an answer shows as an id, and the page that it leads to
_ID = re.compile(
    r"(?P<why>\b(?:ev|ms):\S+[^\s,;.)])|(?P<programme>\bprog:[^\s,;)]+)|(?P<company>\borg:[^\s,;)]+)"
    r"|(?P<trial>\bNCT\d{8}\b|\bCTR2\d{7}\b|\bChiCTR[-\w]+\b)"
)


def cell(shown: Cell, here: Here, language: Language) -> Markup:
    """A cell with its links, and its name in another language marked as such."""
    name = tag("span", shown.name, lang=shown.lang) if shown.name else None
    return joined([linked(shown.text, here, language) if shown.text else None, name], " ")


def linked(text: str, here: Here, language: Language) -> Markup:
    """A text in which every id is a link; the rest is said in the language."""
    parts: list[str | Markup] = []
    at, evidence = 0, 0
    for match in _ID.finditer(text):
        parts.append(language.say(text[at : match.start()]))
        page = match.lastgroup or ""
        param = "name" if page == "company" else "name" if page == "programme" else "id"
        words = match.group()
        if page == "why":
            evidence += 1
            words = language.say("why") + (f" {evidence}" if evidence > 1 else "")
        parts.append(tag("a", words, href=here.at(page, **{param: match.group()}), title=match.group()))
        at = match.end()
    parts.append(language.say(text[at:]))
    return joined(parts)
