"""`python -m bench [make|floor|ingest|update|query|naive|all]`: measure, print the table, keep the numbers.

Corpora are cached under `build/bench` and made anew only when the generator changes; homes are temporary folders
beside them. Each command measures what it needs to be read alone (`ingest` also measures the floor); `all` measures
everything. The table goes to the screen and to `results.md`, the numbers to `results.json` beside it.
"""

import argparse
import shlex
import sys
import time
from pathlib import Path

import msgspec

from bench import measure, report, synthetic
from bench.measure import Asked

STEPS = {
    "make": (),
    "floor": ("floor",),
    "ingest": ("floor", "ingest"),
    "update": ("floor", "ingest", "update"),
    "query": ("ingest", "query"),
    "naive": ("ingest", "naive"),
    "all": measure.STEPS,
}
BUILD = Path(__file__).parent.parent / "build" / "bench"


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The command line of the bench."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed, memory and disk.")
    parser.add_argument("command", nargs="?", choices=list(STEPS), default="all")
    parser.add_argument("--sizes", default="5000,50000", help="numbers of records [default: %(default)s]")
    parser.add_argument("--forms", default="gz,zip", help="of gz, one, zip, plain [default: %(default)s]")
    parser.add_argument("--changed", type=int, default=2000, help="studies changed by the update, a tenth at most")
    parser.add_argument("--whole", action="store_true", help="also ingest the whole file of a later day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, default=BUILD, help="where corpora and results are kept")
    chosen = parser.parse_args(arguments)
    unknown = set(chosen.forms.split(",")) - set(synthetic.FORMS)
    if unknown:
        parser.error(f"--forms: {', '.join(sorted(unknown))} is none of {', '.join(synthetic.FORMS)}")
    return chosen


def main(arguments: list[str]) -> int:
    """Measure every size in turn; 1 when a measured command failed."""
    chosen = parsed(arguments)
    asked = Asked(
        steps=STEPS[chosen.command],
        forms=chosen.forms.split(","),
        changed=chosen.changed,
        whole=chosen.whole,
        seed=chosen.seed,
        build=chosen.build,
    )
    sizes = [int(size) for size in chosen.sizes.split(",")]
    if chosen.command == "make":
        _make(asked, sizes)
        return 0
    measured = []
    for records in sizes:
        measured.append(measure.measure(asked, records, _tell))
        text = report.table(measured, shlex.join(["python", "-m", "bench", *arguments]))
        kept = {
            "machine": report.machine(),
            "generator": synthetic.fingerprint(),
            "seed": asked.seed,
            "sizes": measured,
        }
        (asked.build / "results.json").write_bytes(msgspec.json.format(msgspec.json.encode(kept)))
        (asked.build / "results.md").write_text(text, encoding="utf-8")
    print(text)
    return int(any(_failed(size) for size in measured))


def _make(asked: Asked, sizes: list[int]) -> None:
    for records in sizes:
        started = time.perf_counter()
        corpus = synthetic.make(asked.build, records, asked.seed)
        paths = [corpus.form(form) for form in asked.forms] + [corpus.update(min(asked.changed, records // 10))]
        described = ", ".join(f"{name} {value:,}" for name, value in corpus.manifest.sizes.items())
        share = corpus.manifest.with_results / records
        print(f"{records:,} records in {time.perf_counter() - started:.1f} s: {described}; with results {share:.1%}")
        for path in paths:
            print(f"  {path}")


def _failed(size: measure.Size) -> bool:
    runs = [size.floor, size.update, size.whole, size.race_process, *size.ingests.values()]
    return any(run is not None and (run.code or run.note) for run in runs) or "failed" in size.queries


def _tell(line: str) -> None:
    print(f"[bench] {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
