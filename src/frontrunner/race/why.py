"""From any row back to the quoted words: re-reads the kept bytes and shows what stands at the place."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import msgspec

from frontrunner import vocab
from frontrunner.errors import BadRecord, UnknownName
from frontrunner.race.answers import Dated
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot, evidence_id
from frontrunner.race.results import Milestone, Quote, Why
from frontrunner.race.steps import PHASES
from frontrunner.race.trials import trial
from frontrunner.reading.places import Opened
from frontrunner.store import evidence

_IND = "ind_clearance"
#: documents that are read for a programme before its further quotes are asked for
DOCUMENTS = 25


def why(snapshot: Snapshot, id: str, *, whole: bool = False) -> Why:
    """What stands behind an id: `ev:` a quote, `ms:` a milestone, `prog:` a programme's milestones, a trial's record.

    Of a programme that rests on many documents the quotes of its highest rungs are read, and the number of the others
    is told; `whole` reads all. Raises UnknownName when nothing in the home has that id.
    """
    if id.startswith("ev:"):
        return _of_evidence(snapshot, id)
    if id.startswith("ms:"):
        return _of_milestone(snapshot, id)
    if id.startswith("prog:"):
        return _of_programme(snapshot, id, whole)
    return _of_record(snapshot, id)


def milestones(snapshot: Snapshot, programme: str, on: date, clock: str) -> list[Milestone]:
    """The statements about a programme that the clock lets us see on the day, oldest happening first.

    Where nobody dates the IND before a study, a row says that it is implied no later than the start.
    """
    return _with_inds([_milestone(row) for row in snapshot.rows("milestones", programme=programme, on=on, clock=clock)])


def _with_inds(found: list[Milestone]) -> list[Milestone]:
    """The statements, and before the first start in a place without an IND on record the one that it implies."""
    cleared = {place for one in found if one.event == _IND for place in one.jurisdictions or [""]}
    told = []
    for one in found:
        begun = one.rung in PHASES and one.lane == "registrational" and not one.anticipated
        places = [place for place in one.jurisdictions or [""] if begun and place not in cleared]
        if places and (one.jurisdictions or not cleared):
            cleared |= set(places)
            told.append(_implied_ind(one, [place for place in places if place]))
        told.append(one)
    return told


def _implied_ind(start: Milestone, places: list[str]) -> Milestone:
    because = "not later than the start of the study: no day for the IND itself is on record"
    _, doc, _, programme = start.id.split(":", 3)
    id = f"ms:{doc}:{_IND}:{programme}"
    return msgspec.structs.replace(
        start, id=id, event=_IND, rung="ind_cleared", kind=None, jurisdictions=places, status="implied", because=because
    )


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

    @cache
    def opened(doc: int) -> Opened:
        # one document says most of what is told of its trial: its bytes are read and parsed once
        row = documents[doc]
        where = evidence.Location(row["run"], row["segment"], row["row_group"], row["row_in_group"])
        return Opened(evidence.body(snapshot.home, where), row["media_type"])

    for id, doc, _ in wanted:
        if doc not in documents:
            raise UnknownName("evidence", id)
    return [_quote(documents[doc], opened(doc), id, place) for id, doc, place in wanted]


def _parse(id: str) -> tuple[int, str]:
    digits, _, place = id.removeprefix("ev:").partition("@")
    try:
        return int(digits, 16), place
    except ValueError:
        raise UnknownName("evidence", id) from None


def _quote(row: dict[str, Any], document: Opened, id: str, place: str) -> Quote:
    return Quote(
        id=id,
        words=_words(document, place),
        place=place,
        source=row["source"],
        record=row["key"] or "",
        document=row["hash"].hex(),
        known_on=str(row["known_on"]),
        known_basis=row["known_basis"],
        as_of=row["as_of"],
        citation=_citation(document),
        url=row["url"],
    )


def _words(document: Opened, place: str) -> str:
    """What stands at a place; what the record tells by leaving it out has no words."""
    try:
        return document.quote(place)
    except BadRecord:
        return ""


def _citation(document: Opened) -> str | None:
    """The source that a curated row names for its fact."""
    cited = document.root.get("citation") if document.media_type == "application/json" else None
    return cited if isinstance(cited, str) else None


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


def _of_programme(snapshot: Snapshot, id: str, whole: bool) -> Why:
    found = milestones(snapshot, id, date.max, "now")
    row = snapshot.rows("programmes", numbers=[], programmes=[id], on=date.max, clock="now")
    if not row:
        raise UnknownName("programme", id)
    naming = Naming(snapshot.rows("names", subjects=[row[0]["product"]], on=date.max, clock="now"))
    label = naming.programme(row[0]["product"], row[0]["indication_label"])
    ids = list(dict.fromkeys(_behind(snapshot, found)))
    told = ids if whole else _foremost(found, ids)
    return Why(id, label, found, quotes(snapshot, told), snapshot.name, len(ids) - len(told))


def _foremost(found: list[Milestone], ids: list[str]) -> list[str]:
    """The evidence of the highest rungs and of what happened first, from as many documents as are read at once."""
    ladder = list(vocab.load("rung").terms)
    order = sorted(found, key=lambda one: (one.anticipated, -ladder.index(one.rung) if one.rung else 0, one.date or ""))
    documents = list(dict.fromkeys(_parse(one.evidence)[0] for one in order))[:DOCUMENTS]
    return [id for id in ids if _parse(id)[0] in documents]


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
        trial=row["trials"].split("|")[0] or None,
        status=row["status"],
        because=row["because"],
        known_from=str(row["known_from"]),
        known_to=str(row["known_to"]) if row["known_to"] else None,
        known_basis=row["known_basis"],
        evidence=evidence_id(row["doc"], row["place"]),
        until=row["until"],
    )
