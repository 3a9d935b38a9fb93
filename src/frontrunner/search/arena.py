"""The arena that a text names by itself: `hemophilia B gene therapy in China`, 中国血友病B基因治疗."""

import re

from frontrunner import vocab
from frontrunner.search.results import Arena
from frontrunner.search.words import EMPTY, is_han

_VOCABULARIES = ("indication", "modality", "target", "jurisdiction")
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:[-/'’.][^\W_\u3400-\u9fff]+)*")
#: units (words, Chinese characters) looked at in a text, and in one name
_TEXT, _NAME = 48, 16


def arena(text: str) -> Arena | None:
    """The arena, where the words of the text name a disease, a modality or a target and nothing is left over."""
    units = [(match.start(), match.end()) for match in _UNIT.finditer(text)][:_TEXT]
    parts: dict[str, str] = {}
    left = _take(text, units, parts)
    if left or not parts.keys() & {"indication", "modality", "target"}:
        return None
    return Arena(**{name: id for name, id in parts.items() if id != "GLOBAL"})


def _take(text: str, units: list[tuple[int, int]], parts: dict[str, str]) -> list[str]:
    """Fill `parts` from the longest names on; what no name takes and is no empty word is left."""
    for size in range(min(_NAME, len(units)), 0, -1):
        for at in range(len(units) - size + 1):
            found = _named(text[units[at][0] : units[at + size - 1][1]], parts)
            if found:
                parts |= found
                return [*_take(text, units[:at], parts), *_take(text, units[at + size :], parts)]
    words = [text[start:end] for start, end in units]
    return [word for word in words if word.casefold() not in EMPTY]


def _named(name: str, taken: dict[str, str]) -> dict[str, str] | None:
    """The vocabulary and the id that a name stands for, in a vocabulary that has none yet."""
    if name.casefold() in EMPTY or (len(name) == 1 and is_han(name)):
        return None
    if len(name) < 4 and name.isascii() and not name.isupper() and not any(char.isdigit() for char in name):
        return None
    for vocabulary in _VOCABULARIES:
        id = None if vocabulary in taken else vocab.load(vocabulary).find(name)
        if id is not None:
            return {vocabulary: id}
    return None
