"""What the records of a trial say, as parts of dossiers: its other ids, disagreements, how its products are given."""

import msgspec


class Registered(msgspec.Struct, frozen=True):
    """Another id of the trial. `held`: its record is here. `declared_by` is the id whose record ties the two."""

    id: str
    registry: str
    held: bool
    declared_by: str
    evidence: str | None


class Said(msgspec.Struct, frozen=True):
    """What the record under `id` says, as `source` has it."""

    value: str
    id: str
    source: str
    evidence: str | None


class Disagreement(msgspec.Struct, frozen=True):
    """A field in which the records of one trial say what cannot both be so."""

    field: str
    said: list[Said]


class Delivered(msgspec.Struct, frozen=True):
    """One label of gene or cell products: `kind` is route, tissue or cell_source; `words` gave it in `trials`."""

    kind: str
    value: str
    words: str
    trials: list[str]
