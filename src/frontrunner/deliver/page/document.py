"""The page of a race from top to bottom."""

import re
from collections.abc import Mapping, Sequence
from importlib import resources

import msgspec

from frontrunner.deliver.page.drawing import alone, drawing
from frontrunner.deliver.page.legend import legend
from frontrunner.deliver.page.markup import Markup, joined, tag
from frontrunner.deliver.page.timeline import shown, timeline
from frontrunner.deliver.views.race import headline, race_view, title, title_parts
from frontrunner.deliver.views.view import Cell, Section, Table, View
from frontrunner.deliver.views.why import milestones_table
from frontrunner.race.answers import Dated
from frontrunner.race.results import ProgrammeDossier, Quote, Race

#: nothing is loaded from anywhere, and no script runs, whatever a name in the data may try
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
#: columns of the standings that a page stacks in one cell
_STACKED = ("programme", "also called", "company", "vector/target")


class Shown(msgspec.Struct, frozen=True):
    """What a page shows: a race, the dossiers of its programmes, and the words behind both."""

    race: Race
    programmes: Sequence[ProgrammeDossier]
    quotes: Sequence[Quote]


def evidence(race: Race, programmes: Sequence[ProgrammeDossier]) -> list[str]:
    """The evidence ids that a page of this race shows, each once, in the order of the page."""
    held = [milestone.evidence for programme in programmes for milestone in shown(programme.milestones, race)]
    rows = [row.evidence for row in race.standings] + [row.evidence for row in race.firsts]
    rows += [row.evidence for row in race.open_questions]
    return list(dict.fromkeys([*(id for ids in rows for id in ids), *held]))


def document(page: Shown) -> str:
    """The whole file."""
    view = race_view(page.race)
    numbers = {quote.id: number for number, quote in enumerate(page.quotes, start=1)}
    standings, *others = view.sections
    body = tag(
        "body",
        _head(page.race),
        tag(
            "main",
            _section(standings, numbers, stacked=True),
            _figure(page),
            _milestones(page, numbers),
            *(_section(section, numbers) for section in others),
            _quotes(page.quotes),
        ),
        _footer(view),
    )
    return _file(title(page.race), body)


def plain(view: View, figure: Markup | None = None) -> str:
    """A page of any answer: its tables and lines after a figure, without the timeline and words that a race has."""
    body = tag(
        "body",
        tag("header", tag("p", "Frontrunner", class_="eyebrow"), tag("h1", view.title)),
        tag("main", figure, *(_section(section, {}) for section in view.sections)),
        _footer(view),
    )
    return _file(view.title, body)


def _file(name: str, body: Markup) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("title", f"{name} · Frontrunner"),
        tag("style", Markup(style())),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def style() -> str:
    """The style sheet of page and timeline."""
    return resources.files(__package__).joinpath("page.css").read_text("utf-8")


def swim_lanes(race: Race, programmes: Sequence[ProgrammeDossier | Dated]) -> str:
    """The timeline as an SVG that stands alone."""
    return alone(timeline(race, programmes), style(), title(race))


def _head(race: Race) -> Markup:
    first, *rest = title_parts(race)
    return tag(
        "header",
        tag("p", "Frontrunner", class_="eyebrow"),
        tag("h1", _capital(first)),
        tag("p", _capital(" · ".join(rest)), class_="arena"),
        tag("p", dated(headline(race)), class_="lede"),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def dated(sentence: str) -> Markup:
    """A sentence in which every ISO date is marked as one, so that no line breaks inside it."""
    parts = re.split(r"(\d{4}-\d{2}(?:-\d{2})?)", sentence)
    return joined(tag("time", part) if at % 2 else part for at, part in enumerate(parts))


def _section(section: Section, numbers: Mapping[str, int], *, stacked: bool = False) -> Markup:
    parts: list[Markup] = [tag("h2", section.title)]
    if section.table and section.table.rows:
        parts.append(_table(section.table.told(), numbers, section.title, stacked=stacked))
    elif not section.lines:
        parts.append(tag("p", section.empty))
    if section.lines:
        parts.append(tag("ul", *(tag("li", cell(line)) for line in section.lines)))
    return tag("section", *parts)


def _table(shown: Table, numbers: Mapping[str, int], name: str, *, stacked: bool = False) -> Markup:
    """A table that scrolls by itself where the window is too narrow."""
    titles = [column.title for column in shown.columns]
    inside = _STACKED if stacked else ()
    rows = [_row(titles, dict(zip(titles, row, strict=True)), numbers, inside) for row in shown.rows]
    return _scrolling([title for title in titles if title not in inside[1:]], [tag("tbody", *rows)], name)


def _scrolling(titles: Sequence[str], groups: Sequence[Markup], name: str) -> Markup:
    heads = [tag("th", title, scope="col", class_=_class(title)) for title in titles]
    table = tag("table", tag("thead", tag("tr", *heads)), *groups)
    return tag("div", table, class_="scroll", role="region", aria_label=name, tabindex="0")


def _row(
    titles: Sequence[str], cells: Mapping[str, Cell], numbers: Mapping[str, int], stacked: Sequence[str]
) -> Markup:
    return tag("tr", *(_cell(title, cells, numbers, stacked) for title in titles if title not in stacked[1:]))


def _cell(title: str, cells: Mapping[str, Cell], numbers: Mapping[str, int], stacked: Sequence[str]) -> Markup:
    if title in stacked:
        lines = [
            tag("div", cell(cells[part]), class_=_class(part))
            for part in stacked
            if part in cells and cells[part].plain
        ]
        return tag("th", *lines, scope="row")
    if title == "evidence":
        return tag("td", _links(cells[title].text.split(), numbers), class_="evidence")
    return tag("td", cell(cells[title]), class_=f"{_class(title)} {cells[title].tone}".strip())


def _class(title: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in title)


def cell(shown: Cell) -> Markup:
    """A cell's text, and its name in another language marked as such."""
    name = tag("span", shown.name, lang=shown.lang) if shown.name else None
    return joined([shown.text or None, name], " ")


def _links(ids: Sequence[str], numbers: Mapping[str, int]) -> Markup:
    """Numbers that lead to the words; an id whose words are not on the page is shown itself."""
    links = [
        tag("a", str(numbers[id]), href=f"#e{numbers[id]}", title=id) if id in numbers else tag("code", id)
        for id in ids
    ]
    return joined(links, " ")


def _figure(page: Shown) -> Markup:
    drawn = timeline(page.race, page.programmes)
    if not drawn.lanes:
        return Markup("")
    about = (
        f"Timeline of {len(drawn.lanes)} programmes from {drawn.start.year} to {drawn.end.year}, one lane each in the "
        f"order of the standings. The table of milestones below says the same in words."
    )
    lanes = tag("div", drawing(drawn), class_="lanes", role="img", aria_label=about)
    scroll = tag("div", lanes, class_="scroll", role="region", aria_label="Timeline", tabindex="0")
    return tag("section", tag("h2", "Timeline"), tag("figure", scroll, tag("figcaption", legend())))


def _milestones(page: Shown, numbers: Mapping[str, int]) -> Markup:
    """The timeline in words: one table, a group of rows for each programme, in the order of the race."""
    dossiers = {programme.id: programme for programme in page.programmes}
    held = [
        (standing.programme, shown(dossiers[standing.id].milestones, page.race))
        for standing in page.race.standings
        if standing.id in dossiers
    ]
    table = milestones_table([one for _, some in held for one in some]).told()
    if not table.rows:
        return Markup("")
    titles = [column.title for column in table.columns]
    rows, groups = iter(table.rows), list[Markup]()
    for name, some in held:
        head = tag("tr", tag("th", name, scope="rowgroup", colspan=len(titles))) if some else None
        cells = [dict(zip(titles, next(rows), strict=True)) for _ in some]
        groups.append(tag("tbody", head, *(_row(titles, row, numbers, ()) for row in cells)))
    heading = tag("summary", tag("h2", "Milestones"))
    return tag("details", heading, _scrolling(titles, groups, "Milestones"), open="open")


def _quotes(quotes: Sequence[Quote]) -> Markup:
    if not quotes:
        return Markup("")
    items = [tag("li", *_quote(quote), id=f"e{number}") for number, quote in enumerate(quotes, start=1)]
    heading = tag("summary", tag("h2", "Evidence"), tag("span", f"{len(items)} quotes"))
    return tag("details", heading, tag("ol", *items), class_="evidence")


def _quote(quote: Quote) -> list[Markup]:
    url = quote.url if quote.url and quote.url.startswith(("https://", "http://")) else None
    record = tag("a", quote.record, href=url, rel="noreferrer") if url else tag("span", quote.record)
    return [
        tag("blockquote", quote.words),
        tag(
            "p",
            f"{quote.source}, ",
            record,
            f", at {quote.place}",
            f"; as cited: {quote.citation}" if quote.citation else None,
            f"; known on {quote.known_on} ({quote.known_basis})",
        ),
        tag("p", tag("code", quote.id), " of document ", tag("code", quote.document)),
    ]


def _footer(view: View) -> Markup:
    facts = [joined([tag("dt", name), tag("dd", value)]) for name, value in view.stamp.items()]
    *_, notice = view.footer
    return tag("footer", tag("dl", *facts), tag("p", notice))
