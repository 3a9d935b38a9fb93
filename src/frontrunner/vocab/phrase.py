"""What a phrase names: `hemophilia B gene therapy in China`, 中国血友病B基因治疗."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from frontrunner import vocab

_VOCABULARIES = ("indication", "modality", "target", "jurisdiction")
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:[-/'’.][^\W_\u3400-\u9fff]+)*")
#: units (words, Chinese characters) looked at in a text, and in one name
_TEXT, _NAME = 48, 16

#: what stands between the targets of a product that hits several
_BESIDE = re.compile(r"\s*(?:[/|+&×和与及]|\band\b|\bx\b)\s*", re.IGNORECASE)

#: words that say nothing of what is sought
EMPTY = {"a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "who", "what", "which", "leads", "leading"}
EMPTY |= {"lead", "first", "race", "ahead", "is", *"在的谁领先第一赛道竞争格局最快进度"}
#: and words that narrow no arena
_IDLE = EMPTY | {"dual", "with", "targeting", "targeted", "directed", "product", "products", "programme", "programmes"}
_IDLE |= {
    "drug",
    "drugs",
    "therapy",
    "therapies",
    "treatment",
    "treatments",
    "developers",
    *"双靶点药物疗法产品",
}

_Units = list[tuple[int, int]]


class Phrase(NamedTuple):
    """What a text names: vocabulary -> id (`GLOBAL` is no jurisdiction), and the piece that no name takes, or ""."""

    parts: dict[str, str]
    left: str

    @property
    def is_arena(self) -> bool:
        """Whether it names a disease, a modality or a target and nothing is left over."""
        return not self.left and bool(self.parts.keys() & {"indication", "modality", "target"})


def read(text: str, taken: Iterable[str] = ()) -> Phrase:
    """The names in a text by the packaged lists, the longest first, one of each vocabulary that is not `taken`."""
    units = [(match.start(), match.end()) for match in _UNIT.finditer(text)][:_TEXT]
    found: dict[str, str] = dict.fromkeys(taken, "")
    left = _take(text, units, found)
    parts = {name: id for name, id in found.items() if id and id != "GLOBAL"}
    return Phrase(parts, text[left[0][0] : left[-1][1]] if left else "")


def together(text: str) -> list[str]:
    """The names of targets that stand in one (`CD19/CD22`, `JAK1/2`)."""
    names = list(filter(None, _BESIDE.split(text)))
    family = names[0].rstrip("0123456789") if names else ""
    return [family + name if name.isdecimal() else name for name in names]


def _take(text: str, units: _Units, parts: dict[str, str]) -> _Units:
    """Fill `parts` from the longest names on; the units that no name takes and that are no empty words are left."""
    for size in range(min(_NAME, len(units)), 0, -1):
        for at in range(len(units) - size + 1):
            found = _named(text[units[at][0] : units[at + size - 1][1]], parts)
            if found:
                parts |= found
                return [*_take(text, units[:at], parts), *_take(text, units[at + size :], parts)]
    return [unit for unit in units if text[slice(*unit)].casefold() not in _IDLE]


def _named(name: str, taken: dict[str, str]) -> dict[str, str] | None:
    """The vocabulary and the id that a name stands for, in a vocabulary that has none yet."""
    if name.casefold() in EMPTY or (len(name) == 1 and not name.isascii()):
        return None
    if len(name) < 4 and name.isascii() and not name.isupper() and not any(char.isdigit() for char in name):
        return None
    for vocabulary in _VOCABULARIES:
        id = None if vocabulary in taken else vocab.load(vocabulary).find(name)
        if id is not None:
            return {vocabulary: id}
    several = [] if "target" in taken else together(name)
    ids = [vocab.load("target").find(one) for one in several] if len(several) > 1 else []
    return {"target": "|".join(sorted({id for id in ids if id}))} if ids and all(ids) else None
