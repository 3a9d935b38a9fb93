"""The XML in which ClinicalTrials.gov published studies until 2024 (one `clinical_study` a file), as trial versions.

What it says in other letters than v2 is read as v2 says it: labels as codes (`values`), "September 20, 2018" as
2018-09-20, an age of `N/A` as none, the names of an arm's interventions from the interventions that name the arm. Three
things it never said are unknown by their nature and not marked: the type of a secondary id, and sponsor classes finer
than four. Files of before 2017 have no posting dates and one line for the whole design: those columns are not read.

The identity of a version leaves out what changes although nothing was said: the header with the day of the download,
the rank in a search, comments, white space (files of 2023 end lines with carriage returns), derived MeSH terms, and an
allocation of `N/A`, which older files left out.
"""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from frontrunner.errors import BadRecord
from frontrunner.model import Arm, Id, Intervention, Outcome, Raw, Reading, Sponsor, Trial
from frontrunner.reading import xml
from frontrunner.reading.containers import WHOLE, whole
from frontrunner.reading.dates import full_date, long_date
from frontrunner.sources.ctgov.nct import nct_id
from frontrunner.sources.ctgov.values import count, from_label, phases

MEDIA_TYPE = "application/xml"

_ROOT = "/clinical_study/"
_HEADER = _ROOT + "required_header/download_date"
#: column -> XPath in the record
PLACES = {
    column: " | ".join(_ROOT + path for path in paths.split(" | "))
    for column, paths in {
        "trialId": "id_info/nct_id",
        "secondaryIds": "id_info/org_study_id | id_info/secondary_id",
        "briefTitle": "brief_title",
        "officialTitle": "official_title",
        "acronym": "acronym",
        "overallStatus": "overall_status",
        "whyStopped": "why_stopped",
        "statusVerifiedDate": "verification_date",
        "startDate": "start_date",
        "startDateType": "start_date/@type",
        "primaryCompletionDate": "primary_completion_date",
        "primaryCompletionDateType": "primary_completion_date/@type",
        "completionDate": "completion_date",
        "completionDateType": "completion_date/@type",
        "studyFirstSubmitDate": "study_first_submitted | firstreceived_date",
        "studyFirstPostDate": "study_first_posted",
        "resultsFirstPostDate": "results_first_posted",
        "lastUpdatePostDate": "last_update_posted",
        "leadSponsorName": "sponsors/lead_sponsor/agency",
        "leadSponsorClass": "sponsors/lead_sponsor/agency_class",
        "collaborators": "sponsors/collaborator/agency",
        "conditions": "condition",
        "keywords": "keyword",
        "studyType": "study_type",
        "phases": "phase",
        "allocation": "study_design_info/allocation",
        "interventionModel": "study_design_info/intervention_model",
        "primaryPurpose": "study_design_info/primary_purpose",
        "masking": "study_design_info/masking",
        "enrollmentCount": "enrollment",
        "enrollmentType": "enrollment/@type",
        "armGroups": "arm_group/arm_group_label",
        "interventions": "intervention/intervention_name",
        "primaryOutcomes": "primary_outcome/measure",
        "secondaryOutcomes": "secondary_outcome/measure",
        "sex": "eligibility/gender",
        "minimumAge": "eligibility/minimum_age",
        "maximumAge": "eligibility/maximum_age",
        "healthyVolunteers": "eligibility/healthy_volunteers",
        "countries": "location/facility/address/country | location_countries/country",
        "hasResults": "results_first_posted",
    }.items()
}

_VOLATILE = ("required_header", "condition_browse", "intervention_browse")
_DESIGN = ("allocation", "interventionModel", "primaryPurpose", "masking")
_POSTED = ("studyFirstPostDate", "resultsFirstPostDate", "lastUpdatePostDate")
_HEALTHY = {"accepts healthy volunteers": True, "yes": True, "no": False}


def recognise(head: bytes) -> bool:
    """Whether a file that begins so is a study."""
    return b"<clinical_study" in head and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def cut(where: str, stream: BinaryIO) -> Iterator[Raw]:
    """A file is one record."""
    yield Raw(WHOLE, whole(where, stream))


def read(body: bytes) -> Reading:
    """One study. Raises BadRecord with the XPath of what is wrong."""
    root = xml.parse(body)
    if root.tag != "clinical_study":
        raise BadRecord("/", f"is <{root.tag}>, not <clinical_study>")
    trial = _trial(root)
    posted, processed = trial.last_update_post_date, _processed(root)
    return Reading(
        key=trial.trial_id,
        known_on=full_date(posted, PLACES["lastUpdatePostDate"]) if posted else processed,
        known_basis="posted" if posted else "fetched",
        as_of=processed,
        whole=not trial.not_read,
        canonical=_canonical(root),
        statements=[trial],
        media_type=MEDIA_TYPE,
    )


def _processed(root: etree._Element) -> str | None:
    """The day of the data, from "ClinicalTrials.gov processed this data on October 31, 2018"."""
    said = xml.text(root, "required_header/download_date")
    return full_date(long_date(said.rpartition(" on ")[2], _HEADER), _HEADER) if said else None


def _canonical(root: etree._Element) -> bytes:
    root.attrib.clear()
    design = root.find("study_design_info")
    if design is not None:
        for allocation in design.findall("allocation"):
            if _code(design, "allocation", "allocation") is None:
                design.remove(allocation)
    return xml.canonical(root, _VOLATILE)


def _trial(root: etree._Element) -> Trial:
    return Trial(
        trial_id=nct_id(xml.text(root, "id_info/nct_id") or "", PLACES["trialId"]),
        secondary_ids=_ids(root),
        brief_title=xml.text(root, "brief_title"),
        official_title=xml.text(root, "official_title"),
        acronym=xml.text(root, "acronym"),
        overall_status=_code(root, "overallStatus", "overall_status"),
        why_stopped=xml.text(root, "why_stopped"),
        status_verified_date=_date(root, "verification_date"),
        start_date=_date(root, "start_date"),
        start_date_type=_type(root, "start_date"),
        primary_completion_date=_date(root, "primary_completion_date"),
        primary_completion_date_type=_type(root, "primary_completion_date"),
        completion_date=_date(root, "completion_date"),
        completion_date_type=_type(root, "completion_date"),
        study_first_submit_date=_date(root, "study_first_submitted") or _date(root, "firstreceived_date"),
        study_first_post_date=_date(root, "study_first_posted"),
        results_first_post_date=_date(root, "results_first_posted"),
        last_update_post_date=_date(root, "last_update_posted"),
        lead_sponsor_name=xml.text(root, "sponsors/lead_sponsor/agency"),
        lead_sponsor_class=_code(root, "sponsorClass", "sponsors/lead_sponsor/agency_class"),
        collaborators=_collaborators(root),
        conditions=xml.texts(root, "condition"),
        keywords=xml.texts(root, "keyword"),
        study_type=_code(root, "studyType", "study_type"),
        phases=phases(xml.text(root, "phase"), PLACES["phases"]),
        allocation=_code(root, "allocation", "study_design_info/allocation"),
        intervention_model=_code(root, "interventionModel", "study_design_info/intervention_model"),
        primary_purpose=_code(root, "primaryPurpose", "study_design_info/primary_purpose"),
        masking=_code(root, "masking", "study_design_info/masking"),
        enrollment_count=count(xml.text(root, "enrollment"), PLACES["enrollmentCount"]),
        enrollment_type=_type(root, "enrollment"),
        arm_groups=_arms(root),
        interventions=_interventions(root),
        primary_outcomes=_outcomes(root, "primary_outcome"),
        secondary_outcomes=_outcomes(root, "secondary_outcome"),
        sex=_code(root, "sex", "eligibility/gender"),
        minimum_age=_age(root, "eligibility/minimum_age"),
        maximum_age=_age(root, "eligibility/maximum_age"),
        healthy_volunteers=_healthy(root),
        countries=_countries(root),
        has_results=root.find("clinical_results") is not None,
        not_read=_not_read(root),
    )


def _code(root: etree._Element, field: str, path: str) -> str | None:
    return from_label(field, xml.text(root, path), _ROOT + path)


def _date(root: etree._Element, path: str) -> str | None:
    said = xml.text(root, path)
    return long_date(said, _ROOT + path) if said else None


def _type(root: etree._Element, path: str) -> str | None:
    element = root.find(path)
    return None if element is None else from_label("dateType", element.get("type"), f"{_ROOT}{path}/@type")


def _ids(root: etree._Element) -> list[Id]:
    own = xml.text(root, "id_info/org_study_id")
    others = [Id(value) for value in xml.texts(root, "id_info/secondary_id")]
    return [Id(own, "orgStudyId"), *others] if own else others


def _collaborators(root: etree._Element) -> list[Sponsor]:
    given = root.findall("sponsors/collaborator")
    places = (f"{_ROOT}sponsors/collaborator[{i}]/agency_class" for i in range(1, len(given) + 1))
    found = [
        (xml.text(one, "agency"), from_label("sponsorClass", xml.text(one, "agency_class"), place))
        for one, place in zip(given, places, strict=True)
    ]
    return [Sponsor(name, class_) for name, class_ in found if name]


def _interventions(root: etree._Element) -> list[Intervention]:
    found = []
    for i, one in enumerate(root.findall("intervention"), start=1):
        kind = from_label(
            "interventionType", xml.text(one, "intervention_type"), f"{_ROOT}intervention[{i}]/intervention_type"
        )
        name = xml.text(one, "intervention_name")
        if name:
            found.append(Intervention(name, kind, xml.texts(one, "other_name")))
    return found


def _arms(root: etree._Element) -> list[Arm]:
    """The arms, each with its interventions as v2 names them: `Drug: nusinersen`."""
    named: dict[str, list[str]] = {}
    for one in root.findall("intervention"):
        name = f"{xml.text(one, 'intervention_type')}: {xml.text(one, 'intervention_name')}"
        for label in xml.texts(one, "arm_group_label"):
            named.setdefault(label, []).append(name)
    found = []
    for i, arm in enumerate(root.findall("arm_group"), start=1):
        title, place = xml.text(arm, "arm_group_label"), f"{_ROOT}arm_group[{i}]/arm_group_type"
        kind = from_label("armType", xml.text(arm, "arm_group_type"), place)
        found.append(Arm(title, kind, named.get(title or "", [])))
    return found


def _outcomes(root: etree._Element, path: str) -> list[Outcome]:
    found = [(xml.text(one, "measure"), xml.text(one, "time_frame")) for one in root.findall(path)]
    return [Outcome(measure, frame) for measure, frame in found if measure]


def _age(root: etree._Element, path: str) -> str | None:
    said = xml.text(root, path)
    return None if said == "N/A" else said


def _healthy(root: etree._Element) -> bool | None:
    said = xml.text(root, "eligibility/healthy_volunteers")
    if said is None:
        return None
    if said.lower() not in _HEALTHY:
        raise BadRecord(PLACES["healthyVolunteers"], f"{said!r} is none of {', '.join(_HEALTHY)}")
    return _HEALTHY[said.lower()]


def _countries(root: etree._Element) -> list[str]:
    sites = xml.texts(root, "location/facility/address/country") or xml.texts(root, "location_countries/country")
    return list(dict.fromkeys(sites))


def _not_read(root: etree._Element) -> list[str]:
    unread = set(_POSTED) if root.find("last_update_posted") is None else set[str]()
    if root.find("study_design") is not None:
        unread.update(_DESIGN)
    return sorted(unread)
