"""An export of the WHO platform of any size, written and read again: speed of one core, and peak memory.

    python -m bench.ictrp [--mb 500] [--build FOLDER]

Writes the same records as XML and as CSV (kept under `build/bench`, made anew when the size changes), then, each in a
process of its own, cuts the file into records (`cut`) and cuts and reads them (`read`). MB/s are bytes of the file by
CPU seconds, user and system, of that process without its start.
"""

import argparse
import csv
import gc
import json
import random
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from bench import processes, words

BUILD = Path(__file__).parent.parent / "build" / "bench"
FIELDS = (
    *("TrialID", "Last_Refreshed_on", "Public_title", "Scientific_title", "Primary_sponsor", "Date_registration"),
    *("Date_registration3", "Export_date", "Source_Register", "web_address", "Recruitment_Status", "other_records"),
    *("Inclusion_agemin", "Inclusion_agemax", "Inclusion_gender", "Date_enrollement", "Target_size", "Study_type"),
    *("Study_design", "Phase", "Countries", "Inclusion_Criteria", "Exclusion_Criteria", "Condition", "Intervention"),
    *("Primary_outcome", "results_url_link", "Retrospective_flag", "Bridging_flag_truefalse", "Bridged_type"),
)
ROOT = "Trials_downloaded_from_ICTRP"
#: the platform pads long titles with blanks, as fields of fixed width leave them
PADDED = 2000
COUNTRIES = ("China", "United States", "Japan", "France;Germany;Spain", "Iran (Islamic Republic of)", "Australia")
PHASES = ("0", "N/A", "1", "Phase 2", "Phase 1/Phase 2", "2-3", "Phase III", "Retrospective study", "4")


def records(seed: int = 1) -> Iterator[dict[str, str]]:
    """Made-up records without end, a third each from three registers with their own spellings."""
    chance = random.Random(seed)
    vocabulary = sorted({word for texts in words.lists().values() for text in texts for word in text.split()})
    number = 0
    while True:
        number += 1
        yield _record(number, chance, vocabulary)


def _record(number: int, chance: random.Random, vocabulary: list[str]) -> dict[str, str]:
    year, month, day = chance.randint(2005, 2025), chance.randint(1, 12), chance.randint(1, 28)
    iso, slashed = f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}"
    title = _text(chance, vocabulary, 12)
    groups = ";".join(f"group {i}:{chance.randint(5, 300)}" for i in range(1, chance.randint(2, 4)))
    register = number % 3
    return dict.fromkeys(FIELDS, "") | {
        "TrialID": (f"ChiCTR20{number:08d}", f"NCT{number:08d}", f"ACTRN{number:014d}")[register],
        "Last_Refreshed_on": f"{day} March {year}",
        "Public_title": title,
        "Scientific_title": title + " " * PADDED,
        "Primary_sponsor": _text(chance, vocabulary, 4),
        "Date_registration": iso if register == 0 else slashed,
        "Date_registration3": iso.replace("-", ""),
        "Export_date": "4/15/2020 4:11:24 PM",
        "Source_Register": ("ChiCTR", "ClinicalTrials.gov", "ANZCTR")[register],
        "Recruitment_Status": chance.choice(("Recruiting", "Not Recruiting")),
        "other_records": "No",
        "Inclusion_agemin": "18 Years",
        "Inclusion_gender": "Both",
        "Date_enrollement": (iso, f"March {day}, {year}", slashed)[register],
        "Target_size": groups if register == 0 else str(chance.randint(5, 3000)),
        "Study_type": "Interventional",
        "Phase": chance.choice(PHASES),
        "Countries": chance.choice(COUNTRIES),
        "Inclusion_Criteria": _text(chance, vocabulary, 120),
        "Exclusion_Criteria": _text(chance, vocabulary, 100),
        "Condition": _text(chance, vocabulary, 3),
        "Intervention": f"group 1:{_text(chance, vocabulary, 2)};group 2:none;",
        "Primary_outcome": ";".join(_text(chance, vocabulary, 4) for _ in range(3)),
        "Retrospective_flag": "No",
        "Bridging_flag_truefalse": "False",
    }


def _text(chance: random.Random, vocabulary: list[str], length: int) -> str:
    return " ".join(chance.choices(vocabulary, k=length))


def make(folder: Path, megabytes: int) -> list[Path]:
    """The two files, of at least so many million bytes each."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"ictrp-{megabytes}.{form}" for form in ("xml", "csv")]
    for path, write in zip(files, (_write_xml, _write_csv), strict=True):
        if not path.exists():
            part = path.with_suffix(".part")
            write(part, megabytes * 1_000_000)
            part.rename(path)
    return files


def _write_xml(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        written = file.write(f"<?xml version='1.0' encoding='UTF-8'?>\n<{ROOT}>\n")
        for record in records():
            fields = "".join(f"    <{name}>{escape(value)}</{name}>\n" for name, value in record.items())
            written += file.write(f"  <Trial>\n{fields}  </Trial>\n")
            if written > size:
                break
        file.write(f"</{ROOT}>\n")


def _write_csv(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([name.replace("_", " ") for name in FIELDS])
        for record in records():
            table.writerow(record.values())
            if file.tell() > size:
                break


def take(path: Path, step: str) -> None:
    """Cut or read one file in this process, as a worker of `ingest` does, and print what it took, as JSON."""
    from frontrunner.model import Raw
    from frontrunner.reading.containers import Container
    from frontrunner.sources import ictrp

    gc.disable()
    started, number = _cpu(), 0
    for item in ictrp.records(Container(path, path.name)):
        number += 1
        if step == "read" and isinstance(item, Raw):
            ictrp.read(item.body)
    cpu = _cpu() - started
    print(json.dumps({"records": number, "cpu": cpu, "megabytes": path.stat().st_size / 1e6}))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(arguments: list[str]) -> int:
    """Measure both files and print a table; 1 when a process failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.ictrp", description="Speed and memory of an ICTRP export.")
    parser.add_argument("--mb", type=int, default=500, help="million bytes of each file [default: %(default)s]")
    parser.add_argument("--build", type=Path, default=BUILD, help="where the files are kept")
    parser.add_argument("--take", nargs=2, metavar=("FILE", "STEP"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.take:
        take(Path(chosen.take[0]), chosen.take[1])
        return 0
    print("| file | step | records | MB/s of one core | peak MB |\n|---|---|--:|--:|--:|")
    failed = 0
    for path in make(chosen.build, chosen.mb):
        for step in ("cut", "read"):
            run = processes.run([sys.executable, "-m", "bench.ictrp", "--take", str(path), step])
            failed |= run.code
            if run.code:
                print(run.errors, file=sys.stderr)
                continue
            took = json.loads(run.output)
            speed = took["megabytes"] / took["cpu"]
            print(f"| {path.suffix[1:]} | {step} | {took['records']:,} | {speed:.0f} | {run.peak / 1e6:.0f} |")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
