"""The publisher's coded values, as documented for its data model, and the labels that its older forms use for them.

`values.csv` has one row a value: `field`, `value` as the API spells it, `labels` of the older XML and CSV where they
are not just the value in other letters. A value outside the list is an alarm, never a default: the record is
quarantined until somebody has looked. Source of the lists: the enumerations of https://clinicaltrials.gov/data-api/api
(version 2); EDUCATIONAL_COUNSELING_TRAINING was withdrawn before it and stands in old XML only.
"""

import csv
import re
from functools import lru_cache
from importlib import resources

from frontrunner.errors import BadRecord

#: the registry takes numbers of participants up to 99,999,999
_DIGITS = 10
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


def _rows() -> list[dict[str, str]]:
    with (resources.files(__package__) / "values.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


#: field -> the values that the API documents for it
ALLOWED: dict[str, frozenset[str]] = {}
_LABELS: dict[str, dict[str, str]] = {}
for _row in _rows():
    _field, _value = _row["field"], _row["value"]
    ALLOWED[_field] = ALLOWED.get(_field, frozenset()) | {_value}
    for _label in (_value, *filter(None, _row["labels"].split("|"))):
        _LABELS.setdefault(_field, {})[_fold(_label)] = _value


def check(field: str, value: str | None, place: str) -> None:
    """Raises BadRecord at `place` unless `value` is null or documented for `field`."""
    if value is not None and value not in ALLOWED[field]:
        raise BadRecord(place, _why(field, value))


def allocation(value: str | None) -> str | None:
    """Null for `NA`: older forms left the allocation out where newer ones say that it does not apply; one fact."""
    return None if value == "NA" else value


def from_label(field: str, label: str | None, place: str) -> str | None:
    """The value that a label of any form means; null for none. Raises BadRecord at `place` for an unknown label."""
    if not label:
        return None
    plain = label.partition(" (")[0] if field == "masking" else label
    found = _by_label(field, plain)
    if found is None:
        raise BadRecord(place, _why(field, label))
    return allocation(found) if field == "allocation" else found


@lru_cache(maxsize=4096)
def _by_label(field: str, label: str) -> str | None:
    return _LABELS[field].get(_fold(label))


def phases(label: str | None, place: str) -> list[str]:
    """The phases that a label names: `Phase 1/Phase 2`, `PHASE1|PHASE2`, `N/A`. Raises BadRecord at `place`."""
    if not label:
        return []
    parts = [label] if _by_label("phases", label) else re.split(r"[/|]", label)
    return [value for part in parts if (value := from_label("phases", part, place))]


def count(text: str | None, place: str) -> int | None:
    """A whole number; null for none. Raises BadRecord at `place` for anything else."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadRecord(place, f"{text!r} is not a whole number")
    return int(text)


def _why(field: str, value: str) -> str:
    return f"{value!r} is not a documented value of {field} ({', '.join(sorted(ALLOWED[field]))})"
