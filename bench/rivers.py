"""Rivers: long texts made once from word lists, of which every record cuts its own stretch.

Making a sentence costs microseconds, cutting ten kilobytes out of a river costs one. Two records share a stretch only
by chance; a river is long enough (several megabytes) that a compressor with a window of a few megabytes gains little.
All text here is already inside JSON: no quotation mark, no backslash but the ones of `\\n`.
"""

import random
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from bench import words

_SLOT = re.compile(r"\{(\w+)\}")

#: The longest tail of a sentence, in words.
LOOSE = 9
#: Made-up words in the tails of sentences, beside those of the lists `_PLAIN` (which weigh four times).
LOOSE_WORDS = 3000
_PLAIN = ("thing", "people", "illness", "drug", "lab", "scale", "treatment", "outcome", "reason", "quality", "event")


class River:
    """Pieces of text in a row, `joint` between them; records take consecutive pieces."""

    def __init__(self, pieces: Sequence[str], joint: str) -> None:
        self.joint = len(joint)
        self.text = joint.join(pieces)
        self.starts = list(accumulate((len(piece) + self.joint for piece in pieces), initial=0))
        self.pieces = len(pieces)

    def cut(self, rng: random.Random, size: int) -> str:
        """Whole pieces, at least one, of `size` characters together or little more."""
        first = int(rng.random() * self.pieces)
        if self.starts[first] + size > self.starts[-1]:
            first = bisect_left(self.starts, max(0, self.starts[-1] - size))
            first = min(first, self.pieces - 1)
        last = bisect_left(self.starts, self.starts[first] + size, first + 1, self.pieces)
        return self.text[self.starts[first] : self.starts[last] - self.joint]

    def run(self, rng: random.Random, count: int) -> str:
        """`count` consecutive pieces (all of them where the river is shorter)."""
        count = min(count, self.pieces)
        first = int(rng.random() * (self.pieces - count + 1))
        return self.text[self.starts[first] : self.starts[first + count] - self.joint]


class Writer:
    """Fills patterns from the word lists, deterministically by its seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.lists = words.lists()
        texts = (text for name in _PLAIN for text in self.lists[name])
        plain = sorted({word for text in texts for word in text.split() if word.isalpha()})
        self.loose = plain * 4 + [self.name(2, 4) for _ in range(LOOSE_WORDS)]

    def sentence(self, kind: str, loose: int = 0) -> str:
        """One pattern of the list `kind`, its slots filled, its first letter a capital.

        Patterns alone repeat themselves far more than protocols do and would compress twice as well as real records,
        so a tail of up to `loose` words follows.
        """
        text = self._fill(self._pick(self.lists[kind]))
        tail = " ".join(self._pick(self.loose) for _ in range(int(self.random.random() * (loose + 1))))
        return f"{text[0].upper()}{text[1:]} {tail}" if tail else text[0].upper() + text[1:]

    def name(self, least: int, most: int) -> str:
        """A made-up word of `least` to `most` syllables."""
        syllables = self.lists["syllables"]
        return "".join(self._pick(syllables) for _ in range(self.random.randint(least, most)))

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[int(self.random.random() * len(choices))]

    def _fill(self, pattern: str) -> str:
        parts = _parts(pattern)
        return "".join(self._pick(self.lists[part]) if slot else part for slot, part in parts)


@cache
def _parts(pattern: str) -> tuple[tuple[bool, str], ...]:
    """A pattern as literal texts and slot names, in order."""
    return tuple((place % 2 == 1, part) for place, part in enumerate(_SLOT.split(pattern)) if part)


def prose(seed: str, sentences: int) -> River:
    """Running text: sentences and, now and then, a new paragraph."""
    writer = Writer(f"{seed}:prose")
    ends = ["", "", "", "", "\\n\\n"]
    return River([writer.sentence("prose", LOOSE) + ends[n % 5] for n in range(sentences)], " ")


def criteria(seed: str, bullets: int) -> River:
    """Items of a list of criteria, in the registry's Markdown."""
    writer = Writer(f"{seed}:criteria")
    return River(["* " + writer.sentence("criteria", LOOSE) for _ in range(bullets)], "\\n")


def outcomes(seed: str, count: int) -> River:
    """Outcome measures as JSON objects: measure, mostly a description, a time frame."""
    writer = Writer(f"{seed}:outcomes")
    return River([_outcome(writer) for _ in range(count)], ",")


def _outcome(writer: Writer) -> str:
    measure, frame = writer.sentence("measures", 3), writer.sentence("frames")
    notes = int(writer.random.random() ** 2 * 6)
    said = " ".join(writer.sentence("notes", LOOSE) for _ in range(notes))
    description = f'"description":"{said}",' if said else ""
    return f'{{"measure":"{measure}",{description}"timeFrame":"{frame}"}}'


def titles(seed: str, count: int) -> list[str]:
    """Beginnings of titles, to be followed by a condition."""
    writer = Writer(f"{seed}:titles")
    return [writer.sentence("titles") for _ in range(count)]
