"""Fixtures of the whole suite."""

from pathlib import Path

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent

# A slow machine is no failure; whatever else holds here (in CI: the same examples every time) stays.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real records beside the checkout; a test that needs it is skipped where it is absent."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the records in ../shared/data beside the checkout")
    return folder
