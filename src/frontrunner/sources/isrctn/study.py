"""The fields of an ISRCTN record that are kept, as its JSON nests them; others are passed over.

The JSON is made from XML, where a list of one is not told from a value: both are taken, and an empty text for none.
"""

from typing import Any, TypeVar

import msgspec

from frontrunner.errors import BadRecord

T = TypeVar("T")


class Field(msgspec.Struct, frozen=True, rename="camel"):
    """Part of a record."""


class Description(Field, frozen=True):
    title: str | None = None
    scientific_title: str | None = None
    acronym: str | None = None
    primary_outcome: str | None = None
    secondary_outcome: str | None = None


class References(Field, frozen=True):
    eudract: str | None = msgspec.field(name="eudraCTNumber", default=None)
    nct: str | None = msgspec.field(name="clinicalTrialsGovNumber", default=None)
    iras: str | None = msgspec.field(name="irasNumber", default=None)
    protocol_serial_number: str | None = None
    secondary_numbers: Any = None


class Design(Field, frozen=True):
    primary_study_design: str | None = None
    overall_status_override: str | None = None
    reason_abandoned: str | None = None
    overall_end_date: str | None = None


class Participants(Field, frozen=True):
    recruitment_countries: Any = None
    gender: str | None = None
    lower_age_limit: str | None = None
    upper_age_limit: str | None = None
    target_enrolment: str | None = None
    total_final_enrolment: str | None = None
    recruitment_start: str | None = None
    recruitment_status_override: str | None = None


class Study(Field, frozen=True):
    isrctn: str
    trial_description: Description
    external_refs: References = References()
    trial_design: Design = Design()
    participants: Participants = Participants()
    conditions: Any = None
    interventions: Any = None
    record_last_import: str | None = msgspec.field(name="record_last_import", default=None)


def many(node: Any, kind: type[T], place: str, *names: str) -> list[T]:
    """The values below a node at a path of names, whether each step is one or a list; empty texts left out.

    Raises BadRecord at `place` where one is of another kind.
    """
    nodes = node if isinstance(node, list) else [node]
    for name in names:
        steps = [found.get(name) for found in nodes if isinstance(found, dict)]
        nodes = [value for step in steps for value in (step if isinstance(step, list) else [step])]
    found = [value for value in nodes if value not in (None, "")]
    if not all(isinstance(value, kind) for value in found):
        raise BadRecord(place, f"holds something else than {'text' if kind is str else 'fields'}")
    return found
