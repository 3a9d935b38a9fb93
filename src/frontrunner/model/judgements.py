"""What people decide about identities."""

import msgspec


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody decided whether two names or ids are one: a row that is added and never changed; the last one counts.

    `left` and `right` are ids (`org:...`, `prod:...`) or names of companies as registries spell them; `verdict` is of
    the vocabulary `verdict`. `judged_on` is a day or a moment in ISO form; `known_on` the day from which identities
    rest on it, that of the judgement where none is given.
    """

    left: str
    right: str
    verdict: str
    judged_by: str
    judged_on: str
    because: str
    known_on: str
