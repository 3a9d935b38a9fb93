"""What moved the races last: the newest dated facts of all programmes."""

from datetime import date

from frontrunner.race.answers import Moved, Newest
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot, evidence_id
from frontrunner.race.results import Label


def newest(snapshot: Snapshot, limit: int, on: date, clock: str) -> Newest:
    """The last things that happened by a day, newest first; registrations and starts of studies are left out."""
    rows = snapshot.rows("newest", on=on, clock=clock, limit=limit)
    naming = Naming(snapshot.rows("names", subjects=[row["product"] for row in rows], on=on, clock=clock))
    moved = [
        Moved(
            id=row["programme"],
            programme=naming.programme(row["product"], row["indication_label"]),
            product=naming.product(row["product"]),
            indication=Label(row["indication"], row["indication_label"] or row["indication"])
            if row["indication"]
            else None,
            modality=row["modality"],
            event=row["event"],
            rung=row["rung"],
            kind=row["kind"],
            jurisdictions=list(row["jurisdictions"]),
            date=row["happened"],
            status=row["status"],
            known_from=str(row["known_from"]),
            evidence=evidence_id(row["doc"], row["place"]),
        )
        for row in rows
    ]
    return Newest(on=on.isoformat(), clock=clock, moved=moved, snapshot=snapshot.name)
