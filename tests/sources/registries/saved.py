"""The saved pages of the registries' sources, written for these tests."""

from pathlib import Path

SOURCES = ("cde_china", "chictr", "ctis", "euctr", "ictrp", "isrctn")
ROWS = ".rows.json"
_FOLDER = Path(__file__).parent.parent
#: (source, page): every page in the folder of a source
PAGES = [(id, page) for id in SOURCES for page in sorted(_FOLDER.glob(f"{id}/pages/*")) if not page.name.endswith(ROWS)]


def page(id: str, name: str) -> Path:
    """One saved page."""
    return _FOLDER / id / "pages" / name
