"""FDA complete response letters: the regulator will not approve an application in its present form, and says why.

Read are transcriptions in Markdown, alone or in a zip. What the transcriber put before a letter (a front matter, a list
of "Critical Data") is another's work and not read, so that a letter's day is known only where the letter itself bears
it: most do not, and then the day of the submission that it refers to is all there is. A file without the letter, or one
that names no application or no decision, is refused.

A record is not the file but `passages.Passages`: the few passages that say something, in the letter's words. Letters
name reviewers, applicants' staff and telephone numbers; none of that is kept. `topics` are the kinds of deficiency that
the headings and set phrases of a letter show; labelling and updates of safety data are asked for in nearly every letter
and are none. One file may hold several letters about one application: they are read as one.

A letter is sent to the applicant alone and was not public on its day: it is known from our own day on.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Letter, Raw, Reading, Source
from frontrunner.reading.containers import Container, Member, whole
from frontrunner.reading.dates import full_date, long_date
from frontrunner.sources.fda_letters import topics
from frontrunner.sources.fda_letters.passages import Passages, kept
from frontrunner.sources.fda_letters.product import names

SOURCE = Source(
    id="fda_letters",
    title="Complete response letters",
    publisher="U.S. Food and Drug Administration",
    homepage="https://open.fda.gov/crltable/",
    licence="public domain, as a work of the United States government; read from others' transcriptions",
    attribution="Source: U.S. Food and Drug Administration, complete response letters",
    authority="regulator_decision",
    records=(150, 5_000),
    filled={"letter.applicant": 0.6},
)

#: statement column -> place in the record
PLACES = {
    "names": "submission",
    "applicant": "addressee",
    "number": "application",
    "sentOn": "dated",
    "submittedOn": "submission",
    "receivedOn": "submission",
    "topics": "parts[].heading | parts[].text",
}

_NAME = re.compile(r"\.md\Z", re.IGNORECASE)
_FENCE = re.compile(r"\A\s*(?:```\w*\s*)?---\s")
_INDEX = re.compile(r'\s*\[\s*\{\s*"file": "[^"]*(?:NDA|BLA)[ _]\d[^"]*\.md"')
_APPLICATION = re.compile(r"\b(?:NDA|BLA)\b|\d{6}Orig\d|critical data", re.IGNORECASE)
_RESPONSE = re.compile(r"complete[ _]response|other action letter|critical data", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{2})-(\d{3})|(\d{5,6})")
_DAY = r"(?:on )?([A-Z][a-z]+ \d{1,2}, \d{4})"
_SUBMITTED = re.compile(rf"\bdated (?:and received )?{_DAY}")
_RECEIVED = re.compile(rf"\breceived {_DAY}")

_passages = msgspec.json.Decoder(Passages)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is a transcription, or a list of them: such a list may stand for all in a zip."""
    text = head.decode("utf-8", "replace")
    if _INDEX.match(text):
        return name.lower().endswith(".zip")
    return bool(_FENCE.match(text) and _APPLICATION.search(text) and _RESPONSE.search(text))


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The letters; in a zip the members that are Markdown, for others an UnreadableInput."""
    for member in container.members():
        if isinstance(member, UnreadableInput):
            yield member
        elif member.name and not _NAME.search(member.name):
            yield UnreadableInput(f"{container.name}!{member.name}", "is no transcription of a letter (.md)")
        else:
            yield from _of_member(container.name, member)


def _of_member(container: str, member: Member) -> Iterator[Raw | UnreadableInput]:
    where = f"{container}!{member.name}" if member.name else container
    try:
        with member.open() as stream:
            yield Raw(member.name or "whole file", _record(where, member.name or container, stream))
    except UnreadableInput as error:
        if not member.name:
            raise
        yield error


def _record(where: str, name: str, stream: BinaryIO) -> bytes:
    try:
        text = whole(where, stream).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(where, f"is not UTF-8 ({error.reason})") from error
    return msgspec.json.encode(kept(name, text))


def read(raw: bytes) -> Reading:
    """One letter. Raises BadRecord with the passage that is wrong or missing."""
    try:
        found = _passages.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord("the record", f"is no record of a letter ({error})") from error
    if not (found.application or found.decision or found.parts):
        raise BadRecord("the record", "holds nothing of the letter itself")
    if found.application is None:
        raise BadRecord("application", "the letter names no application")
    if found.decision is None:
        raise BadRecord("decision", "the letter does not say that the application cannot be approved")
    number = _number(found.application)
    submission = found.submission or ""
    return Reading(
        key=f"{number}/{found.transcript}",
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=msgspec.json.encode(found),
        statements=[
            Letter(
                jurisdiction="US",
                names=names(submission),
                applicant=found.addressee,
                number=number,
                sent_on=_sent_on(found.dated),
                submitted_on=_day(_SUBMITTED, submission),
                received_on=_day(_RECEIVED, submission),
                topics=_topics(found),
            )
        ],
    )


def _number(application: str) -> str:
    """The six digits of an application; older ones are written `22-075`."""
    match = _DIGITS.search(application)
    if match is None:
        raise BadRecord("application", f"{application!r} has no number")
    return (match[3] or f"{match[1]}{match[2]}").zfill(6)


def _sent_on(dated: list[str]) -> str | None:
    """The day of the letter; null when it bears none, or several (then the file holds several letters)."""
    days = {_iso(text) for text in dated}
    return days.pop() if len(days) == 1 else None


def _iso(text: str) -> str:
    if "/" in text:
        month, day, year = text.split("/")
        return full_date(f"{year}-{month}-{day}", "dated")
    return full_date(long_date(text, "dated"), "dated")


def _day(pattern: re.Pattern[str], submission: str) -> str | None:
    match = pattern.search(submission)
    return full_date(long_date(match[1], "submission"), "submission") if match else None


def _topics(found: Passages) -> list[str]:
    shown = {
        id for part in found.parts for id in topics.of_heading(part.heading or "") | topics.of_text(part.text or "")
    }
    return topics.in_order(shown)
