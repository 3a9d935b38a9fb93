"""On a machine without the wheels of isal or zstandard the rest is read as well, and what cannot be read says why."""

import subprocess
import sys
from pathlib import Path

import pytest

import frontrunner
from tests.reading.files import FORMS

SCRIPT = """
import sys
sys.modules[{missing!r}] = None
sys.path.insert(0, {root!r})
from pathlib import Path
from frontrunner.errors import UnreadableInput
from frontrunner.reading.containers import Container
try:
    with Container(Path({path!r}), "x").open() as stream:
        print(stream.read().decode())
except UnreadableInput as error:
    print(error)
"""


def without(missing: str, path: Path) -> str:
    """What is read from a file, or said of it, where a package is missing."""
    root = str(Path(frontrunner.__file__).parent.parent)
    script = SCRIPT.format(missing=missing, root=root, path=str(path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".gz", ".zip", ""])
def test_the_standard_library_reads_what_isal_reads(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "x").write_bytes(FORMS[suffix](b"the same words"))
    assert without("isal", tmp_path / "x") == "the same words"


@pytest.mark.slow
def test_zstandard_without_its_package_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(FORMS[".zst"](b"words"))
    assert without("zstandard", tmp_path / "x") == "x: is Zstandard: install the package zstandard, or give gz"
