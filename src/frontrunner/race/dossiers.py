"""Everything held on one programme or company."""

from datetime import date
from typing import Any

from frontrunner.errors import AmbiguousName, UnknownName
from frontrunner.race.naming import Naming
from frontrunner.race.parts import CompanyDossier, Part
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.reasons import of_product, reasons
from frontrunner.race.results import Label, ProgrammeDossier, Role
from frontrunner.race.runners import Programme, programmes
from frontrunner.race.trials import delivered
from frontrunner.race.why import milestones
from frontrunner.resolve.companies import company_key, ownership, parent_key, slug

#: arenas that cost more, asked one by one, than everything asked at once
_MANY = 5


def programme(snapshot: Snapshot, name: str, on: date, clock: str) -> ProgrammeDossier:
    """A programme by its id, or by a name of its product where that has one programme only.

    Raises UnknownName, or AmbiguousName with the programmes it could be.
    """
    id = _programme_id(snapshot, name)
    row = snapshot.rows("programmes", numbers=[], programmes=[id], on=on, clock=clock)[0]
    roles = snapshot.rows("roles", programme=id, on=on, clock=clock)
    companies = [role["company"] for role in roles]
    naming = Naming(snapshot.rows("names", subjects=[row["product"], *companies], on=on, clock=clock))
    found = milestones(snapshot, id, on, clock)
    return ProgrammeDossier(
        id=id,
        programme=naming.programme(row["product"], row["indication_label"]),
        product=naming.product(row["product"]),
        indication=Label(row["indication"], row["indication_label"] or row["indication"])
        if row["indication"]
        else None,
        roles=[_role(naming, role) for role in roles],
        modality=row["modality"],
        vector=row["vector"],
        target=row["target"],
        origin=row["origin"],
        trials=sorted({milestone.trial for milestone in found if milestone.trial}),
        milestones=found,
        because=of_product(snapshot, row["product"], on, clock),
        delivered=delivered(snapshot, on, clock, programme=id),
        snapshot=snapshot.name,
    )


def company(snapshot: Snapshot, name: str, on: date, clock: str) -> CompanyDossier:
    """A company by its id or any of its names, with what it and its partners do in which programmes.

    Raises UnknownName with the nearest names, or AmbiguousName.
    """
    id = subject(snapshot, "company", name)
    row = snapshot.rows("company_row", company=id)[0]
    told = snapshot.rows("parts", company=id, on=on, clock=clock)
    naming = Naming(snapshot.rows("names", subjects=[id, *{one["company"] for one in told}], on=on, clock=clock))
    called = naming.company(id, row["country"])
    standing = [found.also for found in _standing(snapshot, sorted({one["programme"] for one in told}), on, clock)]
    parts = _parts(naming, told, {also.id: also.programme for also in standing})
    return CompanyDossier(
        id=id,
        name=called.name,
        country=row["country"],
        kind=row["kind"],
        parent=_parent(snapshot, row["parent"], called.name, on),
        owners=ownership(called.name, on),
        names=called.names,
        because=reasons(snapshot, id, called.names),
        programmes=standing,
        roles=[one for one in parts if one.part.company == id],
        partners=[one for one in parts if one.part.company != id],
        snapshot=snapshot.name,
    )


def _parts(naming: Naming, rows: list[dict[str, Any]], called: dict[str, str]) -> list[Part]:
    """Who does what, in the order of the programmes in `called` (id -> name)."""
    order = {id: at for at, id in enumerate(called)}
    told = [row for row in rows if row["programme"] in called]
    return [
        Part(row["programme"], called[row["programme"]], _role(naming, row))
        for row in sorted(told, key=lambda row: order[row["programme"]])
    ]


def _parent(snapshot: Snapshot, known: str | None, name: str, on: date) -> str | None:
    """The owner at the top on the day: by dated facts where there are any of the company, else as sources state it."""
    if not ownership(name):
        return known
    key = parent_key(name, on)
    if key is None:
        return None
    ids = sorted({row["subject"] for row in snapshot.rows("company_names") if company_key(row["value"]) == key})
    return str(ids[0]) if len(ids) == 1 else f"org:{slug(key)}"


def _standing(snapshot: Snapshot, ids: list[str], on: date, clock: str) -> list[Programme]:
    """What each of some programmes has reached anywhere, in any lane."""
    arenas = sorted(set(map(_arena, snapshot.rows("programmes", numbers=[], programmes=ids, on=on, clock=clock))))
    if len(arenas) > _MANY:
        arenas = [("", "")]
    found: dict[str, Programme] = {}
    for indication, modality in arenas:
        question = Question(indication=indication or None, modality=modality or None, lane="all", on=on, clock=clock)
        found |= {one.id: one for one in programmes(snapshot, question)[0] if one.id in ids}
    return sorted(found.values(), key=Programme.furthest_first)


def _arena(row: dict[str, Any]) -> tuple[str, str]:
    """The narrowest arena that holds a programme, as (indication, modality): by its kind where it has no indication."""
    return (row["indication"], "") if row["indication"] else ("", row["modality"] or "")


def _role(naming: Naming, row: dict[str, Any]) -> Role:
    return Role(
        company=row["company"],
        name=naming.company(row["company"], None).name,
        role=row["role"],
        territory=row["territory"],
        since=row["since"],
        evidence=evidence_id(row["doc"], row["place"]),
    )


def _programme_id(snapshot: Snapshot, name: str) -> str:
    if name.startswith("prog:"):
        if snapshot.rows("programmes", numbers=[], programmes=[name], on=date.max, clock="now"):
            return name
        raise UnknownName("programme", name)
    product = subject(snapshot, "product", name)
    ids = [row["programme"] for row in snapshot.rows("programmes_of_product", product=product)]
    if len(ids) != 1:
        raise AmbiguousName("programme", name, ids) if ids else UnknownName("programme", name)
    return str(ids[0])


def subject(snapshot: Snapshot, kind: str, name: str) -> str:
    """The id of the company or product that a name, folded, belongs to; raises UnknownName or AmbiguousName."""
    from frontrunner.vocab import fold

    rows = snapshot.rows(f"{kind}_names")
    if any(row["subject"] == name for row in rows):
        return name
    sought = fold(name)
    ids = sorted({row["subject"] for row in rows if fold(row["value"]) == sought})
    if len(ids) > 1:
        raise AmbiguousName(kind, name, ids)
    if not ids:
        from difflib import get_close_matches

        raise UnknownName(kind, name, get_close_matches(name, sorted({row["value"] for row in rows}), n=5, cutoff=0.5))
    return str(ids[0])
