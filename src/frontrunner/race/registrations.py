"""One trial in several registries: what else it is registered as, and where its records disagree."""

from collections.abc import Callable, Iterable
from typing import Any

from frontrunner.model import PartialDate
from frontrunner.race.records import Disagreement, Registered, Said

Row = dict[str, Any]
#: evidence id of a field of a version; null where the record has no place for it
Proof = Callable[[Row, str], str | None]


def also(rows: Iterable[Row], id: str, proof: Proof) -> list[Registered]:
    """The other ids of the trial, those with a record here first; each with the words that tie it."""
    return [
        Registered(row["id"], row["registry"], row["held"], row["declared_by"], proof(row, "secondary_ids"))
        for row in rows
        if row["id"] != id
    ]


def disagreements(current: list[Row], proof: Proof) -> list[Disagreement]:
    """The fields in which records of the trial that are in force say what cannot both be so, and all that they say."""
    found = []
    for field, agree in _AGREE.items():
        told = [row for row in current if row[field] not in (None, [])]
        if any(not agree(one, other) for one in told for other in told):
            said = {
                (_words(row[field]), row["trial_id"], row["source"]): proof(row, field)
                for row in sorted(told, key=lambda row: (str(row["source"]), str(row["trial_id"])))
            }
            found.append(Disagreement(field, [Said(*key, evidence) for key, evidence in said.items()]))
    return found


def in_force(rows: Iterable[Row]) -> list[Row]:
    """The last version of each record, of rows in the order in which they became known."""
    return list({(row["source"], row["key"]): row for row in rows}.values())


def _same(field: str) -> Callable[[Row, Row], bool]:
    return lambda one, other: bool(one[field] == other[field])


def _meet(field: str) -> Callable[[Row, Row], bool]:
    """Whether two dates can be the same day."""

    def meet(one: Row, other: Row) -> bool:
        a, b = PartialDate(one[field]), PartialDate(other[field])
        return a.first <= b.last and b.first <= a.last

    return meet


def _same_phases(one: Row, other: Row) -> bool:
    return set(one["phases"]) == set(other["phases"])


def _same_sponsor(one: Row, other: Row) -> bool:
    """By the name, or by the company that the names are resolved to: a curated row may have its name alone."""
    a, b = (row["sponsor_company"] or row["lead_sponsor_name"] for row in (one, other))
    return bool(a == b or one["lead_sponsor_name"] == other["lead_sponsor_name"])


#: field -> whether two records agree on it
_AGREE: dict[str, Callable[[Row, Row], bool]] = {
    "lead_sponsor_name": _same_sponsor,
    "study_type": _same("study_type"),
    "phases": _same_phases,
    "overall_status": _same("overall_status"),
    "start_date": _meet("start_date"),
    "completion_date": _meet("completion_date"),
    "enrollment_count": _same("enrollment_count"),
}


def _words(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
