"""The packaged tables, read once."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from frontrunner.model import Cited, MilestoneClaim, NameClaim, Raw, Reading
from frontrunner.reading.containers import Container
from frontrunner.sources import starter
from frontrunner.vocab import fold

Claim = TypeVar("Claim", bound=Cited)


class Ledger(msgspec.Struct, frozen=True):
    """Every row: its cells as they stand, and what reading them gave."""

    cells: list[dict[str, str]]
    readings: list[Reading]

    def claims(self, kind: type[Claim]) -> list[Claim]:
        """The statements of one table, in the order of the file."""
        return [one for reading in self.readings for one in reading.statements if isinstance(one, kind)]

    def products(self, *names: str) -> set[str]:
        """The products that answer to one of these names."""
        sought = {fold(name) for name in names}
        return {
            one.subject
            for one in self.claims(NameClaim)
            if one.subject.startswith("prod:") and fold(one.value) in sought
        }

    def milestones(self, product: str) -> list[MilestoneClaim]:
        """What happened to the programmes of one product."""
        slug = product.removeprefix("prod:")
        return [one for one in self.claims(MilestoneClaim) if one.programme.startswith(f"prog:{slug}/")]


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    """The whole starter ledger."""
    found = [raw for table in starter.bundled() for raw in starter.records(Container(Path(str(table)), table.name))]
    raws = [raw for raw in found if isinstance(raw, Raw)]
    assert raws == found
    return Ledger([msgspec.json.decode(raw.body) for raw in raws], [starter.read(raw.body) for raw in raws])


@pytest.fixture
def container(tmp_path: Path) -> Callable[[bytes], Container]:
    """A file with these bytes, as a container."""

    def make(content: bytes, name: str = "milestones.csv") -> Container:
        path = tmp_path / name
        path.write_bytes(content)
        return Container(path, name)

    return make
