"""EU Clinical Trials Register, for trials under the directive of 2001: list of summaries, full text, and JSON.

The trial id is the EudraCT number, in all forms. A trial has one part a country, each with its own status and dates:
such a part is a record of its own, whose key is the number and the country. The list has one record for all of them;
its status is told where all countries have the same.

- No form says when it was put up: a record is known from its fetching (`record_last_import`, which the tool that made
  the JSON adds). `first entered` in EudraCT is the day on which it was submitted.
- `Ongoing` says that a trial was authorised and has not ended: the status is then unknown. So is that of a trial in
  several countries which ended early in one of them.
- A start is told only by the results (`recruitmentStartDate`), and is then actual. The `Start Date` of the list is the
  day of the authorisation.
"""

from collections.abc import Iterator
from typing import BinaryIO

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Raw, Reading, Source
from frontrunner.reading import json
from frontrunner.reading.containers import Container, peek, split
from frontrunner.reading.dates import full_date
from frontrunner.sources.euctr import apart, country, summary

SOURCE = Source(
    id="euctr",
    title="EU Clinical Trials Register",
    publisher="European Medicines Agency",
    homepage="https://www.clinicaltrialsregister.eu",
    licence="reuse allowed where the source is acknowledged: https://www.ema.europa.eu/en/about-us/about-website/"
    "legal-notice",
    attribution="Source: European Medicines Agency, EU Clinical Trials Register",
    authority="registry",
    records=(40_000, 60_000),
    filled={"trial_version.lead_sponsor_name": 0.95},
)

#: column -> place in a record of the main form
PLACES = country.PLACES
#: media type of a document -> column -> place in it
FORMS = {country.MEDIA_TYPE: PLACES, summary.MEDIA_TYPE: summary.PLACES}

_FETCHED = "record_last_import"


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so is of the register; its name does not matter."""
    is_json = b'"a2_eudract_number"' in head or b'"x4_clinical_trial_type"' in head
    return is_json or bool(apart.LIST.match(head) or apart.FULL.match(head))


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The trials of the list, the country parts of the full text, or JSON objects."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw | UnreadableInput]:
    head = peek(stream)
    if apart.LIST.match(head):
        return apart.summaries(where, stream)
    if apart.FULL.match(head):
        return apart.full(where, stream)
    return json.cut(where, stream)


def read(raw: bytes) -> Reading:
    """One record, of any form. Raises BadRecord with the label of what is wrong."""
    obj = json.parse(raw)
    if summary.is_summary(obj):
        (key, trial), media_type = summary.trial(obj), summary.MEDIA_TYPE
    elif country.is_part(obj):
        (key, trial), media_type = country.trial(obj), country.MEDIA_TYPE
    else:
        raise BadRecord("a2_eudract_number", "is missing: this is no trial of the register")
    fetched = obj.get(_FETCHED)
    day = full_date(str(fetched)[:10], _FETCHED) if fetched else None
    return Reading(
        key=key,
        known_on=day,
        known_basis="fetched",
        as_of=day,
        whole=True,
        canonical=json.canonical(obj, ((_FETCHED,),)),
        statements=[trial],
        media_type=media_type,
    )
