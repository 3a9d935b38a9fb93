"""One application of Drugs@FDA, whichever form it was read from, and the approvals that it states."""

import re

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.model import Approval, Called

#: new drugs, biologics, and generics, of which nothing is stated here
_NUMBER = re.compile(r"(NDA|BLA|ANDA)(\d{6})", re.ASCII)
_GENERIC = "ANDA"
#: approved, tentatively approved (a patent still stands in the way)
_STATUSES = ("AP", "TA")
#: description -> whether the product is on the market
MARKETING = {
    "Prescription": True,
    "Over-the-counter": True,
    "For Further Manufacturing Use": True,
    "Discontinued": False,
    "None (Tentative Approval)": False,
}


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """An original application or a supplement; `decided_on` is an ISO day, `status` empty for the oldest."""

    type: str
    number: str
    status: str
    decided_on: str | None
    orphan: bool = False


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """`number` with its kind (`BLA125786`); `marketing` has one status a product; null where a table is not there."""

    number: str
    sponsor: str | None
    brands: list[str]
    ingredients: list[str]
    submissions: list[Submission] | None
    marketing: list[str] | None


def approvals(application: Application, place: str) -> list[Approval]:
    """The first original submission that was approved, with its day.

    Raises BadRecord at `place` for a number or a status that is not known.
    """
    kind, number = numbered(application.number, place)
    names = _names(application)
    if kind == _GENERIC or not names or not application.submissions:
        return []
    for one in application.submissions:
        if one.status and one.status not in _STATUSES:
            raise BadRecord(place, f"{one.status!r} is no status of a submission known here ({', '.join(_STATUSES)})")
    approved = [one for one in application.submissions if one.type == "ORIG" and one.status == "AP"]
    if not approved:
        return []
    first = min(approved, key=lambda one: (one.decided_on or "9999", one.number))
    return [
        Approval(
            jurisdiction="US",
            names=names,
            status="approved",
            number=number,
            applicant=application.sponsor,
            decided_on=first.decided_on,
            marketed=_marketed(application.marketing, place),
            orphan=first.orphan or None,
        )
    ]


def numbered(number: str, place: str) -> tuple[str, str]:
    """`BLA125786` as its kind and its six digits. Raises BadRecord at `place`."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise BadRecord(place, f"{number!r} is no number of an application such as BLA125786")
    return match[1], match[2]


def _names(application: Application) -> list[Called]:
    """The brands, and the substance where there is one; several substances make one name, as the table has it."""
    brands = [Called(name, "brand") for name in dict.fromkeys(application.brands) if name]
    substances = list(dict.fromkeys(name for name in application.ingredients if name))
    kind = "inn" if len(substances) == 1 and ";" not in substances[0] else "variant"
    return [*brands, *(Called(name, kind) for name in substances[:1])] if len(substances) == 1 else brands


def _marketed(statuses: list[str] | None, place: str) -> bool | None:
    """Whether any product is on the market; null where none has a status."""
    for status in statuses or ():
        if status not in MARKETING:
            raise BadRecord(place, f"{status!r} is no marketing status known here ({', '.join(MARKETING)})")
    return any(MARKETING[status] for status in statuses) if statuses else None
