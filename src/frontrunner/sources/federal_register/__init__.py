"""Federal Register: FDA's notices that name one product, on priority review vouchers and on review periods.

Read is what the API gives (https://www.federalregister.gov/developers/documentation/api/v1), a page or one document,
and lines of the same under shorter names; of a document its number, day, title and abstract. Three kinds of notice say
something here, all others are kept and say nothing:

| notice | says |
|---|---|
| Issuance of Priority Review Voucher | a voucher went to the product, not on which day; often the day of its approval |
| Notice of Approval of Product Under Voucher | when the product, or a supplement to it, was approved |
| Determination of Regulatory Review Period | a medicine of that name had been approved; the days are in the full text |

A notice is evidence of its own day (`posted`) for an approval that may be months older. Corrections say nothing here.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Approval, Called, Designation, Raw, Reading, Source, Statement
from frontrunner.reading import json
from frontrunner.reading.containers import Container, peek, split
from frontrunner.reading.dates import full_date, long_date

SOURCE = Source(
    id="federal_register",
    title="Federal Register, notices of the FDA",
    publisher="Office of the Federal Register, National Archives and Records Administration",
    homepage="https://www.federalregister.gov",
    licence="public domain, as a work of the United States government",
    attribution="Source: Federal Register, notices of the U.S. Food and Drug Administration",
    authority="regulator_list",
    records=(500, 20_000),
    record_url="https://www.federalregister.gov/d/{key}",
)

MEDIA_TYPE, _SHORT_MEDIA_TYPE = "application/json", "application/vnd.federal-register.lines+json"
#: statement column -> place in a document of the API
PLACES = {
    "names": "abstract",
    "status": "title",
    "decidedOn": "abstract",
    "applicant": "abstract",
    "sponsor": "abstract",
    "designation": "title",
    "supplement": "abstract",
}
#: field of a document -> its name in lines
_SHORT = {"document_number": "fr_doc", "publication_date": "published", "abstract": "summary"}
FORMS = {
    MEDIA_TYPE: PLACES,
    _SHORT_MEDIA_TYPE: {column: _SHORT.get(place, place) for column, place in PLACES.items()},
}

_PAGE = re.compile(rb'\s*\{\s*"count"\s*:\s*\d+')
_VOUCHER = re.compile(r"Issuance of Priority Review Voucher[;:]")
_UNDER_VOUCHER = re.compile(r"Notice of Approval of Product Under Voucher[;:]")
_REVIEW_PERIOD = re.compile(r"Determination of Regulatory Review Period for Purposes of Patent Extension[;:]\s*(.+)")
_MEDICINE = re.compile(r"human (?:drug|biological) product\.?\s*\Z")
_CORRECTION = re.compile(r"correct(?:s|ing|ion)\b", re.IGNORECASE)
#: `DETERMINED that [the supplemental application for] BRAND (substance) ..., approved on May 23, 2022, ...`
_PRODUCT = re.compile(
    r"FDA has determined that (?P<supplement>the (?:supplemental )?application (?:\([^)]*\) )?for )?"
    r"(?P<brand>[^(),]+?) \((?P<inn>[^()]+)\)"
)
_APPROVED = re.compile(r"\bapproved (?:on )?([A-Z][a-z]+ \d{1,2}, \d{4})")
_MAKER = re.compile(
    r"(?:manufactured by|has been issued to) (?P<maker>.+?),? (?:meets|the holder|for which)|"
    r"has been issued to (?P<other>.+?)\.\s*\Z"
)


class _Document(msgspec.Struct):
    document_number: str
    publication_date: str
    title: str
    abstract: str | None = None


class _Page(msgspec.Struct):
    results: list[msgspec.Raw] = []


_page = msgspec.json.Decoder(_Page)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so holds documents of the Federal Register; its name does not matter."""
    number = b'"document_number"' in head or b'"fr_doc"' in head
    return number and b"federalregister.gov/" in head and json.is_likely(head)


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The documents of a page, or of lines."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw | UnreadableInput]:
    if not _PAGE.match(peek(stream)):
        return json.cut(where, stream)
    try:
        found = _page.decode(stream.read()).results
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnreadableInput(where, f"is no page of the Federal Register ({error})") from error
    return (Raw(f"results[{at}]", bytes(raw)) for at, raw in enumerate(found))


def read(raw: bytes) -> Reading:
    """One notice. Raises BadRecord with the place of what is wrong."""
    obj = json.parse(raw)
    short = "document_number" not in obj
    told = {field: obj.get(_SHORT[field]) for field in _SHORT} | {"title": obj.get("title")} if short else obj
    try:
        notice = msgspec.convert(told, _Document)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        raise BadRecord(where.rstrip("`") or "the record", what) from error
    return Reading(
        key=notice.document_number,
        known_on=full_date(notice.publication_date, _SHORT["publication_date"] if short else "publication_date"),
        known_basis="posted",
        as_of=None,
        whole=True,
        canonical=json.canonical(obj),
        statements=_said(notice, _SHORT["abstract"] if short else "abstract"),
        media_type=_SHORT_MEDIA_TYPE if short else MEDIA_TYPE,
    )


def _said(notice: _Document, place: str) -> list[Statement]:
    title, abstract = " ".join(notice.title.split()), " ".join((notice.abstract or "").split())
    if _CORRECTION.search(title):
        return []
    if _VOUCHER.match(title) or _UNDER_VOUCHER.match(title):
        return _of_voucher(abstract, place, issued=bool(_VOUCHER.match(title)))
    review = _REVIEW_PERIOD.match(title)
    if review and _MEDICINE.search(abstract) and not _CORRECTION.search(abstract):
        return [Approval(jurisdiction="US", names=[Called(review[1].strip(), "brand")], status="approved")]
    return []


def _of_voucher(abstract: str, place: str, *, issued: bool) -> list[Statement]:
    """Raises BadRecord for a notice of vouchers whose product is not found: its wording is new."""
    product = _PRODUCT.search(abstract)
    if product is None:
        raise BadRecord(place, "names no product as notices of vouchers do (FDA has determined that BRAND (substance))")
    names = [Called(product["brand"].strip(), "brand"), *_substance(product["inn"])]
    maker = _MAKER.search(abstract)
    sponsor = (maker["maker"] or maker["other"]).strip() if maker else None
    approved = _APPROVED.search(abstract, product.end())
    found: list[Statement] = []
    if issued:
        found.append(
            Designation(
                jurisdiction="US",
                designation="priority_voucher",
                names=names,
                designated_on=None,
                sponsor=sponsor,
            )
        )
    if approved:
        found.append(
            Approval(
                jurisdiction="US",
                names=names,
                status="approved",
                applicant=sponsor,
                decided_on=long_date(approved[1], place),
                supplement="supplemental" in (product["supplement"] or ""),
            )
        )
    return found


def _substance(text: str) -> list[Called]:
    """`faricimab- svoa` as faricimab-svoa; several substances together are no name of one."""
    name = re.sub(r"-\s+", "-", text.strip())
    several = " and " in name or "," in name
    return [Called(name, "variant" if several else "inn")]
