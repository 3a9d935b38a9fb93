"""The files of this project: what git tracks or would track, so that a file is checked before its first commit."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def project_files() -> list[Path]:
    """Every file of the checkout that is not ignored, absolute and sorted; a checkout without git is walked."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(git, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in ROOT.rglob("*") if path.is_file() and not _made_here(path))
    return sorted({ROOT / name for name in names if name and (ROOT / name).is_file()})


def _made_here(path: Path) -> bool:
    top = path.relative_to(ROOT).parts[0]
    return top in {".git", ".venv", "build"} or "__pycache__" in path.parts


def shown(path: Path) -> str:
    """The path as a person reads it: from the root of the checkout, with slashes."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
