"""The forecast of an arena: its standings by the clock asked become the facts that `forecast.racing` races."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from frontrunner import vocab
from frontrunner.errors import UnknownOption
from frontrunner.forecast.answers import Forecast, HowCommon
from frontrunner.model import PartialDate
from frontrunner.race import standings, steps
from frontrunner.race.question import Asking, Question, Snapshot, asked, evidence_id
from frontrunner.race.results import Arena, Standing

if TYPE_CHECKING:
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import Entrant

#: the options of a forecast that are not those of a race
_OWN = ("years", "prior_weight", "correlation", "class_failure", "seed")


class ForecastAsking(Asking, total=False):
    """The options of a race, and what a forecast assumes."""

    years: int
    prior_weight: float
    correlation: float
    class_failure: float
    seed: int


def forecast(snapshot: Snapshot, indication: str | None, asking: ForecastAsking) -> Forecast:
    """The forecast of an arena; by the clock `then` where none is named. Raises UsageError for what cannot be asked."""
    from frontrunner.forecast import limits, racing

    chosen = racing.Settings(**{name: value for name, value in asking.items() if name in _OWN})  # type: ignore[arg-type]
    question = asked(indication, **{"clock": "then"} | narrowed(asking), within=snapshot)
    race = standings.race(snapshot, question)
    held = _reached(snapshot, question)
    ways = _ways(held)
    field = _field(snapshot, question, race.standings, ways)
    past = _past(snapshot, question, race.standings, ways)
    found = racing.race(field, past, question.on, chosen)
    arena = race.arena
    names = {
        "indication": arena.indication.id if arena.indication else None,
        **{name: getattr(arena, name) for name in ("modality", "target", "origin", "lane")},
    }
    return Forecast(
        title=_title(arena),
        arena=names,
        jurisdiction=arena.jurisdiction,
        on=race.on,
        clock=race.clock,
        horizon=found.nobody_by[-1].by,
        **found._asdict(),
        assumptions=racing.assumptions(chosen, question.on),
        limits=limits.of("forecast"),
        prevalence=how_common(snapshot, question.indication) if question.indication else None,
        newest=_newest(snapshot, race.standings, held),
        snapshot=race.snapshot,
        built_at=race.built_at,
    )


#: whose prevalence is taken where no area is asked, the first that has one
_AREAS = ("Europe", "Worldwide", "United States")


def how_common(snapshot: Snapshot, indication: str, area: str | None = None) -> HowCommon | None:
    """The published prevalence of a disease in an area, else in the widest that has one; null where none is held.

    Raises UnknownOption for an area that no row is about.
    """
    rows = snapshot.rows("prevalence", indication=indication)
    areas = list(dict.fromkeys(row["area"] for row in rows))
    if area is not None and rows and area not in areas:
        raise UnknownOption("--area", area, sorted(areas))
    wanted = [area] if area is not None else [*_AREAS, *areas]
    row = next((row for one in wanted for row in rows if row["area"] == one), None)
    if row is None:
        return None
    return HowCommon(
        measure=row["measure"],
        area=row["area"],
        class_=row["class"],
        low=row["low"],
        point=row["value"] or None,
        high=row["high"],
        source=row["source"],
        published_as=row["published_as"],
    )


def _title(arena: Arena) -> str:
    """What is raced for: `hemophilia B, AAV gene therapy, target F9`."""
    kind = vocab.load("modality").terms[arena.modality].label if arena.modality else None
    target = f"target {arena.target}" if arena.target else None
    return ", ".join(filter(None, (arena.indication.label if arena.indication else None, kind, target)))


def narrowed(asking: ForecastAsking) -> dict[str, Any]:
    """The options that are those of a race."""
    return {name: value for name, value in asking.items() if name not in _OWN}


def _field(
    snapshot: Snapshot, question: Question, rows: Sequence[Standing], held: dict[str, list[tuple[int, str]]]
) -> list[Entrant]:
    rare = _orphans(snapshot, question)
    rare |= {row["programme"] for row in snapshot.rows("rare", programmes=[row.id for row in rows])}
    return [_entrant(question, row, row.id in rare, held.get(row.id, [])) for row in rows]


def _entrant(question: Question, row: Standing, rare: bool, path: list[tuple[int, str]]) -> Entrant:
    from frontrunner.forecast.racing import Entrant, month, rising

    months = 0
    if row.reached:
        reached = PartialDate(row.reached.date)
        middle = reached.first + (reached.last - reached.first) / 2
        months = max(month(question.on) - month(middle), 0)
    last = rising(path)[-1] if path else None
    sent_back = month(question.on) - last.month if last and last.rung == "complete_response" else None
    return Entrant(
        id=row.id,
        product=row.product.id,
        programme=row.programme,
        kinds=tuple(_kinds(row.modality)),
        target=row.target,
        orphan=True if rare else None,
        rung=row.rung,
        months=months,
        activity=row.activity,
        reached_on=row.reached.date if row.reached else None,
        sent_back=sent_back if row.rung in ("filed", "accepted") else None,
    )


def _kinds(modality: str | None) -> Iterable[str]:
    """A kind of medicine and what it is a kind of, the nearest first; nothing for none."""
    terms, waiting, seen = vocab.load("modality").terms, [modality] if modality else [], set[str]()
    while waiting:
        one = waiting.pop(0)
        if one not in seen and one in terms:
            seen.add(one)
            waiting += terms[one].parents
            yield one


def _orphans(snapshot: Snapshot, question: Question) -> set[str]:
    """The programmes with an orphan designation that is certain on the day."""
    held = steps.steps(snapshot, question, ["orphan_designation"])
    return {step.programme for step in held if step.certain}


def _reached(snapshot: Snapshot, question: Question) -> list[steps.Step]:
    """The dated rungs of each programme, and the days on which its filings were sent back."""
    from frontrunner.forecast.racing import RUNGS

    held = [*steps.steps(snapshot, question, list(RUNGS)), *_sent_back(snapshot, question)]
    return [step for step in held if step.certain and step.phase is None]


def _ways(held: Iterable[steps.Step]) -> dict[str, list[tuple[int, str]]]:
    """The same by programme, as (month, rung)."""
    from frontrunner.forecast.racing import RUNGS, month

    found: dict[str, list[tuple[int, str]]] = {}
    for step in held:
        middle = step.earliest + (step.latest - step.earliest) / 2
        rung = RUNGS.get(step.milestone, step.milestone)
        found.setdefault(step.programme, []).append((month(middle), rung))
    return found


def _newest(snapshot: Snapshot, rows: Iterable[Standing], held: Iterable[steps.Step]) -> str | None:
    """When the last of the statements behind the rungs became public."""
    ids = {id for row in rows for id in row.evidence} | {step.evidence for step in held}
    docs = sorted({int(id.removeprefix("ev:").partition("@")[0], 16) for id in ids})
    known = snapshot.rows("public_from", docs=docs)
    days = [row["known_from"] for row in known if evidence_id(row["doc"], row["place"]) in ids and row["known_from"]]
    return max(days).isoformat() if days else None


def _sent_back(snapshot: Snapshot, question: Question) -> list[steps.Step]:
    """Complete responses: no rung and no event in which being first means something, so `steps` does not list them."""
    asked = {"events": ["complete_response"], "phases": [], "wanted": ["complete_response"], "history": False}
    rows = snapshot.rows("steps", **question.parameters(), **asked)
    return [steps.step_of(row) for row in rows if row["doc"] is not None]


def _past(
    snapshot: Snapshot, question: Question, rows: Sequence[Standing], held: dict[str, list[tuple[int, str]]]
) -> list[History]:
    """What each product and developer went through, and when the public first saw it; the active give a sign today.

    A row's programmes are one history: a licence whatever the use ends the way that its phases in some use began.
    """
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import RUNGS, month, rising

    public: dict[str, int] = {}
    for moment in steps.moments(snapshot, question, list(RUNGS)):
        if moment.step:
            known = month(moment.day)
            public[moment.programme] = min(public.get(moment.programme, known), known)
    today, found = month(question.on), []
    for row in rows:
        ids = [id for id in (row.id, *(other.id for other in row.also)) if id in public and id in held]
        if not ids:
            continue
        found.append(
            History(
                programme=row.id,
                steps=rising([step for id in ids for step in held[id]]),
                known_from=min(public[id] for id in ids),
                signs=() if row.activity in ("silent", "stopped") else (today,),
                over=row.activity == "stopped",
            )
        )
    return found
