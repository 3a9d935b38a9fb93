"""The saved pages of the regulators' sources, written for these tests, and what one record of them says."""

from pathlib import Path

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import STATEMENTS, Raw
from frontrunner.reading.containers import Container
from frontrunner.sources import SourceModule, named

SOURCES = (
    "drugsatfda",
    "ema_medicines",
    "ema_orphan",
    "fda_letters",
    "fda_orphan",
    "fda_purple_book",
    "federal_register",
)
ROWS = ".rows.json"
_FOLDER = Path(__file__).parent.parent
#: (source, page): every page in the folder of a source
PAGES = [(id, page) for id in SOURCES for page in sorted(_FOLDER.glob(f"{id}/pages/*")) if not page.name.endswith(ROWS)]


def container(path: Path) -> Container:
    """A file as a container."""
    return Container(path, path.name)


def told(module: SourceModule, item: Raw | UnreadableInput) -> dict[str, object]:
    """What a record says, as a page's `.rows.json` has it: the columns that say something, or why it is refused."""
    if isinstance(item, UnreadableInput):
        return {"where": item.where, "unreadable": item.why}
    try:
        reading = module.read(item.body)
    except BadRecord as error:
        return {"place": item.place, "refused": {"place": error.place, "why": error.why}}
    return {
        "place": item.place,
        "key": reading.key,
        "known": [reading.known_on, reading.known_basis, reading.as_of],
        "mediaType": reading.media_type,
        "says": [{STATEMENTS[type(one)]: _plain(one)} for one in reading.statements],
    }


def _plain(statement: msgspec.Struct) -> dict[str, object]:
    row: dict[str, object] = msgspec.to_builtins(statement)
    return {column: value for column, value in row.items() if value is not None and value != []}


def page(id: str, name: str) -> Path:
    """One saved page."""
    return _FOLDER / id / "pages" / name


def all_told(id: str, path: Path) -> list[dict[str, object]]:
    """What every record of a file says."""
    module = named(id)
    return [told(module, item) for item in module.records(container(path))]
