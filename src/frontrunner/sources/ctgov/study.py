"""The fields of a v2 study that are kept, as the publisher nests and types them; others are passed over."""

from typing import Annotated

import msgspec

from frontrunner.model import Arm

#: no study enrols more: beyond this a number is a slip
LARGEST = 2**31 - 1


class Field(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """Part of a study."""


class Date(Field, frozen=True):
    date: str | None = None
    type: str | None = None


class Id(Field, frozen=True):
    id: str | None = None
    type: str | None = None
    domain: str | None = None


class Organisation(Field, frozen=True, rename={"class_": "class"}):
    name: str | None = None
    class_: str | None = None


class Identification(Field, frozen=True):
    nct_id: str
    org_study_id_info: Id = Id()
    secondary_id_infos: list[Id] = []
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None


class Status(Field, frozen=True):
    overall_status: str | None = None
    why_stopped: str | None = None
    status_verified_date: str | None = None
    start_date_struct: Date = Date()
    primary_completion_date_struct: Date = Date()
    completion_date_struct: Date = Date()
    study_first_submit_date: str | None = None
    study_first_post_date_struct: Date = Date()
    results_first_post_date_struct: Date = Date()
    last_update_post_date_struct: Date = Date()


class Sponsors(Field, frozen=True):
    lead_sponsor: Organisation = Organisation()
    collaborators: list[Organisation] = []


class Conditions(Field, frozen=True):
    conditions: list[str] = []
    keywords: list[str] = []


class Masking(Field, frozen=True):
    masking: str | None = None


class DesignInfo(Field, frozen=True):
    allocation: str | None = None
    intervention_model: str | None = None
    primary_purpose: str | None = None
    masking_info: Masking = Masking()


class Enrollment(Field, frozen=True):
    count: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)] | None = None
    type: str | None = None


class Design(Field, frozen=True):
    study_type: str | None = None
    phases: list[str] = []
    design_info: DesignInfo = DesignInfo()
    enrollment_info: Enrollment = Enrollment()


class Intervention(Field, frozen=True):
    name: str | None = None
    type: str | None = None
    other_names: list[str] = []


class Arms(Field, frozen=True):
    arm_groups: list[Arm] = []
    interventions: list[Intervention] = []


class Outcome(Field, frozen=True):
    measure: str | None = None
    time_frame: str | None = None


class Outcomes(Field, frozen=True):
    primary_outcomes: list[Outcome] = []
    secondary_outcomes: list[Outcome] = []


class Eligibility(Field, frozen=True):
    sex: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    healthy_volunteers: bool | None = None


class Location(Field, frozen=True):
    country: str | None = None


class Locations(Field, frozen=True):
    locations: list[Location] = []


class Protocol(Field, frozen=True):
    identification_module: Identification
    status_module: Status = Status()
    sponsor_collaborators_module: Sponsors = Sponsors()
    conditions_module: Conditions = Conditions()
    design_module: Design = Design()
    arms_interventions_module: Arms = Arms()
    outcomes_module: Outcomes = Outcomes()
    eligibility_module: Eligibility = Eligibility()
    contacts_locations_module: Locations = Locations()


class Misc(Field, frozen=True):
    version_holder: str | None = None


class Derived(Field, frozen=True):
    misc_info_module: Misc = Misc()


class Study(Field, frozen=True):
    protocol_section: Protocol
    derived_section: Derived = Derived()
    has_results: bool | None = None
    as_of: str | None = None
    transcribed_from: str | None = None
