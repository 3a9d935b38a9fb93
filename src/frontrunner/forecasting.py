"""The forecast of an arena: its standings by the clock asked become the facts that `forecast.racing` races."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from frontrunner import vocab
from frontrunner.errors import UnknownOption
from frontrunner.forecast.answers import Forecast, HowCommon
from frontrunner.forecast.settings import Assumed, Settings
from frontrunner.model import PartialDate
from frontrunner.race import standings, steps
from frontrunner.race.question import Asking, Question, Snapshot, asked, evidence_id
from frontrunner.race.results import Arena, Race, Standing

if TYPE_CHECKING:
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import Entrant

#: the options of a forecast that are not those of a race
_OWN = ("years", *Assumed.__annotations__)


class ForecastAsking(Asking, Assumed, total=False):
    """The options of a race, and what a forecast assumes."""

    years: int


def forecast(snapshot: Snapshot, indication: str | None, asking: ForecastAsking) -> Forecast:
    """The forecast of an arena; by the clock `then` where none is named. Raises UsageError for what cannot be asked."""
    from frontrunner.forecast import limits, racing, settings

    chosen = _chosen(asking)
    question = asked(indication, **{"clock": "then"} | narrowed(asking), within=snapshot)
    race = standings.race(snapshot, question)
    arena_held = known(snapshot, question, race)
    learnt_from = _of_kind(snapshot, arena_held, chosen)
    seen = past(snapshot, learnt_from) if learnt_from else []
    found = racing.race(field(snapshot, arena_held), seen, question.on, chosen)
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
        assumptions=settings.listed(chosen, question.on),
        limits=limits.of("forecast"),
        prevalence=how_common(snapshot, question.indication) if question.indication else None,
        newest=_newest(snapshot, [arena_held, *([learnt_from] if learnt_from else [])]),
        snapshot=race.snapshot,
        built_at=race.built_at,
    )


#: the editors of medical journals ask of studies of every phase that begin from this day on to be registered by then
_REGISTERED_SINCE = date(2008, 7, 1)
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
    target = f"target {arena.target.replace('|', '/')}" if arena.target else None
    return ", ".join(filter(None, (arena.indication.label if arena.indication else None, kind, target)))


def _chosen(asking: ForecastAsking) -> Settings:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in asking.items() if name in _OWN
    }
    return Settings(**given)


def narrowed(asking: ForecastAsking) -> dict[str, Any]:
    """The options that are those of a race."""
    return {name: value for name, value in asking.items() if name not in _OWN}


class Known(NamedTuple):
    """An arena on the day: its standings, the dated rungs behind them, and these by programme as (month, rung)."""

    question: Question
    rows: Sequence[Standing]
    reached: list[steps.Step]
    ways: dict[str, list[tuple[int, str]]]


def known(snapshot: Snapshot, question: Question, race: Race) -> Known:
    """What the facts of a forecast are read from."""
    reached = _reached(snapshot, question)
    return Known(question, race.standings, reached, _ways(reached))


def _of_kind(snapshot: Snapshot, arena: Known, chosen: Settings) -> Known | None:
    """The arena whose past is learnt from: that of the kind of medicine asked about, whatever the disease."""
    asked_of = arena.question
    if chosen.past == "none":
        return None
    if chosen.past == "arena" or not asked_of.modality or not (asked_of.indication or asked_of.target):
        return arena
    wider = msgspec.structs.replace(asked_of, indication=None, indication_label=None, target=None)
    return known(snapshot, wider, standings.race(snapshot, wider))


def field(snapshot: Snapshot, arena: Known) -> list[Entrant]:
    """Every programme of the arena as a runner."""
    rare = _orphans(snapshot, arena.question)
    rare |= {row["programme"] for row in snapshot.rows("rare", programmes=[row.id for row in arena.rows])}
    return [_entrant(arena.question, row, row.id in rare, arena.ways.get(row.id, [])) for row in arena.rows]


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


def _newest(snapshot: Snapshot, arenas: Sequence[Known]) -> str | None:
    """When the last of the statements behind the rungs became public."""
    ids = {id for arena in arenas for row in arena.rows for id in row.evidence}
    ids |= {step.evidence for arena in arenas for step in arena.reached}
    docs = sorted({int(id.removeprefix("ev:").partition("@")[0], 16) for id in ids})
    public = snapshot.rows("public_from", docs=docs)
    days = [row["known_from"] for row in public if evidence_id(row["doc"], row["place"]) in ids and row["known_from"]]
    return max(days).isoformat() if days else None


def _sent_back(snapshot: Snapshot, question: Question) -> list[steps.Step]:
    """Complete responses: no rung and no event in which being first means something, so `steps` does not list them."""
    asked = {"events": ["complete_response"], "phases": [], "wanted": ["complete_response"], "history": False}
    rows = snapshot.rows("steps", **question.parameters(), **asked)
    return [steps.step_of(row) for row in rows if row["doc"] is not None]


def past(snapshot: Snapshot, arena: Known) -> list[History]:
    """What each product and developer went through, and when the public saw it; the active give a sign today.

    A row's programmes are one history: a licence whatever the use ends the way that its phases in some use began.
    """
    from frontrunner.forecast.histories import History
    from frontrunner.forecast.racing import month, rising

    public, held = _public(snapshot, arena.question), arena.ways
    today, found = month(arena.question.on), []
    for row in arena.rows:
        ids = [id for id in (row.id, *(other.id for other in row.also)) if id in public and id in held]
        if not ids:
            continue
        signs = set().union(*(public[id] for id in ids))
        found.append(
            History(
                programme=row.id,
                steps=rising([step for id in ids for step in held[id]]),
                known_from=min(signs),
                signs=tuple(sorted(signs | ({today} if row.activity not in ("silent", "stopped") else set()))),
                over=row.activity == "stopped",
                group=row.modality or "",
            )
        )
    return found


def _public(snapshot: Snapshot, question: Question) -> dict[str, set[int]]:
    """The months in which the public saw something of each programme.

    A registered study counts from its first posting, whichever version of the record is held, and where that day is
    not held from its start on: what the record said then is not known, but that there was a study to follow is.
    Registries keep the studies that stopped, so who is in them from that day on does not depend on how it ended.
    """
    from frontrunner.forecast.racing import RUNGS, month

    found: dict[str, set[int]] = {}
    for moment in steps.moments(snapshot, question, ["registered", *RUNGS]):
        if step := moment.step:
            days = found.setdefault(moment.programme, set())
            days.add(month(moment.day))
            if step.certain and (step.milestone == "registered" or _registered_by_then(step)):
                days.add(month(step.latest))
    return found


def _registered_by_then(step: steps.Step) -> bool:
    """Whether a study was in a registry when it began: since then journals and the law demand it of every phase."""
    return step.authority == "registry" and step.milestone in steps.PHASES and step.latest >= _REGISTERED_SINCE
