"""What regulators' tables and letters say of products."""

import msgspec


class Called(msgspec.Struct, frozen=True):
    """A name that a regulator's row gives a product: `kind` is brand, inn, code or variant.

    `reference` is the proper name of the medicine that a biosimilar is like: it names that one's product.
    """

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
