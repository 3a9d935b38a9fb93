"""What published vocabularies say: concepts and names, how common a disease is, its genes, names of substances."""

import msgspec

from frontrunner.model.regulators import Called


class Concept(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What one document says of a concept of a published vocabulary. Grain: one document.

    A publisher may tell of one concept in several files: of its names in one, of what stands above it in another, of
    what others call it in a third. `id` is a CURIE (`MONDO:0010604`, `ORPHA:98879`, `MESH:D002836`, `NCBIGene:2158`).
    `synonyms` have as `kind` exact, related or symbol; `parents` are ids; `tree_numbers` place a concept of MeSH in its
    trees; `same_as` are ids of other vocabularies for the same thing, as the publisher maps them.
    """

    id: str
    label: str | None = None
    synonyms: list[Called] = []
    parents: list[str] = []
    tree_numbers: list[str] = []
    same_as: list[str] = []


class Prevalence(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How common a disease is, by one publication. Grain: one row of the publisher's table.

    `measure` is point_prevalence, birth_prevalence, lifetime_prevalence, annual_incidence, or cases or families (then
    `count` of them were ever described). `value` is the mean per 100,000, null where only a class is given; `low` and
    `high` are the ends of the class per 100,000, null where it has none. `area` is the place as published.
    """

    disease: str
    measure: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    class_: str | None = msgspec.field(default=None, name="class")
    count: int | None = None
    area: str | None = None
    validated: bool = False
    citation: str | None = None


class DiseaseGene(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A gene that has to do with a disease, and how (`association`, as published). Grain: one row."""

    disease: str
    symbol: str
    gene_name: str
    association: str
    gene_type: str | None = None
    locus: str | None = None
    assessed: bool = False
    citation: str | None = None


class Substance(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A substance by its UNII, with every name that the register has for it. Grain: one substance.

    The `kind` of a name is code, inn (official and non-proprietary), brand, variant (other common names) or systematic.
    """

    unii: str
    label: str
    called: list[Called]
