"""The races in which something happened last."""

import msgspec

from frontrunner import vocab
from frontrunner.race.answers import Moved
from frontrunner.race.results import Label


class MovedRace(msgspec.Struct, frozen=True):
    """A race in which something happened: its arena, the last thing, and how many of the newest are its."""

    indication: str
    label: str
    modality: str | None
    last: Moved
    count: int


def moved_races(moved: list[Moved]) -> list[MovedRace]:
    """The races of the newest facts, in the order of their last move."""
    found: dict[tuple[Label, str | None], list[Moved]] = {}
    for one in moved:
        if one.indication:
            found.setdefault((one.indication, _group(one.modality)), []).append(one)
    return [
        MovedRace(indication.id, indication.label, group, some[0], len(some))
        for (indication, group), some in found.items()
    ]


def _group(modality: str | None) -> str | None:
    """The broadest kind of therapy that a modality belongs to: gene_therapy of aav."""
    known = vocab.load("modality")
    if modality is None or modality not in known.terms:
        return None
    above = [id for id in known.ancestors(modality) if not known.terms[id].parents]
    return "gene_therapy" if "gene_therapy" in above else min(above, default=modality)
