"""Which name of a thing answers to what was typed, and how."""

from collections.abc import Iterable

from frontrunner.search.words import is_han, runs, squeezed

#: names of one thing that are compared with a text letter by letter, and letters of each
_COMPARED, _LETTERS = 12, 80


class Typed:
    """A text as it is compared with many names: taken apart once."""

    def __init__(self, text: str) -> None:
        self.text, self.squeezed, self.words = text, squeezed(text), runs(text)
        self._pairs = _pairs(text)

    def answer(self, names: Iterable[str], how: str) -> tuple[str, str]:
        """The name that answers to the text, and how; `how` is what the index found it by, which all words do least."""
        several = list(dict.fromkeys(names))
        if how == "words" and self.squeezed:
            plain = [squeezed(name) for name in several]
            if self.squeezed in plain:
                return several[plain.index(self.squeezed)], "exact"
            begun = [name for name, one in zip(several, plain, strict=True) if one.startswith(self.squeezed)]
            if begun:
                return min(begun, key=len), "prefix"
            held = next((name for name in several if self._all_in(name)), None)
            if held is not None:
                return held, "words"
        return self._nearest(several), how

    def _all_in(self, name: str) -> bool:
        """Whether each word begins one of the name's; Chinese stands anywhere in it."""
        held = runs(name)
        return all(
            any(word in one for one in held) if is_han(word) else any(one.startswith(word) for one in held)
            for word in self.words
        )

    def _nearest(self, names: list[str]) -> str:
        """The name that shares most pairs of letters with the text."""
        return max(names[:_COMPARED], key=self._alike)

    def _alike(self, name: str) -> float:
        held = _pairs(name)
        shared = len(held & self._pairs)
        return shared / (len(held) + len(self._pairs) - shared or 1)


def _pairs(text: str) -> set[str]:
    plain = text.casefold()[:_LETTERS]
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
