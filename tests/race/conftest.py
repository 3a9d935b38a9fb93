"""Homes with real content, made once for the session and only read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from frontrunner import pipeline
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.results import Race
from frontrunner.race.standings import race
from frontrunner.sources import starter as ledger
from frontrunner.store.home import Home

Ask = Callable[..., Race]


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the starter ledger alone."""
    home = Home(tmp_path_factory.mktemp("starter"))
    pipeline.ingest(home, [Path(str(table)) for table in ledger.bundled()], source="starter")
    return home


@pytest.fixture(scope="session")
def starter(starter_home: Home) -> Iterator[Snapshot]:
    """The published starter ledger."""
    with Snapshot(starter_home) as snapshot:
        yield snapshot


@pytest.fixture(scope="session")
def ask(starter: Snapshot) -> Ask:
    """A race of the starter ledger, asked as on the command line."""
    return lambda *names, **parts: race(starter, asked(*names, **parts))
