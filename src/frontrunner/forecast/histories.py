"""From dated public signs to stays on rungs, as they were known in one month. Months are counted from any origin.

A stop is seldom announced, so what a silence means has to be said. Two ways:

`spells`    a rule: without a sign for `silence` months it has stopped, `lag` months after the last sign (vary both:
            the answer leans on them). Whoever fell silent more recently is not yet recognised, so the months since
            then hold hidden stops but count as watched; with `embargo` (the default) nothing is therefore counted
            after `as_of - silence`. Without it the hazard of stopping comes out too low.
`watched`   no rule: stays up to the last sign, and the silence since as a `Tail` whose meaning `silence.fit` infers.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from frontrunner.errors import UsageError
from frontrunner.forecast import inputs
from frontrunner.forecast.hazards import CENSORED, LADDER, Ladder, Spell


class Step(msgspec.Struct, frozen=True):
    """A rung reached in a month (an integer count of months)."""

    month: int
    rung: str


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What the public could see of one programme: `steps` in order of month, the month it became known, the months
    with any public `signs` of life, and an announced stop; `over`: known to have stopped, on a day that nobody told.
    What a new owner does after a stop is a second history."""

    programme: str
    steps: tuple[Step, ...]
    known_from: int
    signs: tuple[int, ...] = ()
    stopped: int | None = None
    over: bool = False
    group: str = ""

    def __post_init__(self) -> None:
        months = [step.month for step in self.steps]
        if not months or months != sorted(months):
            raise UsageError(f"{self.programme}: the steps of a history must be given, in order of month")


class Tail(NamedTuple):
    """A silence: a programme on `rung`, with `age` whole months there at its last sign, quiet for `months` since;
    `over`: it is known to have stopped within them."""

    programme: str
    rung: str
    age: int
    months: int
    over: bool = False


class Watched(NamedTuple):
    """What was surely seen: `stays` up to the last sign or end, `tails` since, the number of `signs` in
    `sign_months` months watched that were no step, and how many stops were `announced`."""

    stays: list[Spell]
    tails: list[Tail]
    signs: int
    sign_months: int
    announced: int


class _End(NamedTuple):
    month: int
    kind: str


def spells(
    histories: Iterable[History],
    as_of: int,
    *,
    silence: int = 24,
    lag: int = 12,
    embargo: bool = True,
    ladder: Ladder = LADDER,
) -> list[Spell]:
    """The stays that can be told in month `as_of`; nothing later is looked at."""
    inputs.number("the months of silence", silence, 1, 1200)
    inputs.number("the lag of a silent stop", lag, 0, silence)
    found: list[Spell] = []
    for history in histories:
        if history.known_from > as_of:
            continue
        steps = [step for step in history.steps if step.month <= as_of]
        end = _end(history, steps, as_of, silence, lag, as_of - silence if embargo else as_of)
        found += _stays(history, steps, end, ladder)
    return found


def watched(histories: Iterable[History], as_of: int, ladder: Ladder = LADDER) -> Watched:
    """What the public had surely seen in month `as_of`; nothing later is looked at."""
    found = Watched([], [], 0, 0, 0)
    for history in histories:
        if history.known_from <= as_of:
            found = _watch(found, history, as_of, ladder)
    return found


def _watch(found: Watched, history: History, as_of: int, ladder: Ladder) -> Watched:
    steps = [step for step in history.steps if step.month <= as_of]
    moved = {step.month for step in steps}
    signs = {month for month in history.signs if month <= as_of}
    last = max({history.known_from} | signs | moved)
    told = history.stopped is not None and history.stopped <= as_of
    end = _End(history.stopped, "stop") if told and history.stopped is not None else _End(last, CENSORED)
    found.stays.extend(_stays(history, steps, end, ladder))
    arrived = steps[-1].rung == ladder.goal
    if not told and not arrived:
        quiet_for = max(as_of - last, int(history.over))
        found.tails.append(Tail(history.programme, steps[-1].rung, last - steps[-1].month, quiet_for, history.over))
    until = steps[-1].month if arrived else end.month
    watched_in = {month for month in signs - moved if history.known_from < month <= until}
    quiet = max(until - history.known_from, 0) - sum(history.known_from < month <= until for month in moved) - told
    return found._replace(
        signs=found.signs + len(watched_in),
        sign_months=found.sign_months + quiet,
        announced=found.announced + told,
    )


def _end(history: History, steps: Sequence[Step], as_of: int, silence: int, lag: int, until: int) -> _End:
    """When watching ends, and whether in a stop."""
    if history.stopped is not None and history.stopped <= as_of:
        stop: int | None = history.stopped
    else:
        signs = [month for month in (*history.signs, *(step.month for step in steps)) if month <= as_of]
        last = max([*signs, history.known_from])
        stop = last + lag if as_of - last >= silence else None
    if stop is not None and stop <= until:
        return _End(stop, "stop")
    return _End(until, CENSORED)


def _stays(history: History, steps: Sequence[Step], end: _End, ladder: Ladder) -> list[Spell]:
    found = []
    for index, step in enumerate(steps):
        if step.rung == ladder.goal or step.month > end.month:
            break
        later = steps[index + 1] if index + 1 < len(steps) else None
        if later is not None and later.month <= end.month:
            kind = "return" if ladder.returns.get(step.rung) == later.rung else "advance"
            month, to = later.month, later.rung
        else:
            kind, month, to = end.kind, end.month, None
        entered = max(history.known_from - step.month, 0)
        left = max(month - step.month, 0 if kind == CENSORED else 1)  # an end in its first month: a stay of one month
        if left > entered:
            found.append(Spell(history.programme, step.rung, entered, left, kind, to, history.group))
    return found
