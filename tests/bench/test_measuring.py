"""Accounting of whole processes, and the table made of it."""

import sys

import pytest

from bench import processes, report
from bench.__main__ import parsed
from bench.measure import Loaded, Run, Size
from bench.synthetic import Manifest

ORPHAN = """
import os, sys, time
if os.fork():
    time.sleep(1.0)
    sys.exit(3)
if os.fork():
    os._exit(0)
held = bytearray(150_000_000)
for at in range(0, len(held), 4096):
    held[at] = 1
while time.process_time() < 0.6:
    pass
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="orphans are waited for on Linux alone")
def test_a_process_that_its_parent_never_waited_for_is_accounted_for() -> None:
    used = processes.run([sys.executable, "-c", ORPHAN])
    assert used.code == 3
    assert used.cpu >= 0.6
    assert used.peak > 150_000_000
    assert used.group_peak > 150_000_000
    assert used.seconds < 2.5


def test_output_errors_and_settings_are_kept_apart() -> None:
    program = "import os, sys; print(os.environ['BENCH_TEST']); print('no', file=sys.stderr)"
    used = processes.run([sys.executable, "-c", program], {"BENCH_TEST": "yes"})
    assert (used.code, used.output, used.errors) == (0, "yes\n", "no\n")


def run(seconds: float, code: int = 0) -> Run:
    return Run(seconds=seconds, cpu=2 * seconds, peak=100_000_000, group_peak=300_000_000, code=code)


def size(records: int, ingest: Run) -> Size:
    manifest = Manifest(records, 1, 0, records * 15_000, records * 4_000, records * 3_500, {}, [])
    loaded = Loaded(100, 2.0, 1.0)
    return Size(
        records=records, manifest=manifest, load=0.0, floor=run(1.0), ingests={"gz": ingest}, naive={"rows": loaded}
    )


def test_the_table_gives_ratios_to_the_floor_and_a_column_a_size() -> None:
    text = report.table([size(1_000, run(4.0)), size(10_000, run(5.0))], "python -m bench")
    assert "| | 1,000 | 10,000 |" in text
    assert "| ingest gz, **of the floor** | 0.250 | 0.200 |" in text
    assert "| loader by rows, records/s (ingest gz is x times that) | 50 (5.0) | 50 (40.0) |" in text
    assert "| loader by rows, records per CPU second (x times) | 100 (1.2) | 100 (10.0) |" in text
    assert "**update**" not in text
    assert text.rstrip().endswith("Made by `python -m bench`.")


def test_a_failed_run_gives_no_rate_and_no_ratio() -> None:
    text = report.table([size(1_000, run(4.0, code=1))], "python -m bench")
    assert "| **ingest gz**, s | failed (1) |" in text
    assert "of the floor" not in text


def test_an_unknown_form_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(["ingest", "--forms", "gz,tar"])
    assert "tar is none of gz, one, zip, plain" in capsys.readouterr().err
