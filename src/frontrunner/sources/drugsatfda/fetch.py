"""Drugs@FDA as openFDA offers it whole (https://open.fda.gov/apis/downloads/): an index, and the parts that it lists.

The parts keep their names from export to export, so only those that changed are sent again.
"""

from datetime import date
from urllib.parse import urlsplit

import msgspec

from frontrunner.errors import BadAnswer
from frontrunner.model import Ask, Feed, Steps, Tally
from frontrunner.reading.paging import typed

_INDEX = "https://api.fda.gov/download.json"


class _Part(msgspec.Struct):
    file: str
    records: int


class _Set(msgspec.Struct):
    total_records: int
    partitions: list[_Part]


class _Drug(msgspec.Struct):
    drugsfda: _Set


class _Results(msgspec.Struct):
    drug: _Drug


class _Index(msgspec.Struct):
    results: _Results


_index = msgspec.json.Decoder(_Index)


def _steps(since: date | None) -> Steps:
    """The index, then its parts."""
    index = yield Ask(url=_INDEX, types=("application/json",))
    found = typed(_index, index).results.drug.drugsfda
    listed = sum(part.records for part in found.partitions)
    if listed != found.total_records:
        raise BadAnswer(index.url, f"its parts have {listed} records, it says that there are {found.total_records}")
    for part in found.partitions:
        yield Ask(
            url=part.file,
            types=("application/zip", "application/octet-stream", "application/x-zip-compressed"),
            name=urlsplit(part.file).path.rpartition("/")[2],
            conditional=True,
        )
    return Tally(found.total_records)


FEED = Feed(
    hosts=("api.fda.gov", "download.open.fda.gov"),
    terms="https://open.fda.gov/terms/",
    steps=_steps,
    whole=True,
    pause=2.0,
)
