"""The nouns: documents, readings and the statements that a reading makes. Frozen, no I/O.

A source turns bytes into a `Reading`; its statements become rows of the ledger, one table per statement type
(`STATEMENTS`), each row beside the hash of the document that says it.
"""

from frontrunner.model.curated import (
    Cited,
    CompanyClaim,
    DealClaim,
    MilestoneClaim,
    NameClaim,
    PriceClaim,
    ProductClaim,
    ProgrammeClaim,
    TrialClaim,
)
from frontrunner.model.dates import PartialDate
from frontrunner.model.documents import Raw, Reading, Source
from frontrunner.model.feeds import Answer, Ask, Feed, Steps, Tally
from frontrunner.model.judgements import Judgement
from frontrunner.model.regulators import Approval, Called, Designation, Letter
from frontrunner.model.statements import STATEMENTS, Statement
from frontrunner.model.trials import Arm, Id, Intervention, Outcome, Sponsor, Trial
from frontrunner.model.vocabularies import Concept, DiseaseGene, Prevalence, Substance

__all__ = [
    "STATEMENTS",
    "Answer",
    "Approval",
    "Arm",
    "Ask",
    "Called",
    "Cited",
    "CompanyClaim",
    "Concept",
    "DealClaim",
    "Designation",
    "DiseaseGene",
    "Feed",
    "Id",
    "Intervention",
    "Judgement",
    "Letter",
    "MilestoneClaim",
    "NameClaim",
    "Outcome",
    "PartialDate",
    "Prevalence",
    "PriceClaim",
    "ProductClaim",
    "ProgrammeClaim",
    "Raw",
    "Reading",
    "Source",
    "Sponsor",
    "Statement",
    "Steps",
    "Substance",
    "Tally",
    "Trial",
    "TrialClaim",
]
