"""What the regulators' real files beside the checkout say, read once."""

from functools import cache
from pathlib import Path

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Approval, Reading
from frontrunner.sources import named
from frontrunner.vocab import fold

from .saved import container

#: file -> its source and how many records it has, how many of them are refused, how many parts cannot be read
FILES: dict[str, tuple[str, int, int, int]] = {
    "ema/medicines_2024-08-15.xlsx": ("ema_medicines", 2433, 5, 0),
    "ema/medicines_2024-08-22.xlsx": ("ema_medicines", 2433, 5, 0),
    "ema/medicines_2025-03-20.csv": ("ema_medicines", 2515, 0, 0),
    "ema/orphan_designations_2025-03.csv": ("ema_orphan", 3072, 2, 0),
    "fda/complete_response_letters.zip": ("fda_letters", 256, 18, 1),
    "fda/drugsatfda_partial.zip": ("drugsatfda", 28923, 2, 0),
    "fda/federal_register_notices.jsonl": ("federal_register", 550, 0, 0),
    "fda/orphan_approved_2025.csv": ("fda_orphan", 1323, 0, 0),
    "fda/purplebook_2025-05.csv": ("fda_purple_book", 6279, 0, 0),
    "fda/purplebook_changes_2026-03.csv": ("fda_purple_book", 2209, 0, 0),
}


class Taken(msgspec.Struct, frozen=True):
    """The readings of a file, the refusals and the parts that cannot be read."""

    readings: list[Reading]
    refused: list[BadRecord]
    unread: list[UnreadableInput]


@cache
def taken(data: Path, file: str) -> Taken:
    """All of one file."""
    module, found = named(FILES[file][0]), Taken([], [], [])
    for item in module.records(container(data / file)):
        if isinstance(item, UnreadableInput):
            found.unread.append(item)
            continue
        try:
            found.readings.append(module.read(item.body))
        except BadRecord as error:
            found.refused.append(error)
    return found


def approvals(data: Path, *names: str) -> list[tuple[str, Approval]]:
    """The file and the statement of every approval, refusal or withdrawal of a product that is called so."""
    sought = {fold(name) for name in names}
    return [(file, one) for file, one, called in _approvals(data) if called & sought]


@cache
def _approvals(data: Path) -> list[tuple[str, Approval, frozenset[str]]]:
    return [
        (file, one, frozenset(key for name in one.names for key in _keys(name.value)))
        for file in FILES
        for reading in taken(data, file).readings
        for one in reading.statements
        if isinstance(one, Approval)
    ]


def _keys(name: str) -> tuple[str, str]:
    """A name as it is, and without the four-letter suffix of an American biologic."""
    bare, _, suffix = name.rpartition("-")
    return fold(name), fold(bare if len(suffix) == 4 and suffix.islower() else name)
