"""The floor: read, decompress and parse a corpus with nothing made of it. What no reader on this machine can beat.

Two processes take slices of the same gzip that is ingested, each slice one or more whole gzip members: a part file of
the form `gz`, or a stretch of the one file of the form `one` (gzip cannot be entered in the middle of a member, so a
corpus is written in at least eight members; that lets both the floor and a reader use both cores, and asks nothing of
the data that people do not have: daily files come in several, and one stream of several members is an ordinary gzip).
Decompression is igzip's in steps of 128 KiB, which stay in cache; each line is parsed by simdjson into its own tape,
no Python object is made, nothing is written. It runs as a process of its own, so its time includes starting Python as
that of the command line does.

    python -m bench.floor CORPUS [gz|one]
"""

import json
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from isal import isal_zlib

from bench.synthetic import Corpus

PROCESSES = 2
STEP = 128 << 10


class Slice(NamedTuple):
    """A stretch of a file that holds whole gzip members."""

    path: Path
    start: int
    length: int


def slices(corpus: Corpus, form: str) -> list[Slice]:
    """The members of a corpus, the largest first so that two processes end together."""
    lengths = corpus.manifest.parts
    if form == "one":
        starts = [sum(lengths[:place]) for place in range(len(lengths))]
        found = [Slice(corpus.form("one"), start, length) for start, length in zip(starts, lengths, strict=True)]
    else:
        parts = sorted(corpus.form("gz").iterdir())
        found = [Slice(part, 0, length) for part, length in zip(parts, lengths, strict=True)]
    return sorted(found, key=lambda piece: -piece.length)


def parse(piece: Slice) -> tuple[int, int]:
    """Records parsed, and bytes of JSON, of one slice."""
    import simdjson

    parse_one = simdjson.Parser().parse
    stream, rest, records, size = isal_zlib.decompressobj(31), b"", 0, 0
    with open(piece.path, "rb") as file:
        file.seek(piece.start)
        left = piece.length
        while left:
            read = file.read(min(STEP, left))
            left -= len(read)
            plain = stream.decompress(read)
            size += len(plain)
            lines = (rest + plain).split(b"\n")
            rest = lines.pop()
            for line in lines:
                parse_one(line)
            records += len(lines)
    if rest or not stream.eof:
        raise ValueError(f"{piece.path}: the slice at {piece.start} does not end with a gzip member and a line")
    return records, size


def measure(corpus: Corpus, form: str) -> dict[str, float]:
    """Records, bytes of JSON and seconds of work (without starting Python) of the whole corpus."""
    pieces = slices(corpus, form)
    started = time.perf_counter()
    with get_context("fork").Pool(PROCESSES) as pool:
        done = pool.map(parse, pieces, chunksize=1)
    seconds = time.perf_counter() - started
    return {"records": sum(records for records, _ in done), "bytes": sum(size for _, size in done), "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(measure(Corpus(Path(sys.argv[1])), sys.argv[2] if sys.argv[2:] else "gz")))
