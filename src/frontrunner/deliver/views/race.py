"""The standings as people see them."""

from collections.abc import Iterable, Sequence

from frontrunner import vocab
from frontrunner.deliver.views.view import (
    Cell,
    Column,
    Section,
    Table,
    View,
    cells,
    clock_in_words,
    day,
    inside,
    label,
    tone_of,
)
from frontrunner.race.results import Arena, Company, Coverage, First, Lead, Name, Product, Race, Runner, Standing

#: what the statuses of the vocabulary mean for a reader
STATUSES = {
    "proven": "a document held here says it",
    "cited": "a source is named, its words are not held here",
    "implied": "it follows from something else that is recorded",
    "contested": "sources disagree; all are kept",
    "unverified": "from memory or from a source that could not be read",
}

COLUMNS = (
    Column("place"),
    Column("programme", give=26),
    Column("also called", drop=2, give=12),
    Column("company", drop=7, give=18),
    Column("vector/target", drop=3),
    Column("rung"),
    Column("date"),
    Column("activity", drop=8),
    Column("lead", drop=6),
    Column("next", drop=4),
    Column("status", drop=5),
    Column("evidence", drop=1),
)

_GRAVE = ("stopped", "withdrawn_after_approval")


def dropped_in_order() -> list[str]:
    """The titles of the columns that a narrow terminal does without, first to go first."""
    return [column.title for column in sorted(COLUMNS, key=lambda c: c.drop) if column.drop]


def race_view(race: Race) -> View:
    """The standings, what else is known, and what they rest on."""
    return View(
        title=title(race),
        sections=[
            Section("Standings", standings_table(race), empty="No programme of this arena is known here on that day."),
            *_when(Section("Other programmes of these rows", lines=_also(race))),
            Section("Firsts", firsts_table(race), empty="Nobody has certainly reached a rung."),
            *_when(Section("Firsts that are not certain", lines=doubts(race))),
            *([Section("Orphan exclusivity in force", exclusivity_table(race))] if race.exclusivity else []),
            Section("Open questions", open_table(race), empty="None."),
            Section("Coverage", lines=cells(coverage(race.coverage, race.on))),
            *_when(Section("What the statuses mean", lines=statuses(race))),
        ],
        stamp={
            "on": race.on,
            "clock": clock_in_words(race.clock),
            "snapshot": f"{race.snapshot}, built {race.built_at}",
            "sources": ", ".join(race.coverage.sources) or "none",
        },
    )


def title(race: Race) -> str:
    """The arena and the day in words: `hemophilia B, gene therapy, in CN, on 2022-01-12`."""
    return ", ".join(title_parts(race))


def title_parts(race: Race) -> list[str]:
    """The parts of the title: what is raced for, then what narrows it, the day last."""
    return [*arena_parts(race.arena), f"on {race.on}" + (", as known then" if race.clock == "then" else "")]


def arena_parts(arena: Arena) -> list[str]:
    """An arena in words: what is raced for, then what narrows it."""
    parts = [
        arena.indication.label if arena.indication else None,
        inside(label("modality", arena.modality)) if arena.modality else None,
        f"target {'/'.join(label('target', id) for id in arena.target.split('|'))}" if arena.target else None,
        f"in {arena.jurisdiction}" if arena.jurisdiction else None,
        f"from {arena.origin}" if arena.origin else None,
        {"iit": "investigator-initiated studies", "all": "all lanes"}.get(arena.lane),
    ]
    return [part for part in parts if part]


def headline(race: Race) -> str:
    """Who stands first, in one sentence."""
    first = [standing for standing in race.standings if standing.place == 1 and standing.rung]
    if not first:
        return "Nobody has certainly reached a rung of this race by that day."
    names = " and ".join(standing.product.name for standing in first)
    told = f"{inside(rung(first[0].rung, first[0].kind))}, {day(first[0].reached)}"
    if len(first) > 1:
        return f"{names} share the first place: {told}."
    company = f" of {first[0].company.name}" if first[0].company else ""
    ahead = ("" if first[0].lead and first[0].lead.open else "lead ") + lead(first[0].lead)
    return f"{names}{company} stands first: {told}" + (f"; {ahead}." if first[0].lead else ".")


def standings_table(race: Race) -> Table:
    """One row a standing, in the order of the race."""
    return Table(COLUMNS, [_row(standing) for standing in race.standings])


def _row(standing: Standing) -> list[Cell]:
    return [
        Cell(f"{standing.place}{'=' if standing.tied else ''}", tone="good" if standing.place == 1 else ""),
        Cell(standing.programme),
        also_called(standing.product),
        company_cell(standing.company),
        Cell("/".join(part for part in (standing.vector, standing.target) if part)),
        Cell(rung(standing.rung, standing.kind)),
        Cell(day(standing.reached)),
        Cell(_activity(standing.activity), tone="bad" if standing.activity in _GRAVE else ""),
        Cell(lead(standing.lead)),
        Cell(label("rung", standing.next)),
        Cell(standing.status, tone=tone_of(standing.status)),
        Cell(" ".join(standing.evidence), tone="faint"),
    ]


def _activity(id: str) -> str:
    """Short beside its rung: `withdrawn` beside `Approved` can only be after approval."""
    return "withdrawn" if id == "withdrawn_after_approval" else inside(label("activity", id))


def rung(id: str | None, kind: str | None = None) -> str:
    """`Approved (conditional)`; `none certain` where no rung is."""
    if id is None:
        return "none certain"
    return label("rung", id) + (f" ({kind})" if kind else "")


def lead(lead: Lead | None) -> str:
    """`17.1 months`, `17.0 to 17.5 months`, or, where it grows, `ahead at approved, 19.4 months so far`."""
    if lead is None:
        return ""
    if lead.open:
        age = f", {lead.months_so_far} months so far" if lead.months_so_far is not None else ""
        return f"ahead at {inside(label('rung', lead.ahead_at))}{age}"
    if lead.months is None:
        return "unknown"
    if lead.low is not None and lead.high is not None and lead.low < 0 <= lead.high:
        return f"undecided, {lead.low} to {lead.high} months"
    if lead.low == lead.high == 0:
        return "the same day"
    return f"{lead.months} months" if lead.low == lead.high else f"{lead.low} to {lead.high} months"


def company_cell(company: Company | None) -> Cell:
    """`Belief BioMed (CN) 信念医药`."""
    if company is None:
        return Cell("unknown developer", tone="doubtful")
    chinese = chinese_name(company.names, company.name)
    return Cell(company.name + (f" ({company.country})" if company.country else ""), chinese, "zh" if chinese else "")


def also_called(product: Product) -> Cell:
    """The code, the brand and the Chinese name of a product that is shown under another name."""
    english = [first for kind in ("code", "brand", "inn") if (first := _first_of_kind(product, kind))]
    chinese = chinese_name(product.names, product.name)
    return Cell(", ".join(name for name in english if name != product.name), chinese, "zh" if chinese else "")


def chinese_name(names: Iterable[Name], shown: str) -> str:
    """The first Chinese name that is not shown already, or an empty text."""
    return next((name.value for name in names if name.lang.startswith("zh") and name.value != shown), "")


def _first_of_kind(product: Product, kind: str) -> str | None:
    return next((name.value for name in product.names if name.kind == kind and name.lang == "en"), None)


def _also(race: Race) -> list[Cell]:
    return [
        Cell(f"{standing.place}: {also.programme}, {rung(also.rung)} {day(also.reached)}".rstrip())
        for standing in race.standings
        for also in standing.also
    ]


def firsts_table(race: Race) -> Table:
    """Who was first at each rung, and by how much; those between whom no day decides share the cell of the first."""
    titles = (
        Column("rung"),
        Column("first", give=26),
        Column("date"),
        Column("runner-up", drop=3, give=20),
        Column("gap", drop=4),
        Column("status", drop=2),
        Column("evidence", drop=1),
    )
    rows = [
        [
            Cell(rung(first.rung)),
            Cell(_holders(first), tone="doubtful" if first.passed_by else "", id=first.id),
            Cell(first.date),
            Cell(first.runner_up.programme, id=first.runner_up.id) if first.runner_up and not first.tied else Cell(""),
            Cell(gap(first.gap_low, first.gap_high, tied=bool(first.tied))),
            Cell(first.status, tone=tone_of(first.status)),
            Cell(" ".join(first.evidence), tone="faint"),
        ]
        for first in race.firsts
    ]
    return Table(titles, rows)


def _holders(first: First) -> str:
    """Whoever shares the first place; with a mark where somebody who stood higher before may have been here before."""
    return " = ".join([first.programme, *(rival.programme for rival in first.tied)]) + (" ?" if first.passed_by else "")


def doubts(race: Race) -> list[Cell]:
    """Why some of the firsts may not have been the first, a line each."""
    return cells(doubt(rung(first.rung), first.date, first.passed_by) for first in race.firsts if first.passed_by)


def doubt(step: str, date: str, passed_by: Sequence[Runner]) -> str:
    """Why whoever is first at a step on record may not have been the first."""
    several = f"; and {len(passed_by) - 3} more" if len(passed_by) > 3 else ""
    names = "; ".join(runner.programme for runner in passed_by[:3])
    return f"{step}: stood higher before {date} without a day for this step: {names}{several}."


def gap(low: int | None, high: int | None, *, tied: bool) -> str:
    """`521 days`, `480 to 510 days`, `tie`."""
    if low is None or high is None:
        return ""
    if tied:
        return "tie" if low == high == 0 else f"tie (up to {max(abs(low), abs(high))} days)"
    return f"{low} days" if low == high else f"{low} to {high} days"


def exclusivity_table(race: Race) -> Table:
    """Who holds an orphan exclusivity, where, until when, and whom it may keep out."""
    columns = (
        Column("programme", give=26),
        Column("in"),
        Column("since"),
        Column("until"),
        Column("may keep out", wrap=True),
        Column("status", drop=2),
        Column("evidence", drop=1),
    )
    rows = [
        [
            Cell(held.programme, id=held.id),
            Cell(held.jurisdiction),
            Cell(held.since),
            Cell(held.until),
            Cell(", ".join(rival.programme for rival in held.may_keep_out)),
            Cell(held.status, tone=tone_of(held.status)),
            Cell(" ".join(held.evidence), tone="faint"),
        ]
        for held in race.exclusivity
    ]
    return Table(columns, rows)


def open_table(race: Race) -> Table:
    """What may or may not have happened by the day, and what sources disagree about."""
    columns = (
        Column("programme", give=26),
        Column("rung"),
        Column("date"),
        Column("why", wrap=True),
        Column("evidence", drop=1),
    )
    rows = [
        [
            Cell(question.programme),
            Cell(rung(question.milestone)),
            Cell(question.date),
            Cell(question.why),
            Cell(" ".join(question.evidence), tone="faint"),
        ]
        for question in race.open_questions
    ]
    return Table(columns, rows)


def coverage(held: Coverage, on: str) -> list[str]:
    """What an answer rests on, a line each."""
    lines = [f"Sources read: {', '.join(held.sources) or 'none'}."]
    if held.missing:
        lines.append(f"Sources not read: {', '.join(held.missing)}.")
    if held.left_out:
        lines.append(f"Left out: {held.left_out} facts that were fetched only after {on}.")
    return lines


def statuses(race: Race) -> list[Cell]:
    """The meaning of every status shown, where not all are proven, and the reasons given for rows."""
    shown = {standing.status for standing in race.standings} | {first.status for first in race.firsts}
    told = [f"{id}: {STATUSES[id]}." for id in vocab.load("status").terms if id in shown and id in STATUSES]
    reasons: dict[str, list[str]] = {}
    for row in race.standings:
        if row.because:
            reasons.setdefault(row.because, []).append(f"{row.place} {row.programme}")
    return cells([*(told if shown > {"proven"} or "proven" not in shown else []), *map(_reason, reasons.items())])


def _reason(given: tuple[str, list[str]]) -> str:
    """Why some rows stand as they do, the first of many by name."""
    because, rows = given
    return f"{', '.join(rows[:3])}{f' and {len(rows) - 3} more' if len(rows) > 3 else ''}: {because}."


def _when(section: Section) -> list[Section]:
    """The section where it has anything to say."""
    return [section] if section.lines else []
