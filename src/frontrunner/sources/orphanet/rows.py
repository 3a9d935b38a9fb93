"""The columns of the two tables, and the rows of one disease in each."""

import msgspec


class Counted(msgspec.Struct, forbid_unknown_fields=True):
    """How common a disease is, by one publication."""

    prevalence_type: str
    prevalence_qualification: str
    prevalence_class: str
    val_moy: str
    prevalence_geographic: str
    prevalence_validation_status: str
    source: str


class Epidemiology(msgspec.Struct, forbid_unknown_fields=True):
    """A disease and all that was published of how common it is."""

    disorder_id: str
    orpha_code: str
    name: str
    disorder_type: str
    disorder_group: str
    prevalences: list[Counted]


class Gene(msgspec.Struct, forbid_unknown_fields=True):
    """A gene and what it has to do with a disease."""

    gene_symbol: str
    gene_name: str
    gene_type: str
    gene_locus: str
    association_type: str
    association_status: str
    source_of_validation: str


class Genes(msgspec.Struct, forbid_unknown_fields=True):
    """A disease and its genes."""

    disorder_id: str
    orpha_code: str
    disorder_name: str
    genes: list[Gene]


#: columns of the epidemiology, in its order
EPIDEMIOLOGY = [*Epidemiology.__struct_fields__[:5], *Counted.__struct_fields__]
#: columns of the genes, in their order
GENES = [*Genes.__struct_fields__[:3], *Gene.__struct_fields__]
