"""Registration and information platform for drug clinical trials of China's CDE: its list, in Chinese, without header.

A row has seven cells: its number in the page, the CTR number, status, drug, indication, title, and the address part of
the page. It has no date, no phase and no sponsor: it proves that the trial exists, and its status, from the day on
which the list was fetched (`--known-on`). A row with more cells has a tab inside a text, and which one cannot be told:
it is refused. The number in the page and the address are no content.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Intervention, Raw, Reading, Source, Trial
from frontrunner.reading import cells, table
from frontrunner.reading.containers import RECORD_BYTES, Container, split
from frontrunner.reading.registry import untold, values

SOURCE = Source(
    id="cde_china",
    title="Registration and information platform for drug clinical trials (China)",
    publisher="Center for Drug Evaluation, National Medical Products Administration",
    homepage="http://www.chinadrugtrials.org.cn",
    licence="free to read; no licence for re-use is stated",
    attribution="Source: Center for Drug Evaluation, NMPA (药物临床试验登记与信息公示平台)",
    authority="registry",
    records=(20_000, 150_000),
    filled={"trial_version.brief_title": 0.99, "trial_version.overall_status": 0.99},
    languages=("zh",),
)

#: field -> its name in the kept row; the list has no header
COLUMNS = {
    "number": "number",
    "trial": "registration",
    "status": "status",
    "drug": "drug",
    "indication": "indication",
    "title": "title",
    "page": "page",
}
#: column -> place in the row
PLACES = {
    "trialId": "registration",
    "briefTitle": "title",
    "overallStatus": "status",
    "conditions": "indication",
    "interventions": "drug",
}

_VALUES = values(__name__)
_BOM = b"\xef\xbb\xbf"
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\d+\tCTR\d{8}\t")
_ID = re.compile(r"CTR\d{8}", re.ASCII)


class _Row(msgspec.Struct, forbid_unknown_fields=True, rename=COLUMNS):
    number: str
    trial: str
    status: str
    drug: str
    indication: str
    title: str
    page: str


_row = msgspec.json.Decoder(_Row)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the list; its name does not matter."""
    return _FIRST.match(head) is not None


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows, each as a JSON object of its cells."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    """The lines: a quotation mark is a character like any other, so this is no CSV."""
    columns = list(COLUMNS.values())
    for number, line in enumerate(iter(lambda: stream.readline(RECORD_BYTES), b""), start=1):
        if line.strip():
            row = line.removeprefix(_BOM).decode("utf-8", "surrogateescape").rstrip("\r\n").split("\t")
            yield Raw(f"line {number}", table.as_object(columns, row))


def read(raw: bytes) -> Reading:
    """One row. Raises BadRecord with the cell that is wrong."""
    row = cells.tidy(cells.strict(_row, raw, "the CDE's list"), COLUMNS)
    if not _ID.fullmatch(row.trial):
        raise BadRecord(PLACES["trialId"], f"{row.trial!r} is not a number such as CTR20212816")
    trial = Trial(
        trial_id=row.trial,
        brief_title=row.title or None,
        overall_status=_VALUES.find("overallStatus", row.status, PLACES["overallStatus"]),
        conditions=[row.indication] if row.indication else [],
        interventions=[Intervention(row.drug)] if row.drug else [],
        not_read=untold(PLACES),
    )
    return Reading(
        key=row.trial,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=msgspec.json.encode(msgspec.structs.replace(row, number="", page="")),
        statements=[trial],
    )
