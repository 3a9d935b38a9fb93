"""The registry's own identifiers."""

import re

from frontrunner.errors import BadRecord

_NCT = re.compile(r"NCT\d{8}", re.ASCII)


def nct_id(text: str, place: str) -> str:
    """An NCT number, unchanged. Raises BadRecord at `place` for anything else."""
    if not _NCT.fullmatch(text):
        raise BadRecord(place, f"{text!r} is not an NCT number (NCT and eight digits)")
    return text
