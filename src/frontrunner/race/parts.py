"""What a company has to do with programmes: the answer to `company`, and the parts in it."""

import msgspec

from frontrunner.race.results import Also, Name, Role


class Part(msgspec.Struct, frozen=True):
    """What one company does in one programme: `programme` is its id, `of` its name; `evidence` is of the part."""

    programme: str
    of: str
    part: Role


class CompanyDossier(msgspec.Struct, frozen=True):
    """A company, its names, why they are one (`because`), its programmes, and who owned it on the day (`owners`).

    `roles` are its parts in programmes, by territory where rights are split; `partners` the parts of others in the same
    programmes: who discovered what it develops, to whom it licensed what, who makes and who pays.
    """

    id: str
    name: str
    country: str | None
    kind: str | None
    parent: str | None
    names: list[Name]
    because: list[str]
    programmes: list[Also]
    snapshot: str
    owners: list[str] = []
    roles: list[Part] = []
    partners: list[Part] = []
