"""Synthetic files of ClinicalTrials.gov v2 records, deterministic by seed, in the forms that people hold them in.

A corpus is a folder: `parts/*.jsonl.gz` (at least eight files of one gzip member each), and on demand `one.jsonl.gz`
(the parts end to end: one file of several members), `studies.zip` (one JSON per study), `plain/*.jsonl`, and
`update-<n>-<day>.jsonl.gz` (`n` studies as posted `day` days later) or `whole-<n>-<day>/` (all of them then).
The record of an index is the same in a corpus of any size, so a smaller corpus is the beginning of a larger one.

Sizes are those of `SIZES`, in bytes of compact JSON. Real records with results are larger than these (their mean is
near 60 KB, here 25), so the tail of a real file is heavier; mean and median are alike.
Deflate is done by igzip, which writes some 15 % more bytes than gzip does at its default level: `gz6_bytes` of the
manifest estimates what gzip itself would have written, and disk is measured against that.
"""

import hashlib
import os
import random
import shutil
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from isal import igzip

from bench import progress, zips

if TYPE_CHECKING:
    from bench.study import Studies

#: What the size of a record should be, each within 10 %: mean, and quantiles.
SIZES = {"mean": 15_000, "p50": 13_000, "p90": 22_500, "p99": 40_000}
LARGEST_OVER = 200_000
PART = 5_000
LEAST_PARTS = 8
LEVEL = 3
PROCESSES = 2
FORMS = ("gz", "one", "zip", "plain")
#: Everything that the bytes depend on, beside the seed.
SOURCES = ("study", "world", "rivers", "posted", "progress", "words", "synthetic", "zips")

FOLDER = Path(__file__).parent


class Manifest(msgspec.Struct, frozen=True):
    """What a corpus holds; bytes are those of the files, `sizes` describes records in bytes."""

    records: int
    seed: int
    with_results: int
    bytes: int
    gz_bytes: int
    gz6_bytes: int
    sizes: dict[str, int]
    parts: list[int]


class Corpus:
    """A folder made by `make`; paths of its forms."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"
        self.manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)

    def form(self, form: str) -> Path:
        """The path to ingest for one of FORMS, made where it is not there yet."""
        names = {"gz": "parts", "one": "one.jsonl.gz", "zip": "studies.zip", "plain": "plain"}
        path = self.folder / names[form]
        if not path.exists():
            draft = self.folder / f"draft-{names[form]}"
            {"one": _join, "zip": _zip, "plain": _unpack}[form](self, draft)
            os.replace(draft, path)
        return path

    def update(self, changed: int, day: int = 1) -> Path:
        """A file of `changed` studies of the corpus as posted `day` days later, in the order of the base."""
        path = self.folder / f"update-{changed}-{day}.jsonl.gz"
        if not path.exists():
            draft = self.folder / f"draft-{path.name}"
            _write(draft, _lines(self.manifest.seed, moved(self.manifest, changed, day), day, True))
            os.replace(draft, path)
        return path

    def whole(self, changed: int, day: int = 1) -> Path:
        """All studies as downloaded `day` days later: `changed` of them moved, the others with a new versionHolder."""
        path = self.folder / f"whole-{changed}-{day}"
        if not path.exists():
            draft = self.folder / f"draft-{path.name}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            task = partial(_part, self.manifest.seed, draft, day, frozenset(moved(self.manifest, changed, day)))
            _in_processes(task, _ranges(self.manifest.records))
            os.replace(draft, path)
        return path


class Part(NamedTuple):
    """A written part: bytes of the file, of its records each, and how many have results."""

    gz_bytes: int
    sizes: list[int]
    with_results: int


def make(build: Path, records: int, seed: int = 1) -> Corpus:
    """The corpus of that many records under `build`, made unless a finished one of the same generator is there."""
    folder = build / f"{fingerprint()}-{seed}" / str(records)
    if not (folder / "manifest.json").exists():
        draft = folder.with_name(f"draft-{records}")
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "parts").mkdir(parents=True)
        task = partial(_part, seed, draft / "parts", 0, frozenset())
        written = _in_processes(task, _ranges(records))
        manifest = _described(records, seed, draft / "parts", written)
        (draft / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(draft, folder)
    return Corpus(folder)


def fingerprint() -> str:
    """Twelve hex digits that change when the generator, its words or the vocabularies it names change."""
    from frontrunner import vocab

    files = [FOLDER / f"{name}.py" for name in SOURCES] + [FOLDER / "words.txt", FOLDER / "cities.csv"]
    folder = Path(vocab.__file__).parent
    files += [folder / "indication.csv", folder / "modality.csv"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def moved(manifest: Manifest, changed: int, day: int) -> list[int]:
    """The indices of the studies that an update changes, in order; open studies four times as often as the others."""
    rng = random.Random(f"{manifest.seed}:update:{day}")
    chosen: set[int] = set()
    while len(chosen) < min(changed, manifest.records):
        index = rng.randrange(manifest.records)
        stage = progress.told(manifest.seed, index)[2]
        if stage.status in progress.OPEN or rng.random() < 0.25:
            chosen.add(index)
    return sorted(chosen)


@cache
def studies(seed: int) -> "Studies":
    """The generator, made once a process (two seconds); imported here so that readers of a corpus need not wait."""
    from bench.study import Studies

    return Studies(seed)


def quantiles(sizes: Sequence[int]) -> dict[str, int]:
    """Mean, p50, p90, p99 and max, as in SIZES."""
    ranked = sorted(sizes)
    at = {name: ranked[int(len(ranked) * share)] for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99))}
    return {"mean": sum(ranked) // len(ranked), **at, "max": ranked[-1]}


def _ranges(records: int) -> list[tuple[int, range]]:
    """Numbered runs of indices, one a part."""
    size = min(PART, -(-records // LEAST_PARTS))
    return list(enumerate(range(first, min(first + size, records)) for first in range(0, records, size)))


def _lines(seed: int, indices: Sequence[int], day: int, change: bool) -> Iterator[bytes]:
    make_record = studies(seed).record
    return (make_record(index, day, change) for index in indices)


def _part(seed: int, folder: Path, day: int, changing: frozenset[int], task: tuple[int, range]) -> Part:
    number, indices = task
    make_record, path = studies(seed).record, folder / f"ctg-studies-{number:04d}.jsonl.gz"
    return _write(path, (make_record(index, day, index in changing) for index in indices))


def _write(path: Path, lines: Iterator[bytes]) -> Part:
    """JSON Lines as one gzip member without a time or a name in its head."""
    sizes, with_results = [], 0
    with open(path, "wb") as raw, igzip.IGzipFile("", "wb", LEVEL, raw, mtime=0) as file:
        for line in lines:
            sizes.append(len(line))
            with_results += line.endswith(b'"hasResults":true}')
            file.write(line + b"\n")
    return Part(path.stat().st_size, sizes, with_results)


def _described(records: int, seed: int, folder: Path, written: list[Part]) -> Manifest:
    sizes = [size for part in written for size in part.sizes]
    first = sorted(folder.iterdir())[0]
    plain = igzip.decompress(first.read_bytes())[: 40 << 20]
    ratio = len(zlib.compress(plain, 6)) / len(igzip.compress(plain, LEVEL))
    gz_bytes = sum(part.gz_bytes for part in written)
    return Manifest(
        records=records,
        seed=seed,
        with_results=sum(part.with_results for part in written),
        bytes=sum(sizes) + records,
        gz_bytes=gz_bytes,
        gz6_bytes=int(gz_bytes * ratio),
        sizes=quantiles(sizes),
        parts=[part.gz_bytes for part in written],
    )


def _in_processes(task: partial[Part], ranges: list[tuple[int, range]]) -> list[Part]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("forkserver")) as pool:
        return list(pool.map(task, ranges))


def _join(corpus: Corpus, path: Path) -> None:
    with open(path, "wb") as file:
        for part in sorted(corpus.parts.iterdir()):
            file.write(part.read_bytes())


def _unpack(corpus: Corpus, path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    for part in sorted(corpus.parts.iterdir()):
        (path / part.stem).write_bytes(igzip.decompress(part.read_bytes()))


def _zip(corpus: Corpus, path: Path) -> None:
    parts = sorted(corpus.parts.iterdir())
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("forkserver")) as pool:
        zips.write(path, (member for members in pool.map(_members, parts) for member in members))


def _members(part: Path) -> list[zips.Member]:
    """The records of a part, deflated one by one, named as in the publisher's archive."""
    lines = igzip.decompress(part.read_bytes()).splitlines()
    return [zips.deflated(f"{_nct(line)}.json", line) for line in lines]


def _nct(line: bytes) -> str:
    at = line.index(b'"nctId":"') + len(b'"nctId":"')
    return line[at : at + len("NCT01234567")].decode()
