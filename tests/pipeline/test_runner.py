"""Other processes leave the output to the one that a user started."""

import pytest

from frontrunner import runner

#: evaluated there, since a function of this file would have to be found by its name
DRAWS = "__import__('duckdb').connect().execute(\"select current_setting('enable_progress_bar')\").fetchone()[0]"


@pytest.mark.slow
def test_the_database_draws_no_progress_from_another_process() -> None:
    assert list(runner.run(eval, [DRAWS, DRAWS], workers=2)) == [False, False]
    with runner.beside(eval, DRAWS) as drawn:
        assert drawn() is False
