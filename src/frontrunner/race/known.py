"""The names by which companies, products and diseases are known: those of a home, then those of the packaged tables."""

from collections.abc import Iterator
from typing import Literal

from frontrunner.errors import NoSnapshot
from frontrunner.race.question import Snapshot
from frontrunner.resolve import vocabularies
from frontrunner.resolve.column import Named
from frontrunner.sources.starter import names
from frontrunner.store.home import Home
from frontrunner.vocab import Vocabulary

_KINDS: dict[str, tuple[Literal["company", "product"], str]] = {
    "company": ("company", "known_companies"),
    "product": ("product", "known_products"),
}


def diseases(home: Home, kind: str) -> Vocabulary | None:
    """The diseases that a home knows, if diseases are asked for and there is a home."""
    if kind != "indication":
        return None
    try:
        with Snapshot(home) as snapshot:
            return vocabularies.load(snapshot.connection, kind)
    except NoSnapshot:
        return None


def layers(home: Home, kind: str) -> Iterator[list[Named]]:
    """The known names of companies or products, the home's first where there is one; none of any other kind."""
    if kind not in _KINDS:
        return
    known, query = _KINDS[kind]
    try:
        with Snapshot(home) as snapshot:
            yield [Named(**row) for row in snapshot.rows(query)]
    except NoSnapshot:
        pass
    yield [Named(**row) for row in names.known(known)]  # type: ignore[arg-type]
