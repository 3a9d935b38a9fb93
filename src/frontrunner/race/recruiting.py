"""What a patient asks: which studies of a disease are open, where, for whom; and who follows up a withdrawn product."""

from datetime import date
from typing import Any

from frontrunner import vocab
from frontrunner.race.answers import FollowUp, OpenTrial, Recruiting
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot


def recruiting(snapshot: Snapshot, disease: str, country: str | None, limit: int) -> Recruiting:
    """The open studies of a disease by their newest records, those in `country` where one is named."""
    concept = snapshot.concept("indication", "indication", disease)
    known = vocab.load("country")
    place = known.terms[known.require("--country", country)] if country else None
    rows = snapshot.rows("recruiting", indication=concept.id, country=place.label if place else None, limit=limit)
    return Recruiting(
        indication=concept,
        country=place.label if place else None,
        trials=[_trial(row) for row in rows],
        whole=rows[0]["whole"] if rows else 0,
        follow_up=_follow_up(snapshot, concept.id),
        snapshot=snapshot.name,
    )


def _trial(row: dict[str, Any]) -> OpenTrial:
    return OpenTrial(
        id=row["trial_id"],
        title=row["brief_title"] or row["official_title"] or row["trial_id"],
        status=row["overall_status"],
        phases=list(row["phases"] or ()),
        countries=list(row["countries"] or ()),
        sponsor=row["lead_sponsor_name"],
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        sex=row["sex"],
        healthy_volunteers=row["healthy_volunteers"],
        known_from=str(row["known_from"]),
        source=row["source"],
        url=row["url"],
    )


def _follow_up(snapshot: Snapshot, indication: str) -> list[FollowUp]:
    """One a withdrawn programme, with the studies that follow its patients."""
    rows = snapshot.rows("followed", indication=indication)
    products = list({row["product"] for row in rows})
    naming = Naming(snapshot.rows("names", subjects=products, on=date.max, clock="now"))
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[row["programme"]] = naming.programme(row["product"], row["indication_label"])
        found.setdefault(row["programme"], []).extend([row["trial_id"]] if row["trial_id"] else [])
    return [FollowUp(id=id, programme=names[id], trials=list(dict.fromkeys(trials))) for id, trials in found.items()]
