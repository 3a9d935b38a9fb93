"""The page of a race: one HTML file that needs no network and no script."""

from pathlib import Path

from frontrunner.deliver.page.document import Shown, document, evidence, plain, swim_lanes
from frontrunner.errors import FrontrunnerError

__all__ = ["Shown", "document", "evidence", "plain", "swim_lanes", "write"]


def write(path: Path, page: Shown) -> Path:
    """Write a page and return where it is. Raises FrontrunnerError where nothing can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(page), encoding="utf-8")
    except OSError as error:
        raise FrontrunnerError(
            f"{path}: the page cannot be written here ({error.strerror}); name another with --page"
        ) from error
    return path.absolute()
