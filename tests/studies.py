"""Small studies in the ClinicalTrials.gov v2 form, written for the tests."""

import copy
import json
from pathlib import Path
from typing import Any

_STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT90000001",
            "orgStudyIdInfo": {"id": "XYZ-1"},
            "briefTitle": "Gene Therapy With XYZ-101 in Hemophilia B",
        },
        "statusModule": {
            "statusVerifiedDate": "2020-01",
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2019-05-20", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2024-05", "type": "ESTIMATED"},
            "studyFirstPostDateStruct": {"date": "2019-04-02", "type": "ACTUAL"},
            "lastUpdatePostDateStruct": {"date": "2020-02-03", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example Gene Works, Inc.", "class": "INDUSTRY"}},
        "conditionsModule": {"conditions": ["Hemophilia B"]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"]},
        "armsInterventionsModule": {
            "interventions": [{"type": "GENETIC", "name": "XYZ-101", "otherNames": ["AAV8 factor IX gene"]}]
        },
        "contactsLocationsModule": {"locations": [{"country": "United States"}]},
    },
    "derivedSection": {"miscInfoModule": {"versionHolder": "2020-02-04"}},
    "hasResults": False,
}

#: short name -> place in the record
_PLACES = {
    "nct": "protocolSection.identificationModule.nctId",
    "title": "protocolSection.identificationModule.briefTitle",
    "status": "protocolSection.statusModule.overallStatus",
    "start": "protocolSection.statusModule.startDateStruct",
    "completion": "protocolSection.statusModule.completionDateStruct",
    "first_posted": "protocolSection.statusModule.studyFirstPostDateStruct.date",
    "posted": "protocolSection.statusModule.lastUpdatePostDateStruct.date",
    "sponsor": "protocolSection.sponsorCollaboratorsModule.leadSponsor",
    "conditions": "protocolSection.conditionsModule.conditions",
    "phases": "protocolSection.designModule.phases",
    "interventions": "protocolSection.armsInterventionsModule.interventions",
    "locations": "protocolSection.contactsLocationsModule.locations",
    "holder": "derivedSection.miscInfoModule.versionHolder",
}


def study(**values: Any) -> dict[str, Any]:
    """A whole study with some values changed, by the short names above."""
    record = copy.deepcopy(_STUDY)
    for name, value in values.items():
        *path, last = _PLACES[name].split(".")
        at = record
        for part in path:
            at = at[part]
        at[last] = value
    return record


def lines(path: Path, *records: dict[str, Any]) -> Path:
    """Write records as JSON Lines; returns the path."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path
