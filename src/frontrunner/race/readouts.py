"""Readouts of a race: primary outcomes and serious adverse events of its studies, quoted from registry results.

Nothing of this is in the marts: the kept bytes of the documents in force are read again when it is asked.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import msgspec

from frontrunner import sources
from frontrunner.model.posted import Posted
from frontrunner.race.answers import Readout, Readouts
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.standings import coverage, race
from frontrunner.race.steps import entrants
from frontrunner.store import evidence


def readouts(snapshot: Snapshot, question: Question) -> Readouts:
    """The posted results of an arena's studies, in the order of the standings, then by study."""
    rows = snapshot.rows("readout_documents", **question.parameters())
    known = entrants(snapshot, question, [id for row in rows for id in row["programmes"]])
    order = {row.id: at for at, row in enumerate(race(snapshot, question).standings)}
    found = [
        Readout(
            trial=row["trial_id"],
            programmes=[known[id].runner for id in row["programmes"]],
            phases=list(row["phases"] or []),
            posted=row["posted"],
            outcomes=posted.outcomes,
            harms=posted.harms,
        )
        for row in rows
        if (posted := _posted(snapshot, row)) is not None
    ]
    found.sort(key=lambda one: (min(order.get(runner.id, len(order)) for runner in one.programmes), one.trial))
    return Readouts(
        arena=question.arena(),
        on=question.on.isoformat(),
        clock=question.clock,
        readouts=found,
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _posted(snapshot: Snapshot, row: Mapping[str, Any]) -> Posted | None:
    """The results of one document, every place in it as an id of evidence; None where it has none."""
    reader = _reader(row["source"])
    if reader is None:
        return None
    location = evidence.Location(row["run"], row["segment"], row["row_group"], row["row_in_group"])
    found = reader(evidence.body(snapshot.home, location))
    if found is None or not (found.outcomes or found.harms):
        return None
    return msgspec.convert(_proven(msgspec.to_builtins(found), row["doc"]), Posted)


def _reader(source: str) -> Callable[[bytes], Posted | None] | None:
    """How a source reads results (`results` of its `results.py`), None for one that publishes none."""
    name = f"{sources.__name__}.{source}"
    if getattr(import_module(name), "__path__", None) is None or find_spec(f"{name}.results") is None:
        return None
    reader: Callable[[bytes], Posted | None] = import_module(f"{name}.results").results
    return reader


def _proven(part: Any, doc: int) -> Any:
    """Plain data with its places turned into ids of evidence."""
    if isinstance(part, list):
        return [_proven(one, doc) for one in part]
    if isinstance(part, dict):
        return {
            key: evidence_id(doc, value) if key == "evidence" else _proven(value, doc) for key, value in part.items()
        }
    return part
