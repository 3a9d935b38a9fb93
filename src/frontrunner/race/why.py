"""From any row back to the quoted words: re-reads the kept bytes and shows what stands at the place."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from typing import Any

import msgspec

from frontrunner.errors import BadRecord, UnknownName
from frontrunner.race.answers import Dated
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot, evidence_id
from frontrunner.race.results import Milestone, Quote, Why
from frontrunner.race.trials import trial
from frontrunner.reading.places import quote
from frontrunner.store import evidence


def why(snapshot: Snapshot, id: str) -> Why:
    """What stands behind an id: `ev:` a quote, `ms:` a milestone, `prog:` a programme's milestones, a trial's record.

    Raises UnknownName when nothing in the home has that id.
    """
    if id.startswith("ev:"):
        return _of_evidence(snapshot, id)
    if id.startswith("ms:"):
        return _of_milestone(snapshot, id)
    if id.startswith("prog:"):
        return _of_programme(snapshot, id)
    return _of_record(snapshot, id)


def milestones(snapshot: Snapshot, programme: str, on: date, clock: str) -> list[Milestone]:
    """The statements about a programme that the clock lets us see on the day, oldest happening first."""
    return [_milestone(row) for row in snapshot.rows("milestones", programme=programme, on=on, clock=clock)]


def dated(snapshot: Snapshot, programmes: list[str], on: date, clock: str, *, ever: bool = False) -> list[Dated]:
    """The statements about several programmes, in the order of the programmes, by one query.

    With `ever` also those that the clock let us see on an earlier day only.
    """
    found: dict[str, list[Milestone]] = {id: [] for id in programmes}
    for row in snapshot.rows("milestones_of", programmes=programmes, on=on, clock=clock, ever=ever):
        found[row["programme"]].append(_milestone(row))
    return [Dated(id, some) for id, some in found.items()]


def quotes(snapshot: Snapshot, ids: Iterable[str]) -> list[Quote]:
    """The words behind evidence ids, in their order; UnknownName for one that points nowhere."""
    wanted = [(id, *_parse(id)) for id in dict.fromkeys(ids)]
    documents = {row["doc"]: row for row in snapshot.rows("documents", docs=[doc for _, doc, _ in wanted])}
    # one document says most of what is told of its trial: its bytes are read once
    read = cache(partial(evidence.body, snapshot.home))
    return [_quote(documents.get(doc), read, id, place) for id, doc, place in wanted]


def _parse(id: str) -> tuple[int, str]:
    digits, _, place = id.removeprefix("ev:").partition("@")
    try:
        return int(digits, 16), place
    except ValueError:
        raise UnknownName("evidence", id) from None


def _quote(row: dict[str, Any] | None, read: Callable[[evidence.Location], bytes], id: str, place: str) -> Quote:
    if row is None:
        raise UnknownName("evidence", id)
    body = read(evidence.Location(row["run"], row["segment"], row["row_group"], row["row_in_group"]))
    return Quote(
        id=id,
        words=_words(body, row["media_type"], place),
        place=place,
        source=row["source"],
        record=row["key"] or "",
        document=row["hash"].hex(),
        known_on=str(row["known_on"]),
        known_basis=row["known_basis"],
        as_of=row["as_of"],
        citation=_citation(body, row["media_type"]),
        url=row["url"],
    )


def _words(body: bytes, media_type: str, place: str) -> str:
    """What stands at a place; what the record tells by leaving it out has no words."""
    try:
        return quote(body, media_type, place)
    except BadRecord:
        return ""


def _citation(body: bytes, media_type: str) -> str | None:
    """The source that a curated row names for its fact."""
    if media_type != "application/json":
        return None
    cells = msgspec.json.decode(body)
    return cells.get("citation") if isinstance(cells, dict) else None


def _of_evidence(snapshot: Snapshot, id: str) -> Why:
    found = quotes(snapshot, [id])
    return Why(id, f"{found[0].record} at {found[0].place}", [], found, snapshot.name)


def _of_milestone(snapshot: Snapshot, id: str) -> Why:
    parts = id.split(":", 3)
    programme = f"prog:{parts[3]}" if len(parts) == 4 else ""
    found = milestones(snapshot, programme, date.max, "now")
    match = [milestone for milestone in found if milestone.id == id]
    if not match:
        raise UnknownName("milestone", id)
    return Why(id, programme, match, quotes(snapshot, _behind(snapshot, match[:1])), snapshot.name)


def _of_programme(snapshot: Snapshot, id: str) -> Why:
    found = milestones(snapshot, id, date.max, "now")
    row = snapshot.rows("programmes", numbers=[], programmes=[id], on=date.max, clock="now")
    if not row:
        raise UnknownName("programme", id)
    naming = Naming(snapshot.rows("names", subjects=[row[0]["product"]], on=date.max, clock="now"))
    label = naming.programme(row[0]["product"], row[0]["indication_label"])
    return Why(id, label, found, quotes(snapshot, _behind(snapshot, found)), snapshot.name)


def _behind(snapshot: Snapshot, found: list[Milestone]) -> list[str]:
    """The evidence of milestones; of an approval whose day is not that of its use, also the words that name the use."""
    undated = {one.id: _parse(one.evidence)[0] for one in found if one.event == "approval" and one.because}
    rows = snapshot.rows("use_named", docs=list(undated.values())) if undated else []
    places = {row["doc"]: row["place"] for row in rows}
    ids: list[str] = []
    for one in found:
        ids.append(one.evidence)
        doc = undated.get(one.id)
        if doc is not None and doc in places:
            ids.append(evidence_id(doc, places[doc]))
    return ids


def _of_record(snapshot: Snapshot, id: str) -> Why:
    """A registry id: what the version in force says of the study, field by field."""
    held = trial(snapshot, id, date.max, "now")
    fields = ("briefTitle", "overallStatus", "startDate", "leadSponsorName", "phases", "conditions", "interventions")
    ids = [held.evidence[field] for field in fields if field in held.evidence]
    return Why(id, str(held.record.get("briefTitle") or id), [], quotes(snapshot, ids), snapshot.name)


def _milestone(row: dict[str, Any]) -> Milestone:
    programme = row["programme"].partition(":")[2]
    return Milestone(
        id=f"ms:{row['doc']:016x}:{row['event']}:{programme}",
        event=row["event"],
        rung=row["rung"],
        kind=row["kind"],
        jurisdictions=list(row["jurisdictions"]),
        date=row["happened"],
        precision=row["precision"],
        anticipated=row["anticipated"],
        lane=row["lane"],
        trial=row["trials"][0] if row["trials"] else None,
        status=row["status"],
        because=row["because"],
        known_from=str(row["known_from"]),
        known_to=str(row["known_to"]) if row["known_to"] else None,
        known_basis=row["known_basis"],
        evidence=evidence_id(row["doc"], row["place"]),
        until=row["until"],
    )
