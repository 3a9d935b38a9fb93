"""Orphan exclusivity in an arena: who holds it, until when, and whom it may keep out.

Seven years in the United States, ten in the Union, against the same medicine (US: 21 CFR 316.3; EU: a similar one,
Regulation (EC) No 847/2000) for the same use. Whether two medicines are the same a regulator decides; those of one kind
and one target in one disease that were not approved before are named as what it may keep out.
"""

from frontrunner.model import PartialDate
from frontrunner.race.question import Question, Snapshot, evidence_id
from frontrunner.race.results import Exclusivity
from frontrunner.race.runners import Programme


def exclusivities(snapshot: Snapshot, question: Question, found: list[Programme]) -> list[Exclusivity]:
    """The exclusivities in force on the day asked, the longest first."""
    held = {programme.id: programme for programme in found}
    rows = snapshot.rows("exclusivity", **question.parameters())
    return [
        Exclusivity(
            id=row["programme"],
            programme=held[row["programme"]].name,
            jurisdiction=row["jurisdiction"],
            since=row["happened"],
            until=row["until"],
            may_keep_out=[
                rival.runner for rival in found if _may_keep_out(held[row["programme"]], row["happened"], rival)
            ],
            status=row["status"],
            because=row["because"],
            evidence=[evidence_id(row["doc"], row["place"])],
        )
        for row in rows
        if row["programme"] in held
    ]


def _may_keep_out(holder: Programme, since: str, rival: Programme) -> bool:
    """Whether a rival is of the same kind and target, in the same disease, and was not approved before."""
    its, own = rival.cast, holder.cast
    if its.product == own.product or its.indication != own.indication or None in (own.indication, own.target):
        return False
    approved = rival.at("approved")
    before = approved is not None and approved.latest < PartialDate(since).first
    return (its.modality, its.target) == (own.modality, own.target) and not before
