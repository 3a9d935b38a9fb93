"""Who was first at each rung of an arena: the day, the runner-up, the gap in days, ties, who may have been before."""

from collections.abc import Iterable, Sequence
from datetime import date

from frontrunner import vocab
from frontrunner.race.results import First, Runner
from frontrunner.race.runners import Programme, Reach

_Reached = tuple[Reach, Programme]


def firsts(found: list[Programme]) -> list[First]:
    """One row per rung that anybody has certainly reached, highest rung first. Other products only are rivals."""
    reached: dict[str, list[_Reached]] = {}
    for programme in found:
        for reach in programme.certain:
            reached.setdefault(reach.rung, []).append((reach, programme))
    rows: list[First] = []
    higher: list[_Reached] = []
    for rung in reversed(vocab.load("rung").terms):
        if rung in reached:
            rows.append(_first(rung, reached[rung], higher))
            higher += reached[rung]
    return rows


def _passed_by(reach: Reach, reached: Iterable[_Reached], higher: Iterable[_Reached]) -> list[Runner]:
    """Who stood higher before the first day of a rung without a dated step there: then who was first is not known."""
    before = [pair for pair in higher if pair[0].latest < reach.earliest]
    dated = {programme.use for _, programme in reached} if before else set()
    passed = [pair for pair in before if pair[1].use not in dated]
    return list(dict.fromkeys(programme.runner for _, programme in sorted(passed, key=_order)))


def _first(rung: str, reached: Sequence[_Reached], higher: Iterable[_Reached]) -> First:
    reach, first = min(reached, key=_order)
    rivals = [pair for pair in reached if pair[1].cast.product != first.cast.product]
    tied = sorted((pair for pair in rivals if pair[0].earliest <= reach.latest), key=_order)
    runner_up = tied[0] if tied else min(rivals, key=_order, default=None)
    return First(
        rung=rung,
        id=first.id,
        programme=first.name,
        date=reach.happened,
        status=reach.status,
        runner_up=runner_up[1].runner if runner_up else None,
        gap_low=(runner_up[0].earliest - reach.latest).days if runner_up else None,
        gap_high=(runner_up[0].latest - reach.earliest).days if runner_up else None,
        tied=[programme.runner for _, programme in tied],
        evidence=[reach.evidence],
        passed_by=_passed_by(reach, reached, higher),
    )


def _order(pair: _Reached) -> tuple[date, date, str]:
    return (pair[0].latest, pair[0].earliest, pair[1].id)
