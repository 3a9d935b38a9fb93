"""Who was first at each rung of an arena: the day, the runner-up, the gap in days, ties."""

from datetime import date

from frontrunner import vocab
from frontrunner.race.results import First
from frontrunner.race.runners import Programme, Reach


def firsts(found: list[Programme]) -> list[First]:
    """One row per rung that anybody has certainly reached, highest rung first. Other products only are rivals."""
    reached: dict[str, list[tuple[Reach, Programme]]] = {}
    for programme in found:
        for reach in programme.certain:
            reached.setdefault(reach.rung, []).append((reach, programme))
    rungs = [rung for rung in reversed(vocab.load("rung").terms) if rung in reached]
    leaders = {rung: min(reached[rung], key=_order) for rung in rungs}
    return [
        _first(rung, *leaders[rung], reached[rung])
        for rung in rungs
        if not _passed_before(leaders[rung][0], reached[rung], found)
    ]


def _passed_before(first: Reach, reached: list[tuple[Reach, Programme]], found: list[Programme]) -> bool:
    """Whether somebody stood higher before that day without a dated step there: then who was first is not known."""
    dated = {programme.id for _, programme in reached}
    return any(
        reach.order > first.order and reach.latest < first.earliest
        for programme in found
        if programme.id not in dated
        for reach in programme.certain
    )


def _first(rung: str, reach: Reach, first: Programme, reached: list[tuple[Reach, Programme]]) -> First:
    rivals = [pair for pair in reached if pair[1].product != first.product]
    tied = sorted((pair for pair in rivals if not _before(reach, pair[0])), key=_order)
    after = min((pair for pair in rivals if _before(reach, pair[0])), key=_order, default=None)
    runner_up = tied[0] if tied else after
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
    )


def _order(pair: tuple[Reach, Programme]) -> tuple[date, date, str]:
    return (pair[0].latest, pair[0].earliest, pair[1].id)


def _before(first: Reach, other: Reach) -> bool:
    return first.latest < other.earliest
