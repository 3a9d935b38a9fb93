"""The words of a text as numbered columns, by a hash that is the same on every machine and every day."""

import re
import zlib
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[a-z][a-z0-9-]+")


def columns(text: str, width: int) -> npt.NDArray[np.intp]:
    """One column of `width` for each different word and each pair of neighbours: two may share one. Numbers, one
    letter words and other scripts are no words."""
    words = _WORD.findall(text.lower())
    tokens = {*words, *(f"{one} {other}" for one, other in pairwise(words))}
    return np.sort(np.array([zlib.crc32(token.encode()) % width for token in tokens], dtype=np.intp))
