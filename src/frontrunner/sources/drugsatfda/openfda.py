"""Drugs@FDA as openFDA publishes it: `{"meta": ..., "results": [...]}`, one application a result.

https://open.fda.gov/apis/drug/drugsfda/ describes the fields. Days are written 20221122. `openfda`, which is looked up
in other sets and changes when those do, and the addresses of letters and labels are no part of the record's identity.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading
from frontrunner.reading import json
from frontrunner.reading.dates import full_date
from frontrunner.sources.drugsatfda.application import Application, Submission, approvals

MEDIA_TYPE = "application/json"

#: statement column -> place in the record
PLACES = {
    "names": "products[].brand_name | products[].active_ingredients[].name",
    "status": "submissions[].submission_status",
    "number": "application_number",
    "applicant": "sponsor_name",
    "decidedOn": "submissions[].submission_status_date",
    "marketed": "products[].marketing_status",
    "orphan": "submissions[].submission_property_type[].code",
}
VOLATILE = (("openfda",), ("submissions", "*", "application_docs"))

#: bytes of a file: the whole set has about 150 MB
_FILE_BYTES = 1 << 30
_START = re.compile(rb'\s*\{\s*"meta"\s*:\s*\{')
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)


class _Meta(msgspec.Struct):
    last_updated: str


class _File(msgspec.Struct):
    meta: _Meta
    results: list[msgspec.Raw]


class _Ingredient(msgspec.Struct):
    name: str = ""


class _Product(msgspec.Struct):
    brand_name: str = ""
    active_ingredients: list[_Ingredient] = []
    marketing_status: str | None = None


class _Property(msgspec.Struct):
    code: str = ""


class _Submission(msgspec.Struct):
    submission_type: str
    submission_number: str
    submission_status: str = ""
    submission_status_date: str | None = None
    submission_property_type: list[_Property] = []


class _Application(msgspec.Struct):
    application_number: str
    sponsor_name: str | None = None
    products: list[_Product] = []
    submissions: list[_Submission] = []


_file = msgspec.json.Decoder(_File)


def recognise(head: bytes) -> bool:
    """Whether a file that begins so is of this set."""
    return bool(_START.match(head)) and b"open.fda.gov" in head and b'"submissions"' in head


def cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    """The results, each with the day on which the set was last updated. Raises UnreadableInput."""
    body = stream.read(_FILE_BYTES + 1)
    if len(body) > _FILE_BYTES:
        raise UnreadableInput(where, f"has over {_FILE_BYTES >> 20} MiB")
    try:
        file = _file.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableInput(where, f"is no file of openFDA ({error})") from error
    for number, raw in enumerate(file.results):
        yield Raw(f"results[{number}]", bytes(raw), file.meta.last_updated)


def read(obj: dict[str, object]) -> Reading:
    """One application; `obj` is changed. Raises BadRecord with the place of what is wrong."""
    try:
        found = msgspec.convert(obj, _Application)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        raise BadRecord(where.rstrip("`") or "the record", what) from error
    return Reading(
        key=found.application_number,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=json.canonical(obj, VOLATILE),
        statements=[*approvals(_application(found), "application_number")],
        media_type=MEDIA_TYPE,
    )


def _application(found: _Application) -> Application:
    return Application(
        number=found.application_number,
        sponsor=found.sponsor_name,
        brands=[product.brand_name.strip() for product in found.products],
        ingredients=["; ".join(one.name for one in product.active_ingredients) for product in found.products],
        submissions=[
            Submission(
                type=one.submission_type,
                number=one.submission_number,
                status=one.submission_status,
                decided_on=_day(one.submission_status_date, f"submissions[{at}].submission_status_date"),
                orphan=any(part.code == "Orphan" for part in one.submission_property_type),
            )
            for at, one in enumerate(found.submissions)
        ],
        marketing=[product.marketing_status for product in found.products if product.marketing_status],
    )


def _day(text: str | None, place: str) -> str | None:
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise BadRecord(place, f"{text!r} is not a day such as 20221122")
    return full_date("-".join(match.groups()), place)
