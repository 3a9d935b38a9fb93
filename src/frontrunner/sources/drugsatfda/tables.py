"""Drugs@FDA as FDA publishes it for databases: an archive of tables, their fields separated by tabs.

https://www.fda.gov/drugs/drug-approvals-and-databases/drugsfda-data-files describes them. A record is one application:
its row, and its rows in the tables of products, submissions, properties of submissions and marketing. An archive
without the products or the submissions is read as it is; it states no approval then, and its records are partial.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading
from frontrunner.reading import json
from frontrunner.reading.containers import Container, Member
from frontrunner.reading.dates import full_date
from frontrunner.sources.drugsatfda.application import Application, Submission, approvals

MEDIA_TYPE = "application/vnd.drugsatfda+json"

#: statement column -> table and column
PLACES = {
    "names": "Products[].DrugName | Products[].ActiveIngredient",
    "status": "Submissions[].SubmissionStatus",
    "number": "Applications[].ApplNo",
    "applicant": "Applications[].SponsorName",
    "decidedOn": "Submissions[].SubmissionStatusDate",
    "marketed": "MarketingStatus[].MarketingStatusID",
    "orphan": "SubmissionPropertyType[].SubmissionPropertyTypeCode",
}

APPLICATIONS = "Applications"
#: table -> the columns that are read of it
_COLUMNS = {
    APPLICATIONS: ("ApplNo", "ApplType", "SponsorName"),
    "Products": ("ApplNo", "ProductNo", "DrugName", "ActiveIngredient"),
    "Submissions": ("ApplNo", "SubmissionType", "SubmissionNo", "SubmissionStatus", "SubmissionStatusDate"),
    "SubmissionPropertyType": ("ApplNo", "SubmissionType", "SubmissionNo", "SubmissionPropertyTypeCode"),
    "MarketingStatus": ("ApplNo", "ProductNo", "MarketingStatusID"),
}
_LOOKUP = "MarketingStatus_Lookup"
Row = dict[str, str]


def recognise(head: bytes) -> bool:
    """Whether a table that begins so is one of the archive; the first may be any of them."""
    columns = head.partition(b"\n")[0].rstrip(b"\r").split(b"\t")
    return columns[0] in (b"ActionTypes_LookupID", b"ApplicationDocsID") or columns[:2] == [b"ApplNo", b"ApplType"]


def is_archive(container: Container) -> bool:
    """Whether it is, or is a part of, an archive of the tables."""
    return container.is_zip() and any(_name(member) in (*_COLUMNS, _LOOKUP) for member in container.members())


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The applications. Of an archive in parts, the part with the table of applications gives all of them."""
    if not any(_name(member) == APPLICATIONS for member in container.members()):
        return
    tables: dict[str, dict[str, list[Row]]] = {}
    for member in msgspec.structs.replace(container, span=None).members():
        if isinstance(member, UnreadableInput):
            yield member
        elif _name(member) in (*_COLUMNS, _LOOKUP):
            yield from _gather(container.name, member, tables.setdefault(_name(member), defaultdict(list)))
    for number, rows in tables.pop(APPLICATIONS).items():
        beside = {name: found.get(number, []) for name, found in tables.items() if name != _LOOKUP}
        lookup = {_LOOKUP: [row for found in tables.get(_LOOKUP, {}).values() for row in found]}
        yield Raw(f"ApplNo {number}", msgspec.json.encode({APPLICATIONS: rows} | beside | lookup))


def _name(member: Member | UnreadableInput) -> str:
    named = member.where if isinstance(member, UnreadableInput) else member.name
    return named.replace("\\", "/").rpartition("/")[2].removesuffix(".txt")


def _gather(archive: str, member: Member, found: dict[str, list[Row]]) -> Iterator[UnreadableInput]:
    """The rows of one table by their application, only the columns that are read; those that do not fit come out."""
    wanted = _COLUMNS.get(_name(member))
    with member.open() as stream:
        columns = stream.readline().decode("utf-8", "replace").rstrip("\r\n").split("\t")
        missing = [column for column in wanted or () if column not in columns]
        if missing:
            yield UnreadableInput(f"{archive}!{member.name}", f"has no column {', '.join(missing)}")
            return
        for number, line in enumerate(stream, 2):
            try:
                cells = line.decode("utf-8").rstrip("\r\n").split("\t")
            except UnicodeDecodeError as error:
                yield UnreadableInput(f"{archive}!{member.name}, line {number}", f"is not UTF-8 ({error.reason})")
                continue
            if len(cells) != len(columns):
                why = f"has {len(cells)} fields under {len(columns)} columns"
                yield UnreadableInput(f"{archive}!{member.name}, line {number}", why)
                continue
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
            found[row[columns[0]] if wanted is None else row["ApplNo"]].append(
                row if wanted is None else {column: row[column] for column in wanted}
            )


def is_record(obj: dict[str, object]) -> bool:
    """Whether this is an application put together from the tables."""
    return APPLICATIONS in obj


def read(obj: dict[str, object]) -> Reading:
    """One application. Raises BadRecord with the table and column of what is wrong."""
    tables = cast(dict[str, list[Row]], obj)
    rows = tables[APPLICATIONS]
    if len(rows) != 1:
        raise BadRecord(PLACES["number"], f"{rows[0]['ApplNo']} stands there {len(rows)} times")
    application = _application(rows[0], tables)
    return Reading(
        key=application.number,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole="Products" in tables and "Submissions" in tables,
        canonical=json.canonical({name: rows for name, rows in obj.items() if name != _LOOKUP}),
        statements=[*approvals(application, PLACES["number"])],
        media_type=MEDIA_TYPE,
    )


def _application(row: Row, tables: dict[str, list[Row]]) -> Application:
    orphan = {
        (one["SubmissionType"], one["SubmissionNo"])
        for one in tables.get("SubmissionPropertyType", [])
        if one["SubmissionPropertyTypeCode"] == "Orphan"
    }
    words = {one["MarketingStatusID"]: one["MarketingStatusDescription"] for one in tables.get(_LOOKUP, [])}
    products = tables.get("Products", [])
    return Application(
        number=row["ApplType"] + row["ApplNo"],
        sponsor=row["SponsorName"] or None,
        brands=[one["DrugName"] for one in products],
        ingredients=[one["ActiveIngredient"] for one in products],
        submissions=_submissions(tables, orphan),
        marketing=[words.get(one["MarketingStatusID"], "") for one in tables.get("MarketingStatus", [])] or None,
    )


def _submissions(tables: dict[str, list[Row]], orphan: set[tuple[str, str]]) -> list[Submission] | None:
    if "Submissions" not in tables:
        return None
    return [
        Submission(
            type=one["SubmissionType"],
            number=one["SubmissionNo"],
            status=one["SubmissionStatus"],
            decided_on=_day(one["SubmissionStatusDate"]),
            orphan=(one["SubmissionType"], one["SubmissionNo"]) in orphan,
        )
        for one in tables["Submissions"]
    ]


def _day(text: str) -> str | None:
    """`2022-11-22 00:00:00` as its day."""
    day, _, time = text.partition(" ")
    if time.strip("0:."):
        raise BadRecord(PLACES["decidedOn"], f"{text!r} is not a day")
    return full_date(day, PLACES["decidedOn"]) if day else None
