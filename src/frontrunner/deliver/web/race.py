"""The page of a race."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec

from frontrunner import vocab
from frontrunner.deliver.page import swim_lanes
from frontrunner.deliver.page.drawing import drawing
from frontrunner.deliver.page.legend import legend
from frontrunner.deliver.page.markup import Markup
from frontrunner.deliver.page.timeline import Mark, Timeline, timeline
from frontrunner.deliver.views.race import (
    arena_parts,
    chinese_name,
    doubts,
    firsts_table,
    headline,
    open_table,
    race_view,
    statuses,
    title,
    title_parts,
)
from frontrunner.deliver.views.view import label
from frontrunner.deliver.web.addresses import ARENA, WHEN
from frontrunner.deliver.web.language import Language, in_words_of
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.race.results import Arena, Race

#: where a race is most often looked at, beside anywhere
PLACES = ("CN", "US", "EU", "UK", "JP")
#: the other answers about the same arena, and what leads to them
OTHERS = (
    ("jurisdictions", "Places side by side"),
    ("firsts", "Firsts and how they changed"),
    ("changes", "Changes of order"),
    ("readouts", "Readouts"),
    ("forecast", "Forecast"),
)
#: lanes that the timeline draws; a longer race is drawn for its first rows
DRAWN = 25
_WITH_ARTICLE = ("US", "EU", "UK")
#: what a programme does that may still be approved
_ON_THE_WAY = ("active", "paused")
#: rows on a page before the reader asks for all
ROWS = 40


def race(asked: Asked) -> Shown:
    """Standings, timeline, firsts and open questions of an arena on a day."""
    given = asked.only(*ARENA, *WHEN, "rows")
    whole = given.pop("rows", "") == "all"
    found = asked.home.race(**given)
    drawn = drawn_timeline(asked, found)
    rows = found.standings if whole else found.standings[:ROWS]
    return Shown(
        template="race.html",
        title=title(found),
        values={
            "race": found,
            "rows": rows,
            "parts_of": arena(found),
            "proof": proof(found),
            "forecast": forecast(asked, found, given),
            "headline": told(asked, found),
            "drawn": Markup(in_words_of(asked.language, drawing(drawn))) if drawn.lanes else Markup(""),
            "drawn_about": drawn,
            "legend": legend(asked.language.say),
            "firsts": firsts_table(found).told(),
            "doubts": doubts(found),
            "open": open_table(found).told(),
            "coverage": found.coverage,
            "statuses": statuses(msgspec.structs.replace(found, standings=rows)),
            "years": years(drawn, found),
            "choices": choices(asked),
            "others": others(asked, given),
            "feed": urlencode({name: given[name] for name in ARENA if name in given}),
            "embedded": asked.here.framed(asked.language.say(title(found))),
        },
        view=race_view(found),
        on=found.on,
        clock=found.clock,
        snapshot=found.snapshot,
        json="race",
        svg=lambda: swim_lanes(found, asked.home.milestones(ids(found), on=found.on, clock=found.clock)),
    )


def arena(found: Race) -> list[str]:
    """The parts of the title with places by their names, the day last."""
    return [*placed(found.arena), title_parts(found)[-1]]


def placed(asked_of: Arena) -> list[str]:
    """An arena in words, part by part, with places by their names: `in China`."""
    where = asked_of.jurisdiction
    the = "the " if where in _WITH_ARTICLE else ""
    return [
        f"in {the}{label('jurisdiction', where)}" if part == f"in {where}" else part for part in arena_parts(asked_of)
    ]


def told(asked: Asked, found: Race) -> str:
    """The headline, with the name that the company of the first has in the language."""
    sentence, first = headline(found), found.standings[0].company if found.standings else None
    chinese = chinese_name(first.names, first.name) if first and asked.language.code == "zh" else ""
    return sentence.replace(f" of {first.name} ", f" of {chinese} ", 1) if first and chinese else sentence


def proof(found: Race) -> str | None:
    """What the headline rests on: the evidence of who stands first."""
    first = found.standings[0] if found.standings else None
    return first.evidence[0] if first and first.rung and first.evidence else None


def forecast(asked: Asked, found: Race, given: dict[str, str]) -> dict[str, str] | None:
    """Where the forecast of the race and its chart are; None where nobody is on the way."""
    if not any(row.rung and row.rung != "approved" and row.activity in _ON_THE_WAY for row in found.standings):
        return None
    return {"page": asked.here.at("forecast", **given), "chart": asked.here.at("forecast.svg", **given)}


def others(asked: Asked, given: dict[str, str]) -> list[tuple[str, str]]:
    """What leads to the other answers: their words and addresses, with the parameters that each takes."""
    left_out = {"jurisdictions": {"jurisdiction"}, "changes": {"on"}}
    return [
        (words, asked.here.at(page, **{name: given[name] for name in given if name not in left_out.get(page, ())}))
        for page, words in OTHERS
    ]


def drawn_timeline(asked: Asked, found: Race) -> Timeline:
    """The lanes of the first rows, with their words in the language."""
    dated = asked.home.milestones(ids(found), on=found.on, clock=found.clock)
    part = msgspec.structs.replace(found, standings=found.standings[:DRAWN])
    return _said(timeline(part, dated), asked.language)


def ids(found: Race) -> list[str]:
    """The programmes of the first rows."""
    return [standing.id for standing in found.standings[:DRAWN]]


def _said(drawn: Timeline, language: Language) -> Timeline:
    """The same timeline with its labels in the language."""
    replace = msgspec.structs.replace
    lanes = [replace(lane, marks=[_said_mark(mark, language) for mark in lane.marks]) for lane in drawn.lanes]
    return replace(drawn, lanes=lanes)


def _said_mark(mark: Mark, language: Language) -> Mark:
    """`2021-08-06: IND clearance, IND cleared (CN; cited)`, line by line and part by part."""
    lines = []
    for line in mark.words.splitlines():
        when, _, what = line.partition(": ")
        lines.append(f"{when}: {language.say(what)}" if what else language.say(line))
    return msgspec.structs.replace(mark, label=language.say(mark.label), words="\n".join(lines))


def years(drawn: Timeline, found: Race) -> list[tuple[str, bool]]:
    """The days that a race is shown on at a step: the end of each year since its first until today."""
    today, first = date.today(), drawn.start if drawn.lanes else date.fromisoformat(found.on)
    ends = [date(year, 12, 31) for year in range(first.year, today.year)][-24:]
    return [(end.isoformat(), end.isoformat() == found.on) for end in ends]


def choices(asked: Asked) -> dict[str, Any]:
    """What the form offers: kinds of therapy, places, lanes, clocks."""
    modalities = vocab.load("modality").terms.values()
    return {
        "modality": [(term.id, term.label) for term in modalities],
        "jurisdiction": [(id, vocab.load("jurisdiction").terms[id].label) for id in PLACES],
        "lane": [(term.id, term.label) for term in vocab.load("lane").terms.values()],
        "clock": [(term.id, term.label) for term in vocab.load("clock").terms.values()],
    }
