"""Where records come from, their bytes, and what one of them says."""

import msgspec

from frontrunner.model.statements import Statement


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A publisher of records. `authority` is its rank when sources disagree (an id of the vocabulary `authority`).

    `record_url`, where there is one, is the public page of a record, with `{key}` in it. `editions` marks a source
    that comes whole each time (`as_of` is the edition): what the last edition does not hold is no longer said.

    What its records must look like, or the home says so: `records` is the range of their number in the publisher's
    whole set; `filled` is, by `table.column` of the ledger, the least share of those that could say it and do.
    `sample` says what the reader was written from.
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
    records: tuple[int, int] | None = None
    filled: dict[str, float] = {}
    sample: str = "real records"


class Raw(msgspec.Struct, frozen=True):
    """One record's bytes as found: a line, a zip member, an element, a table row (then a JSON object of its cells).

    `place` says where in the container (`line 12`, `studies[3]`, `NCT01234567.json`), for messages. `as_of` is the
    publisher's data day where the container says it beside the record (a wrapper line) and the record itself does not.
    """

    place: str
    body: bytes
    as_of: str | None = None


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
