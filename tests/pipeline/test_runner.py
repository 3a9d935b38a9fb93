"""Other processes leave the output to the one that a user started."""

import subprocess
import sys

import pytest

#: evaluated in the other processes, since a function of this file would have to be found by its name
DRAWS = "__import__('duckdb').connect().execute(\"select current_setting('enable_progress_bar')\").fetchone()[0]"
PROGRAM = f"from frontrunner import runner; print(*runner.run(eval, [{DRAWS!r}] * 2, workers=2))"


@pytest.mark.slow
def test_the_database_draws_no_progress_from_another_process() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
