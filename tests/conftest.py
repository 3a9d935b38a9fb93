"""Fixtures of the whole suite."""

from pathlib import Path

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

REPO = Path(__file__).resolve().parent.parent

# A slow machine is no failure; whatever else holds here (in CI: the same examples every time) stays.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")


class ByFile(LoadFileScheduling):
    """A file's tests stay in one process; those of the evaluation all do, which share homes of hundreds of MB."""

    def _split_scope(self, nodeid: str) -> str:
        return "evaluation" if nodeid.startswith("tests/evaluation/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real records beside the checkout; a test that needs it is skipped where it is absent."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the records in ../shared/data beside the checkout")
    return folder
