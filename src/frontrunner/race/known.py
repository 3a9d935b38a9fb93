"""The names by which companies and products are known: those of a home, then those of the packaged tables."""

from collections.abc import Iterator
from typing import Literal

from frontrunner.errors import NoSnapshot
from frontrunner.race.question import Snapshot
from frontrunner.resolve.column import Named
from frontrunner.sources.starter import names
from frontrunner.store.home import Home

_KINDS: dict[str, tuple[Literal["company", "product"], str]] = {
    "company": ("company", "known_companies"),
    "product": ("product", "known_products"),
}


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
