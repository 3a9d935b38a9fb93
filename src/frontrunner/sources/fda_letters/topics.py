"""The kinds of deficiency, as headings and set phrases of the letters show them (`topics.csv`).

`headings` are matched whole, folded to lower-case words; `phrases` are looked for in a paragraph.
"""

import csv
import re
from functools import cache
from importlib import resources

_NOT_LETTERS = re.compile(r"[^a-z]+")
_JOINED = re.compile(r"[/,;&:]|\band\b")


def of_heading(heading: str) -> set[str]:
    """The topics that a heading names: `CLINICAL/STATISTICAL` both, `Clinical and Clinical Pharmacology` both."""
    plain = heading.lower()
    parts = {_NOT_LETTERS.sub(" ", part).strip() for part in (plain, *_JOINED.split(plain))}
    return {id for id, (headings, _) in _vocabulary().items() if parts & headings}


def of_text(text: str) -> set[str]:
    """The topics that a set phrase in a paragraph shows."""
    plain = text.lower()
    return {id for id, (_, phrases) in _vocabulary().items() if any(phrase in plain for phrase in phrases)}


def in_order(found: set[str]) -> list[str]:
    """The topics in the order of the list."""
    return [id for id in _vocabulary() if id in found]


@cache
def _vocabulary() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    with (resources.files(__package__) / "topics.csv").open(encoding="utf-8") as file:
        return {
            row["id"]: (frozenset(row["headings"].split("|")), tuple(filter(None, row["phrases"].split("|"))))
            for row in csv.DictReader(file)
        }
