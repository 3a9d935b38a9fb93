"""FDA list of orphan designations and approvals: which use of a product is protected, since when, until when.

A row is one approval under a designation (or a designation without one), and so the one public list that dates an FDA
approval by its indication: the licence tables date products. A row states the approval, where there is one, and the
designation that it stands under; a designation with five approvals stands in five rows. Its `number` is the list's own
key. Approvals of before about 2000 often lack the labelled indication; there the designated use, for which the list
calls the product approved, stands in its place.

Read is the CSV of the publisher's columns, days as ISO days or as the page shows them (04/25/2024); the two `Note:`
lines under the list are no records. The list carries no day of its own: `as_of` is the newest act in it, the day that
it cannot be older than, and what it tells is known from our own day on.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

import msgspec

from frontrunner.errors import UnreadableInput
from frontrunner.model import Approval, Designation, Raw, Reading, Source
from frontrunner.reading import table
from frontrunner.reading.containers import Container, split
from frontrunner.sources.fda_orphan.row import COLUMNS, Row, day, decode, names

SOURCE = Source(
    id="fda_orphan",
    title="Orphan drug designations and approvals",
    publisher="U.S. Food and Drug Administration",
    homepage="https://www.accessdata.fda.gov/scripts/opdlisting/oopd/",
    licence="public domain, as a work of the United States government",
    attribution="Source: U.S. Food and Drug Administration, orphan drug designations and approvals",
    authority="regulator_list",
    records=(1_000, 20_000),
    filled={"approval.decided_on": 0.99, "approval.indication": 0.9, "designation.designated_on": 0.99},
)

#: statement column -> column of the list
PLACES = {
    "names": f"{COLUMNS['trade']} | {COLUMNS['generic']}",
    "status": COLUMNS["status"],
    "applicant": COLUMNS["sponsor"],
    "sponsor": COLUMNS["sponsor"],
    "decidedOn": COLUMNS["approved_on"],
    "indication": f"{COLUMNS['indication']} | {COLUMNS['designation']}",
    "orphan": COLUMNS["status"],
    "exclusivityUntil": COLUMNS["exclusive_until"],
    "designation": COLUMNS["designation"],
    "designatedOn": COLUMNS["designated_on"],
    "number": COLUMNS["number"],
    "endedOn": COLUMNS["withdrawn_on"],
}

_HEADER = list(COLUMNS.values())
#: the rest of this heading, a note on what is shown, changes from edition to edition
_PROTECTED = COLUMNS["exclusive_for"]
#: columns with the day of an act
_ACTS = [COLUMNS[field] for field in ("designated_on", "withdrawn_on", "approved_on")]
_NOTE = "Note:"


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is the list; its name does not matter."""
    return table.header(head)[:5] == _HEADER[:5]


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The rows, each as a JSON object of its cells with the newest day of an act in the list."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    rows = table.rows(where, stream, ",")
    columns = [_column(name) for name in next(rows, (1, []))[1]]
    if columns[:5] != _HEADER[:5]:
        raise UnreadableInput(
            where, "has no header of the orphan list (Generic Name, Trade Name, Date Designated, ...)"
        )
    found = table.gathered(columns, (line for line in rows if not _is_note(line[1])))
    yield from found.records({"newest": found.newest(_ACTS, day) or ""})


def _column(name: str) -> str:
    return _PROTECTED if name.startswith(_PROTECTED) else name


def _is_note(row: list[str]) -> bool:
    """Whether this is one of the notes under the rows."""
    return row[0].startswith(_NOTE) and not any(row[1:])


def read(raw: bytes) -> Reading:
    """One approval under a designation. Raises BadRecord with the column as its place."""
    row = decode(raw)
    designation = _designation(row)
    return Reading(
        key=_key(row),
        known_on=None,
        known_basis="fetched",
        as_of=row.newest or None,
        whole=True,
        canonical=msgspec.json.encode(msgspec.structs.replace(row, newest=None)),
        statements=[_approval(row), designation] if row.approved_on else [designation],
    )


def _key(row: Row) -> str:
    """Designation, day, and a digest of the texts: one designation may bring several approvals on one day."""
    texts = f"{row.indication}\n{row.exclusive_for}".casefold().encode()
    return f"{row.number}/{row.approved_on or '-'}/{sha256(texts).hexdigest()[:8]}"


def _approval(row: Row) -> Approval:
    return Approval(
        jurisdiction="US",
        names=names(row),
        status="approved",
        applicant=row.sponsor,
        decided_on=row.approved_on,
        indication=row.indication or row.designation,
        indication_dated=True,
        orphan=True,
        exclusivity_until=row.exclusive_until or None,
    )


def _designation(row: Row) -> Designation:
    withdrawn = "Designation Withdrawn or Revoked" in row.status
    return Designation(
        jurisdiction="US",
        designation="orphan_designation",
        names=names(row),
        designated_on=row.designated_on,
        sponsor=row.sponsor,
        indication=row.designation,
        number=row.number,
        status="withdrawn" if withdrawn else None,
        ended_on=row.withdrawn_on or None,
    )
