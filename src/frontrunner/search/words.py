"""How names and queries are cut into words: Latin words whole, Chinese character by character.

A run of Chinese characters is sought as a phrase, which finds the same as pairs of characters do without storing them.
"""

import re
import unicodedata

from frontrunner.vocab import fold

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_CUT = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")
_ONE_HAN = re.compile(f"[{_HAN}]")


def runs(text: str) -> list[str]:
    """Latin words in lower case without accents, and runs of Chinese characters whole."""
    if text.isascii():
        return _RUN.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char)))
    return _RUN.findall(bare)


def cut(text: str) -> str:
    """A text for the index, which cuts words at all but letters and digits: every Chinese character set apart."""
    return text if text.isascii() else " ".join(_CUT.findall(text))


def is_han(run: str) -> bool:
    """Whether a run is of Chinese characters."""
    return _ONE_HAN.match(run) is not None


def squeezed(text: str) -> str:
    """A name without spaces and signs, so that `SPK-9001`, `SPK 9001` and `spk9001` are one."""
    return fold(text).replace(" ", "")
