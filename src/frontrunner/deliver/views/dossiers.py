"""Dossiers as people see them: a trial, a programme, a company."""

import re

from frontrunner.deliver.views.race import rung
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, clock_in_words, day, label
from frontrunner.deliver.views.why import milestones_table
from frontrunner.race.parts import CompanyDossier, Part
from frontrunner.race.records import Delivered
from frontrunner.race.results import (
    Name,
    Product,
    ProgrammeDossier,
    Role,
    TrialDossier,
    TrialVersion,
)

_EVIDENCE = Column("evidence", drop=1)
_FACTS = (Column("what"), Column("value", wrap=True, give=24))


def trial_view(trial: TrialDossier) -> View:
    """The record field by field, the programmes it belongs to, and its versions where they were asked for."""
    rows = [
        [Cell(words(field)), Cell(_value(value)), Cell(trial.evidence.get(field, ""), tone="faint")]
        for field, value in trial.record.items()
    ]
    columns = (Column("field"), Column("value", wrap=True, give=24, verbatim=True), Column("evidence", drop=1))
    sections = [
        Section("Record", Table(columns, rows), empty="Nothing was public by that day."),
        *_registrations(trial),
        Section("Programmes", lines=[Cell(one.programme, id=one.id) for one in trial.programmes], empty="None known."),
        *_delivered(trial.delivered),
    ]
    if trial.history:
        sections.append(Section("Versions", _versions(trial.history)))
    sources = ", ".join(sorted({version.source for version in trial.history})) or "see the evidence"
    stamp = {"on": trial.on, "clock": clock_in_words(trial.clock), "snapshot": trial.snapshot, "sources": sources}
    return View(f"Trial {trial.id}", sections, stamp)


def _registrations(trial: TrialDossier) -> list[Section]:
    """The trial's ids in other registries, and where their records disagree; nothing where there is none."""
    ids = [
        [*cells((one.id, "yes" if one.held else "no", one.declared_by)), Cell(one.evidence or "", tone="faint")]
        for one in trial.also_registered_as
    ]
    said = [
        [*cells((words(one.field), each.value, each.id, each.source)), Cell(each.evidence or "", tone="faint")]
        for one in trial.disagreements
        for each in one.said
    ]
    evidence = Column("evidence", drop=1)
    of_ids = (Column("id"), Column("record here"), Column("declared by"), evidence)
    of_said = (
        Column("field"),
        Column("value", wrap=True, give=24, verbatim=True),
        Column("id"),
        Column("source"),
        evidence,
    )
    found = [Section("Also registered as", Table(of_ids, ids))] if ids else []
    return [*found, Section("Its records disagree", Table(of_said, said))] if said else found


def words(field: str) -> str:
    """`studyFirstPostDate` and `study_first_post_date` as `study first post date`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", field).lower()


def _value(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _versions(history: list[TrialVersion]) -> Table:
    columns = (
        Column("known from"),
        Column("basis", drop=3),
        Column("source", drop=2),
        Column("changes", wrap=True, give=24),
        Column("document", drop=1),
    )
    rows = [
        [
            Cell(version.known_from),
            Cell(version.known_basis),
            Cell(version.source + ("" if version.whole else " (in part)")),
            Cell(_changes(version, first=at == 0)),
            Cell(version.document, tone="faint"),
        ]
        for at, version in enumerate(history)
    ]
    return Table(columns, rows)


def _changes(version: TrialVersion, *, first: bool) -> str:
    told = [f"{words(one.field)}: {one.before or 'nothing'} -> {one.after or 'nothing'}" for one in version.changes]
    return "; ".join(told) or ("first version held" if first else "no field changed")


def programme_view(programme: ProgrammeDossier) -> View:
    """What it is, who has a part in it, and everything dated."""
    facts = [
        ("id", programme.id),
        ("indication", f"{use.label} ({use.id})" if (use := programme.indication) else "any use"),
        ("modality", label("modality", programme.modality) or "unknown"),
        ("vector", programme.vector or "unknown"),
        ("target", programme.target or "unknown"),
        ("origin", programme.origin or "unknown"),
        ("trials", ", ".join(programme.trials) or "none known"),
    ]
    sections = [
        Section("Milestones", milestones_table(programme.milestones), empty="None known by that day."),
        Section("Programme", Table(_FACTS, [cells(fact) for fact in facts])),
        Section("Names", lines=names(programme.product.names), empty=_only(programme.product)),
        Section("Companies", _roles(programme.roles), empty="None known."),
        *_delivered(programme.delivered),
        *([Section("Why these names are one", lines=cells(programme.because))] if programme.because else []),
    ]
    return View(programme.programme, sections, {"snapshot": programme.snapshot, "sources": "see the evidence"})


def _delivered(labels: list[Delivered]) -> list[Section]:
    """How its gene or cell products are given; nothing where no record says."""
    quoted = Column("words", wrap=True, give=24, verbatim=True)
    columns = (Column("what"), Column("value"), quoted, Column("trials", drop=1, verbatim=True))
    rows = [
        [
            Cell({"route": "route", "tissue": "tissue"}.get(one.kind, "cell source")),
            Cell(label(one.kind, one.value)),
            Cell(one.words),
            Cell(", ".join(one.trials), tone="faint"),
        ]
        for one in labels
    ]
    return [Section("How it is given", Table(columns, rows))] if rows else []


def _only(product: Product) -> str:
    return f"Only {product.name}."


def _roles(roles: list[Role]) -> Table:
    columns = (Column("company"), Column("role"), Column("where"), Column("since"), Column("evidence", drop=1))
    rows = [
        [
            Cell(role.name, id=role.company),
            Cell(label("role", role.role).lower()),
            Cell(role.territory or "everywhere"),
            Cell(role.since or "before our sources begin"),
            Cell(role.evidence, tone="faint"),
        ]
        for role in roles
    ]
    return Table(columns, rows)


def _parts(parts: list[Part], *, who: bool) -> Table:
    """One line a programme and role, of which company (`who`) told; where rights are split, it has all the places."""
    shown: dict[tuple[str, str, str, str | None], list[Role]] = {}
    of = {one.programme: one.of for one in parts}
    for one in parts:
        shown.setdefault((one.part.company, one.programme, one.part.role, one.part.since), []).append(one.part)
    rows = [
        [
            *([Cell(roles[0].name, id=company)] if who else []),
            Cell(label("role", role).lower()),
            Cell(of[programme], id=programme),
            Cell(", ".join(sorted({one.territory or "everywhere" for one in roles}))),
            Cell(since or "before our sources begin"),
            Cell(roles[0].evidence, tone="faint"),
        ]
        for (company, programme, role, since), roles in shown.items()
    ]
    columns = (
        Column("role"),
        Column("programme", give=24),
        Column("where"),
        Column("since"),
        Column("evidence", drop=1),
    )
    return Table((Column("company"), *columns) if who else columns, rows)


def names(known: list[Name]) -> list[Cell]:
    """One line a name, with its kind; a name in another language carries that language."""
    return [
        Cell(f"{label('name_kind', name.kind)}: {name.value}")
        if name.lang == "en"
        else Cell(f"{label('name_kind', name.kind)}:", name.value, name.lang)
        for name in known
    ]


def company_view(company: CompanyDossier) -> View:
    """Who it is and what it has a part in."""
    columns = (Column("programme", give=24), Column("rung"), Column("date"), Column("id", drop=1))
    rows = [
        [Cell(one.programme, id=one.id), Cell(rung(one.rung)), Cell(day(one.reached)), Cell(one.id, tone="faint")]
        for one in company.programmes
    ]
    facts = [
        ("id", company.id),
        ("kind", label("organisation_kind", company.kind) or "unknown"),
        ("country", company.country or "unknown"),
        ("parent", company.parent or "none known"),
    ]
    sections = [
        Section("Programmes", Table(columns, rows), empty="None known by that day."),
        *([Section("Its part in them", _parts(company.roles, who=False))] if company.roles else []),
        *([Section("Others in them", _parts(company.partners, who=True))] if company.partners else []),
        Section("Company", Table(_FACTS, [cells(fact) for fact in facts])),
        Section("Names", lines=names(company.names), empty=f"Only {company.name}."),
    ]
    if company.owners:
        sections.append(Section("Who owns it", lines=cells(company.owners)))
    if company.because:
        sections.append(Section("Why these names are one", lines=cells(company.because)))
    return View(company.name, sections, {"snapshot": company.snapshot, "sources": "see the evidence"})
