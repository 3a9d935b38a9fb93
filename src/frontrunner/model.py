"""The nouns: documents, readings and the statements that a reading makes. Frozen, no I/O.

A source turns bytes into a `Reading`; its statements become rows of the ledger, one table per statement type
(`STATEMENTS`), each row beside the hash of the document that says it. `Trial` keeps the field names of the
ClinicalTrials.gov v2 data model (https://clinicaltrials.gov/data-api/about-api/study-data-structure): in Python
in snake case, in tables and JSON in the publisher's camel case.
"""

import re
from calendar import monthrange
from datetime import date

import msgspec

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A date as its publisher gave it, an ISO prefix: `2021`, `2021-04` or `2021-04-10`.

    A month stays a month: it is the interval `first`..`last` (both inclusive), never the 1st.
    """

    text: str

    def __post_init__(self) -> None:
        match = _PARTIAL.match(self.text)
        if match is None:
            raise ValueError(f"{self.text!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)")
        try:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError as error:
            raise ValueError(f"{self.text!r} is not a day of the calendar") from error

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def last(self) -> date:
        """The latest day it can be."""
        year, month = int(self.text[:4]), int(self.text[5:7] or 12)
        return date(year, month, int(self.text[8:10] or monthrange(year, month)[1]))


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A publisher of records. `authority` is its rank when sources disagree (an id of the vocabulary `authority`).

    `record_url`, where there is one, is the public page of a record, with `{key}` in it. `editions` marks a source
    that comes whole each time (`as_of` is the edition): what the last edition does not hold is no longer said.
    """

    id: str
    title: str
    publisher: str
    homepage: str
    licence: str
    attribution: str
    authority: str
    languages: tuple[str, ...] = ("en",)
    record_url: str | None = None
    editions: bool = False


class Raw(msgspec.Struct, frozen=True):
    """One record's bytes as found: a line, a zip member, an element, a table row (then a JSON object of its cells).

    `place` says where in the container (`line 12`, `studies[3]`, `NCT01234567.json`), for messages. `as_of` is the
    publisher's data day where the container says it beside the record (a wrapper line) and the record itself does not.
    """

    place: str
    body: bytes
    as_of: str | None = None


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


class Cited(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every row of a curated table says beside its fact: who said so and since when it could be read.

    `citation` names the source (a page, a table, `memory`); `authority` is its rank (vocabulary `authority`);
    `known_on` is the first day the public could read it, with its basis; `verified` false marks a row that rests
    on memory or on a source we could not read.
    """

    citation: str
    authority: str
    known_on: str
    known_basis: str
    verified: bool = True
    note: str | None = None


class CompanyClaim(Cited, frozen=True, kw_only=True):
    """An organisation exists. `company` is its id (`org:...`), `name` its usual English name."""

    company: str
    name: str
    kind: str
    country: str | None = None
    parent: str | None = None


class ProductClaim(Cited, frozen=True, kw_only=True):
    """A therapeutic candidate exists: id (`prod:...`), modality, vector, target and origin as vocabulary ids."""

    product: str
    name: str
    modality: str | None = None
    vector: str | None = None
    target: str | None = None
    origin: str | None = None
    originator: str | None = None


class NameClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """`subject` (a company or product id) is called `value`. `kind`: short, legal, former, code, inn, brand, ..."""

    subject: str
    value: str
    kind: str
    lang: str
    valid_from: str | None = None
    valid_to: str | None = None


class ProgrammeClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """`company` has `role` in a programme (`prog:...` = product x indication x developer) from a day on.

    One row per company and role; the developer on a day is the last `developer` row that began by then.
    `territory` is a jurisdiction id or null for the world.
    """

    programme: str
    product: str
    indication: str
    company: str
    role: str
    territory: str | None = None
    valid_from: str | None = None


class MilestoneClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """Something dated that happened to a programme.

    `fact` is the key of the thing itself: two rows with one `fact` are two statements about it, and contest each
    other where their dates exclude one another. `rung` is the rung reached, if any; `kind` qualifies an approval
    (full, conditional, accelerated, ...); `jurisdiction` may be `GLOBAL` (counts for no single one); `lane` is
    `registrational` or `iit`; `trials` are registry ids.
    """

    fact: str
    programme: str
    event: str
    jurisdiction: str
    happened_on: str
    rung: str | None = None
    kind: str | None = None
    lane: str = "registrational"
    trials: list[str] = []


class TrialClaim(Cited, frozen=True, kw_only=True, rename="camel"):
    """A registered trial belongs to a programme; what else is known of it without its record."""

    trial_id: str
    programme: str
    lane: str
    phase: str | None = None
    start_date: str | None = None
    start_date_type: str | None = None
    countries: list[str] = []
    sponsor: str | None = None


class Called(msgspec.Struct, frozen=True):
    """A name that a regulator's row gives a product: `kind` is brand, inn, code or variant."""

    value: str
    kind: str


class Approval(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a regulator's table says of one application or licence. Grain: one row of the table.

    Dates are ISO prefixes. `decided_on` is the day of the licence, refusal, withdrawn application or opinion that
    `status` (`approved`, `refused`, `application_withdrawn`, `positive_opinion`, `negative_opinion`) names; with
    `supplement` it is the day of a later strength or form and not of the licence. `review_from`, `rolling_review_from`
    and `opinion_on` are earlier days of the same application. `kind` is full, conditional, accelerated, ... where
    stated, as the table has it now. `indication` is the text as published, `indication_dated` whether the day is that
    indication's own rather than the licence's, `areas` the disease terms beside it. `ended_on` with `ended`
    (`revoked`, `withdrawn`, `lapsed`, `expired`, `suspended`) tell of a licence that is no more: `ended_by_table`
    only that it had ended when the table was made. `exclusivity_until` is the last day of orphan exclusivity,
    `reference_exclusivity_until` that of the time without biosimilars. `accelerated_assessment` is a faster procedure.
    """

    jurisdiction: str
    names: list[Called]
    status: str
    number: str | None = None
    applicant: str | None = None
    decided_on: str | None = None
    supplement: bool = False
    review_from: str | None = None
    rolling_review_from: str | None = None
    opinion_on: str | None = None
    kind: str | None = None
    indication: str | None = None
    indication_dated: bool = False
    areas: list[str] = []
    ended: str | None = None
    ended_on: str | None = None
    ended_by_table: bool = False
    marketed: bool | None = None
    orphan: bool | None = None
    exclusivity_until: str | None = None
    reference_exclusivity_until: str | None = None
    atmp: bool | None = None
    exceptional: bool | None = None
    accelerated_assessment: bool | None = None


class Designation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A designation (an id of the vocabulary `event`, such as `orphan_designation`) by a regulator. Grain: one row.

    `status` is null while the designation stands, else `withdrawn`, `expired` or `refused` (then `refused_on`, and
    there is no `designated_on`). `product_numbers` are the licences or applications that the row relates it to.
    """

    jurisdiction: str
    designation: str
    names: list[Called]
    designated_on: str | None
    sponsor: str | None = None
    indication: str | None = None
    number: str | None = None
    product_numbers: list[str] = []
    status: str | None = None
    ended_on: str | None = None
    refused_on: str | None = None


class Letter(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A complete response letter: the regulator will not approve an application in its present form.

    `number` is that of the application, `submitted_on` and `received_on` the days of its submission that the letter
    names, `topics` the kinds of deficiency that it lists; no person's name is kept.
    """

    jurisdiction: str
    names: list[Called]
    applicant: str | None
    number: str | None
    sent_on: str | None
    submitted_on: str | None = None
    received_on: str | None = None
    topics: list[str] = []


Statement = (
    Trial
    | Approval
    | Designation
    | Letter
    | CompanyClaim
    | ProductClaim
    | NameClaim
    | ProgrammeClaim
    | MilestoneClaim
    | TrialClaim
)

#: statement type -> its table in the ledger
STATEMENTS: dict[type[msgspec.Struct], str] = {
    Trial: "trial_version",
    Approval: "approval",
    Designation: "designation",
    Letter: "letter",
    CompanyClaim: "company_claim",
    ProductClaim: "product_claim",
    NameClaim: "name_claim",
    ProgrammeClaim: "programme_claim",
    MilestoneClaim: "milestone_claim",
    TrialClaim: "trial_claim",
}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one document says.

    `key` is the record's stable key within its source. `known_on` (an ISO day) is the first day the public could
    read this very version, by `known_basis`: `posted`, `act`, `published`, or `fetched` with null for our own day.
    `as_of` is the publisher's data day and `whole` whether everything the publisher has is here: together they
    order versions that share a `known_on`. `canonical` is the content without volatile fields, in a form that does
    not depend on white space or key order: its SHA-256 is the document's identity.
    """

    key: str
    known_on: str | None
    known_basis: str
    as_of: str | None
    whole: bool
    canonical: bytes
    statements: list[Statement]
    media_type: str = "application/json"
