"""What the readers of trial registries share: coded labels, countries, and which columns a form never tells."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar

import msgspec

from frontrunner import vocab
from frontrunner.errors import BadRecord
from frontrunner.model import Arm, Trial

#: every column of a trial that a source can tell, as tables spell it
COLUMNS = frozenset(field.encode_name for field in msgspec.structs.fields(Trial)) - {"notRead"}
#: no study enrols more: beyond this a number is a slip
LARGEST = 2**31 - 1

T = TypeVar("T")
#: `group A:30`, or a number alone
_SIZE = re.compile(r"(?:[^;]*:)?\s*(\d{1,8})\s*")


class Values:
    """The labels of a publisher's coded fields and what each means in the words of ClinicalTrials.gov v2.

    They stand in `values.csv` beside the source: `field`, `label` as published, `value` (several separated by `|`).
    An empty value is a label that we know and that says nothing in those words: the column is then unknown. A label
    outside the list is an alarm.
    """

    def __init__(self, package: str) -> None:
        with (resources.files(package) / "values.csv").open(encoding="utf-8") as file:
            self._known = {(row["field"], _plain(row["label"])): row["value"] for row in csv.DictReader(file)}

    def find(self, field: str, label: str | None, place: str) -> str | None:
        """The value; null where there is no label, or none that says it. Raises BadRecord for an unknown label."""
        if not label:
            return None
        found = self._known.get((field, _plain(label)))
        if found is None:
            raise BadRecord(place, f"{label!r} is not a known {field} ({', '.join(self._labels(field))})")
        return found or None

    def several(self, field: str, label: str | None, place: str) -> list[str]:
        """The values of a label that can mean several (phases). Raises BadRecord for an unknown label."""
        found = self.find(field, label, place)
        return found.split("|") if found else []

    def get(self, field: str, label: str) -> str | None:
        """The value of a label of a field that is free text beside its known labels; null for any other."""
        return self._known.get((field, _plain(label)))

    def _labels(self, field: str) -> list[str]:
        return [label for known, label in self._known if known == field]


@lru_cache(maxsize=1 << 14)
def _plain(label: str) -> str:
    return " ".join(label.split()).lower()


@cache
def values(package: str) -> Values:
    """The values of a source, read once."""
    return Values(package)


def untold(places: Mapping[str, str], told: Mapping[str, object] | None = None) -> list[str]:
    """The columns that a form never tells (`places` are those it does), and those of `told` whose value is null."""
    nulls = tuple(column for column, value in (told or {}).items() if value is None or value == [])
    return list(_untold(tuple(places), nulls))


@lru_cache(maxsize=1 << 12)
def _untold(places: tuple[str, ...], nulls: tuple[str, ...]) -> list[str]:
    return sorted(COLUMNS.difference(places).union(nulls))


@lru_cache(maxsize=1 << 12)
def country(name: str) -> str | None:
    """The English name of a country that the vocabulary finds, as the vocabulary writes it; null for any other."""
    known = vocab.load("country")
    found = known.find(name)
    return known.terms[found].label if found else None


def countries(names: Iterable[str]) -> list[str]:
    """Each country once; a name that the vocabulary does not find stays as published."""
    return list(dict.fromkeys(country(name) or name for name in names if name))


def count(text: str | None, place: str) -> int | None:
    """A whole number; null for none. Raises BadRecord at `place` for anything else."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST):
        raise BadRecord(place, f"{text!r} is not a whole number")
    return int(text)


def total(text: str | None, place: str) -> int | None:
    """The participants in Chinese records: a number for each group (`group A:30;group B:30;`), added up.

    Null where a group has no number. Raises BadRecord at `place` for more than there can be.
    """
    groups = [part for part in (text or "").split(";") if part.strip()]
    sizes = [_SIZE.fullmatch(part) for part in groups]
    return count(str(sum(int(size[1]) for size in sizes if size)), place) if groups and all(sizes) else None


def arms(text: str | None, known: Values) -> list[Arm]:
    """The groups in Chinese records (`group A:drug;group B:none;`), with what each is given unless that is nothing."""
    found = []
    for part in (text or "").split(";"):
        label, _, name = (half.strip() for half in part.partition(":"))
        if label and name:
            nothing = known.get("nothing", name.rstrip(".")) is not None
            found.append(Arm(label, None, [] if nothing else [name]))
    return found


def typed(obj: dict[str, object], kind: type[T]) -> T:
    """A JSON record as its struct. Raises BadRecord with the dotted path of a field of the wrong type."""
    try:
        return msgspec.convert(obj, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        what, _, where = str(error).partition(" - at `$.")
        raise BadRecord(where.rstrip("`") or "the record", what) from error
