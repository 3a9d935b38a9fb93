"""The same product in several jurisdictions: rung, date and lag in each, who runs ahead where, orders that flip."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from frontrunner.errors import UsageError
from frontrunner.race.answers import Abreast, Flip, Front, Jurisdictions, Standpoint
from frontrunner.race.naming import Naming
from frontrunner.race.question import Question, Snapshot
from frontrunner.race.results import Race, Runner, Standing
from frontrunner.race.runners import Programme, Reach, programmes
from frontrunner.race.standings import MONTH, activity_of, coverage, of

PLACES = ("CN", "US", "EU", "UK", "JP")
#: pairs are compared among so many rows of each jurisdiction, the first ones
COMPARED = 40

#: jurisdiction -> the programmes of one product and disease there, furthest first
_Places = Mapping[str, Programme]


def jurisdictions(snapshot: Snapshot, question: Question) -> Jurisdictions:
    """An arena in CN, US, EU, UK and JP side by side. Raises UsageError for a question about one place."""
    if question.jurisdiction:
        raise UsageError("--in: the jurisdictions stand side by side here; leave it out, or ask 'frontrunner race'")
    found: dict[tuple[str, str | None], dict[str, Programme]] = {}
    names: dict[str, Naming] = {}
    answers: dict[str, Race] = {}
    for place in PLACES:
        there = msgspec.structs.replace(question, jurisdiction=place)
        held, names[place] = programmes(snapshot, there)
        for programme in held:
            if programme.best or programme.signs:
                found.setdefault((programme.cast.product, programme.cast.indication), {}).setdefault(place, programme)
        answers[place] = of(snapshot, there, held, names[place])
    rows = sorted(found.values(), key=lambda places: min(one.furthest_first() for one in places.values()))
    return Jurisdictions(
        arena=question.arena(),
        on=question.on.isoformat(),
        clock=question.clock,
        jurisdictions=list(PLACES),
        rows=[_row(question, places, names) for places in rows],
        fronts=[_front(place, answers[place]) for place in PLACES],
        flips=_flips(answers),
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _row(question: Question, places: _Places, names: Mapping[str, Naming]) -> Abreast:
    place, programme = next(iter(places.items()))
    return Abreast(
        product=names[place].product(programme.cast.product),
        programme=programme.name,
        ahead_in=_ahead(places),
        standpoints=[_standpoint(question, at, places, names[at]) for at in places],
    )


def _ahead(places: _Places) -> list[str]:
    """Where it is furthest: on the highest rung, and there certainly not later than anywhere else."""
    best = {place: one.best for place, one in places.items() if one.best}
    order = max((reach.order for reach in best.values()), default=0)
    top = {place: reach for place, reach in best.items() if reach.order == order}
    first = min((reach.latest for reach in top.values()), default=None)
    return [place for place, reach in top.items() if first is not None and reach.earliest <= first]


def _standpoint(question: Question, place: str, places: _Places, naming: Naming) -> Standpoint:
    programme = places[place]
    best = programme.best
    first = _first(places, best) if best else None
    behind, low, high = None, None, None
    if best and first and first[0] != place:
        behind, reach = first
        low, high = _months(best, reach) if best is not reach else (None, None)
    there = msgspec.structs.replace(question, jurisdiction=place)
    return Standpoint(
        jurisdiction=place,
        id=programme.id,
        company=naming.company(programme.cast.company, None).name if programme.cast.company else None,
        rung=best.rung if best else None,
        kind=best.kind if best else None,
        reached=best.day if best else None,
        activity=activity_of(there, programme),
        status=best.status if best else None,
        because=best.because if best else None,
        lag_behind=behind,
        lag_months=round((low + high) / 2, 1) if low is not None and high is not None else None,
        lag_low=low,
        lag_high=high,
        evidence=[best.evidence] if best else [],
    )


def _first(places: _Places, best: Reach) -> tuple[str, Reach]:
    """The jurisdiction that reached a rung first, by its latest possible day."""
    reached = [(place, reach) for place, one in places.items() if (reach := one.at(best.rung))]
    return min(reached, key=lambda pair: (pair[1].latest, pair[1].earliest))


def _months(later: Reach, first: Reach) -> tuple[float, float]:
    low, high = later.earliest - first.latest, later.latest - first.earliest
    return round(low.days / MONTH, 1), round(high.days / MONTH, 1)


def _front(place: str, answer: Race) -> Front:
    first = [row for row in answer.standings if row.place == 1 and row.rung]
    return Front(
        place,
        [Runner(row.id, row.programme) for row in first],
        first[0].rung if first else None,
        first[0].reached if first else None,
    )


def _flips(answers: Mapping[str, Race]) -> list[Flip]:
    """Pairs of rows of which one is certainly ahead in one jurisdiction and certainly behind in another.

    The one that is ahead in more jurisdictions stands first.
    """
    rows = {place: _ranked(answer.standings) for place, answer in answers.items()}
    shared = [product for product in {key for held in rows.values() for key in held} if _held(rows, product) > 1]
    shared.sort(key=lambda product: (min(held[product].place for held in rows.values() if product in held), product))
    flips = []
    for one, other in combinations(shared[:COMPARED], 2):
        both = {place: (held[one], held[other]) for place, held in rows.items() if one in held and other in held}
        ahead = [place for place, (first, second) in both.items() if first.place < second.place]
        behind = [place for place, (first, second) in both.items() if first.place > second.place]
        if ahead and behind:
            first, second = both[ahead[0]]
            flip = Flip(_runner(first), _runner(second), ahead, behind)
            flips.append(flip if len(ahead) >= len(behind) else Flip(flip.other, flip.one, behind, ahead))
    return flips


def _ranked(standings: Sequence[Standing]) -> dict[str, Standing]:
    """The best row of each product that has a rung."""
    found: dict[str, Standing] = {}
    for row in standings:
        if row.rung:
            found.setdefault(row.product.id, row)
    return found


def _held(rows: Mapping[str, Mapping[str, Standing]], product: str) -> int:
    return sum(product in held for held in rows.values())


def _runner(row: Standing) -> Runner:
    return Runner(row.id, row.product.name)
