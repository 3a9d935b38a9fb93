"""ClinicalTrials.gov, in every form that it has published its studies in.

| form | module | records |
|---|---|---|
| v2 JSON: one study, a page of the API, JSON Lines, a zip | `v2` | whole; light ones and transcriptions partial |
| XML of until 2024, one study a file, alone or zipped | `legacy` | whole |
| the tables of AACT, a zip | `aact` | whole |
| CSV and TSV downloads in both layouts, lines of states, both also as Parquet | `rows` | partial |

All have the NCT number as their key, so that they are versions of one record. What the forms say alike they say in
the words of v2 in the typed row; each has its own places, by the media type of its documents (`FORMS`).
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Source
from frontrunner.reading import json, table
from frontrunner.reading.containers import PARQUET, Container, peek, split
from frontrunner.sources.ctgov import aact, legacy, rows, v2

SOURCE = Source(
    id="ctgov",
    title="ClinicalTrials.gov",
    publisher="National Library of Medicine, U.S. National Institutes of Health",
    homepage="https://clinicaltrials.gov",
    licence="free of charge for everybody, under https://clinicaltrials.gov/about-site/terms-conditions: attribute it, "
    "keep it current, show the day of the data, state modifications, assert no rights to it; parts may be under the "
    "copyright of third parties",
    attribution="Source: ClinicalTrials.gov (National Library of Medicine)",
    authority="registry",
    records=(500_000, 1_000_000),
    filled={
        "trial_version.brief_title": 0.99,
        "trial_version.overall_status": 0.99,
        "trial_version.lead_sponsor_name": 0.99,
        "trial_version.start_date": 0.85,
        "trial_version.study_first_post_date": 0.95,
    },
)

#: column -> place in a record of the main form
PLACES: dict[str, str] = v2.PLACES
#: media type of a document -> column -> place in it
FORMS: dict[str, dict[str, str]] = {form.MEDIA_TYPE: form.PLACES for form in (v2, legacy, rows, aact)}

_STUDY = re.compile(rb'\s*+\{\s*+"protocolSection"')
#: sections of a study, of which at least one stands near the beginning of any file of them
_SECTIONS = (b'"protocolSection"', b'"derivedSection"', b'"resultsSection"')
#: the page after the last one
_LAST_PAGE = re.compile(rb'\s*\{\s*"studies"\s*:\s*\[\s*\]')


class _Wrapper(msgspec.Struct):
    """A line of a collection of versions: the record as it was found, and the day of the data it was found in."""

    record: msgspec.Raw
    version_holder: str | None = None


_wrapper = msgspec.json.Decoder(_Wrapper)


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so holds studies; its name does not matter."""
    if head.startswith(PARQUET):
        return rows.recognise(head.decode("utf-8", "replace").split("\n"))
    columns = table.header(head)
    known = rows.recognise(columns) or aact.recognise(columns, table.delimiter_of(head))
    return known or legacy.recognise(head) or _is_json(head)


def _is_json(head: bytes) -> bool:
    if any(section in head for section in _SECTIONS) or _LAST_PAGE.match(head):
        return True
    return b'"nct_id"' in head and b'"overall_status"' in head


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The studies of a container of any form; a zip may mix them. A wrapper around a study is taken off."""
    if container.is_parquet():
        from frontrunner.reading import parquet

        yield from parquet.records(container)
    elif aact.is_part(container):
        yield from aact.records(container)
    else:
        yield from split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw | UnreadableInput]:
    head = peek(stream)
    if json.is_likely(head) or _is_json(head):
        return map(_unwrapped, json.cut(where, stream))
    if legacy.recognise(head):
        return legacy.cut(where, stream)
    if rows.recognise(table.header(head)):
        return table.cut(where, stream, table.delimiter_of(head))
    raise UnreadableInput(where, "is of no form that ClinicalTrials.gov publishes studies in")


def _unwrapped(item: Raw | UnreadableInput) -> Raw | UnreadableInput:
    if isinstance(item, UnreadableInput) or _STUDY.match(item.body) or b'"record"' not in item.body:
        return item
    try:
        wrapper = _wrapper.decode(item.body)
    except (msgspec.DecodeError, RecursionError):
        return item
    return Raw(item.place, bytes(wrapper.record), wrapper.version_holder)


def read(raw: bytes) -> Reading:
    """What one study says, in any form. Raises BadRecord with the place of what is wrong."""
    known = v2.quick(raw)
    if known:
        return known
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return legacy.read(raw)
    obj = json.parse(raw)
    if "protocolSection" in obj:
        return v2.read(obj)
    if aact.is_record(obj):
        return aact.read(obj)
    if rows.recognise(list(obj)):
        return rows.read(obj)
    raise BadRecord("protocolSection", "is missing: this is no study of ClinicalTrials.gov")
