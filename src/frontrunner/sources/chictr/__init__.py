"""Chinese Clinical Trial Registry: its XML, one `Triall` element (so spelt) a trial.

A file does not say when a version was posted: it is known from the day on which it was fetched; `date_registration`
proves only that the trial was there. Phase `0` is a pilot study, which is no phase 0: it has no phase. A day of
enrolment has no type. Contacts and ethics committees are not read.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import Id, Intervention, Outcome, Raw, Reading, Source, Sponsor, Trial
from frontrunner.reading import elements, xml
from frontrunner.reading.containers import Container, split
from frontrunner.reading.dates import partial_date
from frontrunner.reading.registry import arms, countries, total, untold, values

SOURCE = Source(
    id="chictr",
    title="Chinese Clinical Trial Registry",
    publisher="West China Hospital, Sichuan University",
    homepage="https://www.chictr.org.cn",
    licence="free to read; no licence for re-use is stated",
    attribution="Source: Chinese Clinical Trial Registry (ChiCTR)",
    authority="registry",
    records=(80_000, 400_000),
    filled={"trial_version.brief_title": 0.99},
    languages=("en", "zh"),
)

MEDIA_TYPE = "application/xml"
_ROOT, _TAG = "trials", "Triall"
_PATHS = {
    "trialId": "main/trial_id",
    "secondaryIds": "secondary_ids/secondary_id/sec_id | main/utrn",
    "briefTitle": "main/public_title",
    "officialTitle": "main/scientific_title",
    "acronym": "main/acronym",
    "overallStatus": "main/recruitment_status",
    "startDate": "main/date_enrolment",
    "completionDate": "main/results_date_completed",
    "studyFirstPostDate": "main/date_registration",
    "resultsFirstPostDate": "main/results_date_posted",
    "leadSponsorName": "main/primary_sponsor",
    "collaborators": "secondary_sponsor/sponsor_name",
    "conditions": "main/hc_freetext",
    "studyType": "main/study_type",
    "phases": "main/phase",
    "enrollmentCount": "main/target_size",
    "armGroups": "main/i_freetext",
    "interventions": "main/i_freetext",
    "primaryOutcomes": "primary_outcome/prim_outcome",
    "secondaryOutcomes": "secondary_outcome/sec_outcome",
    "sex": "criteria/gender",
    "countries": "countries/country2",
}
#: column -> XPath in the record
PLACES = {column: " | ".join(f"/{_TAG}/{path}" for path in paths.split(" | ")) for column, paths in _PATHS.items()}
FORMS = {MEDIA_TYPE: PLACES}

_VALUES = values(__name__)
_ID = re.compile(r"ChiCTR(?:-[A-Z]{2,4}-)?\d{8,10}", re.ASCII)
#: contacts, and the ethics committees with theirs: nothing that is said of the trial
_VOLATILE = ("contacts", "ethics_reviews")


def recognise(name: str, head: bytes) -> bool:
    """Whether a file that begins so holds ChiCTR records; its name does not matter."""
    return f"<{_TAG}>".encode() in head and f"<{_ROOT}".encode() in head


def records(container: Container) -> Iterator[Raw | UnreadableInput]:
    """The trials, each as its own element."""
    return split(container, _cut)


def _cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    return elements.cut(where, stream, _ROOT, _TAG)


def read(raw: bytes) -> Reading:
    """One trial. Raises BadRecord with the XPath of what is wrong."""
    root = xml.parse(raw)
    if root.tag != _TAG:
        raise BadRecord("/", f"is <{root.tag}>, not <{_TAG}>")
    trial = _trial(root)
    return Reading(
        key=trial.trial_id,
        known_on=None,
        known_basis="fetched",
        as_of=None,
        whole=True,
        canonical=xml.canonical(root, _VOLATILE),
        statements=[trial],
        media_type=MEDIA_TYPE,
    )


def _trial(root: etree._Element) -> Trial:
    kind, groups = _coded(root, "studyType"), arms(_text(root, "interventions"), _VALUES)
    size = total(_text(root, "enrollmentCount"), PLACES["enrollmentCount"])
    given = dict.fromkeys(name for group in groups for name in group.intervention_names)
    return Trial(
        trial_id=_id(root),
        secondary_ids=_ids(root),
        brief_title=_text(root, "briefTitle"),
        official_title=_text(root, "officialTitle"),
        acronym=_text(root, "acronym"),
        overall_status=_coded(root, "overallStatus"),
        start_date=_date(root, "startDate"),
        completion_date=_date(root, "completionDate"),
        study_first_post_date=_date(root, "studyFirstPostDate"),
        results_first_post_date=_date(root, "resultsFirstPostDate"),
        lead_sponsor_name=_text(root, "leadSponsorName"),
        collaborators=[Sponsor(name) for name in xml.texts(root, _PATHS["collaborators"])],
        conditions=xml.texts(root, _PATHS["conditions"]),
        study_type=kind,
        phases=_VALUES.several("phases", _text(root, "phases"), PLACES["phases"]),
        enrollment_count=size,
        arm_groups=groups,
        interventions=[Intervention(name) for name in given],
        primary_outcomes=_outcomes(root, "primaryOutcomes"),
        secondary_outcomes=_outcomes(root, "secondaryOutcomes"),
        sex=_coded(root, "sex"),
        countries=countries(xml.texts(root, _PATHS["countries"])),
        not_read=untold(PLACES, {"studyType": kind, "enrollmentCount": size, "armGroups": groups}),
    )


def _text(root: etree._Element, column: str) -> str | None:
    return xml.text(root, _PATHS[column])


def _coded(root: etree._Element, column: str) -> str | None:
    return _VALUES.find(column, _text(root, column), PLACES[column])


def _date(root: etree._Element, column: str) -> str | None:
    said = _text(root, column)
    return partial_date(said, PLACES[column]) if said else None


def _id(root: etree._Element) -> str:
    said = _text(root, "trialId") or ""
    if not _ID.fullmatch(said):
        raise BadRecord(PLACES["trialId"], f"{said!r} is not a number such as ChiCTR2000034346")
    return said


def _ids(root: etree._Element) -> list[Id]:
    found = [
        Id(id, None, xml.text(one, "issuing_authority"))
        for one in root.iterfind("secondary_ids/secondary_id")
        if (id := xml.text(one, "sec_id"))
    ]
    utrn = xml.text(root, "main/utrn")
    return [*found, Id(utrn, "UTRN")] if utrn else found


def _outcomes(root: etree._Element, column: str) -> list[Outcome]:
    words = ";".join(xml.texts(root, _PATHS[column]))
    return [Outcome(part.strip()) for part in words.split(";") if part.strip()]
