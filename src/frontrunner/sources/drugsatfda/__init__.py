"""Drugs@FDA: the applications that FDA's center for drugs has approved, with the day of each submission.

| form | module | records |
|---|---|---|
| openFDA: files for download and pages of its API | `openfda` | whole |
| the archive of tables for databases | `tables` | whole; partial without its products or submissions |

Both are of one database, so their records are versions of one application. Gene and cell therapies are licensed by the
other center and are in the Purple Book, not here. Stated is the first original submission that was approved; neither
form says for which use. Later ones (`ORIG-2`, another use), supplements, tentative approvals and generics (ANDA) are
kept and say nothing here. Neither form says when a row was put up: what it tells is known from our own day on. No real
file of the submissions was at hand: that table is read as it is described.
"""

from collections.abc import Iterator

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Source
from frontrunner.reading import json
from frontrunner.reading.containers import Container, split
from frontrunner.sources.drugsatfda import openfda, tables

SOURCE = Source(
    id="drugsatfda",
    title="Drugs@FDA",
    publisher="U.S. Food and Drug Administration",
    homepage="https://www.accessdata.fda.gov/scripts/cder/daf/",
    licence="public domain (CC0), as a work of the United States government: https://open.fda.gov/license/",
    attribution="Source: U.S. Food and Drug Administration, Drugs@FDA",
    authority="regulator_table",
    records=(20_000, 60_000),
    filled={"approval.applicant": 0.95, "approval.decided_on": 0.95},
    sample="the publisher's documentation; of the tables, real applications and marketing statuses",
)

PLACES: dict[str, str] = openfda.PLACES
#: media type of a document -> statement column -> place in it
FORMS: dict[str, dict[str, str]] = {form.MEDIA_TYPE: form.PLACES for form in (openfda, tables)}


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is of either form; its name does not matter."""
    return openfda.recognise(head) or tables.recognise(head)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The applications of a container of either form."""
    if tables.is_archive(container):
        yield from tables.records(container)
    else:
        yield from split(container, openfda.cut)


def read(raw: bytes) -> Reading:
    """One application, in either form. Raises BadRecord with the place of what is wrong."""
    obj = json.parse(raw)
    if tables.is_record(obj):
        return tables.read(obj)
    if "application_number" in obj:
        return openfda.read(obj)
    raise BadRecord("application_number", "is missing: this is no application of Drugs@FDA")
