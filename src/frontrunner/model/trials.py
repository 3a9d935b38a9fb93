"""What a trial registry says of a study.

`Trial` keeps the field names of the ClinicalTrials.gov v2 data model
(https://clinicaltrials.gov/data-api/about-api/study-data-structure): in Python in snake case, in tables and JSON in the
publisher's camel case.
"""

import msgspec


class Id(msgspec.Struct, frozen=True, rename="camel"):
    """A secondary id of a trial; `type` as published (`EUDRACT_NUMBER`, ...), `orgStudyId` for the sponsor's own."""

    id: str
    type: str | None = None
    domain: str | None = None


class Sponsor(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    """A collaborator: name and registry class (`INDUSTRY`, `NIH`, `OTHER`, ...)."""

    name: str
    class_: str | None = None


class Intervention(msgspec.Struct, frozen=True, rename="camel"):
    """What is given: registry type (`DRUG`, `BIOLOGICAL`, `GENETIC`, ...), name and other names."""

    name: str
    type: str | None = None
    other_names: list[str] = []


class Arm(msgspec.Struct, frozen=True, rename="camel"):
    """An arm or cohort; `interventionNames` as published (`Drug: nusinersen`)."""

    label: str | None = None
    type: str | None = None
    intervention_names: list[str] = []


class Outcome(msgspec.Struct, frozen=True, rename="camel"):
    """A measure and its time frame."""

    measure: str
    time_frame: str | None = None


class Trial(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One version of one registered study. Grain: one per document.

    Dates are ISO prefixes (`PartialDate.text`); `*Type` is `ACTUAL`, `ESTIMATED` or null as published. `notRead`
    lists the columns that this document does not tell (a partial record): there null or empty means unknown,
    elsewhere it means absent. Long texts stay in the evidence.
    """

    trial_id: str
    secondary_ids: list[Id] = []
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    overall_status: str | None = None
    why_stopped: str | None = None
    status_verified_date: str | None = None
    start_date: str | None = None
    start_date_type: str | None = None
    primary_completion_date: str | None = None
    primary_completion_date_type: str | None = None
    completion_date: str | None = None
    completion_date_type: str | None = None
    study_first_submit_date: str | None = None
    study_first_post_date: str | None = None
    results_first_post_date: str | None = None
    last_update_post_date: str | None = None
    lead_sponsor_name: str | None = None
    lead_sponsor_class: str | None = None
    collaborators: list[Sponsor] = []
    conditions: list[str] = []
    keywords: list[str] = []
    study_type: str | None = None
    phases: list[str] = []
    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
    masking: str | None = None
    enrollment_count: int | None = None
    enrollment_type: str | None = None
    arm_groups: list[Arm] = []
    interventions: list[Intervention] = []
    primary_outcomes: list[Outcome] = []
    secondary_outcomes: list[Outcome] = []
    sex: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    healthy_volunteers: bool | None = None
    countries: list[str] = []
    has_results: bool | None = None
    not_read: list[str] = []
